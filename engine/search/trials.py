"""Trials: one setting each, trained from a few starts, with how good it is and how long it trained."""

from __future__ import annotations

import math
import statistics
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any


@dataclass(frozen=True)
class Trial:
    """One setting that was tried.

    number: in the order of proposal, from 0. round: in which round it was proposed.
    place: where it lies, from 0 to 1 for each knob, beyond that where a box left the range.
    changes: what it has different from the base, as paths and values.
    steps: after how many updates the scores were taken. updates: those of all its networks together.
    scores: how bad each start is on the validation points, infinite where it diverged; none before a look.
    curve: (steps, median score) at each look so far.
    cut: whether it was stopped at a rung. diverged: the update that took half of its networks out of the
        finite numbers, None where most are still there.
    """

    number: int
    round: int
    place: tuple[float, ...]
    changes: Mapping[str, Any]
    steps: int = 0
    updates: int = 0
    scores: tuple[float, ...] = ()
    curve: tuple[tuple[int, float], ...] = ()
    cut: bool = False
    diverged: int | None = None

    @property
    def median(self) -> float:
        """The score: the median of the starts; infinite before the first look, and where it diverged."""
        return median(self.scores)

    @property
    def range(self) -> tuple[float, float]:
        """The lowest and the highest score of the starts."""
        return min(self.scores, default=math.inf), max(self.scores, default=math.inf)


def median(scores: Sequence[float]) -> float:
    """The middle score, or the mean of the two in the middle; infinite where there are none.

    >>> median([3.0, 1.0, math.inf]), median([1.0, math.inf]), median([])
    (3.0, inf, inf)
    """
    if len(scores) == 1:
        return scores[0]
    return statistics.median(scores) if scores else math.inf


def ranked(trials: Sequence[Trial]) -> list[Trial]:
    """Trials from the best to the worst.

    Those that are cut come after those that are not, the later cut the better; those that diverged come last,
    the later the better. Of equals the first proposed is the better.
    """

    def key(trial: Trial) -> tuple[bool, int, bool, int, float, int]:
        diverged, cut_at = trial.diverged or 0, trial.steps if trial.cut else 0
        gone = trial.diverged is not None
        return gone, -diverged, trial.cut, -cut_at, trial.median, trial.number

    return sorted(trials, key=key)
