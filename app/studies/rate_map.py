"""How low gradient descent comes with each learning rate and momentum."""

from __future__ import annotations

from functools import lru_cache

import numpy as np

import engine
from app.protocol import Array
from app.studies.descent_map import Descending
from app.studies.job import Chunk
from engine.race import heights_of


@lru_cache(maxsize=8)
def _begun(
    race: engine.race.RaceSpec, racer: int, side: int, first: int, last: int
) -> engine.race.Descent:
    """A part before its start, which a job need not carry."""
    return engine.race.begin_rates(race, racer, side, slice(first, last))


class RatesMap(Descending):
    """Every point of the map is a setting. done: how low those of each part came."""

    def begin(self, part: slice) -> engine.race.Descent:
        """Some of the settings at the first start."""
        return _begun(self.race, self.racer, self.side, part.start, part.stop)

    def end(self, descent: engine.race.Descent) -> Array:
        """How low they came."""
        return heights_of(descent)

    def picture(self) -> Chunk:
        """How low all came."""
        rates, momenta = engine.race.rates_axes(self.race, self.side)
        header = {"learning_rates": rates.tolist(), "momenta": momenta.tolist()}
        with np.errstate(over="ignore"):
            value = np.concatenate(self.done).reshape(self.side, -1).astype(np.float32)
        return Chunk(None, header, {"value": value})
