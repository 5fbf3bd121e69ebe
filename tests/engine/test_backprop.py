"""The chain rule against finite differences, for every activation with every loss."""

from typing import Any

import numpy as np
import pytest

from engine.activations import ACTIVATIONS
from engine.backprop import Backprop
from engine.batches import Batches
from engine.losses import LOSSES
from engine.network import forward, initial
from engine.spec import RunSpec


def mean_loss(spec: RunSpec, theta: np.ndarray, x: np.ndarray, target: np.ndarray) -> float:
    """The loss that backprop differentiates, by the evaluation path alone."""
    output = forward(spec, theta, x[..., :-1, :])[-1]
    return float(LOSSES[spec.loss.kind].value(output, target, spec.loss.knobs).mean())


def numeric_gradient(
    spec: RunSpec, theta: np.ndarray, x: np.ndarray, target: np.ndarray
) -> np.ndarray:
    """Central differences, one parameter at a time."""
    h = 1e-6
    found = np.empty_like(theta)
    for p in range(theta.shape[1]):
        ends = []
        for sign in (1, -1):
            moved = theta.copy()
            moved[0, p] += sign * h
            ends.append(mean_loss(spec, moved, x, target))
        found[0, p] = (ends[0] - ends[1]) / (2 * h)
    return found


def relative_error(one: np.ndarray, other: np.ndarray) -> float:
    """The distance of two vectors, relative to their length."""
    return float(np.linalg.norm(one - other) / np.linalg.norm(one + other) * 2)


def case(loss: str, data: str, activation: Any, **more: Any) -> RunSpec:
    """A small network in float64."""
    layers = [{"units": 4, "activation": activation}, {"units": 3, "activation": activation}]
    values = {
        "data": {"kind": data, "points": 30, "noise": 0.2, "seed": 5},
        "layers": layers,
        "loss": loss,
        "batch_size": 12,
        "dtype": "float64",
        "initializer": {"kind": "xavier", "bias": 0.15},
        "features": ["x1", "x2", "x1_x2"],
    }
    return RunSpec.from_dict(values | more)


@pytest.mark.parametrize("activation", ACTIVATIONS)
@pytest.mark.parametrize(
    ("loss", "data"),
    [
        (kind, data)
        for kind, record in LOSSES.items()
        for task, data in (("two_class", "circle"), ("multi_class", "blobs"))
        if task in record.tasks
    ],
)
def test_gradient_equals_finite_differences(activation: str, data: str, loss: str) -> None:
    spec = case(loss, data, activation)
    theta = initial([spec])
    grad = np.zeros_like(theta)
    x, target = Batches([spec]).epoch(0)[0]
    Backprop([spec], theta, grad, x.shape[-1]).gradient(x, target)
    assert relative_error(grad, numeric_gradient(spec, theta, x, target)) < 1e-6


@pytest.mark.parametrize("depth", [0, 1, 6])
def test_any_depth(depth: int) -> None:
    spec = case("cross_entropy", "circle", "tanh", layers=[{"units": 3}] * depth)
    theta = initial([spec])
    grad = np.zeros_like(theta)
    x, target = Batches([spec]).epoch(0)[-1]
    Backprop([spec], theta, grad, x.shape[-1]).gradient(x, target)
    assert relative_error(grad, numeric_gradient(spec, theta, x, target)) < 1e-6


def test_members_with_their_own_slopes_weights_and_points() -> None:
    base = case("squared_error", "xor", {"kind": "leaky_relu", "slope": 0.1})
    specs = [
        base,
        base.replace({"layers.0.activation.slope": 0.5, "weights_seed": 4}),
        base.replace({"layers.1.activation.slope": 0.9, "data.seed": 2}),
    ]
    theta = initial(specs)
    grad = np.zeros_like(theta)
    x, target = Batches(specs).epoch(0)[0]
    Backprop(specs, theta, grad, x.shape[-1]).gradient(x, target)
    for member, spec in enumerate(specs):
        mine = theta[member : member + 1].copy()
        expected = numeric_gradient(spec, mine, x[member], target[member])
        assert relative_error(grad[member : member + 1], expected) < 1e-6
