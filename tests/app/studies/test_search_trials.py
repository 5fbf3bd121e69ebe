"""Duels, bands and seals as studies: the engine's numbers, however they are cut into pieces."""

from typing import Any

import numpy as np
import pytest

import engine
from app.studies import search as studies
from app.studies.job import Chunk
from engine.search import (
    DuelSpec,
    SearchSpec,
    TruthSpec,
    advance_truth,
    begin_truth,
    open_seal,
    seed_band,
)
from tests.app.stream.study_jobs import IMPATIENT, PATIENT, job_of, pieces, shown
from tests.app.studies.test_search import RATE, SEARCH
from tests.engine.searches import run_duels, run_search

L2 = {"path": "penalty.l2", "low": 1e-5, "high": 1, "scale": "log"}
ONE_SEED = SEARCH | {"seeds": 1, "budget": 360}
DUEL: dict[str, Any] = {
    "search": ONE_SEED | {"strategy": {"kind": "grid", "shift": True}},
    "against": "halving",
    "duels": 5,
}


@pytest.fixture(autouse=True)
def hurry(monkeypatch: pytest.MonkeyPatch) -> None:
    """Pieces as short as can be, where no time is given."""
    for module in ("duel", "search", "trial", "truth"):
        monkeypatch.setattr(f"app.studies.{module}.FIRST_SECONDS", 0.0)


def joined(parts: list[Chunk], name: str) -> Any:
    return np.concatenate([part.arrays[name] for part in parts])


@pytest.mark.parametrize("budget", [IMPATIENT, PATIENT])
def test_the_parts_are_the_duels_in_order(budget: float) -> None:
    parts = shown(job_of({"kind": "duel", "duel": DUEL}), budget)
    assert (len(parts) > 5) == (budget is IMPATIENT)
    duels, ended = run_duels(DUEL)
    np.testing.assert_array_equal(joined(parts, "scores"), [duel.scores for duel in ended])
    for side, name in enumerate(("first", "second")):
        trials = [trial for duel in ended for trial in duel.trials[side]]
        places = joined(parts, f"{name}_places")
        np.testing.assert_array_equal(places, np.array([trial.place for trial in trials], "f4"))
        scores = joined(parts, f"{name}_scores")
        np.testing.assert_array_equal(scores, [trial.median for trial in trials])
        assert joined(parts, f"{name}_cut").tolist() == [trial.cut for trial in trials]
    headers: list[Any] = [part.header for part in parts]
    assert headers[0]["duel"] == DuelSpec.from_dict(DUEL).to_dict()
    assert not any("duel" in header for header in headers[1:])
    tally = duels.tally
    assert headers[-1]["tally"] == {"first": tally.first, "second": tally.second, "equal": 0}
    assert headers[-1]["interval"] == tally.interval
    assert headers[-1]["tells"] == tally.tells


@pytest.mark.parametrize("budget", [IMPATIENT, PATIENT])
def test_the_best_from_other_starts_and_on_sealed_points(budget: float) -> None:
    search = run_search(SEARCH)
    assert search.best
    trial = {"search": SEARCH, "changes": search.best.changes}
    (band,), (seal,) = (shown(job_of({"kind": kind} | trial), budget) for kind in ("band", "seal"))
    wanted, verdict = seed_band(search), open_seal(search)
    assert wanted
    assert verdict
    assert band.header == {
        "low": wanted.low,
        "middle": wanted.middle,
        "high": wanted.high,
        "starts": 64,
    }
    assert seal.header == {
        "validation": list(verdict.validation),
        "test": list(verdict.test),
        "optimism": verdict.optimism,
    }


@pytest.mark.parametrize("kind", ["band", "seal"])
def test_a_trial_that_diverges_comes_to_an_end(kind: str) -> None:
    wild = {"data": "plane", "layers": [{"units": 8, "activation": "relu"}]}
    search = SEARCH | {"base": wild, "knobs": [RATE]}
    changes = {"optimizer.learning_rate": 10}
    (part,) = shown(job_of({"kind": kind, "search": search, "changes": changes}), IMPATIENT)
    assert part.header is not None
    score: Any = part.header["middle" if kind == "band" else "optimism"]
    assert score is None


@pytest.mark.parametrize(
    ("what", "place"),
    [
        ({"kind": "duel", "duel": DUEL | {"against": "fog"}}, "duel.against.kind"),
        ({"kind": "duel", "duel": DUEL | {"duels": 0}}, "duel.duels"),
        ({"kind": "seal", "search": SEARCH, "changes": {}}, "changes"),
        ({"kind": "band", "search": SEARCH, "changes": {"data.noise": 0.1}}, "changes"),
        (
            {
                "kind": "band",
                "search": SEARCH | {"knobs": [RATE]},
                "changes": {"optimizer.learning_rate": -1},
            },
            "changes.optimizer.learning_rate",
        ),
        ({"kind": "seal", "search": {}, "changes": {}}, "search.knobs"),
        ({"kind": "truth", "truth": {"search": {}}}, "truth.search.knobs"),
        ({"kind": "truth", "truth": {"search": SEARCH, "axes": [1, 1]}}, "truth.axes"),
        ({"kind": "truth", "truth": {"search": SEARCH | {"budget": 10**6}}}, "truth.search.budget"),
        (
            {
                "kind": "duel",
                "duel": {
                    "search": SEARCH
                    | {
                        "base": {"layers": [{"units": 32}] * 2},
                        "knobs": [RATE],
                        "budget": 1_200_000,
                    },
                    "duels": 200,
                },
            },
            "duel.search.budget",
        ),
    ],
)
def test_what_is_refused(what: dict[str, Any], place: str) -> None:
    with pytest.raises(engine.SpecError) as caught:
        pieces(job_of(what))
    assert caught.value.problems[0].path == place


def test_of_none_duels_and_the_ground_end() -> None:
    assert pieces(job_of({"kind": "duel", "duel": None}))[0].rest is None
    assert pieces(job_of({"kind": "truth", "truth": None}))[0].rest is None


@pytest.mark.parametrize("budget", [IMPATIENT, PATIENT])
def test_the_parts_are_the_cells_of_the_ground(budget: float) -> None:
    asked = {"search": SEARCH, "axes": [0, 1]}
    parts = shown(job_of({"kind": "truth", "truth": asked}), budget)
    assert (len(parts) > 5) == (budget is IMPATIENT)
    spec = TruthSpec.from_dict(asked)
    truth, ended = advance_truth(begin_truth(spec), 10**9)
    assert joined(parts, "cell").tolist() == [trial.number for trial in ended]
    np.testing.assert_array_equal(joined(parts, "median"), [trial.median for trial in ended])
    headers: list[Any] = [part.header for part in parts]
    assert headers[0]["truth"] == spec.to_dict()
    assert headers[0]["plan"]["sides"] == (16, 2)
    assert headers[0]["plan"]["updates"] == truth.spent == headers[-1]["spent"]
    assert not any("truth" in header for header in headers[1:])


def test_a_ground_that_takes_too_long(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("app.studies.truth.MOST_SECONDS", 0.001)
    with pytest.raises(engine.SpecError, match="those of every cell would take up to") as caught:
        pieces(job_of({"kind": "truth", "truth": {"search": SEARCH}}))
    assert caught.value.problems[0].path == "truth"


def test_a_ground_of_more_points_of_one_s_own_than_may_travel() -> None:
    """A single trial of them may be searched; the cells that train side by side are many more."""
    rows = [[i / 100, -i / 300, i % 2] for i in range(300)]
    own = SEARCH | {"base": {"data": {"kind": "custom", "rows": rows}}, "seeds": 10}
    own |= {"knobs": [RATE, L2], "updates": 10, "budget": 100}
    few = {"kind": "truth", "truth": {"search": own}}
    assert job_of(few).work(0.0).rest is not None
    own["base"]["data"]["rows"] = rows * 6
    assert job_of({"kind": "search", "search": own}).work(0.0).rest is not None
    with pytest.raises(engine.SpecError, match="networks side by side") as caught:
        job_of(few).work(0.0)
    assert caught.value.problems[0].path == "truth.search.seeds"


def test_a_ground_of_networks_that_are_too_large() -> None:
    large = SEARCH | {
        "base": {"layers": [{"units": 128}] * 6, "data": {"points": 100}},
        "knobs": [RATE, L2],
    }
    with pytest.raises(engine.SpecError) as caught:
        pieces(job_of({"kind": "truth", "truth": {"search": large | {"updates": 1, "budget": 3}}}))
    assert caught.value.problems[0].path.startswith("truth.search.base")


def test_so_many_duels_that_they_take_too_long(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("app.studies.duel.MOST_SECONDS", 0.001)
    with pytest.raises(engine.SpecError, match="try fewer duels"):
        pieces(job_of({"kind": "duel", "duel": DUEL}))
    assert studies.MOST_SECONDS > 1


@pytest.mark.parametrize("budget", [IMPATIENT, PATIENT])
def test_the_gallery_has_the_map_of_each_trial(budget: float) -> None:
    trials = [{"optimizer.learning_rate": 0.1, "layers.0.units": units} for units in (2, 4)]
    (part,) = shown(job_of({"kind": "gallery", "search": SEARCH, "trials": trials}), budget)
    assert part.header == {"grid": 24}
    maps = part.arrays["maps"] / 127 * part.arrays["scales"][..., None, None]
    assert maps.shape == (2, 1, 24, 24)
    for found, changes in zip(maps, trials, strict=True):
        state, _ = engine.train(
            engine.start(SearchSpec.from_dict(SEARCH).base.replace(changes)), 40
        )
        wanted = engine.observe(state, engine.View(grid=24, neurons=0))["boundary"]
        np.testing.assert_allclose(found, wanted, atol=0.005)


def test_a_gallery_of_trials_that_diverge_or_cannot_be() -> None:
    wild = {"data": "plane", "layers": [{"units": 8, "activation": "relu"}]}
    asked = {"kind": "gallery", "search": SEARCH | {"base": wild, "knobs": [RATE]}}
    (part,) = shown(job_of(asked | {"trials": [{"optimizer.learning_rate": 10}]}), IMPATIENT)
    assert np.isfinite(part.arrays["scales"]).all()
    with pytest.raises(engine.SpecError) as caught:
        pieces(job_of(asked | {"trials": [{}, {"optimizer.learning_rate": -1}]}))
    assert caught.value.problems[0].path == "trials.1.optimizer.learning_rate"


OWN_BATCHES = {"data": {"kind": "moons", "points": 120, "noise": 0.3}, "batch_size": 7}
WILD = {"data": "plane", "layers": [{"units": 8, "activation": "relu"}]}
DEPTHS = {"path": "layers", "values": [[], [{"units": 3}], [{"units": 4}, {"units": 2}]]}


@pytest.mark.parametrize(
    ("changes", "least"),
    [
        ({}, 20),
        ({"seeds": 1, "search_seed": 5}, 20),
        ({"seeds": 5, "strategy": "latin_hypercube", "base": OWN_BATCHES, "knobs": [RATE]}, 8),
        ({"seeds": 10, "strategy": "grid", "knobs": [RATE, L2], "score": "error"}, 4),
        ({"strategy": "coarse_to_fine", "search_seed": 3, "knobs": [RATE, DEPTHS]}, 12),
        ({"strategy": "halving", "search_seed": 2}, 20),
        ({"base": WILD, "knobs": [RATE], "search_seed": 4}, 12),
    ],
)
def test_the_starts_are_those_of_the_search(changes: dict[str, Any], least: int) -> None:
    """Scores, maps and ends of every start of every trial, cut and diverged ones as well."""
    values = SEARCH | changes
    search = run_search(values)
    assert len(search.trials) >= least
    for trial in search.trials:
        asked = {"search": values, "changes": trial.changes, "steps": trial.steps}
        (part,) = shown(job_of({"kind": "starts"} | asked), IMPATIENT)
        header: Any = part.header
        found = [np.inf if score is None else score for score in header["scores"]]
        np.testing.assert_array_equal(found, trial.scores)
        ended = [each for each in header["diverged"] if each is not None]
        assert len(ended) == np.isinf(trial.scores).sum()
        assert trial.diverged is None or trial.diverged in ended
        assert part.arrays["maps"].shape[0] == search.spec.seeds
        if trial.cut or trial.diverged is not None:
            continue
        first = shown(job_of({"kind": "gallery", "search": values, "trials": [trial.changes]}))[0]
        for name in ("maps", "scales"):
            np.testing.assert_array_equal(part.arrays[name][:1], first.arrays[name])


def test_among_those_trials_some_are_cut_and_some_starts_diverge() -> None:
    assert any(trial.cut for trial in run_search(SEARCH | {"strategy": "halving"}).trials)
    wild = run_search(SEARCH | {"base": WILD, "knobs": [RATE], "search_seed": 4})
    ends = {sum(map(np.isinf, trial.scores)) for trial in wild.trials}
    assert ends >= {0, 3}


def test_a_trial_trains_no_further_than_its_search() -> None:
    changes = {"optimizer.learning_rate": 0.1, "layers.0.units": 2}
    (far,), (end,) = (
        shown(job_of({"kind": "starts", "search": SEARCH, "changes": changes, "steps": steps}))
        for steps in (2**53, 40)
    )
    assert far.header == end.header
    np.testing.assert_array_equal(far.arrays["maps"], end.arrays["maps"])
