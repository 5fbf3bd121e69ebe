"""Which minimum a racer reaches from each point of a grid."""

from __future__ import annotations

from dataclasses import dataclass, replace
from functools import lru_cache
from typing import Self

import numpy as np

import engine
from app.studies.descent_map import Descending
from app.studies.job import Chunk
from engine.race import (
    Ends,
    Gathering,
    basins_from,
    begin_gathering,
    ends_of,
    gather,
    join_ends,
    look_closer,
)


@lru_cache(maxsize=8)
def _begun(
    race: engine.race.RaceSpec, racer: int, side: int, first: int, last: int
) -> engine.race.Descent:
    """A part before its start, which a job need not carry."""
    return engine.race.begin_basins(race, racer, side, slice(first, last))


@dataclass(frozen=True, eq=False)
class BasinsMap(Descending):
    """Every point of the map is a start. done: the ends of the parts; gathering: what is made of all."""

    gathering: Gathering | None = None

    def begin(self, part: slice) -> engine.race.Descent:
        """One racer at some of the starts."""
        return _begun(self.race, self.racer, self.side, part.start, part.stop)

    def end(self, descent: engine.race.Descent) -> Ends:
        """Where they came to."""
        return ends_of(self.race, descent)

    @property
    def complete(self) -> bool:
        """Whether all ends have been told apart."""
        return self.gathering is not None and self.gathering.done

    def go_on(self, budget: float) -> Self:
        """Look where ends lead to before the next part goes down; in the end gather them."""
        if self.done and not self.done[-1].looked_at:
            closer = look_closer(self.race, self.done[-1])
            return replace(self, done=(*self.done[:-1], closer))
        if self.gathering is not None:
            return replace(self, gathering=gather(self.race, self.gathering))
        if self.all_down:
            return replace(self, gathering=begin_gathering(join_ends(self.done)))
        return super().go_on(budget)

    def picture(self) -> Chunk:
        """Where they lead to."""
        assert self.gathering is not None
        found = basins_from(self.race, self.gathering)
        header = {
            "minima": found.minima.tolist(),
            "view": self.race.extent,
            "grid": self.side,
        }
        with np.errstate(over="ignore"):
            value = found.value.astype(np.float32)
        return Chunk(None, header, {"which": found.which.astype(np.int8), "value": value})
