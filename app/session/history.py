"""The curves of a run, thinned as it grows: what a browser that comes back needs."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

CAPACITY = 1000
OF_ALL, OF_EACH = 2, 6
"""How many columns there are for step and epoch, and for each member: five metrics and the learning rate."""
COLUMNS = OF_ALL + OF_EACH
"""Those that tell of the first member."""


class History:
    """At most `capacity` points of a run. The last one is always the newest.

    When it is full every second point goes, and from then on points keep that distance.
    """

    def __init__(self, capacity: int = CAPACITY) -> None:
        self._capacity = capacity
        self._rows = np.empty((capacity, COLUMNS))
        self._length = 0
        self._gap = 0.0

    @property
    def size(self) -> int:
        """Bytes."""
        return self._rows.nbytes

    @property
    def rows(self) -> NDArray[np.float64]:
        """The points (n, 2 + 6 M), in order of their steps."""
        return self._rows[: self._length]

    def of_member(self, member: int) -> NDArray[np.float64]:
        """A copy of one member's columns (n, 8): step, epoch, the five metrics and the learning rate."""
        first = OF_ALL + OF_EACH * member
        return np.hstack([self.rows[:, :OF_ALL], self.rows[:, first : first + OF_EACH]])

    def clear(self, members: int = 1) -> None:
        """Forget everything: a new run with so many members."""
        self._rows = np.empty((self._capacity, OF_ALL + OF_EACH * members))
        self._length, self._gap = 0, 0.0

    def cut(self, step: int) -> None:
        """Forget what comes after a step."""
        self._length = int(np.searchsorted(self.rows[:, 0], step, side="right"))

    def append(self, row: tuple[float, ...]) -> bool:
        """Add the newest point, in place of the last one where that stands too close to its neighbour.

        A point before the last one is known already. Returns whether this one was beyond it.
        """
        steps = self.rows[:, 0]
        if self._length and row[0] < steps[-1]:
            return False
        again = self._length > 0 and bool(steps[-1] == row[0])
        crowded = self._length > 1 and steps[-1] - steps[-2] < self._gap
        if again or crowded:
            self._length -= 1
        elif self._length == len(self._rows):
            self._thin()
        self._rows[self._length] = row
        self._length += 1
        return not again

    def _thin(self) -> None:
        kept = self.rows[::2].copy()
        self._length = len(kept)
        self._rows[: self._length] = kept
        self._gap = 2 * (kept[-1, 0] - kept[0, 0]) / len(self._rows)
