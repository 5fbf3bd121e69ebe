"""What a strategy of search is, and how many trials a budget pays for."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from itertools import pairwise

import numpy as np

from engine.core.arrays import Array, Numbers
from engine.core.registry import Record

Levels = tuple[int | None, ...]
"""How many values each knob can have; None of one that runs through all numbers of its range."""


@dataclass(frozen=True, eq=False)
class Draw:
    """What the trials of one round are made of.

    random (n, 2K): numbers from 0 to 1, a row for each trial, drawn for it alone.
    levels: how many values each of the K knobs can have.
    """

    random: Array
    levels: Levels

    @property
    def trials(self) -> int:
        """n, how many trials the round has."""
        return len(self.random)

    @property
    def halves(self) -> tuple[Array, Array]:
        """The random numbers as two for each trial and knob, (n, K) each."""
        first, second = np.hsplit(self.random, 2)
        return first, second


def _all_at_once(trials: int, k: Numbers) -> tuple[int, ...]:
    return (trials,)


def _to_the_end(updates: int, k: Numbers) -> tuple[int, ...]:
    return (updates,)


def _all(k: Numbers) -> int:
    return 1


def _every(trials: int, levels: Levels) -> int:
    return trials


@dataclass(frozen=True, kw_only=True)
class Strategy(Record):
    """A way to search.

    place(draw, k): where the trials of a round lie in the round's box, (n, K), each from 0 to 1.
    fits(trials, levels): how many of the trials that are paid for it can use, at least 1.
    rounds(trials, k): how many trials each round has.
    narrow(box, best, limits, k): the box (2, K) of the next round, its lower corner and its upper one, where
        the best place so far is (K,) and no box may leave `limits` (2, K). None where every round has the
        whole range.
    rungs(updates, k): after how many updates trials are cut, and at last how long the others are trained.
    kept(k): of how many trials one goes on at each rung; a strategy with rungs has one round.
    """

    place: Callable[[Draw, Numbers], Array]
    fits: Callable[[int, Levels], int] = _every
    rounds: Callable[[int, Numbers], tuple[int, ...]] = _all_at_once
    narrow: Callable[[Array, Array, Array, Numbers], Array] | None = None
    rungs: Callable[[int, Numbers], tuple[int, ...]] = _to_the_end
    kept: Callable[[Numbers], int] = _all


def survivors(trials: int, rungs: int, kept: int) -> list[int]:
    """How many trials train up to each rung: all, then one of `kept`, rounded down but at least one.

    >>> survivors(408, 3, 4)
    [408, 102, 25]
    """
    counts = [trials]
    while len(counts) < rungs:
        counts.append(max(counts[-1] // kept, 1))
    return counts


def cost_of(strategy: Strategy, trials: int, updates: int, k: Numbers) -> int:
    """How many updates so many trials take, of one network each: Σᵢ nᵢ (rᵢ − rᵢ₋₁) over the rungs.

    >>> from engine.catalog.strategies import STRATEGIES
    >>> cost_of(STRATEGIES["halving"], 408, 1000, {"eta": 4, "rungs": 3})
    63528
    """
    rungs = strategy.rungs(updates, k)
    gaps = [after - before for before, after in pairwise((0, *rungs))]
    counts = survivors(trials, len(rungs), strategy.kept(k))
    return sum(count * gap for count, gap in zip(counts, gaps, strict=True))


def most_trials(strategy: Strategy, budget: int, updates: int, k: Numbers) -> int:
    """How many trials a budget of updates pays for, 0 where it does not pay for one.

    >>> from engine.catalog.strategies import STRATEGIES
    >>> most_trials(STRATEGIES["halving"], 64_000, 1000, {"eta": 4, "rungs": 3})
    412
    >>> most_trials(STRATEGIES["random"], 64_000, 1000, {})
    64
    """
    fewest, most = 0, budget + 1
    while most - fewest > 1:
        middle = (fewest + most) // 2
        if cost_of(strategy, middle, updates, k) <= budget:
            fewest = middle
        else:
            most = middle
    return fewest
