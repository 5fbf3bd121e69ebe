"""Medians of repeated timings, and a table to print them in."""

from __future__ import annotations

import statistics
import time
from collections.abc import Callable, Sequence


def median_time(work: Callable[[], object], calls: int, repeats: int = 15) -> float:
    """Seconds for one of `calls` units of work that `work()` does: the median of `repeats` runs."""
    work()
    times = []
    for _ in range(repeats):
        begin = time.perf_counter()
        work()
        times.append((time.perf_counter() - begin) / calls)
    return statistics.median(times)


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
