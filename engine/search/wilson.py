"""How sure a share of wins is: Wilson's interval."""

from __future__ import annotations

from math import sqrt

Z = 1.959963984540054
"""95 % of a normal distribution lie within so many standard deviations."""


def wilson(wins: int, count: int) -> tuple[float, float]:
    """The shares that `wins` of `count` are still likely for, at 95 %; 0 to 1 where nothing was played.

    (p + z²/2n ± z √(p(1 − p)/n + z²/4n²)) / (1 + z²/n) with p = wins / n. It never leaves 0 to 1 and is right
    for few games, too: Wilson 1927, Probable Inference, the Law of Succession, and Statistical Inference.

    >>> [round(share, 3) for share in wilson(41, 60)]
    [0.558, 0.787]
    >>> wilson(0, 0)
    (0.0, 1.0)
    """
    if not count:
        return 0.0, 1.0
    share, square = wins / count, Z * Z / count
    middle = (share + square / 2) / (1 + square)
    half = Z * sqrt(share * (1 - share) / count + square / (4 * count)) / (1 + square)
    return max(middle - half, 0.0), min(middle + half, 1.0)
