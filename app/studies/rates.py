"""How low gradient descent comes with each learning rate and momentum."""

from __future__ import annotations

import numpy as np

import engine
from app.studies.descending import Descending
from app.studies.job import Piece


class RatesMap(Descending):
    """Every point of the map is a setting."""

    def begin(self) -> engine.Descent:
        """Every setting at the first start."""
        return engine.begin_rates(self.race, self.racer, self.grid)

    def picture(self, descent: engine.Descent) -> Piece:
        """How low they came."""
        rates, momenta = engine.rates_axes(self.race, self.grid)
        header = {"learning_rates": rates.tolist(), "momenta": momenta.tolist()}
        with np.errstate(over="ignore"):
            value = engine.rates_of(self.race, descent).astype(np.float32)
        return Piece(None, header, {"value": value})
