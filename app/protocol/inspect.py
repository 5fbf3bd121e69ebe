"""What an open panel wants to read of the network beside each picture: an object with a `kind`."""

from __future__ import annotations

from typing import Annotated, Literal

from pydantic import Field

from app.protocol.fields import Strict


class InspectGradients(Strict):
    """How the gradient fares on its way back through the layers."""

    kind: Literal["gradients"]


class InspectActivations(Strict):
    """What enters each layer's activation and what leaves it."""

    kind: Literal["activations"]


class InspectWeights(Strict):
    """How each layer's weights are spread, now and at the start."""

    kind: Literal["weights"]


Inspect = Annotated[
    InspectGradients | InspectActivations | InspectWeights, Field(discriminator="kind")
]
