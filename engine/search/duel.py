"""A duel: two strategies with one budget on one space, again and again with other seeds.

One search is one throw of the dice: by which starts, by which random places, by where a grid's columns fall.
Only over many can be told whether one strategy is better than another, and how surely.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

from engine.core.plain import whole_number
from engine.search.duel_spec import DuelSpec
from engine.search.search import WORKING, Search, advance_search, begin_search
from engine.search.trials import Trial
from engine.search.wilson import wilson
from engine.training.trainers import Trainers


@dataclass(frozen=True)
class Duel:
    """One duel that is over.

    number: counted from 0. trials: those of the first strategy, and those of the second. scores: the lowest
    of each, infinite where all diverged.
    """

    number: int
    trials: tuple[tuple[Trial, ...], tuple[Trial, ...]]
    scores: tuple[float, float]


@dataclass(frozen=True)
class Tally:
    """How many duels each side has won, with the lower score, and how many ended alike."""

    first: int = 0
    second: int = 0
    equal: int = 0

    @property
    def duels(self) -> int:
        """How many there have been."""
        return self.first + self.second + self.equal

    @property
    def interval(self) -> tuple[float, float]:
        """The share of the decided duels that the second side would win for ever, at 95 %.

        >>> low, high = Tally(19, 41).interval
        >>> low < 41 / 60 < high
        True
        """
        return wilson(self.second, self.first + self.second)

    @property
    def tells(self) -> bool:
        """Whether one side is better than a coin, as far as can be told: the interval does not hold ½."""
        low, high = self.interval
        return not low <= 0.5 <= high

    def with_duel(self, duel: Duel) -> Tally:
        """The tally after one more."""
        first, second = duel.scores
        return Tally(
            self.first + (first < second),
            self.second + (second < first),
            self.equal + (first == second),
        )


@dataclass(frozen=True, eq=False)
class Duels:
    """Duels as far as they have come. under_way: the two searches of the one that is fought now."""

    spec: DuelSpec
    tally: Tally = Tally()
    under_way: tuple[Search, ...] = ()

    @property
    def done(self) -> bool:
        """Whether all have been fought."""
        return self.tally.duels == self.spec.duels


def begin_duels(spec: DuelSpec) -> Duels:
    """Duels before the first one."""
    return Duels(spec)


def advance_duels(
    duels: Duels, budget: int, trainers: Trainers | None = None
) -> tuple[Duels, tuple[Duel, ...]]:
    """Go on for about so many updates of single networks, 1 or more.

    Returns what is left, and the duels that ended in this piece; the same ones however they are cut. Trials
    are looked at where they are judged only, at their rungs and at their end.
    """
    left = whole_number("budget", budget, least=1)
    kept = Trainers(WORKING) if trainers is None else trainers
    ended: list[Duel] = []
    while not duels.done and left > 0:
        searches = duels.under_way or _begun(duels)
        at = next(i for i, search in enumerate(searches) if not search.done)
        search, _ = advance_search(searches[at], left, kept)
        left -= search.spent - searches[at].spent
        searches = (*searches[:at], search, *searches[at + 1 :])
        if all(each.done for each in searches):
            ended.append(_over(duels.tally.duels, searches))
            duels = replace(duels, tally=duels.tally.with_duel(ended[-1]), under_way=())
        else:
            duels = replace(duels, under_way=searches)
    return duels, tuple(ended)


def _begun(duels: Duels) -> tuple[Search, ...]:
    """The two searches of the next duel."""
    return tuple(begin_search(each, looks=0) for each in duels.spec.pair(duels.tally.duels))


def _over(number: int, searches: Sequence[Search]) -> Duel:
    """A duel whose searches are done."""
    first, second = searches
    bests = [search.best.median if search.best else float("inf") for search in searches]
    return Duel(number, (first.trials, second.trials), (bests[0], bests[1]))
