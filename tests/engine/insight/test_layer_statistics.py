"""Statistics of layers against their definitions, and the idle units that are known to be idle."""

from dataclasses import replace
from typing import Any

import numpy as np
import pytest

import engine
from engine.insight.layer_statistics import BINS, NUMBERS, QUANTITIES, describe, layer_statistics
from engine.insight.next_step import next_step
from engine.network.forward import forward
from engine.training.data import train_points


def trained(**values: Any) -> engine.State:
    """A state some way into a run."""
    return engine.train(engine.start(engine.RunSpec.from_dict(values)), 111)[0]


def part(state: engine.State, vector: np.ndarray, name: str) -> np.ndarray:
    """The part of a vector (P,) that the layout calls `name`."""
    for found, offset, shape in engine.layout(state.spec):
        if found == name:
            return vector[offset : offset + int(np.prod(shape))].reshape(shape)
    raise KeyError(name)


def changed(state: engine.State, name: str, values: Any) -> engine.State:
    """The state with other parameters in one place."""
    theta = state.theta.copy()
    part(state, theta[0], name)[...] = values
    return replace(state, theta=theta)


def test_four_numbers_by_hand() -> None:
    numbers, counts, edges = describe(np.array([[1.0, -3.0], [1.0, 5.0]]))
    # √(1 + 9 + 1 + 25); mean 1; variance (0 + 16 + 0 + 16) / 4
    assert dict(zip(NUMBERS, numbers, strict=True)) == pytest.approx(
        {"norm": 6, "mean": 1, "std": np.sqrt(8), "min": -3, "max": 5}
    )
    assert edges.shape == (BINS + 1,)
    assert (edges[0], edges[-1]) == (-3, 5)
    # 1 stands in the middle of 32 bars of width ¼
    assert {place: count for place, count in enumerate(counts) if count} == {0: 1, 16: 2, 31: 1}


@pytest.mark.parametrize(
    ("values", "counted"),
    [
        ([0.0, 0.0, 0.0], 3),
        ([0.3, 0.3], 2),
        ([1.0, np.nextafter(1, 2)], 2),
        ([5e-324, -5e-324], 2),
        ([1e-301, 0.0], 2),
        ([-1.7e308, 1.7e308], 2),
        ([np.nan, np.inf, 1.0], 1),
        ([np.nan], 0),
    ],
)
def test_any_numbers_have_a_histogram(values: list[float], counted: int) -> None:
    with np.errstate(all="ignore"):
        _, counts, edges = describe(np.array(values))
    assert counts.sum() == counted
    assert np.isfinite(edges).all()
    assert (np.diff(edges) > 0).all()


def test_every_layer_from_the_definitions() -> None:
    state = trained(layers=[{"units": 5}, {"units": 3, "activation": "relu"}], data={"noise": 0.1})
    found = layer_statistics(state)
    step = next_step(state)
    shown = engine.scene(state.spec)
    inside = shown["points"][: train_points(state.spec)].T
    a = forward(state.spec, state.theta, state.running, inside)
    for layer, name in enumerate(("layers.0", "layers.1", "output")):
        w = part(state, state.theta[0], f"{name}.W").astype(float)
        g = part(state, step.gradient, f"{name}.W").astype(float)
        for quantity, x in zip(QUANTITIES, (w, g, a[layer][0].astype(float)), strict=True):
            row = QUANTITIES.index(quantity)
            expected = [np.linalg.norm(x), x.mean(), x.std(), x.min(), x.max()]
            np.testing.assert_allclose(
                found.layer_numbers[layer, row], expected, rtol=1e-4, atol=1e-6
            )
            counts, edges = found.layer_counts[layer, row], found.layer_edges[layer, row]
            assert counts.sum() == x.size
            np.testing.assert_allclose(edges, np.linspace(x.min(), x.max(), BINS + 1), rtol=1e-4)
        moved = part(state, step.theta, f"{name}.W") - w
        expected_ratio = np.linalg.norm(moved) / np.linalg.norm(w)
        assert found.update_ratio[layer] == pytest.approx(expected_ratio, rel=1e-6)
    # SGD at 0.03: the weights move by 0.03 times their gradients
    ratios = 0.03 * found.layer_numbers[:, 1, 0] / found.layer_numbers[:, 0, 0]
    np.testing.assert_allclose(found.update_ratio, ratios, rtol=1e-3)


def test_a_rectifier_that_is_negative_at_every_training_point_is_dead() -> None:
    state = trained(layers=[{"units": 4, "activation": "relu"}])
    state = changed(state, "layers.0.b", [-1000, 1000, 1000, -1000])
    assert layer_statistics(state).dead.tolist() == [1, 0, 0, 1, 0]
    assert not layer_statistics(state).saturated[:4].any()
    # a leaky one lives, and so does one that is zero at some points only
    leaky = engine.edit(state, {"layers.0.activation.kind": "leaky_relu"})
    assert not layer_statistics(leaky).dead.any()
    # one that leaks nothing is a ReLU, and far out even a smooth one is exactly flat
    for activation in ({"kind": "leaky_relu", "slope": 0}, {"kind": "elu", "alpha": 0}, "gelu"):
        other = engine.edit(state, {"layers.0.activation": activation})
        assert layer_statistics(other).dead.tolist() == [1, 0, 0, 1, 0]
    for activation in ("sigmoid", "tanh", "linear"):
        other = engine.edit(state, {"layers.0.activation.kind": activation})
        assert not layer_statistics(other).dead.any()
    some = changed(changed(state, "layers.0.W", [[1] * 4, [0] * 4]), "layers.0.b", [0, -20, 0, 0])
    assert layer_statistics(some).dead.tolist() == [0, 1, 0, 0, 0]


@pytest.mark.parametrize("activation", ["tanh", "sigmoid"])
def test_a_unit_that_is_flat_at_most_training_points_is_saturated(activation: str) -> None:
    state = trained(layers=[{"units": 3, "activation": activation}], loss="cross_entropy")
    # tanh' < 0.01 beyond 2.99, sigmoid' beyond 4.6; weights of 0.01 stay below, of 1000 do not
    state = changed(state, "layers.0.W", [[0.01, 1000, 0.01], [0.01, 1000, 0.01]])
    state = changed(state, "layers.0.b", [0, 0, 5])
    assert layer_statistics(state).saturated.tolist() == [0, 1, 1, 0, 0]
    linear = engine.edit(state, {"layers.0.activation.kind": "relu"})
    assert not layer_statistics(linear).saturated.any()


def test_batch_norm_shows_for_the_units_that_have_it() -> None:
    state = trained(layers=[{"units": 3}, {"units": 2, "batch_norm": True}])
    found = layer_statistics(state).batch_norm
    assert found.shape == (4, 6)
    assert np.isnan(found[:, [0, 1, 2, 5]]).all()
    np.testing.assert_array_equal(found[:2, 3:5], state.running[0].reshape(2, 2))
    np.testing.assert_array_equal(found[2, 3:5], part(state, state.theta[0], "layers.1.gamma"))
    np.testing.assert_array_equal(found[3, 3:5], part(state, state.theta[0], "layers.1.beta"))


def test_members_are_looked_at_one_by_one() -> None:
    specs = [engine.RunSpec.from_dict({"weights_seed": seed}) for seed in (1, 2)]
    together, _ = engine.train(engine.start(specs), 20)
    alone, _ = engine.train(engine.start(specs[1]), 20)
    found, expected = layer_statistics(together, 1), layer_statistics(alone)
    np.testing.assert_allclose(found.layer_numbers, expected.layer_numbers, rtol=1e-3, atol=1e-5)
    np.testing.assert_allclose(found.update_ratio, expected.update_ratio, rtol=1e-3)


def test_zero_weights_have_no_update_ratio() -> None:
    spec = engine.RunSpec.from_dict({"initializer": "zeros"})
    assert np.isnan(layer_statistics(engine.start(spec)).update_ratio[0])


def test_numbers_without_end_are_shown_as_they_are() -> None:
    spec = engine.RunSpec.from_dict({"layers": [{"units": 4, "activation": "relu"}] * 3})
    state = engine.start(spec)
    found = layer_statistics(replace(state, theta=np.full_like(state.theta, 1e30)))
    assert not np.isfinite(found.layer_numbers).all()


@pytest.mark.parametrize("loss", ["squared_error", "logistic"])
def test_an_output_that_is_right_and_sure_is_not_idle(loss: str) -> None:
    state = engine.start(engine.RunSpec.from_dict({"data": "gauss", "layers": [], "loss": loss}))
    # the two clusters lie along the diagonal, so such weights are right by far
    state = engine.edit(state, {"theta.output.W.0.0": 50.0, "theta.output.W.1.0": 50.0})
    assert engine.metrics(state)["train_accuracy"][0] > 0.95
    found = layer_statistics(state)
    assert found.saturated.tolist() == [0]
    assert found.dead.tolist() == [0]
