"""Penalties are part of what every optimizer minimizes: it ends at the minimum of L + R, with exact zeros."""

import json
from pathlib import Path
from typing import Any

import numpy as np
import pytest

import engine
from engine.catalog.optimizers import OPTIMIZERS
from engine.catalog.penalties import L1Penalty, Penalty
from engine.landscape.loss import losses

FILE = Path(__file__).parents[2] / "reference" / "scikit_learn.json"
REFERENCE = json.loads(FILE.read_text(encoding="utf-8"))
RATES = {
    "sgd": 0.3,
    "momentum": 0.03,
    "nesterov": 0.03,
    "adagrad": 0.3,
    "rmsprop": 0.03,
    "adadelta": 1,
    "lion": 0.02,
}
"""Rates at which each is down after 3,000 steps of a rate that falls to 0; 0.05 for the others."""
ZERO = 1e-9
"""What is 0 in scikit-learn's answer, whose solvers stop a little before."""


def rule(kind: str) -> dict[str, Any]:
    """An optimizer at its rate, without a decay of its own, which is no part of a loss."""
    own = {"weight_decay": 0} if "weight_decay" in OPTIMIZERS[kind].defaults else {}
    return {"kind": kind, "learning_rate": RATES.get(kind, 0.05), **own}


def run_of(kind: str, penalty: dict[str, float], **more: Any) -> engine.RunSpec:
    """A linear model of four standardized inputs on all points at once."""
    return engine.RunSpec.from_dict(
        {
            "data": {"kind": "plane", "noise": 0.2},
            "features": REFERENCE["inputs"],
            "standardize": True,
            "layers": [],
            "optimizer": rule(kind),
            "schedule": {"kind": "cosine", "length": 3000},
            "penalty": penalty,
            "batch_size": 1000,
            "dtype": "float64",
        }
        | more
    )


def named(minimum: dict[str, Any]) -> str:
    return f"{minimum['data']['kind']} {minimum['penalty']}"


@pytest.mark.parametrize("minimum", REFERENCE["penalized"], ids=named)
def test_every_optimizer_ends_at_scikit_learns_minimum(minimum: dict[str, Any]) -> None:
    regression = minimum["data"]["kind"] == "plane"
    loss = {"kind": "squared_error" if regression else "logistic"}
    expected = np.array(minimum["parameters"])
    zero = np.abs(expected) < ZERO
    lowest = minimum["loss"] + minimum["price"]
    specs = [
        run_of(kind, minimum["penalty"], data=minimum["data"], loss=loss) for kind in OPTIMIZERS
    ]
    # plain gradient descent is slow where the ground is flat: the rate stays as high as it can be
    rate = 1 / (2.5 + minimum["penalty"].get("l2", 0))
    specs[0] = specs[0].replace({"schedule.kind": "constant", "optimizer.learning_rate": rate})
    state, _ = engine.train(engine.start(specs), 3000)
    assert not state.failures
    found = [
        losses(spec, state.theta[[i]], state.running[[i]], penalty=spec)
        for i, spec in enumerate(specs)
    ]
    away = [
        kind
        for kind, loss in zip(OPTIMIZERS, np.ravel(found), strict=True)
        if loss != pytest.approx(lowest, rel=1e-6)
    ]
    assert away == [], "each may need a rate of its own in RATES"
    for kind, theta in zip(OPTIMIZERS, state.theta, strict=True):
        np.testing.assert_allclose(theta, expected, atol=2e-4, err_msg=kind)
        assert ((theta == 0) == zero).all(), kind


@pytest.mark.parametrize("kind", OPTIMIZERS)
def test_weights_leave_zero_where_it_pays(kind: str) -> None:
    """From zeros, those go whose gradient is larger than λ₁, and come back where they are not needed."""
    penalty = {"l1": 0.03}
    zeros = {"kind": "zeros"}
    state = engine.start(run_of(kind, penalty, initializer=zeros, schedule="constant"))
    state, _ = engine.train(state, 1)
    # at first, sin x2 is as good as x2
    assert (state.theta[0, :4] != 0).tolist() == [True, True, False, True]
    state, _ = engine.train(state, 1000)
    assert (state.theta[0, :4] != 0).tolist() == [True, True, False, False]


@pytest.mark.parametrize("kind", OPTIMIZERS)
def test_weights_come_to_zero_and_back_when_the_price_is_changed(kind: str) -> None:
    state, _ = engine.train(engine.start(run_of(kind, {"l1": 3.0}, schedule="constant")), 1000)
    assert (state.theta[0, :4] == 0).all()
    state, _ = engine.train(engine.edit(state, {"penalty.l1": 0.03}), 200)
    assert (state.theta[0, :2] != 0).all()
    state, _ = engine.train(engine.edit(state, {"penalty.l1": 0}), 1)
    # without a price, every weight is moved at once
    assert (state.theta[0, :4] != 0).all()


@pytest.mark.parametrize("kind", OPTIMIZERS)
@pytest.mark.parametrize("penalty", [{"l1": 0.01}, {"l2": 0.3}, {"l1": 0.01, "l2": 0.3}], ids=str)
def test_a_run_is_the_same_alone_in_company_and_in_slices(
    kind: str, penalty: dict[str, float]
) -> None:
    base = engine.RunSpec.from_dict({"optimizer": rule(kind), "shuffle": True, "penalty": penalty})
    members = [base, base.replace({"penalty": {}}), base.replace({"penalty.l1": 0.2})]
    together, _ = engine.train(engine.start(members), 70)
    for i, spec in enumerate(members):
        alone = engine.start(spec)
        for steps in (1, 2, 30, 37):
            alone, _ = engine.train(alone, steps)
        np.testing.assert_array_equal(alone.theta[0], together.theta[i])
        for name in OPTIMIZERS[kind].slots:
            np.testing.assert_array_equal(alone.slots[name][0], together.slots[name][i])


@pytest.mark.parametrize("kind", OPTIMIZERS)
@pytest.mark.parametrize("penalty", [{"l1": 3.0}, {"l2": 3.0}, {"l1": 1.0, "l2": 1.0}], ids=str)
def test_only_weights_pay(kind: str, penalty: dict[str, float]) -> None:
    """One step with and without a penalty differs in every weight, and in no bias, scale or shift."""
    layers = [{"units": 3, "batch_norm": True}, {"units": 2}]
    values = {"layers": layers, "optimizer": rule(kind), "weights_seed": 3}
    spec = engine.RunSpec.from_dict(values)
    priced = spec.replace({"penalty": penalty})
    free, paid = (engine.train(engine.start(each), 2)[0].theta[0] for each in (spec, priced))
    first = [engine.train(engine.start(each), 1)[0].theta[0] for each in (spec, priced)]
    for name, at, size in engine.layout(spec):
        part = slice(at, at + int(np.prod(size)))
        if name.endswith("W"):
            assert (free[part] != paid[part]).any(), name
        else:
            np.testing.assert_array_equal(first[0][part], first[1][part])


def test_l2_is_in_the_gradient_after_clipping() -> None:
    """w − η (g min(1, c/‖g‖) + λ₂w), by hand."""
    values = {"clip": {"kind": "norm", "limit": 0.001}, "dtype": "float64"}
    spec = engine.RunSpec.from_dict(values | {"optimizer": {"learning_rate": 0.5}})
    start = engine.start(spec)
    plain, _ = engine.train(start, 1)
    pulled, _ = engine.train(engine.start(spec.replace({"penalty.l2": 0.3})), 1)
    weights = np.zeros(start.theta.shape[1])
    weights[[*range(8), *range(12, 20), *range(22, 24)]] = 1
    expected = plain.theta - 0.5 * 0.3 * start.theta * weights
    np.testing.assert_allclose(pulled.theta, expected, rtol=1e-13)


def test_l1_of_plain_gradient_descent_is_a_soft_threshold() -> None:
    """w − ηg shrunk by ηλ₁, which stops at 0, by hand."""
    spec = engine.RunSpec.from_dict({"dtype": "float64", "optimizer": {"learning_rate": 0.1}})
    plain, _ = engine.train(engine.start(spec), 1)
    pulled, _ = engine.train(engine.start(spec.replace({"penalty.l1": 3.0})), 1)
    moved = plain.theta[0, :8]
    expected = np.sign(moved) * np.maximum(np.abs(moved) - 0.3, 0)
    np.testing.assert_allclose(pulled.theta[0, :8], expected, rtol=1e-13)
    assert (expected == 0).any()
    assert (expected != 0).any()


def test_an_unfrozen_weight_remembers_no_pull() -> None:
    """While it is held, the penalty puts nothing into the optimizer's memory of it."""
    for kind in OPTIMIZERS:
        held = {"frozen": ["layers.0.W.0.0"], "penalty": {"l1": 0.1, "l2": 0.3}}
        spec = engine.RunSpec.from_dict({"optimizer": rule(kind), **held})
        state, _ = engine.train(engine.start(spec), 20)
        for name in OPTIMIZERS[kind].slots:
            assert state.slots[name][0, 0] == 0, (kind, name)


def test_no_pull_is_known_beforehand() -> None:
    theta, mask = np.ones((2, 3)), np.ones((1, 3))
    none = Penalty({"l1": 0.0, "l2": 0.0}, theta, mask)
    assert not none.has_l2
    assert none.l1 is None
    assert Penalty({"l1": 0.0, "l2": np.array([[0.0], [0.1]])}, theta, mask).has_l2


def test_the_whole_gradient_is_the_shortest_one() -> None:
    """g + λ₁ sign w; at 0 what is left of g beyond ±λ₁; and g where nothing is paid."""
    l1 = L1Penalty(np.array([[0.5, 0.5, 0.5, 0.5, 0.5, 0.0, 0.0]]))
    theta = np.array([[2.0, -2.0, 0.0, 0.0, 0.0, 0.0, 3.0]])
    l1.look(theta, np.array([[0.25, 0.25, 0.25, 0.75, -2.0, 0.75, 0.75]]))
    np.testing.assert_array_equal(l1.whole, [[0.75, -0.25, 0.0, 0.25, -1.5, 0.75, 0.75]])


@pytest.mark.parametrize("kind", ["sgd", "momentum", "adam"])
def test_the_sum_falls_all_the_way(kind: str) -> None:
    """Loss and penalty together, which are what is shown, do not rise where all points are looked at."""
    for penalty in ({"l2": 0.1}, {"l1": 0.01}):
        spec = engine.RunSpec.from_dict(
            {
                "optimizer": {"kind": kind, "learning_rate": 0.001},
                "penalty": penalty,
                "batch_size": 1000,
                "dtype": "float64",
            }
        )
        state, sums = engine.start(spec), []
        for _ in range(20):
            state, _ = engine.train(state, 250)
            found = engine.metrics(state)
            sums.append(found["train_loss"][0] + found["penalty"][0])
        assert np.diff(sums).max() < 1e-6


def test_each_penalty_is_a_record_of_the_knobs_that_turn_it_on() -> None:
    family = engine.catalog.FAMILIES["penalties"]
    assert list(family) == ["l1", "l2", "elastic_net"]
    (section,) = (section for section in engine.catalog.SECTIONS if section.path == "penalty")
    assert family["elastic_net"].knobs == section.knobs == family["l1"].knobs + family["l2"].knobs
    state, _ = engine.train(engine.start(engine.RunSpec.from_dict({})), 40)
    w = np.concatenate([state.theta[0, :8], state.theta[0, 12:20], state.theta[0, 22:24]])
    for kind, price in (("l1", np.abs(w).sum()), ("l2", 0.5 * np.square(w).sum())):
        priced = engine.edit(state, {f"penalty.{kind}": 1})
        assert engine.metrics(priced)["penalty"][0] == pytest.approx(price, rel=1e-6)
