"""Which knob mattered: the share of the variance of the scores that each explains by itself."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from engine.core.arrays import Array
from engine.core.random import Purpose, generator
from engine.search.search import Search
from engine.search.trials import Trial

FEWEST = 20
"""Of fewer trials nothing is said."""
BINS = 8
"""A knob's range is cut into at most so many parts."""
RESAMPLES = 400
INTERVAL = (0.05, 0.95)
RESAMPLING = 2**32 - 1
"""Stands in the place of a round, of which there is none with this number."""


@dataclass(frozen=True)
class Importance:
    """The share of one knob, and its interval: 90 % of the shares of resampled trials lie in it.

    What all knobs leave over is chance, and what knobs do together.
    """

    path: str
    share: float
    low: float
    high: float


def importance(search: Search) -> tuple[Importance, ...]:
    """The share of each knob, in their order; none where there are fewer than 20 trials.

    The scores are those of trials that were trained to the end, in logarithms where all are above 0; a trial
    that diverged has the worst of them. Shares are of a bootstrap (Efron 1979): trials drawn again with
    replacement, which finds shares of knobs without effect a little too high.
    """
    trials = [each for each in search.trials if each.scores and not each.cut and search.done]
    if len(trials) < FEWEST:
        return ()
    scores = _scores(trials)
    places = np.array([trial.place for trial in trials])
    rng = generator(search.spec.search_seed, Purpose.SEARCH, RESAMPLING)
    draws = rng.integers(len(trials), size=(RESAMPLES, len(trials)))
    found = []
    for axis, column in zip(search.spec.axes, places.T, strict=True):
        part = bins(column, axis.over.levels)
        shares = [share(part[draw], scores[draw]) for draw in draws]
        low, high = np.quantile(shares, INTERVAL).tolist()
        found.append(Importance(axis.path, share(part, scores), low, high))
    return tuple(found)


def bins(places: Array, levels: int | None) -> Array:
    """Which part of a knob's range each of n places is in (n,), counted from 0.

    A knob with few values has a part for each. Else there are √n parts, BINS at most, with about as many
    trials in each.

    >>> bins(np.array([0.1, 0.9, 0.2, 0.8]), None), bins(np.array([0.1, 0.9, 0.2, 0.8]), 2)
    (array([0, 1, 0, 1]), array([0, 1, 0, 1]))
    """
    if levels is not None and levels <= BINS:
        # a box that left the range has places below 0, which are parts too
        return np.asarray(np.unique(np.floor(places * levels), return_inverse=True)[1])
    count = min(int(np.sqrt(len(places))), BINS)
    edges = np.quantile(places, np.arange(1, count) / count)
    return np.asarray(np.searchsorted(edges, places, side="right"))


def share(part: Array, scores: Array) -> float:
    """ε² = 1 − (n − 1) / (n − k) · Σ(y − ȳ of its part)² / Σ(y − ȳ)², 0 at least, for n scores in k parts.

    The share of the variance that lies between the parts, less what chance alone would give: k means of n
    numbers without any pattern differ too. Kelley 1935, An Unbiased Correlation Ratio Measure.

    >>> round(share(np.array([0, 0, 1, 1]), np.array([1.0, 3, 5, 7])), 6)  # 1 − 3/2 · 4/20
    0.7
    """
    centred = scores - scores.mean()
    total, counts = np.square(centred).sum(), np.bincount(part)
    n, k = len(scores), np.count_nonzero(counts)
    if not total or k in (1, n):
        return 0.0
    # what lies within the parts is what does not lie between their means: Σ (Σ of the part)² / its count
    between = (np.square(np.bincount(part, centred)) / np.maximum(counts, 1)).sum()
    return max(float(1 - (n - 1) / (n - k) * (1 - between / total)), 0.0)


def _scores(trials: Sequence[Trial]) -> Array:
    """What is explained: the medians, the worst one where a trial diverged, in logarithms if they can be."""
    medians = np.array([trial.median for trial in trials])
    finite = np.isfinite(medians)
    if not finite.any():
        return np.zeros(len(trials))
    values: Array = np.where(finite, medians, medians[finite].max())
    return np.log(values) if values.min() > 0 else values
