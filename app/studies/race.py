"""A race, in parts: the first ones short, so that something can be drawn at once."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import Any, Self

import numpy as np

import engine
from app.protocol import Array
from app.studies.job import Chunk
from app.studies.pace import in_time
from engine.words import N_

FIRST_STEPS = 16
"""How many updates the first part has at most; each may have twice as many as the one before it."""
LONGEST_PART = 256 * 1024
"""No part has many more bytes than this: a browser should not wait long for one."""
ROW = 56
"""Bytes of one row of one member."""


@dataclass(frozen=True, eq=False)
class RaceJob:
    """A race as far as it has been run, and how many updates to make next at most.

    race: None before its start.
    """

    spec: engine.race.RaceSpec
    race: engine.race.Race | None = None
    most: int = FIRST_STEPS

    @classmethod
    def of(cls, spec: engine.race.RaceSpec) -> Self:
        """A race before its start."""
        return cls(spec)

    def work(self, budget: float) -> Chunk:
        """Run on, as far as the budget goes."""
        race, paths = run_on(self.race or engine.race.begin_race(self.spec), self.most, budget)
        longest = LONGEST_PART // (ROW * len(self.spec.members))
        most = max(min(2 * self.most, longest), 1)
        rest = None if race.done else replace(self, race=race, most=most)
        return Chunk(rest, self._header(race, paths), rows_of(paths))

    def _header(self, race: engine.race.Race, paths: engine.race.PathChunk) -> dict[str, Any]:
        known = engine.race.theory(race) if race.done else None
        return {
            "race": race.spec.to_dict(),
            "first": paths.first,
            "members": len(race.spec.members),
            "view": race.spec.extent,
            "minima": engine.race.minima_of(race.spec).tolist(),
            "events": [outcome.to_dict() for outcome in race.outcomes],
            "theory": known and known.to_dict(),
        }


def refuse_missing(race: engine.race.RaceSpec, *, racer: int = 0, start: int = 0) -> None:
    """Raise SpecError for a racer and a start that a race does not have, counted from 0."""
    asked = (("racer", racer, len(race.racers)), ("start", start, len(race.points)))
    problems = [
        engine.Problem(
            name, value, N_("a whole number from {least} to {most}", least=0, most=count - 1)
        )
        for name, value, count in asked
        if value >= count
    ]
    if problems:
        raise engine.SpecError(*problems)


def run_on(
    race: engine.race.Race, most: int, budget: float
) -> tuple[engine.race.Race, engine.race.PathChunk]:
    """Run a race on by up to so many updates, as far as the budget goes; at least one, and all its rows."""
    found = []
    for part in in_time(max(most, 1), budget, first=1):
        race, paths = engine.race.advance_race(race, part.stop - part.start)
        found.append(paths)
        if race.done:
            break
    if len(found) == 1:
        return race, found[0]
    names = rows_of(found[0])
    joined: dict[str, Any] = {
        name: np.concatenate([getattr(each, name) for each in found]) for name in names
    }
    return race, replace(found[0], **joined)


def rows_of(paths: engine.race.PathChunk) -> dict[str, Array]:
    """The rows of all members, by their names on the wire."""
    return {name: value for name, value in vars(paths).items() if name != "first"}
