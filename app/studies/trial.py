"""A trial of a search once more: from other starts, on the points that were sealed, or over the square."""

from __future__ import annotations

import math
from dataclasses import asdict, dataclass, replace
from typing import Any, Literal

import engine
from app.protocol import finite
from app.protocol.fields import JsonObject
from app.session.budget import check
from app.studies.gallery import GRID, boundary, packed
from app.studies.job import Chunk
from app.studies.pace import in_time
from app.studies.search import FIRST_SECONDS, MOST_SECONDS, TRAINERS, read_search
from engine.search import (
    SearchSpec,
    band_of,
    other_starts,
    same_starts,
    start_scores,
    verdict_of,
)
from engine.words import N_

Wanted = Literal["band", "seal", "starts"]


@dataclass(frozen=True)
class ReadTrial:
    """Reads a search and what one of its trials changes.

    most: how far that trial was trained, where it was not trained to the end.
    """

    what: Wanted
    values: JsonObject
    changes: JsonObject
    most: int | None = None

    def work(self, _budget: float) -> Chunk:
        """Read all. Raises SpecError for what is no search, and for changes that no trial of it can have."""
        spec = read_search(self.values)
        missing = {axis.path for axis in spec.axes} ^ self.changes.keys()
        if missing:
            allowed = N_("a value for every setting that is searched, and for no other")
            raise engine.SpecError(engine.Problem("changes", self.changes, allowed))
        begin = other_starts if self.what == "band" else same_starts
        try:
            state = begin(spec, self.changes)
            check(state.specs)
        except engine.SpecError as error:
            raise error.within("changes") from error
        updates = spec.updates if self.most is None else min(self.most, spec.updates)
        _refuse_long(spec, updates, state)
        return Chunk(TrialJob(self.what, spec, updates, state))


def _refuse_long(spec: SearchSpec, updates: int, state: engine.State) -> None:
    """Raise SpecError where so many updates of these networks would take too long."""
    seconds = updates * engine.cost(state.specs).update
    if seconds > MOST_SECONDS:
        allowed = N_(
            "networks that train for at most {most} seconds here; {count} of this trial would take up to "
            "{seconds}: try fewer updates or a smaller network",
            most=round(MOST_SECONDS),
            count=len(state.specs),
            seconds=math.ceil(seconds),
        )
        raise engine.SpecError(engine.Problem("search.updates", spec.updates, allowed))


@dataclass(frozen=True, eq=False)
class TrialJob:
    """The networks of a trial on their way to so many updates."""

    what: Wanted
    spec: SearchSpec
    updates: int
    state: engine.State

    def work(self, budget: float) -> Chunk:
        """Train on, and say at the end what is wanted of them."""
        spec, state = self.spec, self.state
        first = max(int(FIRST_SECONDS / engine.cost(state.specs).update), 1)
        for part in in_time(self.updates - state.step, budget, first):
            state, _ = engine.train(state, part.stop - part.start, TRAINERS)
        if state.step < self.updates and len(state.failures) < len(state.specs):
            return Chunk(replace(self, state=state))
        match self.what:
            case "band":
                return Chunk(None, _band(spec, state))
            case "seal":
                return Chunk(None, _verdict(spec, state))
            case "starts":
                return _starts(spec, state, self.updates)


def _band(spec: SearchSpec, state: engine.State) -> dict[str, Any]:
    """How far the scores of its networks lie apart."""
    band = asdict(band_of(spec, state))
    return {name: finite(score) for name, score in band.items()} | {"starts": len(state.specs)}


def _verdict(spec: SearchSpec, state: engine.State) -> dict[str, Any]:
    """What its networks are worth, on the sealed points too."""
    verdict = verdict_of(spec, state)
    return {
        "validation": [finite(score) for score in verdict.validation],
        "test": [finite(score) for score in verdict.test],
        "optimism": finite(verdict.optimism),
    }


def _starts(spec: SearchSpec, state: engine.State, updates: int) -> Chunk:
    """The score and the map of each network, and where it diverged."""
    scores = start_scores(spec, state)
    lost = {failure.member: failure.step for failure in state.failures}
    header: dict[str, Any] = {
        "grid": GRID,
        "scores": [finite(score) for score in scores],
        # a loss that is no number, of weights that still are, counts as lost
        "diverged": [
            lost.get(member, updates) if math.isinf(score) else None
            for member, score in enumerate(scores)
        ],
    }
    return Chunk(None, header, packed([boundary(state, i) for i in range(len(scores))]))
