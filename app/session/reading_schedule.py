"""When the open panel is given new numbers."""

from __future__ import annotations

import math

from app import protocol

PERIOD = 0.1
"""Seconds between two readings while a run moves: numbers that change faster cannot be read."""
SLOWER = 4
"""Readings that take long come so many times less often."""


class ReadingSchedule:
    """At most one reading in a PERIOD while a run plays, and one with every frame where it does not.

    One that takes long comes as many times less often as SLOWER says.
    """

    def __init__(self) -> None:
        self.overdue = False
        """Whether the last frame had no reading though somebody wants one."""
        self.axes: tuple[protocol.Array, ...] = ()
        """Those of the last hidden space, beside which the next one is kept steady."""
        self._read = -math.inf

    def due(self, now: float, *, wanted: bool, playing: bool, slow: bool = False) -> bool:
        """Whether the frame to come has a reading. Then it counts as read."""
        period = PERIOD * SLOWER if slow else PERIOD
        due = wanted and not (playing and now < self._read + period)
        if due:
            self._read = now
        self.overdue = wanted and not due
        return due
