"""The checkpoints of a run: what is kept of it, so that any step can be shown again, bit for bit."""

from __future__ import annotations

import math
from dataclasses import dataclass

import engine

KEPT_BYTES = 4 * 2**20
"""What the states kept of one run may take. A class of 100 then costs less than half a gigabyte. It is
thousands of states of a small network, and a few of the largest."""
WORTHWHILE = 0.05
"""Seconds of training between two kept states: a jump that takes less feels immediate."""


@dataclass(frozen=True)
class Kept:
    """A state of the run to train on from.

    made: how many of the run's edits are made in it. state: itself, or what `engine.dump` made of it.
    """

    step: int
    made: int
    state: engine.State | bytes

    @classmethod
    def of(cls, state: engine.State) -> Kept:
        """The state itself."""
        return cls(state.step, len(state.edits), state)


class Checkpoints:
    """The start, the furthest state, and dumped states spread evenly over the way between.

    Where they take more than `capacity` bytes every second one goes, and from then on they keep that
    distance.
    """

    def __init__(self, start: engine.State, capacity: int = KEPT_BYTES) -> None:
        self._start = self._furthest = start
        self._capacity = capacity
        self._kept: list[tuple[Kept, int]] = []  # with their bytes
        self.size = 0
        """Bytes of what is kept on the way between the start and the furthest state."""
        self._gap = 1.0

    @property
    def reached(self) -> int:
        """The furthest step."""
        return self._furthest.step

    def due(self, pace: float) -> int:
        """The step from which on another state is worth keeping; pace: seconds a step takes, 0 if unknown."""
        last = self._kept[-1][0].step if self._kept else self._start.step
        worth = WORTHWHILE / pace if pace else 1
        return last + math.ceil(max(self._gap, worth))

    def follow(self, state: engine.State, dumped: bytes = b"") -> engine.State:
        """Take in where training came to; returns what is known of that step.

        Where the run failed or was stopped that is known of it, even if nobody has tried to go on again.
        """
        if dumped:
            self._keep(Kept(state.step, len(state.edits), dumped), len(dumped))
        ended = self._furthest.failures or self._furthest.stops
        if state.step > self.reached or (state.step == self.reached and not ended):
            self._furthest = state
        return self._furthest if state.step == self.reached else state

    def before(self, step: int) -> Kept:
        """The last state at or before a step."""
        if step >= self.reached:
            return Kept.of(self._furthest)
        kept = [each for each, _ in self._kept if each.step <= step]
        return kept[-1] if kept else Kept.of(self._start)

    def leave(self, state: engine.State) -> None:
        """Go another way from this state on, which may have changed at its step."""
        self._hold([(each, size) for each, size in self._kept if each.step < state.step])
        self._furthest = state
        if state.step == self._start.step:
            self._start = state

    @property
    def ends(self) -> tuple[engine.State, engine.State]:
        """The start and the furthest state."""
        return self._start, self._furthest

    def forget(self) -> None:
        """Let go of all that can be computed again."""
        self._hold([])

    def _keep(self, kept: Kept, size: int) -> None:
        self._kept.append((kept, size))
        self.size += size
        while self.size > self._capacity:
            begin, end = self._start.step, self._kept[-1][0].step
            self._gap = 2 * (end - begin) / len(self._kept)
            self._hold(self._kept[1::2])  # the start stands for the first of them

    def _hold(self, kept: list[tuple[Kept, int]]) -> None:
        """Keep these alone."""
        self._kept, self.size = kept, sum(size for _, size in kept)
