"""How good the chosen trial really is: on points that nobody has looked at, and from other starts."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

import numpy as np

from engine.search.search import Search
from engine.search.space import started
from engine.search.spec import SearchSpec
from engine.search.split import scores
from engine.search.trials import Trial, median
from engine.training.run import start, train
from engine.training.state import State

OTHER_STARTS = 64


@dataclass(frozen=True)
class Verdict:
    """The best trial again, from the same starts: how bad each is on validation points and on test points.

    Validation scores are those that chose it. Where they are lower than the test scores, part of what looked
    good was luck.
    """

    validation: tuple[float, ...]
    test: tuple[float, ...]

    @property
    def optimism(self) -> float:
        """How much better it looked than it is: the median on test points less that on validation points.

        >>> Verdict((0.125, 0.25, 0.5), (0.5, 0.375, 0.25)).optimism
        0.125
        """
        return median(self.test) - median(self.validation)


@dataclass(frozen=True)
class Band:
    """How far the scores of one setting lie apart, by its starts alone: 90 % of them are from low to high."""

    low: float
    middle: float
    high: float

    def holds(self, trial: Trial) -> bool:
        """Whether a trial is as good as the best, as far as starts can tell: no worse than the band."""
        return trial.median <= self.high


def open_seal(search: Search) -> Verdict | None:
    """The best trial on the points that were sealed; None where there is no best one.

    It is trained once more, as a search keeps no weights: the same numbers up to rounding. Who has seen it
    and goes on searching chooses by the test points, and has none left.
    """
    if search.best is None:
        return None
    state = same_starts(search.spec, search.best.changes)
    return verdict_of(search.spec, train(state, search.spec.updates)[0])


def seed_band(search: Search, starts: int = OTHER_STARTS) -> Band | None:
    """The best trial from other starts than those that chose it, on validation points; None without one."""
    if search.best is None:
        return None
    state = other_starts(search.spec, search.best.changes, starts)
    return band_of(search.spec, train(state, search.spec.updates)[0])


def same_starts(spec: SearchSpec, changes: Mapping[str, Any]) -> State:
    """The networks of a trial before their first update, from the starts that it had in the search.

    To be trained for `spec.updates`, in as many pieces as one likes. Raises SpecError for changes that the
    base cannot have.
    """
    return start(spec.space.specs(changes, spec.seeds))


def other_starts(spec: SearchSpec, changes: Mapping[str, Any], starts: int = OTHER_STARTS) -> State:
    """The networks of a trial from starts that it did not have. Raises SpecError as `same_starts`."""
    (chosen,) = spec.space.specs(changes, 1)
    return start([started(chosen, spec.seeds + i) for i in range(starts)])


def verdict_of(spec: SearchSpec, state: State) -> Verdict:
    """What trained networks of a trial are worth on validation points and on those that were sealed."""
    return Verdict(start_scores(spec, state), _scores(spec, state, spec.split.test))


def band_of(spec: SearchSpec, state: State) -> Band:
    """How far trained networks of one setting lie apart on validation points."""
    found = start_scores(spec, state)
    low, high = np.quantile(found, (0.05, 0.95), method="nearest").tolist()
    return Band(low, median(found), high)


def start_scores(spec: SearchSpec, state: State) -> tuple[float, ...]:
    """How bad each of a trial's networks is on validation points; infinite where it diverged.

    Trained from the same starts for as long as the trial was, these are the scores that the search found.
    """
    return _scores(spec, state, spec.split.validation)


def _scores(spec: SearchSpec, state: State, part: slice) -> tuple[float, ...]:
    """How bad trained networks are on a part of the points; infinite where they diverged."""
    found = scores(state, range(len(state.specs)), part, spec.score)
    found[[failure.member for failure in state.failures]] = np.inf
    return tuple(found.tolist())
