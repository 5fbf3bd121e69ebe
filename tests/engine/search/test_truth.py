"""The ground behind a search: every cell is a run of its own, however the ground is cut into pieces."""

import pickle
from typing import Any

import numpy as np
import pytest

import engine
from engine.search import (
    SearchSpec,
    Truth,
    TruthSpec,
    advance_search,
    advance_truth,
    begin_search,
    begin_truth,
)
from tests.engine.search.test_search import BASE, L2, RATE, UNITS

BATCH = {"path": "batch_size", "values": [5, 10, 20]}
RULE = {"path": "optimizer.kind", "values": ["momentum", "nesterov"]}
MOMENTUM = {"path": "optimizer.momentum", "low": 0.1, "high": 0.9}


def spec_of(*knobs: Any, **values: Any) -> TruthSpec:
    search = {"base": BASE, "updates": 20, "budget": 720, "seeds": 3, "knobs": list(knobs)}
    return TruthSpec.from_dict({"search": search} | values)


def run(spec: TruthSpec, budget: int = 10**9) -> Truth:
    truth, numbers = begin_truth(spec), []
    while not truth.done:
        before = truth.spent
        truth, ended = advance_truth(truth, budget)
        assert truth.spent > before or truth.done
        numbers += [trial.number for trial in ended]
    assert sorted(numbers) == list(range(len(truth.cells)))
    return truth


def loss_of(changes: dict[str, Any], start: int) -> float:
    """The validation loss of one network, without `engine.search`."""
    seeds = {"weights_seed": 1 + start, "batches_seed": 1 + start}
    own = engine.RunSpec.from_dict(BASE).replace(changes | seeds)
    state, _ = engine.train(engine.start(own), 20)
    # 200 points: 100 train, the next 50 judge
    drawn = engine.sample(own)
    points, labels = drawn.points[100:150], drawn.labels[100:150].astype(int)
    return float(-np.log(engine.predict(state, points)[0][np.arange(50), labels]).mean())


def test_a_cell_is_a_run_of_its_own_in_the_middle_of_its_share() -> None:
    truth = run(spec_of(RATE, L2, UNITS, axes=[0, 2], others={"penalty.l2": 0.001}))
    assert truth.spec.sides == (16, 2)
    for number in (0, 7, 16 + 9):
        cell = truth.cells[number]
        assert cell.changes == {
            "optimizer.learning_rate": pytest.approx(0.01 * 1000 ** ((number % 16 + 0.5) / 16)),
            "layers.0.units": (2, 5)[number // 16],
            "penalty.l2": 0.001,
        }
        losses = [loss_of(dict(cell.changes), start) for start in range(3)]
        np.testing.assert_allclose(cell.scores, losses, rtol=1e-6)


def test_what_is_not_named_is_the_base_s() -> None:
    truth = run(spec_of(RATE, UNITS, L2))
    cell = truth.cells[3]
    assert cell.changes.keys() == {"optimizer.learning_rate", "layers.0.units"}
    assert cell.scores[0] == pytest.approx(loss_of(dict(cell.changes), 0))


def test_a_knob_of_few_values_has_a_cell_for_each() -> None:
    truth = run(spec_of(BATCH, RULE))
    assert truth.spec.sides == (3, 2)
    found = [(cell.changes["batch_size"], cell.changes["optimizer.kind"]) for cell in truth.cells]
    assert found == [(size, kind) for kind in RULE["values"] for size in BATCH["values"]]


@pytest.mark.parametrize("budget", [1, 137, 3000])
def test_where_it_is_cut_changes_nothing(budget: int) -> None:
    spec = spec_of(RATE, UNITS)
    assert run(spec, budget).cells == run(spec).cells
    assert run(spec).spent == spec.updates == 16 * 2 * 3 * 20


def test_it_goes_on_where_it_was_sent_to() -> None:
    truth, _ = advance_truth(begin_truth(spec_of(RATE, L2)), 500)
    sent = pickle.loads(pickle.dumps(truth))  # noqa: S301 - made here
    assert advance_truth(sent, 10**9)[0].cells == advance_truth(truth, 10**9)[0].cells


def test_what_diverges_is_infinite_and_costs_no_more() -> None:
    wild = BASE | {"data": "plane", "loss": "squared_error"}
    wild["layers"] = [{"units": 8, "activation": "relu"}]
    search = {"base": wild, "updates": 200, "budget": 720, "seeds": 1, "knobs": [RATE, L2]}
    truth = run(TruthSpec.from_dict({"search": search}))
    scores = np.array([cell.median for cell in truth.cells]).reshape(16, 16)
    assert np.isfinite(scores[:, 0]).all()
    assert np.isinf(scores[:, -1]).all()
    assert truth.spent < truth.spec.updates


def test_json_and_back() -> None:
    spec = spec_of(RATE, L2, UNITS, axes=[2, 0], others={"penalty.l2": 0.1})
    assert TruthSpec.from_dict(spec.to_dict()) == spec
    assert spec.seconds > 0


@pytest.mark.parametrize(
    ("values", "path"),
    [
        ({"axes": [0, 0]}, "axes"),
        ({"axes": [0, 9]}, "axes"),
        ({"axes": [0.5, 1]}, "axes"),
        ({"axes": "two"}, "axes"),
        ({"others": {"optimizer.learning_rate": 1}}, "others"),
        ({"others": 1}, "others"),
        ({"others": {"layers.0.units": -4}}, "others.layers.0.units"),
        ({"search": {}}, "search.knobs"),
        ({"fog": 1}, "fog"),
    ],
)
def test_what_is_none(values: dict[str, Any], path: str) -> None:
    whole = spec_of(RATE, L2, UNITS).to_dict()
    with pytest.raises(engine.SpecError) as caught:
        TruthSpec.from_dict(whole | values)
    assert [problem.path for problem in caught.value.problems] == [path]


def test_a_setting_that_the_base_s_kind_has_not() -> None:
    with pytest.raises(engine.SpecError, match="no such setting here"):
        spec_of(RATE, MOMENTUM, RULE)
    assert spec_of(RATE, MOMENTUM, RULE, others={"optimizer.kind": "momentum"}).sides == (16, 16)
    with pytest.raises(engine.SpecError, match="an object of settings"):
        TruthSpec.from_dict(())  # type: ignore[arg-type]


def test_what_it_costs_is_told_where_only_the_axes_make_others_possible() -> None:
    whole = {"knobs": [RATE, RULE, MOMENTUM], "base": BASE, "updates": 20, "budget": 720}
    spec = TruthSpec.from_dict({"search": whole, "others": {"optimizer.momentum": 0.5}})
    assert 0 < spec.seconds < 10


def test_a_kind_keeps_what_the_base_says_of_it() -> None:
    own = BASE | {"optimizer": {"kind": "momentum", "momentum": 0.2}}
    search = {"base": own, "updates": 20, "budget": 720, "knobs": [RULE, RATE, L2]}
    truth = run(TruthSpec.from_dict({"search": search}))
    cell = truth.cells[6]
    spec = engine.RunSpec.from_dict(own).replace(dict(cell.changes))
    assert spec.optimizer.knobs["momentum"] == 0.2
    search |= {"knobs": [RULE, {"path": RATE["path"], "values": [spec.optimizer["learning_rate"]]}]}
    found, _ = advance_search(
        begin_search(SearchSpec.from_dict(search | {"strategy": "grid"})), 10**9
    )
    (same,) = [each for each in found.trials if each.changes == cell.changes]
    assert same.scores == pytest.approx(cell.scores)
