"""The network as its next update sees it: what training computes, and PyTorch's train() and eval()."""

from typing import Any

import numpy as np
import pytest

import engine
from engine.core.errors import PositionError
from engine.insight import Inspection, in_training
from engine.network.backprop import Backprop, dropouts
from engine.network.batch_norm import EPSILON
from engine.network.forward import forward
from engine.training.batches import Batches

NORMAL = {"units": 5, "batch_norm": True}
SPEC: dict[str, Any] = {
    "dtype": "float64",
    "data": {"kind": "spiral", "points": 74},
    "shuffle": True,
    "layers": [NORMAL, {"units": 4, "batch_norm": True}],
}


def trained(changes: dict[str, Any] | None = None, steps: int = 7) -> engine.State:
    spec = engine.RunSpec.from_dict(SPEC | (changes or {}))
    return engine.train(engine.start(spec), steps)[0]


def batch_of(state: engine.State) -> np.ndarray:
    """The inputs (D, B) of the next update."""
    x: np.ndarray = Batches([state.spec]).rest(state.epoch, state.cursor)[0][0][:-1]
    return x


@pytest.mark.parametrize("steps", [0, 3, 7])
def test_at_its_batch_it_says_what_pytorch_says_in_training(steps: int) -> None:
    torch = pytest.importorskip("torch")
    state = trained(steps=steps)
    found, x = in_training(state), batch_of(state)
    model = pytorch(torch, state)
    there = torch.tensor(x.T)
    with torch.no_grad():
        evaluated = model.eval()(there).numpy()
        theirs = model.train()(there).numpy()
    ours = forward(state.spec, found.state.theta, found.state.running, x)[-1][0].T
    np.testing.assert_allclose(ours, theirs, rtol=1e-9, atol=1e-12)
    in_evaluation = forward(state.spec, state.theta, state.running, x)[-1][0].T
    np.testing.assert_allclose(in_evaluation, evaluated, rtol=1e-9, atol=1e-12)
    assert np.abs(theirs - evaluated).max() > 1e-3
    assert found.batch == x.shape[1]


def pytorch(torch: Any, state: engine.State) -> Any:
    """The same network as PyTorch has it."""
    arrays = {
        name: torch.tensor(state.theta[0, at : at + int(np.prod(shape))].reshape(shape))
        for name, at, shape in engine.layout(state.spec)
    }
    running, at, parts = torch.tensor(state.running[0]), 0, []
    for i, layer in enumerate(state.spec.layers):
        norm = torch.nn.BatchNorm1d(layer.units, eps=EPSILON, dtype=torch.float64)
        n = layer.units
        norm.load_state_dict(
            {
                "weight": arrays[f"layers.{i}.gamma"],
                "bias": arrays[f"layers.{i}.beta"],
                "running_mean": running[at : at + n],
                "running_var": running[at + n : at + 2 * n],
                "num_batches_tracked": torch.tensor(0),
            }
        )
        at += 2 * n
        parts += [linear(torch, arrays, f"layers.{i}"), norm, torch.nn.Tanh()]
    return torch.nn.Sequential(*parts, linear(torch, arrays, "output"), torch.nn.Tanh())


def linear(torch: Any, arrays: Any, name: str) -> Any:
    inputs, units = arrays[f"{name}.W"].shape
    made = torch.nn.Linear(inputs, units, dtype=torch.float64)
    made.load_state_dict({"weight": arrays[f"{name}.W"].T, "bias": arrays[f"{name}.b"]})
    return made


def test_statistics_are_those_of_the_batch_with_its_masks() -> None:
    layers = [NORMAL | {"dropout": 0.4}, {"units": 4, "batch_norm": True}]
    state = trained({"layers": layers})
    x, target = Batches([state.spec]).rest(state.epoch, state.cursor)[0]
    running = state.running.copy()
    drop = dropouts([state.spec])
    backprop = Backprop(
        [state.spec], state.theta, np.zeros_like(state.theta), running, drop, x.shape[-1]
    )
    backprop.gradient(x, target, state.step)
    # r <- 0.9 r + 0.1 (batch's), with the variance divided by B - 1
    batch = (running - 0.9 * state.running)[0] / 0.1
    variances = np.r_[[False] * 5, [True] * 5, [False] * 4, [True] * 4]
    batch[variances] *= (x.shape[-1] - 1) / x.shape[-1]
    found = in_training(state)
    np.testing.assert_allclose(found.state.running[0], batch, rtol=1e-9, atol=1e-12)
    mean, spread = batch[:5].mean(), np.sqrt(batch[5:10].mean())
    np.testing.assert_allclose(found.batch_statistics[0], [mean, spread], rtol=1e-9)
    away = (batch[:5] - state.running[0, :5]) / np.sqrt(state.running[0, 5:10] + EPSILON)
    assert found.apart[0] == pytest.approx(np.sqrt(np.mean(away**2)))
    assert np.isnan(found.apart[-1])
    assert np.isnan(found.running_statistics[-1]).all()


def test_the_first_point_goes_the_way_that_it_goes_in_training() -> None:
    layers = [{"units": 6, "dropout": 0.5}, {"units": 6, "dropout": 0.25}]
    state = trained({"layers": layers})
    x, target = Batches([state.spec]).rest(state.epoch, state.cursor)[0]
    drop = dropouts([state.spec])
    zeros = np.zeros_like(state.theta)
    backprop = Backprop([state.spec], state.theta, zeros, state.running, drop, x.shape[-1])
    backprop.gradient(x, target, state.step)
    found = in_training(state)
    ours = forward(state.spec, found.state.theta, found.state.running, x[:-1])[-1][0]
    np.testing.assert_allclose(ours[:, 0], backprop.layers[-1].a[:, 0], rtol=1e-12)
    masks = engine.insight.next_step(state).masks
    expected = np.concatenate([mask[:, 0] for mask in masks if mask is not None])
    np.testing.assert_array_equal(found.first, expected)
    assert set(found.first[:6]) <= {0.0, 2.0}
    np.testing.assert_allclose(found.first[6:][found.first[6:] > 0], 4 / 3)


def test_maps_are_those_of_training_where_a_view_asks_for_them() -> None:
    layers = [{"units": 6, "batch_norm": True, "dropout": 0.5}, {"units": 3}]
    state = trained({"layers": layers})
    view = engine.View(grid=8, neurons=8, training=True)
    shown, usual = engine.observe(state, view), engine.observe(state, engine.View(8, 8))
    found = in_training(state)
    direct = engine.observe(found.state, engine.View(grid=8, neurons=8))
    np.testing.assert_array_equal(shown["boundary"], direct["boundary"])
    np.testing.assert_array_equal(shown["theta"], usual["theta"])
    np.testing.assert_array_equal(shown["metrics"], usual["metrics"])
    silent = found.first == 0
    assert silent.any()
    assert not shown["neurons"][:9][silent].any()
    assert not np.array_equal(shown["boundary"], usual["boundary"])


@pytest.mark.parametrize("layers", [[], [{"units": 4}]])
@pytest.mark.parametrize("data", ["circle", "plane", "blobs"])
def test_without_either_it_is_the_network_as_evaluated(layers: list[Any], data: str) -> None:
    state = trained({"layers": layers, "data": {"kind": data, "points": 60}})
    found = in_training(state)
    np.testing.assert_array_equal(found.state.theta, state.theta)
    assert (found.first == 1).all()
    assert found.state.running.size == 0


def test_members_are_looked_at_one_by_one_and_nothing_is_changed() -> None:
    specs = [engine.RunSpec.from_dict(SPEC | {"weights_seed": seed}) for seed in (1, 2)]
    state, _ = engine.train(engine.start(specs), 5)
    before = state.theta.copy(), state.running.copy()
    found = in_training(state, 1)
    alone, _ = engine.train(engine.start(specs[1]), 5)
    np.testing.assert_allclose(
        found.state.running[1], in_training(alone).state.running[0], rtol=1e-9
    )
    np.testing.assert_array_equal(found.state.running[0], state.running[0])
    assert Inspection(state).in_training(1).batch == found.batch
    for array, kept in zip((state.theta, state.running), before, strict=True):
        np.testing.assert_array_equal(array, kept)
    with pytest.raises(PositionError):
        in_training(state, 2)


def test_what_is_no_number_stays_none_and_warns_of_nothing() -> None:
    state = trained({"dtype": "float32"})
    found = in_training(engine.edit(state, {"theta": [3e38] * state.theta.size}))
    assert not np.isfinite(found.batch_statistics[1, 1])
