"""Duels: two strategies again and again, and how surely one of them is better."""

import math
import pickle
from typing import Any

import pytest

import engine
from engine.search import (
    Duel,
    Duels,
    DuelSpec,
    Tally,
    advance_duels,
    begin_duels,
    wilson,
)
from tests.engine.searches import run_search

BASE = {
    "data": {"kind": "moons", "noise": 0.3, "points": 100},
    "layers": [{"units": 4}],
    "dtype": "float64",
}
RATE = {"path": "optimizer.learning_rate", "low": 0.001, "high": 10}
L2 = {"path": "penalty.l2", "low": 1e-5, "high": 0.1, "scale": "log"}
SEARCH: dict[str, Any] = {
    "base": BASE,
    "knobs": [RATE, L2],
    "strategy": {"kind": "grid", "shift": True},
    "budget": 360,
    "updates": 40,
    "search_seed": 7,
}


def spec_of(against: Any = "random", duels: int = 5, **values: Any) -> DuelSpec:
    return DuelSpec.from_dict({"search": SEARCH | values, "against": against, "duels": duels})


def fought(spec: DuelSpec, budget: int = 10**9) -> tuple[Duels, list[Duel]]:
    duels = begin_duels(spec)
    ended: list[Duel] = []
    while not duels.done:
        duels, piece = advance_duels(duels, budget)
        ended += piece
    return duels, ended


@pytest.mark.parametrize("against", ["random", "halving", "coarse_to_fine"])
@pytest.mark.parametrize("budget", [1, 250])
def test_where_they_are_cut_changes_nothing(against: str, budget: int) -> None:
    spec = spec_of(against, duels=3)
    whole, duels = fought(spec)
    cut, same = fought(spec, budget)
    assert same == duels
    assert cut.tally == whole.tally


def test_they_go_on_where_they_were_sent_to() -> None:
    duels, _ = advance_duels(begin_duels(spec_of()), 500)
    sent = pickle.loads(pickle.dumps(duels))  # noqa: S301 - made here
    (there, found), (here, wanted) = (advance_duels(each, 10**9) for each in (sent, duels))
    assert found == wanted
    assert there.tally == here.tally


def test_a_duel_is_two_searches_by_hand() -> None:
    """Networks of duel 2 begin at seeds 1 + 2; places come from seeds 7 + 4 and 7 + 5."""
    _, ended = fought(spec_of())
    base = BASE | {"weights_seed": 3, "batches_seed": 3}
    for side, (strategy, seed) in enumerate([(SEARCH["strategy"], 11), ("random", 12)]):
        values = SEARCH | {"base": base, "strategy": strategy, "search_seed": seed}
        run = run_search(values)
        mine = ended[2].trials[side]
        assert [trial.place for trial in mine] == [trial.place for trial in run.trials]
        assert [trial.scores for trial in mine] == [trial.scores for trial in run.trials]
        assert run.best is not None
        assert ended[2].scores[side] == run.best.median


def test_no_two_duels_have_a_start_in_common() -> None:
    spec = spec_of(seeds=3, budget=1080)
    seeds = [
        {each.weights_seed for each in one.space.specs({}, 3)}
        for one, _ in map(spec.pair, range(4))
    ]
    assert seeds == [{1, 2, 3}, {4, 5, 6}, {7, 8, 9}, {10, 11, 12}]
    assert spec.pair(0)[0] == spec.first


def test_a_shifted_grid_is_somewhere_else_in_each_duel_and_a_plain_one_is_not() -> None:
    def columns(strategy: Any) -> list[float]:
        return [duel.trials[0][0].place[0] for duel in fought(spec_of(strategy=strategy))[1]]

    assert len(set(columns("grid"))) == 1
    shifted = columns({"kind": "grid", "shift": True})
    assert len(set(shifted)) == 5
    assert all(0 <= place < 1 / 3 for place in shifted)


def test_the_lower_score_wins() -> None:
    tally, ended = fought(spec_of(duels=8))
    wins = [duel.scores[1] < duel.scores[0] for duel in ended]
    assert tally.tally == Tally(8 - sum(wins), sum(wins), 0)


def test_where_all_diverge_nobody_wins() -> None:
    wild = {"data": "plane", "layers": [{"units": 8, "activation": "relu"}]}
    knobs = [{"path": "optimizer.learning_rate", "low": 5, "high": 10}]
    duels, ended = fought(spec_of(base=wild, knobs=knobs, duels=2))
    assert [duel.scores for duel in ended] == [(math.inf, math.inf)] * 2
    assert duels.tally == Tally(0, 0, 2)
    assert not duels.tally.tells


@pytest.mark.parametrize(("wins", "count"), [(0, 5), (1, 3), (41, 60), (30, 60), (60, 60)])
def test_an_interval_ends_where_the_wins_are_just_unlikely_enough(wins: int, count: int) -> None:
    """Wilson's own words: the shares p from which wins / n is no more than 1.96 standard deviations away."""
    for end in wilson(wins, count):
        away = abs(wins / count - end)
        deviation = math.sqrt(end * (1 - end) / count)
        assert away == pytest.approx(1.959964 * deviation, rel=1e-5, abs=1e-7)


def test_what_can_be_told() -> None:
    assert Tally(19, 41).tells
    assert Tally(41, 19, 7).tells
    assert not Tally(26, 34).tells
    assert Tally().interval == (0, 1)


def test_json_and_back() -> None:
    spec = spec_of({"kind": "halving", "eta": 3})
    assert DuelSpec.from_dict(spec.to_dict()) == spec
    assert DuelSpec.from_dict(spec.to_dict()).to_dict() == spec.to_dict()
    usual = DuelSpec.from_dict({"search": SEARCH})
    assert (usual.duels, usual.second.strategy.kind) == (60, "random")


@pytest.mark.parametrize(
    ("values", "places"),
    [
        (None, {""}),
        ({}, {"search"}),
        ({"search": SEARCH, "versus": "grid"}, {"versus"}),
        ({"search": SEARCH, "duels": 0}, {"duels"}),
        ({"search": SEARCH, "duels": 201, "against": "fog"}, {"duels", "against.kind"}),
        ({"search": SEARCH, "against": {"kind": "halving", "eta": 1}}, {"against.eta"}),
        ({"search": SEARCH | {"budget": 9, "knobs": []}}, {"search.knobs"}),
    ],
)
def test_what_is_wrong_and_where(values: Any, places: set[str]) -> None:
    with pytest.raises(engine.SpecError) as caught:
        DuelSpec.from_dict(values)
    assert {problem.path for problem in caught.value.problems} == places
