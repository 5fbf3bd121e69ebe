"""What maps over many descents have in common: they run side by side, and then a picture is made of it."""

from __future__ import annotations

from abc import ABC, abstractmethod
from dataclasses import dataclass, replace
from time import perf_counter

import engine
from app.studies.job import Piece

MOST_UPDATES = 20_000_000
"""Members times steps of one map: about ten seconds of one core."""


@dataclass(frozen=True, eq=False)
class Descending(ABC):
    """A map of this side over descents of one racer.

    descent: where they are; None before they begin. steps: how many updates to make next.
    shortest: seconds that a call of the engine takes however few updates it makes.
    """

    race: engine.RaceSpec
    racer: int
    grid: int
    descent: engine.Descent | None = None
    steps: int = 1
    shortest: float = 0.0

    def __post_init__(self) -> None:
        """Raises SpecError for a racer that there is not, and for a map that would take too long."""
        count, most = len(self.race.racers), MOST_UPDATES // self.grid**2
        if self.racer >= count:
            allowed = f"a whole number from 0 to {count - 1}"
            raise engine.SpecError(engine.Problem("racer", self.racer, allowed))
        if self.race.steps > most:
            allowed = f"at most {most} for a map of {self.grid} by {self.grid}"
            raise engine.SpecError(engine.Problem("race.steps", self.race.steps, allowed))

    @abstractmethod
    def begin(self) -> engine.Descent:
        """All of them before their first update."""

    @abstractmethod
    def picture(self, descent: engine.Descent) -> Piece:
        """What is to be seen in the end."""

    def work(self, budget: float) -> Piece:
        """Go down for a while: longer than the budget where less would be spent on getting ready."""
        if self.descent is None:
            return Piece(replace(self, descent=self.begin()))
        begun = perf_counter()
        left = self.race.steps - self.descent.step
        descent = engine.descend(self.descent, min(self.steps, left))
        spent = perf_counter() - begun or budget
        if descent.step == self.race.steps or len(descent.failures) == len(descent.rules):
            return self.picture(descent)
        shortest = self.shortest or spent
        longest = max(budget, 3 * shortest)
        steps = max(min(2 * self.steps, int(self.steps * longest / spent)), 1)
        return Piece(replace(self, descent=descent, steps=steps, shortest=shortest))
