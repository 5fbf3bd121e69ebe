"""A map of a surface, and what is known of it."""

from __future__ import annotations

from dataclasses import dataclass, replace

import numpy as np

import engine
from app.protocol import Array
from app.studies.job import Chunk
from app.studies.pace import in_time, together


@dataclass(frozen=True, eq=False)
class SurfaceMap:
    """A map of the surface of a race, over its view. found (rows, G): the first rows of it."""

    race: engine.race.RaceSpec
    grid: int
    found: Array | None = None

    def work(self, budget: float) -> Chunk:
        """Draw on."""
        race, grid = self.race, self.grid
        known = [] if self.found is None else [self.found]
        begin = sum(map(len, known))
        # as many rows at a time as are looked at together
        size = max(together(race) // grid, 1)
        for part in in_time(-(-(grid - begin) // size), budget, first=1):
            rows = slice(begin + part.start * size, begin + part.stop * size)
            known.append(_single(engine.race.surface_map(race.surface, race.extent, grid, rows)))
        values = np.concatenate(known)
        if len(values) < grid:
            return Chunk(replace(self, found=values))
        ground = race.ground
        header = {
            "view": race.extent,
            "start": ground.start,
            "minimum": ground.minimum,
            "minima": ground.minima,
            "local_minima": ground.local_minima,
            "eigenvalues": engine.race.eigenvalues_of(race),
            "formula": ground.formula,
        }
        return Chunk(None, header, {"values": values})


def _single(values: Array) -> Array:
    """Heights in single precision; NaN for what is too large for it."""
    with np.errstate(over="ignore"):
        single = values.astype(np.float32)
    return np.where(np.isfinite(single), single, np.nan)
