"""What has happened in this process since it began, as plain integers: adding to them costs next to nothing.

They count events and sums only. Nothing in them says who did what.
"""

from __future__ import annotations

from bisect import bisect_left
from collections import Counter
from collections.abc import Iterable, Iterator
from itertools import accumulate

SECONDS = (0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1.0, 2.5, 5.0)
"""The upper bounds of a histogram of times."""


class Spread:
    """A histogram: how many values were at most as large as each bound, and their sum."""

    def __init__(self, bounds: Iterable[float] = SECONDS) -> None:
        self.bounds = tuple(bounds)
        self.total = 0.0
        self._counts = [0] * (len(self.bounds) + 1)

    def add(self, value: float) -> None:
        """Count a value."""
        self._counts[bisect_left(self.bounds, value)] += 1
        self.total += value

    def buckets(self) -> Iterator[tuple[str, int]]:
        """Each bound, and how many values are at most as large; the last bound is +Inf."""
        names = (*map(str, self.bounds), "+Inf")
        return zip(names, accumulate(self._counts), strict=True)


class Counts:
    """The counters of one process."""

    def __init__(self) -> None:
        self.frames = 0
        """Frames that were sent to browsers."""
        self.frame_bytes = 0
        """Their bytes."""
        self.steps = 0
        """Steps that sessions were trained on, those of a replay among them."""
        self.worker_starts = 0
        """Worker processes that have started."""
        self.refusals: Counter[str] = Counter()
        """What was refused, by the reason: `sessions`, `connections`, `host` or `origin`."""
        self.slices = Spread()
        """Seconds from handing a slice to the workers until its result is here."""
        self.queue = Spread()
        """Seconds that jobs waited for a free worker."""


COUNTS = Counts()
"""Those of this process."""
