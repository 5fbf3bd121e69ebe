"""A search, in parts: trials as they are proposed, and their scores as they learn."""

from __future__ import annotations

import math
import pickle
from collections.abc import Sequence
from dataclasses import asdict, dataclass
from time import perf_counter
from typing import Any

import numpy as np

import engine
from app.protocol import Array
from app.protocol.fields import JsonObject
from app.session.budget import check
from app.studies.job import Chunk, PackedJob
from app.studies.pace import in_time
from engine.search import Piece, Search, SearchSpec, Trial, advance_search, begin_search
from engine.words import N_

MOST_NETWORKS = 2000
"""A search has no more networks in a round here: as many trials as there may be, from one start each. All of
them travel with every piece, and a worker has no other work while it reads and writes them."""
SPEC_BYTES = 8 * 2**20
"""What their specs may take, own points and all: they travel with every piece."""
MOST_SECONDS = 120.0
"""What all updates of a search may take on a slow core."""
FIRST_SECONDS = 0.02
"""What a piece begins with may take on a slow core. One update of many networks costs as much as several."""
KEPT_BYTES = 2**26
"""What the working copies of a search may take in a worker."""
TRAINERS = engine.Trainers(KEPT_BYTES)
"""What a worker keeps from one piece to the next; what comes of a piece does not depend on it."""


@dataclass(frozen=True)
class ReadSearch:
    """Reads a search, which takes some milliseconds where values of knobs have many combinations."""

    values: JsonObject

    def work(self, _budget: float) -> Chunk:
        """Read it. Raises SpecError for what is no search, and for one that costs more than it may."""
        return Chunk(SearchJob(begin_search(read_search(self.values))))


@dataclass(frozen=True)
class NoSearch:
    """Nothing to do: it stands in the place of the search that was under way."""

    def work(self, _budget: float) -> Chunk:
        """Be done."""
        return Chunk()


@dataclass(frozen=True, eq=False)
class SearchJob:
    """A search as far as it has come."""

    search: Search

    def work(self, budget: float) -> Chunk:
        """Train on, as far as the budget goes."""
        search, pieces = go_on(self.search, budget)
        spec = search.spec
        header: dict[str, Any] = {
            "spent": search.spent,
            "trials": [_proposed(trial) for piece in pieces for trial in piece.proposed],
            "boxes": [box.tolist() for box in search.boxes],
            "cut": [trial.number for trial in search.trials if trial.cut],
            "importance": [asdict(each) for each in engine.search.importance(search)],
        }
        if not self.search.boxes:
            plan = {"trials": spec.trials, "rounds": spec.rounds, "rungs": spec.rungs}
            header |= {"search": spec.to_dict(), "plan": plan | {"seconds": spec.seconds}}
        looks = [trial for piece in pieces for trial in piece.looks]
        rest = None if search.done else PackedJob.of(SearchJob(search))
        return Chunk(rest, header, _scores(looks) | (_found(search) if search.done else {}))


def go_on(search: Search, budget: float) -> tuple[Search, list[Piece]]:
    """Go on with a search as far as a budget in seconds goes, at least by one piece."""
    pieces, spec, begun = [], search.spec, perf_counter()
    first = max(int(FIRST_SECONDS * spec.budget / spec.seconds), 1)
    if not search.populations:
        # to begin a round takes as long as many updates
        search, piece = advance_search(search, 1, TRAINERS)
        pieces.append(piece)
        budget -= perf_counter() - begun
    if pieces and (search.done or budget <= 0):
        return search, pieces
    for part in in_time(spec.budget, budget, first):
        search, piece = advance_search(search, part.stop - part.start, TRAINERS)
        pieces.append(piece)
        if search.done:
            break
    return search, pieces


def most_networks(base: engine.RunSpec) -> int:
    """How many networks with the points of a base may train side by side."""
    return min(MOST_NETWORKS, SPEC_BYTES // len(pickle.dumps(base)))


def read_search(values: JsonObject) -> SearchSpec:
    """The search that a study is about. Raises SpecError for what is none, and for one too costly."""
    try:
        spec = SearchSpec.from_dict(values)
        refuse_costly(spec)
    except engine.SpecError as error:
        raise error.within("search") from error
    else:
        return spec


def refuse_costly(spec: SearchSpec) -> None:
    """Raise SpecError for a search that would take a worker from others, or longer than a person waits."""
    networks = max(spec.rounds) * spec.seeds
    most = most_networks(spec.base)
    if networks > most:
        counts = {
            "most": f"{most:,}",
            "networks": f"{networks:,}",
            "trials": f"{max(spec.rounds):,}",
            "seeds": spec.seeds,
        }
        allowed = (
            N_(
                "a search of at most {most} networks here; this one has {networks} ({trials} trials, starts "
                "of each: {seeds}): try a smaller budget or fewer seeds",
                **counts,
            )
            if most == MOST_NETWORKS
            else N_(
                "a search of at most {most} networks with this many points of your own here; this one has "
                "{networks} ({trials} trials, starts of each: {seeds}): try a smaller budget or fewer seeds",
                **counts,
            )
        )
        raise engine.SpecError(engine.Problem("budget", spec.budget, allowed))
    if spec.seconds > MOST_SECONDS:
        allowed = N_(
            "a search of at most {most} seconds here; this one would take up to {seconds}: try a smaller "
            "budget or a smaller network",
            most=round(MOST_SECONDS),
            seconds=f"{math.ceil(spec.seconds):,}",
        )
        raise engine.SpecError(engine.Problem("budget", spec.budget, allowed))
    for corner in {engine.cost([each]): each for each in spec.corners}.values():
        try:
            check([corner] * networks)
        except engine.SpecError as error:
            raise error.within("base") from error


def _proposed(trial: Trial) -> dict[str, Any]:
    """A trial before its first update, as JSON values."""
    return {
        "number": trial.number,
        "round": trial.round,
        "place": list(trial.place),
        "changes": dict(trial.changes),
    }


def _scores(looks: Sequence[Trial]) -> dict[str, Array]:
    """What was seen of trials, look by look."""
    count = max((len(trial.scores) for trial in looks), default=0)
    scores = np.array([trial.scores for trial in looks]).reshape(len(looks), count)
    diverged = [-1 if trial.diverged is None else trial.diverged for trial in looks]
    return {
        "trial": np.array([trial.number for trial in looks], np.int32),
        "steps": np.array([trial.steps for trial in looks], np.int32),
        "scores": scores,
        "median": np.array([trial.median for trial in looks], np.float64),
        "diverged": np.array(diverged, np.int32),
    }


def _found(search: Search) -> dict[str, Array]:
    """What had been found after so many updates."""
    spent, lowest = engine.search.best_so_far(search)
    return {"best_spent": spent.astype(np.float64), "best_score": lowest}
