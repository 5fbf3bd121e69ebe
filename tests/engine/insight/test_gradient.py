"""The gradient of the next batch, held to finite differences, to PyTorch and to what training does."""

from typing import Any

import numpy as np
import pytest
from hypothesis import given, settings

import engine
from engine.network.forward import forward
from engine.spec.run_spec import RunSpec
from tests.engine.strategies import spec_dicts

BASE = RunSpec.from_dict(
    {
        "dtype": "float64",
        "data": {"points": 74, "noise": 0.2},
        "shuffle": True,
        "penalty": {"l1": 0.02, "l2": 0.05},
    }
)


def batch(state: engine.State) -> tuple[np.ndarray, np.ndarray]:
    """The points (B, 2) and labels (B,) of the next update, worked out by its public order alone."""
    shown, size = engine.sample(state.spec), state.spec.batch_size
    order = engine.epoch_order(state.spec, state.epoch)
    chosen = order[state.cursor : state.cursor + size]
    return shown.points[chosen], shown.labels[chosen]


@pytest.mark.parametrize("step", [0, 6, 7, 11])
@pytest.mark.parametrize("penalty", [False, True])
def test_it_is_what_finite_differences_say(step: int, penalty: bool) -> None:
    state, _ = engine.train(engine.start(BASE), step)
    points, labels = batch(state)
    weights = np.concatenate(
        [np.full(int(np.prod(shape)), ".W" in name) for name, _, shape in engine.layout(BASE)]
    )

    def loss(theta: np.ndarray) -> float:
        outputs = forward(BASE, theta[None], state.running, points.T)[-1][0, 0]
        data = 0.5 * np.square(outputs - (2 * labels - 1)).mean()
        w = theta[weights]
        return float(data + penalty * (0.02 * np.abs(w).sum() + 0.025 * np.square(w).sum()))

    theta, h = state.theta[0], 1e-6
    numeric = [(loss(theta + e) - loss(theta - e)) / (2 * h) for e in np.eye(theta.size) * h]
    np.testing.assert_allclose(engine.gradient(state, penalty=penalty)[0], numeric, atol=1e-8)


def test_it_is_pytorchs() -> None:
    torch = pytest.importorskip("torch")
    values = {"data": "blobs", "loss": "cross_entropy", "dtype": "float64", "shuffle": True}
    state, _ = engine.train(engine.start(RunSpec.from_dict(values)), 33)
    points, labels = batch(state)
    theta = torch.tensor(state.theta[0], requires_grad=True)
    a = torch.tensor(points)
    arrays = engine.layout(state.spec)
    for (_, w, shape), (_, b, (units,)) in zip(arrays[::2], arrays[1::2], strict=True):
        a = a @ theta[w : w + shape[0] * shape[1]].reshape(shape) + theta[b : b + units]
        a = torch.tanh(a) if b + units < theta.numel() else a
    torch.nn.functional.cross_entropy(a, torch.tensor(labels.astype(int))).backward()
    np.testing.assert_allclose(engine.gradient(state)[0], theta.grad.numpy(), rtol=1e-9, atol=1e-12)


@settings(max_examples=40)
@given(spec_dicts())
def test_plain_descent_makes_a_step_of_it(values: dict[str, Any]) -> None:
    plain = {"optimizer": {"kind": "sgd", "learning_rate": 0.5}, "schedule": "constant"}
    without = {"clip": "none", "penalty": {"l1": 0, "l2": 0}, "stop": "none", "dtype": "float64"}
    spec = RunSpec.from_dict(values | plain | without)
    state, _ = engine.train(engine.start(spec), 7)
    if state.failures:
        return
    after, report = engine.train(state, 1)
    if report.failures:
        return
    np.testing.assert_allclose(
        state.theta - 0.5 * engine.gradient(state), after.theta, rtol=1e-9, atol=1e-12
    )


def test_members_of_different_rules_have_their_own() -> None:
    base = RunSpec.from_dict({"data": "circle", "shuffle": True})
    changes: list[dict[str, Any]] = [
        {},
        {"layers.0.activation.kind": "relu"},
        {"optimizer.kind": "adam", "weights_seed": 4},
        {"layers.0.dropout": 0.4, "penalty.l2": 0.1},
    ]
    state, _ = engine.train(engine.start(engine.members(base, changes)), 30)
    for penalty in (False, True):
        found = engine.gradient(state, penalty=penalty)
        assert found.shape == state.theta.shape
        for member, spec in enumerate(state.specs):
            alone, _ = engine.train(engine.start(spec), 30)
            one = engine.gradient(alone, penalty=penalty)[0]
            np.testing.assert_allclose(found[member], one, rtol=1e-3, atol=1e-5)
    assert (engine.gradient(state)[3] != engine.gradient(state, penalty=True)[3]).any()


def test_a_state_is_left_as_it_is_and_a_population_is_asked_in_order() -> None:
    base = RunSpec.from_dict({})
    many = engine.start(base, {"optimizer.kind": ["sgd", "adam"], "weights_seed": [1, 2]})
    before = [state.theta.tobytes() for state in many.states]
    found = engine.gradient(many)
    assert [state.theta.tobytes() for state in many.states] == before
    for spec, mine in zip(many.specs, found, strict=True):
        np.testing.assert_allclose(mine, engine.gradient(engine.start(spec))[0], atol=1e-6)
    sizes = engine.start(base, {"layers.0.units": [2, 3]})
    with pytest.raises(ValueError, match="arrays of different shapes"):
        engine.gradient(sizes)
