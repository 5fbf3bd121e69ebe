"""How the surface curves where the racers of a race are, and what their steps do there, in parts."""

from __future__ import annotations

from dataclasses import dataclass, replace

import numpy as np

import engine
from app.studies.job import Chunk
from app.studies.race import FIRST_STEPS, refuse_missing, run_on

MOST_STEPS = 2048
"""No part is of more updates than this."""


@dataclass(frozen=True, eq=False)
class CurvatureJob:
    """A race as far as its curvature is known, from one of its starts; None before its first row."""

    spec: engine.race.RaceSpec
    start: int
    race: engine.race.Race | None = None
    most: int = FIRST_STEPS

    def __post_init__(self) -> None:
        """Raises SpecError for a start that there is not."""
        refuse_missing(self.spec, start=self.start)

    def work(self, budget: float) -> Chunk:
        """Run on, as far as the budget goes."""
        race, rows = run_on(self.race or engine.race.begin_race(self.spec), self.most, budget)
        found = engine.race.curvature(self.spec, rows, self.start)
        along = engine.race.along(self.spec)
        header = {
            "first": rows.first,
            "rows": self.spec.steps + 1,
            "edges": [engine.race.edge_formula(racer) for racer in self.spec.racers],
            "values": engine.race.eigenvalues_of(self.spec),
            "along": along and [each and [vars(part) for part in each] for each in along],
        }
        arrays = {
            "eigenvalues": found.eigenvalues.astype(np.float32),
            "edges": found.edges.astype(np.float32),
            "errors": found.errors,
        }
        rest = None if race.done else replace(self, race=race, most=min(2 * self.most, MOST_STEPS))
        return Chunk(rest, header, arrays)
