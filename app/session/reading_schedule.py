"""When the open panel is given new numbers."""

from __future__ import annotations

import math

from app import protocol

PERIOD = 0.1
"""Seconds between two readings while a run moves: numbers that change faster cannot be read."""
SLOWER = 4
"""Readings that take long come so many times less often."""
SHARE = 0.1
"""No more of a worker's time than this goes into readings: one of 0.3 s comes every 3 s."""


class ReadingSchedule:
    """At most one reading in a PERIOD while a run plays, and one with every frame where it does not.

    One that takes long comes as many times less often as SLOWER says, or even less often where it would keep
    a worker busy for more than a SHARE of its time, told from what the last one took.
    """

    def __init__(self) -> None:
        self.overdue = False
        """Whether the last frame had no reading though somebody wants one."""
        self.axes: tuple[protocol.Array, ...] = ()
        """Those of the last hidden space, beside which the next one is kept steady."""
        self.took = 0.0
        """Seconds of a worker that the last reading took."""
        self._read = -math.inf

    def due(self, now: float, *, wanted: bool, playing: bool, slow: bool = False) -> bool:
        """Whether the frame to come has a reading. Then it counts as read."""
        period = max(PERIOD * SLOWER if slow else PERIOD, self.took / SHARE)
        due = wanted and not (playing and now < self._read + period)
        if due:
            self._read = now
        self.overdue = wanted and not due
        return due
