"""How much of a study is done at a time, so that a piece takes no longer than it may."""

from __future__ import annotations

from collections.abc import Iterator
from time import perf_counter

import engine
from engine.race import gradient_cost

AT_ONCE = 0.0013
"""Seconds that the gradient of as many places may take as are looked at together, but for what one takes
alone, which for the longest formulas is twice that."""
MOST_AT_ONCE = 1024


def together(race: engine.race.RaceSpec) -> int:
    """How many places of a race's surface are looked at together.

    It depends on nothing but the surface, so that the same numbers come out of the same arrays whoever is in
    a hurry.
    """
    return max(32, min(MOST_AT_ONCE, int(AT_ONCE * 1e9 / gradient_cost(race.surface))))


def in_time(count: int, budget: float, first: int = 8) -> Iterator[slice]:
    """Cuts of `count` things to do, one after the other, as far as the budget in seconds goes.

    There is always one. Each is at most twice as long as the one before it, and not longer than what is
    left of the budget, at the pace so far.
    """
    begun, done, size = perf_counter(), 0, first
    while done < count and size:
        size = min(size, count - done)
        yield slice(done, done + size)
        done += size
        spent = perf_counter() - begun or budget
        size = max(min(2 * size, int((budget - spent) * done / spent)), 0)
