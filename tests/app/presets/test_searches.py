"""Every preset of the search does on the engine what it says, with other search seeds, too."""

from __future__ import annotations

from dataclasses import replace
from functools import lru_cache
from typing import Any

import pytest

import engine
from app.presets import PRESETS
from app.presets.searches import SEARCHES, base, rate
from app.studies.search import refuse_costly
from engine.search import (
    DuelSpec,
    Search,
    SearchSpec,
    Tally,
    advance_duels,
    advance_search,
    begin_duels,
    begin_search,
    importance,
    open_seal,
    seed_band,
)
from tests.app import http
from tests.app.brackets import is_marked
from tests.app.conftest import Server

SEEDS = (1, 2, 3, 4)
RATE = "optimizer.learning_rate"


def run(spec: SearchSpec, seed: int = 1) -> Search:
    search = begin_search(replace(spec, search_seed=seed), looks=0)
    return advance_search(search, 10**9)[0]


@lru_cache
def searched(name: str, seed: int) -> Search:
    return run(SEARCHES[name].spec, seed)


def changed(name: str, **values: Any) -> SearchSpec:
    """The preset's search with some parts of it changed."""
    return SearchSpec.from_dict({**SEARCHES[name].search, **values})


def loss(search: Search) -> float:
    """The lowest one."""
    assert search.best is not None
    return search.best.median


def fought(name: str, seed: int = 1, duels: int | None = None, **values: Any) -> Tally:
    """Duels from a seed on: each has search seeds and starts of its own."""
    preset = SEARCHES[name]
    search = {**preset.search, "search_seed": seed} | values
    search["base"] = {"weights_seed": seed, "batches_seed": seed, **search["base"]}
    asked = {"search": search, "against": preset.against, "duels": duels or preset.duels}
    ended, _ = advance_duels(begin_duels(DuelSpec.from_dict(asked)), 10**9)
    return ended.tally


@pytest.mark.parametrize("seed", SEEDS)
def test_one_knob(seed: int) -> None:
    learning_rate, penalty = importance(searched("one-knob", seed))
    assert learning_rate.share > 0.3
    assert learning_rate.low > 0.1
    assert penalty.share < 0.05


def test_wasted_columns() -> None:
    tally = fought("wasted-columns")
    assert tally.tells
    assert 0.6 < tally.second / tally.duels < 0.75
    again = fought("wasted-columns", 1001, duels=30)
    assert again.second > again.first
    spec = SEARCHES["wasted-columns"].duel
    assert spec is not None
    tried = [
        {trial.changes[RATE] for trial in run(each).trials} for each in (spec.first, spec.second)
    ]
    assert list(map(len, tried)) == [4, 16]


@pytest.mark.parametrize("seed", SEEDS)
def test_too_coarse(seed: int) -> None:
    """A grid has no chance in it, so the networks get other starts."""
    own = {**SEARCHES["too-coarse"].search["base"], "weights_seed": seed, "batches_seed": seed}
    linear = run(changed("too-coarse", base=own))
    rates = [trial.changes[RATE] for trial in linear.trials]
    assert rates == pytest.approx([1.25, 3.75, 6.25, 8.75], rel=1e-4)
    log = run(changed("too-coarse", base=own, knobs=[rate(1e-5, 10)]))
    assert log.best is not None
    assert log.best.changes[RATE] < 1.25
    assert loss(log) < loss(linear) / 2


@pytest.mark.parametrize("seed", SEEDS)
def test_at_the_edge(seed: int) -> None:
    search = searched("at-the-edge", seed)
    assert search.best is not None
    assert search.best.place[0] > 0.96  # from where on the page says so
    moved = run(changed("at-the-edge", knobs=[rate(0.01, 10)]), seed)
    assert moved.best is not None
    assert 0.04 < moved.best.place[0] < 0.96
    assert loss(moved) < loss(search) / 5


def test_coarse_to_fine() -> None:
    tally = fought("coarse-to-fine")
    assert tally.tells
    assert tally.second / tally.duels > 0.65
    again = fought("coarse-to-fine", 1001, duels=20)
    assert again.second / again.duels > 0.6


@pytest.mark.parametrize("seed", SEEDS)
def test_winners_curse(seed: int) -> None:
    search = searched("winners-curse", seed)
    assert search.spec.split.validation == slice(120, 147)
    verdict = open_seal(search)
    assert verdict is not None
    assert verdict.test[0] > 1.4 * verdict.validation[0]


@pytest.mark.parametrize("seed", SEEDS)
def test_seeds_louder(seed: int) -> None:
    search = searched("seeds-louder", seed)
    scores = [trial.median for trial in search.trials]
    band = seed_band(search)
    assert band is not None
    assert max(scores) - min(scores) < 0.02
    assert band.high - band.low > 15 * (max(scores) - min(scores))


def test_halving_wins() -> None:
    tally = fought("halving-wins")
    assert tally.tells
    assert tally.second / tally.duels > 0.65
    again = fought("halving-wins", 1001, duels=60)
    assert again.second / again.duels > 0.6
    spec = SEARCHES["halving-wins"].duel
    assert spec is not None
    assert (spec.first.trials, spec.second.trials > 90) == (16, True)


def test_halving_loses() -> None:
    tally = fought("halving-loses")
    assert tally.tells
    assert tally.first / tally.duels > 0.65
    again = fought("halving-loses", 1001, duels=20)
    assert again.first / again.duels > 0.6


@pytest.mark.parametrize("seed", SEEDS)
def test_tuned_together(seed: int) -> None:
    best: dict[str, tuple[float, float]] = {}
    for trial in searched("tuned-together", seed).ranking:
        found = (trial.changes[RATE], trial.median)
        best.setdefault(trial.changes["optimizer.kind"], found)
    assert best["sgd"][0] > 10 * best["adam"][0]
    assert max(score for _, score in best.values()) < 0.2  # each is good somewhere


@pytest.mark.parametrize("preset", SEARCHES.values(), ids=SEARCHES)
def test_presets_explain_themselves(preset: Any) -> None:
    for text in (preset.story, preset.look, preset.try_next):
        assert text.endswith((".", "?"))
        assert len(text) <= 220
    assert len(preset.title) <= 40
    assert all(map(is_marked, (preset.title, preset.story, preset.look, preset.try_next)))
    refuse_costly(preset.spec)
    if preset.against:
        assert preset.duel.seconds < 30


def test_names_are_those_of_no_run() -> None:
    """An address may name the one or the other."""
    assert not SEARCHES.keys() & PRESETS.keys()


def test_every_preset_has_a_test_of_its_own() -> None:
    tested = {name.removeprefix("test_").replace("_", "-") for name in globals()}
    assert SEARCHES.keys() <= tested


def test_the_page_gets_every_search_whole(server: Server) -> None:
    presets = http.get(f"{server.url}/api/searches").json()["presets"]
    assert [preset["name"] for preset in presets] == list(SEARCHES)
    for preset, each in zip(presets, SEARCHES.values(), strict=True):
        keys = {"name", "title", "story", "look", "try_next", "search", "against", "duels"}
        assert preset.keys() == keys
        assert SearchSpec.from_dict(preset["search"]) == each.spec
        strategy = each.duel and each.duel.second.strategy.to_dict()
        assert preset["against"] == strategy


def test_what_a_base_says_is_a_run() -> None:
    assert engine.RunSpec.from_dict(base("xor")).layers[0].units == 8
