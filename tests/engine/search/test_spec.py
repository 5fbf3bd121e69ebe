"""What a search may be: from JSON and back, and every problem at once."""

from typing import Any

import pytest

import engine
from engine.search import SearchSpec

RATE = {"path": "optimizer.learning_rate", "low": 0.01, "high": 1}
L2 = {"path": "penalty.l2", "low": 1e-5, "high": 0.1, "scale": "log"}


LISTED = (0.1, 0.2, 0.3, 0.4, 0.5)
MANY = ("penalty.l1", "penalty.l2", "optimizer.learning_rate")
"""125 combinations."""


def problems(values: Any) -> dict[str, str]:
    """What is allowed at each place where something is wrong."""
    with pytest.raises(engine.SpecError) as caught:
        SearchSpec.from_dict(values)
    return {problem.path: problem.allowed for problem in caught.value.problems}


def searching(*knobs: Any, **values: Any) -> dict[str, Any]:
    return {"knobs": list(knobs), **values}


@pytest.mark.parametrize(
    "values",
    [
        searching(RATE),
        searching(RATE, L2, strategy={"kind": "coarse_to_fine", "rounds": 3}, seeds=5),
        searching({"path": "layers.0.units", "values": [2, 4]}, score="error"),
        searching({"path": "layers", "values": [[{"units": 3}], [{"units": 2}, {"units": 2}]]}),
        searching({"path": "features", "values": [["x1"], ["x1", "x2"]]}, RATE),
        searching({"path": "penalty.l1", "values": [0, 0.1]}, base={"data": "plane"}),
        searching({"path": "schedule.length", "low": 5, "high": 50}, base={"schedule": "cosine"}),
    ],
)
def test_json_and_back(values: dict[str, Any]) -> None:
    spec = SearchSpec.from_dict(values)
    again = SearchSpec.from_dict(spec.to_dict())
    assert again == spec
    assert again.to_dict() == spec.to_dict()


def test_scales_are_those_of_the_catalogue() -> None:
    momentum = {"path": "optimizer.momentum", "low": 0.5, "high": 0.99}
    spec = SearchSpec.from_dict(searching(RATE, momentum, base={"optimizer": "momentum"}))
    assert [axis.to_dict()["scale"] for axis in spec.axes] == ["log", "linear"]
    assert SearchSpec.from_dict(searching(L2)).axes[0].to_dict()["scale"] == "log"


def test_all_problems_of_knobs_at_once() -> None:
    found = problems(
        searching(
            RATE | {"low": 0.3, "high": 0.1},
            RATE,
            {"path": "optimizer.learning_rat", "low": 1, "high": 2},
            {"path": "data.noise", "low": 0, "high": 0.5},
            {"path": "penalty.l2", "low": 0, "high": 1, "scale": "log"},
            {"path": "batch_size", "values": [0, 10]},
        )
    )
    assert set(found) == {
        "knobs.0.high",
        "knobs.1.path",
        "knobs.2.path",
        "knobs.3.path",
        "knobs.4.low",
        "knobs.5.values.0",
    }
    assert "ends before it begins" in found["knobs.0.high"]
    assert found["knobs.1.path"] == "each knob once"


@pytest.mark.parametrize(
    ("values", "place"),
    [
        (None, ""),
        ({}, "knobs"),
        (searching(), "knobs"),
        (searching(*[RATE] * 7), "knobs"),
        (searching(3), "knobs.0"),
        (searching({"low": 1}), "knobs.0.path"),
        (searching(RATE | {"middle": 1}), "knobs.0.middle"),
        (searching(RATE | {"low": "little"}), "knobs.0.low"),
        (searching(RATE | {"low": 1}), "knobs.0.high"),
        (searching(RATE | {"scale": "square"}), "knobs.0.scale"),
        (searching({"path": "optimizer.kind", "low": 1, "high": 2}), "knobs.0.path"),
        (searching({"path": "optimizer.kind", "values": []}), "knobs.0.values"),
        (searching({"path": "batch_size", "values": [*range(1, 66)]}), "knobs.0.values"),
        (searching(*({"path": path, "values": [*LISTED]} for path in MANY)), "knobs"),
        (searching({"path": "layers.٣.units", "values": [1]}), "knobs.0"),
        (searching({"path": "", "values": [1]}), "knobs.0"),
        (searching({"path": "optimizer..kind", "values": ["sgd"]}), "knobs.0"),
        (searching({"path": "optimizer.kind", "values": ["sgd", "sgd"]}), "knobs.0.values.1"),
        (searching({"path": "optimizer.kind", "values": ["sgd", "adm"]}), "knobs.0"),
        (searching({"path": "optimizer.momentum", "low": 0.1, "high": 0.9}), "knobs.0"),
        (searching({"path": "optimizer", "values": ["sgd"]}, RATE), "knobs.1.path"),
        (searching({"path": "layers.7.units", "values": [1, 2]}), "knobs.0"),
        (searching({"path": "layers.0.units", "low": 1, "high": 3}), "knobs.0"),
        (searching({"path": "layers.0.units", "values": [1, 2, 3, 4, 5]}), "knobs"),
        (searching({"path": "weights_seed", "values": [1, 2]}), "knobs.0.path"),
        (searching(RATE, budget=10), "budget"),
        (searching(RATE, budget=2000, seeds=3), "budget"),
        (searching(RATE, budget=2_001_000), "budget"),
        (searching(RATE, seeds=2), "seeds"),
        (searching(RATE, score="error", base={"data": "plane"}), "score"),
        (searching(RATE, base={"data": {"train_share": 1}}), "base.data.train_share"),
        (searching(RATE, base={"stop": {"kind": "steps", "steps": 9}}), "base.stop.kind"),
        (searching(RATE, base={"batch_size": 0}), "base.batch_size"),
        (searching(RATE, strategy="greedy"), "strategy.kind"),
        (searching(RATE, patience=3), "patience"),
    ],
)
def test_what_is_wrong_and_where(values: Any, place: str) -> None:
    assert place in problems(values)


def test_values_that_do_not_go_together() -> None:
    norm = {"path": "layers.0.batch_norm", "values": [True, False]}
    size = {"path": "batch_size", "values": [1, 10]}
    assert "2 or more" in problems(searching(norm, size))["knobs.1"]


def test_a_budget_says_what_a_trial_needs() -> None:
    allowed = problems(searching(RATE, budget=2999, seeds=3))["budget"]
    assert allowed == "at least 3,000: a single trial trains 3 networks for 1,000 updates"
    assert SearchSpec.from_dict(searching(RATE, budget=3000, seeds=3)).trials == 1
    too_many = problems(searching(RATE, budget=4_096_000))["budget"]
    assert "at most 2,000 trials; this one pays for 4,096" in too_many


def test_every_strategy_has_the_same_budget() -> None:
    trials = {
        kind: SearchSpec.from_dict(searching(RATE, L2, strategy=kind, budget=50_000)).trials
        for kind in engine.catalog.STRATEGIES
    }
    # 7 × 7 is the largest grid of 50; 319 · 63 + 79 · 187 + 19 · 750 = 49,120, and one more takes 1,000 more
    assert trials == {
        "grid": 49,
        "random": 50,
        "latin_hypercube": 50,
        "coarse_to_fine": 50,
        "halving": 319,
    }


def test_the_seconds_follow_the_budget_and_the_size() -> None:
    small = SearchSpec.from_dict(searching(RATE))
    # twice as many networks in lockstep share the calls of their steps
    double = SearchSpec.from_dict(searching(RATE, budget=128_000)).seconds
    assert 1.2 * small.seconds < double < 2 * small.seconds
    large = searching(RATE, base={"layers": [{"units": 64}, {"units": 64}]})
    assert SearchSpec.from_dict(large).seconds > 10 * small.seconds


def test_lockstep_is_what_makes_a_search_quick() -> None:
    spec = SearchSpec.from_dict(searching(RATE))
    alone = spec.budget * engine.cost([spec.base]).update
    together = spec.updates * engine.cost([spec.base] * spec.trials).update
    assert spec.seconds == pytest.approx(together)
    assert spec.seconds < alone / 5


def test_more_kinds_of_networks_are_more_steps() -> None:
    def seconds(*values: Any, path: str) -> float:
        return SearchSpec.from_dict(searching({"path": path, "values": values})).seconds

    one = seconds("sgd", path="optimizer.kind")
    assert seconds("sgd", "momentum", path="optimizer.kind") > 1.2 * one
    assert seconds(4, 8, path="layers.0.units") > seconds(8, path="layers.0.units")


def test_few_networks_at_the_last_rung_cost_more_each() -> None:
    random, halving = (
        SearchSpec.from_dict(searching(RATE, strategy=kind)) for kind in ("random", "halving")
    )
    assert random.seconds < halving.seconds < 3 * random.seconds


def test_of_too_many_knobs_their_count_is_said() -> None:
    with pytest.raises(engine.SpecError) as caught:
        SearchSpec.from_dict(searching(*[RATE] * 7))
    assert str(caught.value) == "knobs: 7 is not allowed; expected a list of 1 to 6 knobs"
