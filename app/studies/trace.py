"""One point's way through the network of a run, and back, with every number on it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from typing import Self

import numpy as np

import engine
from app import protocol
from app.protocol.studies import TraceStudy
from app.session.view import check_member
from app.studies.job import Chunk
from engine.words import N_

MOST_CHECKED = 2500
"""Finite differences of more parameters than this would hold up whoever plays: so many take 15 ms."""
BY_UNIT = ("sums", "z", "a", "slope", "d_a", "d_z", "delta")
"""What goes over the wire of every unit of every layer, inputs not counted."""


@dataclass(frozen=True, eq=False)
class TraceJob:
    """A point in a state, of which only the networks are needed, and what to do next where that is asked."""

    what: TraceStudy
    run: int
    state: engine.State

    @classmethod
    def of(cls, what: TraceStudy, run: int, state: engine.State) -> Self:
        """The trace that is asked for. Raises SpecError for a network or a class that is not there."""
        check_member(what.member, len(state.specs))
        classes = state.specs[what.member].classes
        if classes and what.label not in range(classes):
            allowed = N_("a class from 0 to {most}", most=classes - 1)
            raise engine.SpecError(engine.Problem("label", what.label, allowed))
        return cls(what, run, replace(state, edits=(), best=None))

    def work(self, _budget: float) -> Chunk:
        """Follow the point."""
        what, state = self.what, self.state
        check = what.check and state.theta.shape[1] <= MOST_CHECKED
        found = engine.insight.trace(state, what.point, what.label, what.member, check)
        parameters, information = found.parameters(), found.information
        header = {
            "run": self.run,
            "step": state.step,
            "point": found.point,
            "label": found.label,
            "features": found.features,
            "units": [len(found.inputs), *(len(layer.sums) for layer in found.layers)],
            "activations": [layer.activation for layer in found.layers],
            "loss": protocol.finite(found.loss),
            "information": information
            and [
                protocol.finite(each)
                for each in (
                    information.entropy,
                    information.kl_divergence,
                    information.cross_entropy,
                )
            ],
            "checked": check,
        }
        arrays = {
            "inputs": found.inputs,
            **{
                name: np.concatenate([getattr(layer, name) for layer in found.layers])
                for name in BY_UNIT
            },
            "output": found.output,
            "target": found.target,
            "theta": parameters.theta,
            "terms": parameters.terms,
            "carried": parameters.carried,
            "gradient": parameters.gradient.value,
        }
        if found.probabilities is not None:
            arrays["probabilities"] = found.probabilities
        if check:
            arrays["numeric"] = parameters.gradient.numeric
            arrays["difference"] = parameters.gradient.difference
        if what.update:
            header["update"], after = self._update()
            arrays |= after
        return Chunk(header=header, arrays=arrays)

    def _update(self) -> tuple[Mapping[str, object], dict[str, protocol.Array]]:
        """What the next update makes of the parameters."""
        step = engine.insight.next_step(self.state, self.what.member)
        rate = protocol.finite(float(engine.learning_rate(self.state)[self.what.member]))
        arrays = {
            "batch_gradient": step.gradient.astype(np.float64),
            "after": step.theta.astype(np.float64),
        }
        return {"batch": step.batch, "learning_rate": rate}, arrays
