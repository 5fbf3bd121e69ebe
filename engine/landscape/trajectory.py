"""The trajectory of a run: where its members' parameters have been."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from engine.core.arrays import Array
from engine.training.state import State, expect_state


@dataclass(frozen=True, eq=False)
class Trajectory:
    """What is kept of T steps of a population, the oldest first.

    steps (T,); theta (T, M, P); running (T, M, R), batch normalization's running statistics.
    """

    steps: Array
    theta: Array
    running: Array

    @classmethod
    def of(cls, states: Sequence[State]) -> Trajectory:
        """The trajectory through these states of one run, one or more."""
        for state in states:
            expect_state("Trajectory.of", state)
        return cls(
            np.array([state.step for state in states]),
            np.stack([state.theta for state in states]),
            np.stack([state.running for state in states]),
        )

    def part(self, first: int, last: int) -> Trajectory:
        """The points from `first` up to `last`, which is not among them."""
        return Trajectory(self.steps[first:last], self.theta[first:last], self.running[first:last])
