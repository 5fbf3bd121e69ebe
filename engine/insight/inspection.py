"""What several who look at one state need of it, worked out once, and only if somebody asks."""

from __future__ import annotations

from functools import cached_property

import numpy as np

from engine.core.arrays import Array
from engine.insight.in_training import InTraining, in_training
from engine.network.forward import LayerPass, Network
from engine.spec.run_spec import RunSpec
from engine.training.data import arrays, train_points
from engine.training.metrics import metrics
from engine.training.state import State

SAMPLE = 128
"""At so many of the training points at most the layers are looked at one by one."""


def sample(spec: RunSpec) -> slice:
    """All training points, or every second, third, … so that there are no more than SAMPLE."""
    train = train_points(spec)
    return slice(0, train, -(-train // SAMPLE))


class Inspection:
    """One look at a state: its metrics, pictures and evaluations share what they have in common."""

    def __init__(self, state: State) -> None:
        self.state = state
        self._networks: dict[int, Network] = {}
        self._answers: dict[int, tuple[Array, Array]] = {}
        self._passes: dict[int, tuple[LayerPass, ...]] = {}
        self._in_training: dict[int, InTraining] = {}

    def network(self, member: int = 0) -> Network:
        """A member in evaluation."""
        found = self._networks.get(member)
        if found is None:
            spec, here = self.state.specs[member], slice(member, member + 1)
            found = Network(spec, self.state.theta[here], self.state.running[here])
            self._networks[member] = found
        return found

    def answers(self, member: int = 0) -> tuple[Array, Array]:
        """What a member says at all points, training points first: the sums (1, K, N) that the outputs'
        activation takes, and the outputs (1, K, N)."""
        found = self._answers.get(member)
        if found is None:
            inputs, _ = arrays(self.state.specs[member])
            with np.errstate(all="ignore"):
                found = self.network(member).scores_and_outputs(inputs)
            self._answers[member] = found
        return found

    def passes(self, member: int = 0) -> tuple[LayerPass, ...]:
        """Every layer of a member in evaluation, outputs last, at a `sample` of its training points."""
        found = self._passes.get(member)
        if found is None:
            spec = self.state.specs[member]
            x = arrays(spec)[0][:, sample(spec)]
            with np.errstate(all="ignore"):
                found = self._passes[member] = tuple(self.network(member).passes(x[None]))
        return found

    def in_training(self, member: int = 0) -> InTraining:
        """A member as its next update sees it."""
        if member not in self._in_training:
            self._in_training[member] = in_training(self.state, member)
        return self._in_training[member]

    @cached_property
    def metrics(self) -> dict[str, Array]:
        """As `engine.metrics` has them."""
        # several members are evaluated together, which is quicker
        return metrics(self.state, self.answers()[1] if len(self.state.specs) == 1 else None)
