"""What an open panel wants to read of the network beside each picture: an object with a `kind`."""

from __future__ import annotations

from typing import Annotated, Literal

from pydantic import Field

from app.protocol.fields import FLAG, MAX_PAIRS, Strict, WeightName, whole
from engine.words import N_


class InspectGradients(Strict):
    """How the gradient fares on its way back through the layers.

    sharpness: whether the largest curvature of the loss is wanted as well.
    """

    kind: Literal["gradients"]
    sharpness: bool = Field(False, description=FLAG)


class InspectActivations(Strict):
    """What enters each layer's activation and what leaves it."""

    kind: Literal["activations"]


class InspectWeights(Strict):
    """How each layer's weights are spread, now and at the start.

    pair: the names of two weights over which the loss is wanted as well.
    """

    kind: Literal["weights"]
    pair: tuple[WeightName, WeightName] | None = Field(
        None,
        strict=False,
        description=N_('null, or a list of the names of two weights, such as "layers.0.W.0.0"'),
    )


_UNIT = Annotated[int, Field(ge=0, lt=1000, description=whole(0, 999))]


class InspectHiddenSpace(Strict):
    """Where each layer puts the points and a grid of lines.

    pairs: of each hidden layer the two units to see it by; without them, its principal axes.
    """

    kind: Literal["hidden-space"]
    pairs: tuple[Annotated[tuple[_UNIT, _UNIT], Field(strict=False)], ...] = Field(
        (),
        strict=False,
        max_length=MAX_PAIRS,
        description=N_("a list of pairs of units [i, j], one for each hidden layer"),
    )


Inspect = Annotated[
    InspectGradients | InspectActivations | InspectWeights | InspectHiddenSpace,
    Field(discriminator="kind"),
]
