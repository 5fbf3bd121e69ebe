"""The clock of play: which step is due when, and how fast training goes."""

from __future__ import annotations

import math
from collections import deque
from typing import Final, Literal

BACKLOG = 0.25
"""Seconds of play that are made up for when a session falls behind; more are let go."""
RATE_WINDOW = 1.0
"""Seconds over which the training rate is measured."""
FIRST_EPOCHS = 2.0
"""Epochs a second at which a rising speed begins."""
DOUBLING = 4.0
"""Seconds in which a rising speed doubles.

So the loss of a run that takes some hundred epochs falls by half in no less than half a second, and someone
sees the boundary close; a plateau of thousands of steps is short all the same.
"""

RISING: Final = "rising"
Speed = float | Literal["rising"] | None
"""Steps a second; "rising" begins slowly and doubles again and again; None is as fast as it goes."""


class PlayClock:
    """`now` is in seconds, from any clock; `epoch` how many steps there are in an epoch.

    A rising speed depends on the step alone, r(s) = r₀ + s ln 2 / T with r₀ two epochs a second and T the
    time in which it doubles: whoever pauses goes on as fast as before, and whoever goes back sees it slowly
    again.
    """

    def __init__(self, speed: Speed) -> None:
        self.speed = speed
        self._epoch = 1
        self._origin = (0.0, 0)  # when play began, and at which step
        self._reached: deque[tuple[float, int]] = deque()

    def set_speed(self, speed: Speed, now: float, step: int) -> None:
        """Go on at another speed from this step."""
        self.speed = speed
        self._origin = (now, step)

    def set_epoch(self, steps: int, now: float, step: int) -> None:
        """Go on from this step with so many to an epoch."""
        if steps != self._epoch:
            self._epoch = steps
            self._origin = (now, step)

    def begin(self, now: float, step: int) -> None:
        """Play from this step. The first update comes at once."""
        self._reached.clear()
        self._reached.append((now, step))
        self._origin = (now - self._seconds(step, step + 1), step)

    def restart(self, now: float) -> None:
        """Count from the start of a new run."""
        self._origin = (now, 0)
        self._reached.clear()

    def stop(self) -> None:
        """Measure no rate any more."""
        self._reached.clear()

    def goal(self, now: float, step: int) -> int | None:
        """The step to play to from the one reached; None is as far as it goes."""
        if self.speed is None:
            return None
        begin, first = self._origin
        goal = math.floor(self._step(first, now - begin) + 1e-6)
        most = step + max(1, math.floor(BACKLOG * self._speed(step)))
        if goal > most:
            goal = most
            self._origin = (now, goal)
        return goal

    def due(self, step: int) -> float:
        """When play reaches a step."""
        begin, first = self._origin
        return begin + self._seconds(first, step)

    def reach(self, now: float, step: int) -> None:
        """Note how far training has come."""
        self._reached.append((now, step))

    def rate(self, now: float) -> float:
        """Training steps per second over the last second."""
        while self._reached and self._reached[0][0] < now - RATE_WINDOW:
            self._reached.popleft()
        if len(self._reached) < 2:
            return 0.0
        (begin, first), (end, last) = self._reached[0], self._reached[-1]
        return (last - first) / (end - begin) if end > begin else 0.0

    def _speed(self, step: int) -> float:
        """Steps a second at a step."""
        if self.speed == RISING:
            return FIRST_EPOCHS * self._epoch + step * math.log(2) / DOUBLING
        return self.speed or math.inf

    def _step(self, first: int, seconds: float) -> float:
        """The step, with a fraction, so many seconds after the first one."""
        if self.speed != RISING:
            return first + seconds * (self.speed or math.inf)
        doublings = min(seconds / DOUBLING, 64)  # no float overflows, and no machine comes that far
        return first + self._speed(first) * DOUBLING / math.log(2) * (2**doublings - 1)

    def _seconds(self, first: int, step: int) -> float:
        """How long play takes from the first step to another."""
        if self.speed != RISING:
            return (step - first) / (self.speed or math.inf)
        return DOUBLING * math.log2(self._speed(step) / self._speed(first))
