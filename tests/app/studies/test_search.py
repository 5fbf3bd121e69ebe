"""Searches as studies: the engine's trials and scores, however they are cut into pieces."""

from dataclasses import replace
from typing import Any

import numpy as np
import pytest

import engine
from app.protocol import Array
from app.studies import search as studies
from app.studies.job import Chunk, PackedJob, QueuedStudy, work
from engine.search import SearchSpec, advance_search, begin_search
from tests.app.stream.study_jobs import IMPATIENT, PATIENT, job_of, shown

RATE = {"path": "optimizer.learning_rate", "low": 0.01, "high": 10}
SEARCH: dict[str, Any] = {
    "base": {"data": {"kind": "moons", "points": 100}, "layers": [{"units": 4}]},
    "knobs": [RATE, {"path": "layers.0.units", "values": [2, 4]}],
    "updates": 40,
    "budget": 2400,
    "seeds": 3,
}


OWN = {"data": {"kind": "custom", "rows": [[i % 37, i % 41, i % 2] for i in range(1000)]}}
"""A spec of 24 kilobytes."""


@pytest.fixture(autouse=True)
def hurry(monkeypatch: pytest.MonkeyPatch) -> None:
    """Pieces as short as can be, where no time is given."""
    monkeypatch.setattr(studies, "FIRST_SECONDS", 0.0)


def parts_of(patience: float = PATIENT, **changes: Any) -> list[Chunk]:
    return shown(job_of({"kind": "search", "search": SEARCH | changes}), patience)


def joined(parts: list[Chunk], name: str) -> Array:
    return np.concatenate([part.arrays[name] for part in parts])


def headers(parts: list[Chunk]) -> list[Any]:
    return [part.header for part in parts]


@pytest.mark.parametrize("budget", [IMPATIENT, PATIENT])
@pytest.mark.parametrize("strategy", ["random", "coarse_to_fine", "halving"])
def test_the_parts_are_the_looks_of_the_search_in_order(budget: float, strategy: str) -> None:
    parts = parts_of(budget, strategy=strategy)
    assert (len(parts) > 5) == (budget is IMPATIENT)
    spec = SearchSpec.from_dict(SEARCH | {"strategy": strategy})
    run, piece = advance_search(begin_search(spec), 10**9)
    assert joined(parts, "trial").tolist() == [trial.number for trial in piece.looks]
    assert joined(parts, "steps").tolist() == [trial.steps for trial in piece.looks]
    seen = np.concatenate([part.arrays["scores"] for part in parts if part.arrays["trial"].size])
    np.testing.assert_array_equal(seen, [trial.scores for trial in piece.looks])
    np.testing.assert_array_equal(joined(parts, "median"), np.median(seen, axis=1))
    proposed = [trial for header in headers(parts) for trial in header["trials"]]
    assert [trial["place"] for trial in proposed] == [list(trial.place) for trial in run.trials]
    assert [trial["changes"] for trial in proposed] == [trial.changes for trial in run.trials]
    last = headers(parts)[-1]
    assert last["spent"] == run.spent
    assert last["cut"] == [trial.number for trial in run.trials if trial.cut]
    assert last["boxes"] == [box.tolist() for box in run.boxes]


def test_the_first_part_says_what_is_searched_and_the_last_what_was_found() -> None:
    first, *between, last = parts_of(IMPATIENT)
    spec = SearchSpec.from_dict(SEARCH)
    assert first.header is not None
    assert first.header["search"] == spec.to_dict()
    plan = {"trials": 20, "rounds": (20,), "rungs": (40,), "seconds": spec.seconds}
    assert first.header["plan"] == plan
    assert not any("search" in header for header in headers([*between, last]))
    run, _ = advance_search(begin_search(spec), 10**9)
    spent, lowest = engine.search.best_so_far(run)
    np.testing.assert_array_equal(last.arrays["best_spent"], spent)
    np.testing.assert_array_equal(last.arrays["best_score"], lowest)
    shares = [each.share for each in engine.search.importance(run)]
    assert last.header is not None
    found: Any = last.header["importance"]
    assert [each["share"] for each in found] == shares
    assert all(not header["importance"] for header in headers([first, *between]))


def test_what_diverged_says_when() -> None:
    wild = {"data": "plane", "layers": [{"units": 8, "activation": "relu"}]}
    knobs = [{"path": "optimizer.learning_rate", "values": [0.01, 10]}]
    (part,) = parts_of(base=wild, knobs=knobs, seeds=1, strategy="grid")
    ends = dict(zip(part.arrays["trial"].tolist(), part.arrays["diverged"].tolist(), strict=True))
    assert ends[0] == -1
    assert ends[1] > 0
    assert np.isinf(part.arrays["median"][-1]) == (part.arrays["trial"][-1] == 1)


@pytest.mark.parametrize(
    ("changes", "place", "words"),
    [
        ({"knobs": []}, "search.knobs", "a list of 1 to 6 knobs"),
        ({"knobs": [RATE, RATE]}, "search.knobs.1.path", "each knob once"),
        ({"budget": 84_000}, "search.budget", "at most 2,000 networks here; this one has 2,100"),
        (
            {"base": {"layers": [{"units": 64}] * 2}, "budget": 20_000_000, "updates": 100_000},
            "search.budget",
            "at most 120 seconds here",
        ),
        (
            {"base": OWN, "budget": 24_000},
            "search.budget",
            "networks with this many points of your own here; this one has 600",
        ),
        (
            {"base": {"layers": [{"units": 128}] * 3}, "knobs": [RATE], "budget": 12_000},
            "search.base.layers",
            "within what one run may cost here",
        ),
    ],
)
def test_what_is_refused(changes: dict[str, Any], place: str, words: str) -> None:
    with pytest.raises(engine.SpecError) as caught:
        parts_of(**changes)
    (problem,) = caught.value.problems
    assert problem.path == place
    assert words in problem.allowed


def test_only_what_is_packed_says_how_long_a_piece_took() -> None:
    study = QueuedStudy(1, "search", 0, job_of({"kind": "search", "search": SEARCH}))
    read = work(study)
    assert read.rest is not None
    assert read.seconds == 0
    trained = work(replace(study, job=read.rest))
    assert isinstance(trained.rest, PackedJob)
    assert trained.seconds > 0
