"""A trial of a search once more: on the points that were sealed, or from other starts."""

from __future__ import annotations

from dataclasses import asdict, dataclass, replace
from math import ceil
from typing import Any, Literal

import engine
from app.protocol import finite
from app.protocol.fields import JsonObject
from app.session.budget import check
from app.studies.job import Chunk
from app.studies.pace import in_time
from app.studies.search import FIRST_SECONDS, MOST_SECONDS, TRAINERS, read_search
from engine.search import SearchSpec, band_of, other_starts, same_starts, verdict_of
from engine.words import N_


@dataclass(frozen=True)
class ReadTrial:
    """Reads a search and what one of its trials changes."""

    what: Literal["band", "seal"]
    values: JsonObject
    changes: JsonObject

    def work(self, _budget: float) -> Chunk:
        """Read both. Raises SpecError for what is no search, and for changes that no trial of it can have."""
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
        return Chunk(TrialJob(self.what, spec, _affordable(spec, state)))


def _affordable(spec: SearchSpec, state: engine.State) -> engine.State:
    """The networks before their first update. Raises SpecError where they would take too long."""
    seconds = spec.updates * engine.cost(state.specs).update
    if seconds > MOST_SECONDS:
        allowed = N_(
            "networks that train for at most {most} seconds here; {count} of this trial would take up to "
            "{seconds}: try fewer updates or a smaller network",
            most=round(MOST_SECONDS),
            count=len(state.specs),
            seconds=ceil(seconds),
        )
        raise engine.SpecError(engine.Problem("search.updates", spec.updates, allowed))
    return state


@dataclass(frozen=True, eq=False)
class TrialJob:
    """The networks of a trial as far as they have been trained."""

    what: Literal["band", "seal"]
    spec: SearchSpec
    state: engine.State

    def work(self, budget: float) -> Chunk:
        """Train on, and judge them at the end."""
        spec, state = self.spec, self.state
        first = max(int(FIRST_SECONDS / engine.cost(state.specs).update), 1)
        for part in in_time(spec.updates - state.step, budget, first):
            state, _ = engine.train(state, part.stop - part.start, TRAINERS)
        if state.step < spec.updates and len(state.failures) < len(state.specs):
            return Chunk(replace(self, state=state))
        return Chunk(None, self._found(state))

    def _found(self, state: engine.State) -> dict[str, Any]:
        """What the networks are worth."""
        if self.what == "band":
            band = asdict(band_of(self.spec, state))
            return {name: finite(score) for name, score in band.items()} | {
                "starts": len(state.specs)
            }
        verdict = verdict_of(self.spec, state)
        return {
            "validation": [finite(score) for score in verdict.validation],
            "test": [finite(score) for score in verdict.test],
            "optimism": finite(verdict.optimism),
        }
