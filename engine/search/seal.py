"""How good the chosen trial really is: on points that nobody has looked at, and from other starts."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

import numpy as np

from engine.search.search import Search
from engine.search.space import started
from engine.search.spec import SearchSpec
from engine.search.split import scores
from engine.search.trials import Trial, median
from engine.spec.run_spec import RunSpec
from engine.training.run import start, train

OTHER_STARTS = 64


@dataclass(frozen=True)
class Verdict:
    """The best trial again, from the same starts: how bad each is on validation points and on test points.

    Validation scores are those that chose it. Where they are lower than the test scores, part of what looked
    good was luck.
    """

    trial: Trial
    validation: tuple[float, ...]
    test: tuple[float, ...]


@dataclass(frozen=True)
class Band:
    """How far the scores of one setting lie apart, by its starts alone: 90 % of them are from low to high."""

    trial: Trial
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
    spec = search.spec
    specs = spec.space.specs(search.best.changes, spec.seeds)
    validation, test = _scores(spec, specs, spec.split.validation, spec.split.test)
    return Verdict(search.best, validation, test)


def seed_band(search: Search, starts: int = OTHER_STARTS) -> Band | None:
    """The best trial from other starts than those that chose it, on validation points; None without one."""
    if search.best is None:
        return None
    spec = search.spec
    (chosen,) = spec.space.specs(search.best.changes, 1)
    specs = [started(chosen, spec.seeds + i) for i in range(starts)]
    (found,) = _scores(spec, specs, spec.split.validation)
    low, high = np.quantile(found, (0.05, 0.95), method="nearest").tolist()
    return Band(search.best, low, median(found), high)


def _scores(
    spec: SearchSpec, specs: Sequence[RunSpec], *parts: slice
) -> Iterator[tuple[float, ...]]:
    """How bad trained runs of a search are on each part of the points; infinite where they diverged."""
    state, _ = train(start(specs), spec.updates)
    lost = [failure.member for failure in state.failures]
    for part in parts:
        found = scores(state, range(len(specs)), part, spec.score)
        found[lost] = np.inf
        yield tuple(found.tolist())
