"""A map of a surface, and what is known of it."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

import engine
from app.studies.job import Piece


@dataclass(frozen=True)
class SurfaceMap:
    """A map of the surface of a race, over its view."""

    race: engine.RaceSpec
    grid: int

    def work(self, _budget: float) -> Piece:
        """Draw it all: it takes a few milliseconds."""
        race, ground = self.race, self.race.ground
        values = engine.surface_map(race.surface, race.extent, self.grid)
        with np.errstate(over="ignore"):
            single = values.astype(np.float32)
        header = {
            "view": race.extent,
            "start": ground.start,
            "minimum": ground.minimum,
            "minima": ground.minima,
            "local_minima": ground.local_minima,
            "eigenvalues": engine.eigenvalues_of(race),
            "formula": ground.formula,
        }
        return Piece(None, header, {"values": np.where(np.isfinite(single), single, np.nan)})
