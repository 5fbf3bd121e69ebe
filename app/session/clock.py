"""The clock of play: which step is due when, and how fast training goes."""

from __future__ import annotations

import math
from collections import deque

BACKLOG = 0.25
"""Seconds of play that are made up for when a session falls behind; more are let go."""
RATE_WINDOW = 1.0
"""Seconds over which the training rate is measured."""


class Tempo:
    """`speed` is in steps per second, None for as fast as it goes; `now` in seconds, from any clock."""

    def __init__(self, speed: float | None) -> None:
        self.speed = speed
        self._origin = (0.0, 0)  # when play began, and at which step
        self._reached: deque[tuple[float, int]] = deque()

    def set_speed(self, speed: float | None, now: float, step: int) -> None:
        """Go on at another speed from this step."""
        self.speed = speed
        self._origin = (now, step)

    def begin(self, now: float, step: int) -> None:
        """Play from this step. The first update comes at once."""
        self._reached.clear()
        self._reached.append((now, step))
        self._origin = (now - 1 / (self.speed or math.inf), step)

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
        goal = first + math.floor((now - begin) * self.speed + 1e-6)
        most = step + max(1, math.floor(BACKLOG * self.speed))
        if goal > most:
            goal = most
            self._origin = (now, goal)
        return goal

    def due(self, step: int) -> float:
        """When play reaches a step."""
        begin, first = self._origin
        return begin + (step - first) / (self.speed or math.inf)

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
