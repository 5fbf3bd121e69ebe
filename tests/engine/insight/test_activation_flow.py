"""What enters the activations and what leaves them, worked out by hand and by PyTorch."""

from typing import Any

import numpy as np
import pytest

import engine
from engine.insight import Inspection, activation_flow
from engine.insight.activation_flow import BARS, bars, reaching
from engine.insight.inspection import SAMPLE
from engine.spec.run_spec import RunSpec

DEEP = {"layers": [{"units": 8, "activation": "sigmoid"}] * 6}


def look(values: dict[str, Any], steps: int = 0) -> engine.insight.ActivationFlow:
    state, _ = engine.train(engine.start(RunSpec.from_dict(values)), steps)
    return activation_flow(Inspection(state))


def test_the_numbers_are_pytorchs() -> None:
    torch = pytest.importorskip("torch")
    state, _ = engine.train(engine.start(RunSpec.from_dict({"dtype": "float64", **DEEP})), 30)
    found = activation_flow(Inspection(state))
    train = engine.sample(state.spec).points[:250]
    a, arrays = torch.tensor(train[::2]), engine.layout(state.spec)
    first = 0
    for i, ((_, w, shape), (_, b, (units,))) in enumerate(
        zip(arrays[::2], arrays[1::2], strict=True)
    ):
        theta = torch.tensor(state.theta[0])
        z = a @ theta[w : w + shape[0] * shape[1]].reshape(shape) + theta[b : b + units]
        a = torch.sigmoid(z) if i < 6 else torch.tanh(z)
        slope = a * (1 - a) if i < 6 else 1 - a**2
        spread = float(a.var(dim=0, correction=0).mean().sqrt())
        flat = float((slope < 0.01).double().mean())
        np.testing.assert_allclose(found.outputs[i], [float(a.mean()), spread, flat], rtol=1e-6)
        far = float(found.reach[i])
        counts = torch.histc(z, BARS, -far, far)
        np.testing.assert_array_equal(found.counts[i], counts.numpy())
        edges = torch.linspace(-far, far, BARS + 1, dtype=torch.float64)
        curve = torch.sigmoid(edges) if i < 6 else torch.tanh(edges)
        np.testing.assert_allclose(found.curves[i, 0], curve.numpy(), rtol=1e-9)
        first += units
    assert first == len(found.idle)


def test_a_sample_is_spread_over_all_training_points() -> None:
    small = look({"data": {"points": 100, "train_share": 0.5}})
    assert small.points == 50
    large = look({"data": {"points": 2000, "train_share": 0.5}})
    assert large.points == 125 <= SAMPLE
    assert large.counts.sum(axis=1).tolist() == [4 * 125, 2 * 125, 125]


def test_the_axis_holds_all_that_enters() -> None:
    assert reaching(6, np.array([0.1, -6])) == 6
    assert reaching(6, np.array([6.01])) == 12
    assert reaching(6, np.array([-100]), np.array([3])) == 192
    assert reaching(6, np.array([np.nan, np.inf])) == 6
    assert reaching(6, np.array([1e300])) == 1e30


def test_a_histogram_counts_what_is_finite() -> None:
    counts = bars(np.array([-6, -0.01, 0.01, 6, 600, np.nan, np.inf]), 6)
    assert counts.sum() == 5
    assert (counts[0], counts[BARS // 2 - 1], counts[BARS // 2], counts[-1]) == (1, 1, 1, 2)


def test_dead_and_saturated_units_are_told_apart() -> None:
    layers = [{"units": 3, "activation": "relu"}, {"units": 2, "activation": "tanh"}]
    state = engine.start(RunSpec.from_dict({"layers": layers}))
    theta = state.theta[0].tolist()
    places = {name: at for name, at, _ in engine.layout(state.spec)}
    theta[places["layers.0.b"] + 1] = -1e3
    theta[places["layers.1.b"]] = 50
    found = activation_flow(Inspection(engine.edit(state, {"theta": theta})))
    assert found.idle.tolist() == [0, 1, 0, 2, 0, 0]
    assert found.outputs[1, 2] == pytest.approx(0.5, abs=0.2)


@pytest.mark.parametrize("task", ["plane", "blobs", "circle"])
def test_a_network_without_hidden_layers_has_outputs(task: str) -> None:
    found = look({"data": task, "layers": []})
    assert len(found.reach) == 1
    assert not found.idle.any()
    assert np.isfinite(found.outputs).all()


def test_what_is_no_number_is_left_out_and_said() -> None:
    state = engine.start(RunSpec.from_dict({"layers": [{"units": 2, "activation": "relu"}] * 8}))
    theta = [1e30] * state.theta.size
    found = activation_flow(Inspection(engine.edit(state, {"theta": theta})))
    assert not np.isfinite(found.outputs[-2, 0])
    assert found.reach.max() <= 1e30
    assert (found.counts.sum(axis=1) <= 2 * found.points).all()
