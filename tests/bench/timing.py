"""Medians of repeated timings, side by side, and a table to print them in."""

from __future__ import annotations

import statistics
import time
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass

Step = Callable[[int], object]
"""Makes so many steps."""


def median_time(work: Callable[[], object], calls: int, repeats: int = 15) -> float:
    """Seconds for one of `calls` units of work that `work()` does: the median of `repeats` runs."""
    work()
    times = []
    for _ in range(repeats):
        begin = time.perf_counter()
        work()
        times.append((time.perf_counter() - begin) / calls)
    return statistics.median(times)


@dataclass(frozen=True)
class Timing:
    """What one step takes: seconds, in each round."""

    rounds: tuple[float, ...]

    @property
    def median(self) -> float:
        """Seconds."""
        return statistics.median(self.rounds)

    def times(self, other: Timing) -> float:
        """How many times as long as the other's: the median over rounds, in which both are neighbours."""
        return statistics.median(
            mine / theirs for mine, theirs in zip(self.rounds, other.rounds, strict=True)
        )

    def share_of(self, other: Timing) -> str:
        """The same as text, as a fraction: 1/20 where the other takes twenty times as long."""
        return f"1/{other.times(self):.1f}"


def side_by_side(
    works: Mapping[str, Step], span: float = 0.03, repeats: int = 15
) -> dict[str, Timing]:
    """Time a step of each, on one thread, by the processor's time.

    They take turns, so that whatever else a machine does falls on all of them. span: about how many seconds
    one turn takes.
    """
    counts = {}
    for name, work in works.items():
        work(5)
        begin = time.process_time()
        work(5)
        counts[name] = max(round(5 * span / (time.process_time() - begin)), 1)
    rounds: dict[str, list[float]] = {name: [] for name in works}
    for _ in range(repeats):
        for name, work in works.items():
            begin = time.process_time()
            work(counts[name])
            rounds[name].append((time.process_time() - begin) / counts[name])
    return {name: Timing(tuple(times)) for name, times in rounds.items()}


def micro(seconds: float) -> str:
    """A time in microseconds, as text."""
    return f"{seconds * 1e6:.1f} µs"


def table(title: str, head: Sequence[str], rows: Sequence[Sequence[str]]) -> None:
    """Print a Markdown table."""
    widths = [max(len(row[i]) for row in [head, *rows]) for i in range(len(head))]
    print(f"\n### {title}\n")
    for row in [head, ["-" * width for width in widths], *rows]:
        cells = (cell.ljust(width) for cell, width in zip(row, widths, strict=True))
        print("| " + " | ".join(cells) + " |")
