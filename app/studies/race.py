"""A race, in parts: the first ones short, so that something can be drawn at once."""

from __future__ import annotations

from dataclasses import dataclass
from time import perf_counter
from typing import Any, Self

import engine
from app.protocol import Array
from app.studies.job import Piece

FIRST_STEPS = 16
"""How many updates the first part has."""
LONGEST_PART = 256 * 1024
"""No part has many more bytes than this: a browser should not wait long for one."""
ROW = 56
"""Bytes of one row of one member."""


@dataclass(frozen=True, eq=False)
class Racing:
    """A race as far as it has been run, and how many updates to make next."""

    race: engine.Race
    steps: int

    @classmethod
    def of(cls, spec: engine.RaceSpec) -> Self:
        """A race before its start."""
        return cls(engine.begin_race(spec), FIRST_STEPS)

    def work(self, budget: float) -> Piece:
        """Run on; the next part is up to twice as long, if there is time for that."""
        begun = perf_counter()
        race, stretch = engine.advance_race(self.race, self.steps)
        spent = perf_counter() - begun or budget
        members = len(race.spec.members)
        most = min(2 * self.steps, LONGEST_PART // (ROW * members))
        steps = max(min(most, int(self.steps * budget / spent)), 1)
        rest = None if race.done else Racing(race, steps)
        return Piece(rest, self._header(race, stretch), _arrays(stretch))

    def _header(self, race: engine.Race, stretch: engine.Stretch) -> dict[str, Any]:
        known = engine.theory(race) if race.done else None
        return {
            "race": race.spec.to_dict(),
            "first": stretch.first,
            "members": len(race.spec.members),
            "view": race.spec.extent,
            "minima": engine.minima_of(race.spec).tolist(),
            "events": [standing.to_dict() for standing in race.standings],
            "theory": known and known.to_dict(),
        }


def _arrays(stretch: engine.Stretch) -> dict[str, Array]:
    """The rows of all members."""
    return {name: value for name, value in vars(stretch).items() if name != "first"}
