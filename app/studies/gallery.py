"""What the networks of some trials say over the square: small maps, one for each."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any

import numpy as np

import engine
from app.protocol import quantize
from app.protocol.fields import JsonObject
from app.session.budget import check
from app.studies.job import Chunk
from app.studies.pace import in_time
from app.studies.search import FIRST_SECONDS, TRAINERS, read_search
from engine.search import same_starts

GRID = 24
"""The side of a map."""


@dataclass(frozen=True)
class ReadGallery:
    """Reads a search and what some of its trials change."""

    values: JsonObject
    trials: Sequence[JsonObject]

    def work(self, _budget: float) -> Chunk:
        """Read all. Raises SpecError for what is no search, and for changes that no trial of it can have."""
        spec = read_search(self.values)
        one = replace(spec, seeds=1)
        states = []
        for i, changes in enumerate(self.trials):
            try:
                states.append(same_starts(one, changes))
                check(states[-1].specs)
            except engine.SpecError as error:
                raise error.within(f"trials.{i}") from error
        return Chunk(GalleryJob(spec.updates, tuple(states)))


@dataclass(frozen=True, eq=False)
class GalleryJob:
    """The first network of each trial, one after the other. maps: of those that are trained, (K, G, G)."""

    updates: int
    states: tuple[engine.State, ...]
    maps: tuple[Any, ...] = ()

    def work(self, budget: float) -> Chunk:
        """Train on; at the end send all maps."""
        (state, *others), maps = self.states, list(self.maps)
        first = max(int(FIRST_SECONDS / engine.cost(state.specs).update), 1)
        for part in in_time(self.updates - state.step, budget, first):
            state, _ = engine.train(state, part.stop - part.start, TRAINERS)
        if state.step < self.updates and not state.failures:
            return Chunk(replace(self, states=(state, *others)))
        maps.append(boundary(state))
        if others:
            return Chunk(replace(self, states=tuple(others), maps=tuple(maps)))
        return Chunk(None, {"grid": GRID}, packed(maps))


def boundary(state: engine.State, member: int = 0) -> Any:
    """What one of some networks says over the square, (K, G, G)."""
    return engine.observe(state, engine.View(grid=GRID, neurons=0, member=member))["boundary"]


def packed(maps: Sequence[Any]) -> Mapping[str, Any]:
    """All maps, (n, K, G, G), and the scale of each, (n, K)."""
    pictures = np.concatenate(maps)
    values, scales = quantize(pictures)
    count = len(maps)
    return {
        "maps": values.reshape(count, -1, GRID, GRID),
        "scales": scales.reshape(count, -1),
    }
