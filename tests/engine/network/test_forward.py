"""What lies between inputs and outputs: the same network as `forward`, with its parts."""

import tracemalloc
from collections.abc import Callable
from typing import Any

import numpy as np
import pytest

import engine
from engine.catalog.activations import ACTIVATIONS
from engine.network.forward import LAYER_BYTES, Network, forward, outputs

X = np.random.default_rng(3).normal(0, 2, (1, 2, 40))


def trained(activation: str, **layer: Any) -> engine.State:
    """A network in float64 some way into a run."""
    layers = [{"units": units, "activation": activation, **layer} for units in (5, 3)]
    spec = engine.RunSpec.from_dict({"layers": layers, "dtype": "float64"})
    return engine.train(engine.start(spec), 30)[0]


@pytest.mark.parametrize("activation", ACTIVATIONS)
@pytest.mark.parametrize("batch_norm", [False, True])
def test_every_part_is_what_it_is_called(activation: str, batch_norm: bool) -> None:
    state = trained(activation, batch_norm=batch_norm)
    network = Network(state.spec, state.theta, state.running)
    passes = list(network.passes(X))
    expected = forward(state.spec, state.theta, state.running, X)
    x = X
    for layer, found in enumerate(passes):
        w, b = found.block.weights(state.theta)[0], found.block.bias(state.theta)[0, 0]
        assert found.x is x
        np.testing.assert_allclose(found.sums[0], w.T @ x[0] + b[:, None])
        np.testing.assert_array_equal(network.normalized(layer, found.sums), found.z)
        np.testing.assert_allclose(found.a, expected[layer], rtol=1e-13)
        np.testing.assert_allclose(network.outputs(layer, found.z), expected[-1], rtol=1e-13)
        x = found.a


@pytest.mark.parametrize("activation", ACTIVATIONS)
def test_the_slope_is_the_derivative(activation: str) -> None:
    state = trained(activation)
    found = next(Network(state.spec, state.theta, state.running).passes(X))
    h = 1e-6
    above, below, t = (np.empty_like(found.z) for _ in range(3))
    ACTIVATIONS[activation].forward(found.z + h, above, t, found.knobs)
    ACTIVATIONS[activation].forward(found.z - h, below, t, found.knobs)
    np.testing.assert_allclose(found.slope, (above - below) / (2 * h), atol=1e-8)


def test_sums_are_normalized_by_running_statistics() -> None:
    state = trained("tanh", batch_norm=True)
    found = next(Network(state.spec, state.theta, state.running).passes(X))
    # layers.0 is W (2, 5), b (5), then gamma and beta; its running mean and variance come first
    mean, variance = state.running[0, :10].reshape(2, 5, 1)
    gamma, beta = state.theta[0, 15:25].reshape(2, 5, 1)
    expected = gamma * (found.sums[0] - mean) / np.sqrt(variance + 1e-5) + beta
    np.testing.assert_allclose(found.z[0], expected, rtol=1e-12)


def test_the_outputs_alone_are_those_of_the_whole_in_pieces_or_not(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    state = trained("tanh", batch_norm=True)
    expected = forward(state.spec, state.theta, state.running, X)[-1]
    np.testing.assert_array_equal(outputs(state.spec, state.theta, state.running, X), expected)
    for size in (1, 5 * 8 * 7, 5 * 8 * 39):
        monkeypatch.setattr("engine.network.forward.LAYER_BYTES", size)
        found = outputs(state.spec, state.theta, state.running, X)
        np.testing.assert_allclose(found, expected, rtol=1e-13)


LARGE = engine.RunSpec.from_dict(
    {"data": {"points": 5000}, "layers": [{"units": 128}] * 16, "dtype": "float64"}
)


@pytest.mark.parametrize(
    "look",
    [
        engine.metrics,
        engine.insight.evaluate,
        engine.insight.layer_statistics,
        lambda state: engine.observe(state, engine.View(grid=200, neurons=0)),
    ],
)
def test_a_look_at_the_largest_network_holds_a_few_of_its_layers(
    look: Callable[[engine.State], object],
) -> None:
    state = engine.start(LARGE)
    look(state)  # what is kept from one call to the next
    tracemalloc.start()
    look(state)
    _, most = tracemalloc.get_traced_memory()
    tracemalloc.stop()
    # all of them would be 82 MB at the points, and 655 MB on the map
    assert most < 7 * LAYER_BYTES
