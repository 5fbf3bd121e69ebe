"""What maps over many descents have in common: first a coarse one, then the one that is wanted."""

from __future__ import annotations

from abc import ABC, abstractmethod
from collections.abc import Mapping
from dataclasses import dataclass, replace
from time import perf_counter
from typing import Any, Self

import numpy as np

import engine
from app.protocol import Array
from app.studies.job import Chunk
from app.studies.pace import in_time, together
from app.studies.race import refuse_missing
from engine import Failure
from engine.words import N_

MOST_UPDATES = 20_000_000
"""Members times steps of one map: about ten seconds of one core."""
COARSER = 4
"""How much coarser the first map is, where it still has something to show."""
COARSEST = 8


@dataclass(frozen=True, eq=False)
class Progress:
    """Where the members of a part are after so many updates: what changes of a descent.

    places (n, 2); slots: name -> (n, 2); lost (n,): who has failed.
    """

    step: int
    places: Array
    slots: Mapping[str, Array]
    lost: Array


@dataclass(frozen=True, eq=False)
class Descending(ABC):
    """Maps over descents of one racer, of which the last has this side.

    A map is made in parts, whose members go down together. coarse: whether it is the first map that is being
    made; done: what came of the parts before this one; progress: how far this one is, None before its start.
    """

    race: engine.race.RaceSpec
    racer: int
    grid: int
    coarse: bool = True
    done: tuple[Any, ...] = ()
    progress: Progress | None = None

    def __post_init__(self) -> None:
        """Raises SpecError for a racer that there is not, and for a map that would take too long."""
        refuse_missing(self.race, racer=self.racer)
        most = MOST_UPDATES // self.grid**2
        if self.race.steps > most:
            allowed = N_("at most {most} for a map of {side} by {side}", most=most, side=self.grid)
            raise engine.SpecError(engine.Problem("race.steps", self.race.steps, allowed))

    @abstractmethod
    def begin(self, part: slice) -> engine.race.Descent:
        """Some members of the map, numbered row by row, before their first update: always the same."""

    @abstractmethod
    def end(self, descent: engine.race.Descent) -> Any:
        """What is to be known of the end of a part."""

    @abstractmethod
    def picture(self) -> Chunk:
        """What is to be seen in the end."""

    @property
    def side(self) -> int:
        """That of the map that is being made."""
        small = self.grid // COARSER
        return small if self.coarse and small >= COARSEST else self.grid

    @property
    def part(self) -> slice:
        """The members that go down next: as many as are looked at together."""
        size = together(self.race)
        return slice(len(self.done) * size, min((len(self.done) + 1) * size, self.side**2))

    @property
    def all_down(self) -> bool:
        """Whether every part has ended."""
        return bool(self.part.start >= self.side**2)

    @property
    def complete(self) -> bool:
        """Whether there is nothing more to find out before the picture."""
        return self.all_down

    def work(self, budget: float) -> Chunk:
        """Go on for so long, or up to the next map."""
        deadline = perf_counter() + budget
        job = self
        while True:
            job = job.go_on(deadline - perf_counter())
            if job.complete:
                return job.shown()
            if perf_counter() >= deadline:
                return Chunk(job)

    def go_on(self, budget: float) -> Self:
        """Do the next thing: here, as many updates of this part as there is time for."""
        descent = self._descent()
        for cut in in_time(self.race.steps - descent.step, budget, first=1):
            descent = engine.race.descend(descent, cut.stop - cut.start)
            if len(descent.failures) == len(descent.rules):
                break
        if descent.step == self.race.steps or len(descent.failures) == len(descent.rules):
            return replace(self, done=(*self.done, self.end(descent)), progress=None)
        lost = np.zeros(len(descent.theta), np.bool_)
        lost[[failure.member for failure in descent.failures]] = True
        return replace(self, progress=Progress(descent.step, descent.theta, descent.slots, lost))

    def _descent(self) -> engine.race.Descent:
        """The members of this part where they are."""
        begun, here = self.begin(self.part), self.progress
        if here is None:
            return begun
        failures = tuple(Failure(i, 0, "", ()) for i in np.flatnonzero(here.lost).tolist())
        return replace(
            begun, theta=here.places, slots=here.slots, step=here.step, failures=failures
        )

    def shown(self) -> Chunk:
        """The picture; after a coarse one comes the one that is wanted."""
        piece = self.picture()
        if self.side == self.grid:
            return piece
        return replace(piece, rest=type(self)(self.race, self.racer, self.grid, coarse=False))
