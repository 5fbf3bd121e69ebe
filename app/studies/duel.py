"""Duels of two strategies, in parts: those that ended, and how it stands."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import asdict, dataclass
from math import ceil
from typing import Any

import numpy as np

import engine
from app.protocol import Array
from app.protocol.fields import JsonObject
from app.studies.job import Chunk
from app.studies.pace import in_time
from app.studies.search import FIRST_SECONDS, MOST_SECONDS, TRAINERS, refuse_costly
from engine.search import Duel, Duels, DuelSpec, SearchSpec, Trial, advance_duels, begin_duels
from engine.words import N_


@dataclass(frozen=True)
class ReadDuel:
    """Reads a duel."""

    values: JsonObject

    def work(self, _budget: float) -> Chunk:
        """Read it. Raises SpecError for what is no duel, and for one that costs more than it may."""
        try:
            spec = DuelSpec.from_dict(self.values)
            _refuse_costly(spec)
        except engine.SpecError as error:
            raise error.within("duel") from error
        return Chunk(DuelJob(begin_duels(spec)))


@dataclass(frozen=True, eq=False)
class DuelJob:
    """Duels as far as they have come."""

    duels: Duels

    def work(self, budget: float) -> Chunk:
        """Fight on, as far as the budget goes."""
        duels, ended = _go_on(self.duels, budget)
        header: dict[str, Any] = {"tally": asdict(duels.tally), "interval": duels.tally.interval}
        header |= {"tells": duels.tally.tells}
        if not self.duels.tally.duels and not self.duels.under_way:
            header["duel"] = duels.spec.to_dict()
        rest = None if duels.done else DuelJob(duels)
        return Chunk(rest, header, _arrays(duels.spec, ended))


def _go_on(duels: Duels, budget: float) -> tuple[Duels, list[Duel]]:
    """Go on as far as a budget in seconds goes, at least by one piece."""
    spec = duels.spec
    ended: list[Duel] = []
    updates = spec.duels * (spec.first.budget + spec.second.budget)
    first = max(int(FIRST_SECONDS * updates / spec.seconds), 1)
    for part in in_time(updates, budget, first):
        duels, more = advance_duels(duels, part.stop - part.start, TRAINERS)
        ended += more
        if duels.done:
            break
    return duels, ended


def _refuse_costly(spec: DuelSpec) -> None:
    """Raise SpecError for duels that would take a worker from others, or longer than a person waits."""
    for each in (spec.first, spec.second):
        try:
            refuse_costly(each)
        except engine.SpecError as error:
            raise error.within("search") from error
    if spec.seconds > MOST_SECONDS:
        allowed = N_(
            "duels of at most {most} seconds here; these would take up to {seconds}: try fewer duels, a "
            "smaller budget or a smaller network",
            most=round(MOST_SECONDS),
            seconds=ceil(spec.seconds),
        )
        raise engine.SpecError(engine.Problem("duels", spec.duels, allowed))


def _arrays(spec: DuelSpec, ended: Sequence[Duel]) -> dict[str, Array]:
    """The trials of the duels that ended: of each side their places and scores, and the best of these."""
    arrays = {"scores": np.array([duel.scores for duel in ended], np.float64).reshape(-1, 2)}
    for side, (name, search) in enumerate((("first", spec.first), ("second", spec.second))):
        trials = [trial for duel in ended for trial in duel.trials[side]]
        arrays |= _trials(name, search, trials)
    return arrays


def _trials(name: str, spec: SearchSpec, trials: Sequence[Trial]) -> dict[str, Array]:
    """Where the trials of one side lie, (n · trials, K), and how good each was, (n · trials)."""
    places = np.array([trial.place for trial in trials], np.float32)
    return {
        f"{name}_places": places.reshape(len(trials), len(spec.axes)),
        f"{name}_scores": np.array([trial.median for trial in trials], np.float64),
        f"{name}_cut": np.array([trial.cut for trial in trials], np.int8),
    }
