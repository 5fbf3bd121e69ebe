"""Penalties pull by the learning rate, stop at exactly zero, and leave what is free alone."""

from typing import Any

import numpy as np
import pytest

import engine
from engine.penalties import Penalty


def pulled(theta: Any, rate: Any, mask: Any = 1.0, dtype: str = "float64", **knobs: Any) -> Any:
    """theta after one pull."""
    array = np.array(theta, dtype)
    penalty = Penalty({"l1": 0.0, "l2": 0.0} | knobs, array, np.full((1, 1), mask, np.float64))
    penalty.set_rate(rate)
    penalty.apply(np.empty_like(array))
    return array


def test_l2_shrinks_by_a_share() -> None:
    np.testing.assert_allclose(pulled([[2, -4, 0]], 0.1, l2=0.5), [[1.9, -3.8, 0]], rtol=1e-15)


def test_l1_shrinks_by_a_length_and_stops_at_exactly_zero() -> None:
    found = pulled([[2, -4, 0.04, -0.05, 0]], 0.1, l1=0.5)
    np.testing.assert_allclose(found, [[1.95, -3.95, 0, 0, 0]], rtol=1e-15)
    assert (found[0, 2:] == 0).all()


def test_elastic_net_is_l2_and_then_l1() -> None:
    # 2 · .95 − .03, −4 · .95 + .03, .03 · .95 < .03
    found = pulled([[2, -4, 0.03]], 0.1, l2=0.5, l1=0.3)
    np.testing.assert_allclose(found, [[1.87, -3.77, 0]], rtol=1e-15)


def test_members_have_their_own_pull_and_rate() -> None:
    rates, l1 = np.array([[0.1], [0.2], [0.1]]), np.array([[0.5], [0.5], [0.0]])
    np.testing.assert_allclose(pulled([[1.0]] * 3, rates, l1=l1), [[0.95], [0.9], [1]], rtol=1e-15)


@pytest.mark.parametrize("knobs", [{"l1": 0.3}, {"l2": 0.3}, {"l1": 0.2, "l2": 0.1}])
def test_biases_are_free(knobs: dict[str, float]) -> None:
    np.testing.assert_array_equal(pulled([[1.0, -2.0]], 0.1, 0.0, **knobs), [[1, -2]])


def test_no_pull_is_known_beforehand() -> None:
    theta, mask = np.ones((2, 3)), np.ones((1, 3))
    assert not Penalty({"l1": 0.0, "l2": 0.0}, theta, mask).any
    assert Penalty({"l1": 0.0, "l2": np.array([[0.0], [0.1]])}, theta, mask).any


def test_the_pull_follows_the_schedule() -> None:
    values = {"optimizer": {"learning_rate": 0.1}, "penalty": {"l2": 1.0}, "dtype": "float64"}
    spec = engine.RunSpec.from_dict(
        values | {"schedule": {"kind": "step", "every": 1, "gamma": 0.5}, "batch_size": 250}
    )
    state = engine.start(spec)
    for rate in (0.1, 0.05, 0.025):
        unpulled, _ = engine.train(engine.edit(state, {"penalty.l2": 0}), 1)
        state, _ = engine.train(state, 1)
        weights = state.theta[0, :8]
        np.testing.assert_allclose(weights, unpulled.theta[0, :8] * (1 - rate), rtol=1e-13)


def test_each_penalty_is_a_record_of_the_knobs_that_turn_it_on() -> None:
    family = engine.FAMILIES["penalties"]
    assert list(family) == ["l1", "l2", "elastic_net"]
    (section,) = (section for section in engine.SECTIONS if section.path == "penalty")
    assert family["elastic_net"].knobs == section.knobs == family["l1"].knobs + family["l2"].knobs
    state, _ = engine.train(engine.start(engine.RunSpec.from_dict({})), 40)
    w = np.concatenate([state.theta[0, :8], state.theta[0, 12:20], state.theta[0, 22:24]])
    for kind, price in (("l1", np.abs(w).sum()), ("l2", 0.5 * np.square(w).sum())):
        priced = engine.edit(state, {f"penalty.{kind}": 1})
        assert engine.metrics(priced)["penalty"][0] == pytest.approx(price, rel=1e-6)
