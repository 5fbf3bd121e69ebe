"""Which minimum a racer reaches from each point of a grid."""

from __future__ import annotations

import numpy as np

import engine
from app.studies.descending import Descending
from app.studies.job import Piece


class BasinsMap(Descending):
    """Every point of the map is a start."""

    def begin(self) -> engine.Descent:
        """One racer at every start."""
        return engine.begin_basins(self.race, self.racer, self.grid)

    def picture(self, descent: engine.Descent) -> Piece:
        """Where they came to."""
        found = engine.basins_of(self.race, descent)
        header = {
            "minima": found.minima.tolist(),
            "view": self.race.extent,
            "grid": self.grid,
        }
        with np.errstate(over="ignore"):
            value = found.value.astype(np.float32)
        return Piece(None, header, {"which": found.which.astype(np.int8), "value": value})
