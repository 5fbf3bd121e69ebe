"""The ground behind a search, in parts: the cells that were finished, and how far it has come."""

from __future__ import annotations

from dataclasses import dataclass
from math import ceil
from typing import Any

import numpy as np

import engine
from app.protocol import Array
from app.protocol.fields import JsonObject
from app.session.budget import check
from app.studies.job import Chunk
from app.studies.pace import in_time
from app.studies.search import (
    FIRST_SECONDS,
    MOST_SECONDS,
    TRAINERS,
    most_networks,
    refuse_costly,
)
from engine.search import Trial, Truth, TruthSpec, advance_truth, begin_truth
from engine.words import N_


@dataclass(frozen=True)
class ReadTruth:
    """Reads what the ground is of."""

    values: JsonObject

    def work(self, _budget: float) -> Chunk:
        """Read it. Raises SpecError for what is none, and for one that costs more than it may."""
        try:
            spec = TruthSpec.from_dict(self.values)
            _refuse_costly(spec)
        except engine.SpecError as error:
            raise error.within("truth") from error
        return Chunk(TruthJob(begin_truth(spec)))


@dataclass(frozen=True, eq=False)
class TruthJob:
    """The ground as far as it has come."""

    truth: Truth

    def work(self, budget: float) -> Chunk:
        """Train on, as far as the budget goes."""
        truth, ended = _go_on(self.truth, budget)
        header: dict[str, Any] = {"spent": truth.spent}
        if not self.truth.cells:
            spec = truth.spec
            plan = {"sides": spec.sides, "updates": spec.updates, "seconds": spec.seconds}
            header |= {"truth": spec.to_dict(), "plan": plan}
        arrays: dict[str, Array] = {
            "cell": np.array([trial.number for trial in ended], np.int32),
            "median": np.array([trial.median for trial in ended], np.float64),
        }
        return Chunk(None if truth.done else TruthJob(truth), header, arrays)


def _go_on(truth: Truth, budget: float) -> tuple[Truth, list[Trial]]:
    """Go on as far as a budget in seconds goes, at least by one piece."""
    spec = truth.spec
    ended: list[Trial] = []
    first = max(int(FIRST_SECONDS * spec.updates / spec.seconds), 1)
    for part in in_time(spec.updates, budget, first):
        truth, more = advance_truth(truth, part.stop - part.start, TRAINERS)
        ended += more
        if truth.done:
            break
    return truth, ended


def _refuse_costly(spec: TruthSpec) -> None:
    """Raise SpecError for a ground that would take a worker from others, or longer than a person waits."""
    try:
        refuse_costly(spec.search)
    except engine.SpecError as error:
        raise error.within("search") from error
    most = most_networks(spec.search.base)
    if spec.together > most:
        allowed = N_(
            "at most {most} networks side by side with this many points of your own here; the cells would be "
            "{networks}: try fewer starts or fewer points",
            most=most,
            networks=spec.together,
        )
        raise engine.SpecError(engine.Problem("search.seeds", spec.search.seeds, allowed))
    if spec.seconds > MOST_SECONDS:
        allowed = N_(
            "networks that train for at most {most} seconds here; those of every cell would take up to "
            "{seconds}: try fewer updates, fewer starts or a smaller network",
            most=round(MOST_SECONDS),
            seconds=f"{ceil(spec.seconds):,}",
        )
        raise engine.SpecError(engine.Problem("", spec.updates, allowed))
    for corner in {engine.cost([each]): each for each in spec.corners}.values():
        try:
            check([corner] * spec.together)
        except engine.SpecError as error:
            raise error.within("search.base") from error
