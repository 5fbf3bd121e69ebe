"""The update that comes next: the one that training then makes."""

from dataclasses import replace
from typing import Any

import numpy as np
import pytest

import engine
from engine.catalog.optimizers import OPTIMIZERS
from engine.insight.next_step import next_step
from engine.network.dropout import BLOCK, masks
from engine.network.forward import forward

BASE = engine.RunSpec.from_dict(
    {"dtype": "float64", "data": {"points": 74, "noise": 0.2}, "optimizer": {"learning_rate": 0.1}}
)
"""37 training points in batches of 10: the fourth batch has 7."""


def after(steps: int, changes: dict[str, Any] | None = None) -> engine.State:
    """A state some steps into a run."""
    return engine.train(engine.start(BASE.replace(changes or {})), steps)[0]


@pytest.mark.parametrize(
    ("step", "points"), [(0, slice(10)), (6, slice(20, 30)), (7, slice(30, 37))]
)
def test_the_gradient_is_that_of_the_batch_under_way(step: int, points: slice) -> None:
    state = after(step)
    shown = engine.scene(state.spec)
    x, y = shown["points"][points].T, 2 * shown["labels"][points] - 1

    def loss(theta: np.ndarray) -> float:
        outputs = forward(state.spec, theta[None], state.running, x)[-1][0, 0]
        return float(0.5 * np.square(outputs - y).mean())

    theta, h = state.theta[0], 1e-6
    steps = np.eye(theta.size) * h
    numeric = [(loss(theta + e) - loss(theta - e)) / (2 * h) for e in steps]
    found = next_step(state)
    assert found.batch == len(y)
    np.testing.assert_allclose(found.gradient, numeric, atol=1e-9)
    np.testing.assert_allclose(found.theta, theta - 0.1 * found.gradient, rtol=1e-12)


@pytest.mark.parametrize("kind", OPTIMIZERS)
def test_it_leads_where_training_leads(kind: str) -> None:
    changes = {"optimizer.kind": kind, "shuffle": True, "penalty.l1": 0.01, "layers.0.dropout": 0.3}
    state = after(13, changes)
    found = next_step(state)
    np.testing.assert_array_equal(found.theta, engine.train(state, 1)[0].theta[0])
    assert not np.array_equal(found.theta, state.theta[0])


def test_the_gradient_goes_through_masks_and_batch_statistics() -> None:
    layers = [{"units": 6, "batch_norm": True, "dropout": 0.4}, {"units": 4}]
    state = after(9, {"layers": layers})
    found = next_step(state)
    trained, _ = engine.train(state, 1)
    np.testing.assert_allclose(
        found.gradient, (state.theta[0] - trained.theta[0]) / 0.1, rtol=1e-9, atol=1e-12
    )
    expected = masks(state.spec, 0, 9)[9 % BLOCK][:, : found.batch]
    np.testing.assert_array_equal(found.masks[0], expected)
    assert found.masks[1] is None


def test_members_have_steps_of_their_own() -> None:
    other = BASE.replace({"weights_seed": 2, "optimizer.kind": "adam"})
    state, _ = engine.train(engine.start([BASE, other]), 5)
    alone, _ = engine.train(engine.start(other), 5)
    np.testing.assert_allclose(
        next_step(state, 1).gradient, next_step(alone).gradient, rtol=0, atol=1e-12
    )
    np.testing.assert_allclose(
        next_step(state, 1).theta, next_step(alone).theta, rtol=0, atol=1e-12
    )


def test_a_state_and_its_batches_stay_as_they_are() -> None:
    state = after(3, {"layers": [{"units": 3, "batch_norm": True}]})
    theta, running = state.theta.copy(), state.running.copy()
    first = next_step(state)
    np.testing.assert_array_equal(next_step(state).theta, first.theta)
    np.testing.assert_array_equal(state.theta, theta)
    np.testing.assert_array_equal(state.running, running)


def test_a_step_out_of_the_finite_numbers_is_shown_as_it_is() -> None:
    state = after(3, {"layers": [{"units": 4, "activation": "relu"}] * 2, "data.kind": "plane"})
    huge = replace(state, theta=np.full_like(state.theta, 1e200))
    found = next_step(huge)
    assert not np.isfinite(found.theta).all()
