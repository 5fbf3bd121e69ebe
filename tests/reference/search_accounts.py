"""What a search says of its trials, reckoned anew in plain Python: shares, lines, rungs, and intervals.

Nothing here imports the engine. A trial is given by its numbers alone.
"""

from __future__ import annotations

import math
import random
from collections.abc import Sequence
from dataclasses import dataclass

Z = 1.959963984540054


@dataclass(frozen=True)
class Row:
    """A trial: when it was looked at last, what its networks were given, its score, whether it was cut."""

    number: int
    round: int
    steps: int
    updates: int
    score: float
    cut: bool


def share(places: Sequence[float], levels: int | None, scores: Sequence[float]) -> float:
    """How much of the variance of the scores the means of a knob's parts explain, less what chance gives."""
    groups: dict[int, list[float]] = {}
    for part, score in zip(_parts(places, levels), scores, strict=True):
        groups.setdefault(part, []).append(score)
    n, k = len(scores), len(groups)
    total = sum((score - sum(scores) / n) ** 2 for score in scores)
    if k in (1, n) or total == 0:
        return 0.0
    within = sum(
        (score - sum(group) / len(group)) ** 2 for group in groups.values() for score in group
    )
    return max(1 - (within / (n - k)) / (total / (n - 1)), 0.0)


def _parts(places: Sequence[float], levels: int | None) -> list[int]:
    """A part for each of few values; else √n parts, 8 at most, cut at the quantiles."""
    if levels is not None and levels <= 8:
        return [math.floor(place * levels) for place in places]
    count = min(math.isqrt(len(places)), 8)
    edges = [_quantile(places, i / count) for i in range(1, count)]
    return [sum(place >= edge for edge in edges) for place in places]


def _quantile(values: Sequence[float], share: float) -> float:
    """Between the two nearest of the sorted values."""
    ordered, at = sorted(values), share * (len(values) - 1)
    low = min(int(at), len(values) - 2)
    return ordered[low] + (at - low) * (ordered[low + 1] - ordered[low])


def interval(
    places: Sequence[float], levels: int | None, scores: Sequence[float], resamples: int
) -> tuple[float, float]:
    """Between which 90 % of the shares lie of trials that are drawn again, in the parts of the first draw."""
    parts, dice = _parts(places, levels), random.Random(5)
    numbered = {part: i for i, part in enumerate(sorted(set(parts)))}
    count = len(numbered)
    found = []
    for _ in range(resamples):
        drawn = dice.choices(range(len(scores)), k=len(scores))
        middles = [(numbered[parts[i]] + 0.5) / max(count, 1) for i in drawn]
        found.append(share(middles, count if count <= 8 else None, [scores[i] for i in drawn]))
    return _quantile(found, 0.05), _quantile(found, 0.95)


def best_line(rows: Sequence[Row], updates: int) -> list[tuple[int, float]]:
    """After so many updates, the lowest score of the trials that were trained to their end."""
    spent, lowest, line = 0, math.inf, []
    for this in sorted({row.round for row in rows}):
        mine = [row for row in rows if row.round == this]
        cut = sorted((row for row in mine if row.cut), key=lambda row: (row.steps, row.number))
        kept = sorted((row for row in mine if not row.cut), key=lambda row: (row.steps, row.number))
        for row in [*cut, *kept]:
            spent += row.updates
            if row.steps == updates:
                lowest = min(lowest, row.score)
            line.append((spent, lowest))
    return line


def halving(budget: int, updates: int, eta: int, rungs: int) -> tuple[list[int], list[int], int]:
    """The rungs, how many trials train up to each, and what they cost: the most that a budget pays for."""
    ends = sorted({math.ceil(updates / eta**i) for i in range(rungs)})

    def counts(trials: int) -> list[int]:
        return [max(trials // eta**i, 1) for i in range(len(ends))]

    def cost(trials: int) -> int:
        paid, before = 0, 0
        for count, end in zip(counts(trials), ends, strict=True):
            paid, before = paid + count * (end - before), end
        return paid

    trials = 1
    while cost(trials + 1) <= budget:
        trials += 1
    return ends, counts(trials), cost(trials)


def wilson(wins: int, count: int) -> tuple[float, float]:
    """The lowest and the highest chance for which the wins are within z deviations, found by halving."""

    def end(outside: float) -> float:
        inside = wins / count
        for _ in range(200):
            p = (inside + outside) / 2
            if abs(wins / count - p) <= Z * math.sqrt(p * (1 - p) / count):
                inside = p
            else:
                outside = p
        return inside

    return end(0.0), end(1.0)
