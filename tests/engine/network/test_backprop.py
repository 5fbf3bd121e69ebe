"""The chain rule against finite differences: every activation, every loss, batch norm and dropout."""

from typing import Any

import numpy as np
import pytest

from engine.catalog.activations import ACTIVATIONS
from engine.catalog.losses import LOSSES
from engine.network.backprop import Backprop, dropouts
from engine.network.layout import initial, initial_running
from engine.spec.run_spec import RunSpec
from engine.training.batches import Batches

STEP = 21
"""Any step will do: it decides the masks of dropout."""

Case = tuple[np.ndarray, np.ndarray]


class Problem:
    """Backprop on one batch of a population, as a function of theta."""

    def __init__(self, specs: list[RunSpec]) -> None:
        self.specs = specs
        self.theta = initial(specs)
        self.grad = np.zeros_like(self.theta)
        self.x, self.target = Batches(specs).epoch(0)[0]
        running = initial_running(specs)
        made = dropouts(specs)
        self.backprop = Backprop(specs, self.theta, self.grad, running, made, self.x.shape[-1])

    def gradient(self) -> np.ndarray:
        """What backprop says."""
        self.backprop.gradient(self.x, self.target, STEP)
        return self.grad.copy()

    def losses(self) -> np.ndarray:
        """The mean loss of each member at theta, from the same forward pass, (M,)."""
        self.backprop.gradient(self.x, self.target, STEP)
        spec = self.specs[0]
        output = self.backprop.layers[-1].a
        value = LOSSES[spec.loss.kind].value(output, self.target, spec.loss.knobs)
        return np.atleast_1d(value.mean(axis=-1))

    def numeric_gradient(self) -> np.ndarray:
        """Central differences, one parameter of all members at a time."""
        h = 1e-6
        found = np.empty_like(self.theta)
        for p in range(self.theta.shape[1]):
            was = self.theta[:, p].copy()
            self.theta[:, p] = was + h
            above = self.losses()
            self.theta[:, p] = was - h
            found[:, p] = (above - self.losses()) / (2 * h)
            self.theta[:, p] = was
        return found


def check(*specs: RunSpec) -> None:
    """Compare both gradients of every member."""
    problem = Problem(list(specs))
    found, expected = problem.gradient(), problem.numeric_gradient()
    for one, other in zip(found, expected, strict=True):
        error = np.linalg.norm(one - other) / np.linalg.norm(one + other) * 2
        assert error < 1e-6


def case(loss: Any, data: str, activation: Any, depth: int = 2, **layer: Any) -> RunSpec:
    """A small network in float64."""
    widths = [4, 3, 3, 3, 3, 3][:depth]
    return RunSpec.from_dict(
        {
            "data": {"kind": data, "points": 30, "noise": 0.2, "seed": 5},
            "layers": [{"units": n, "activation": activation, **layer} for n in widths],
            "loss": loss,
            "batch_size": 12,
            "dtype": "float64",
            "initializer": {"kind": "xavier", "bias": 0.15},
            "features": ["x1", "x2", "x1_x2"],
        }
    )


PAIRS = [
    ({"kind": kind, "smoothing": smoothing} if smoothing else kind, data)
    for kind, record in LOSSES.items()
    for smoothing in ((0, 0.2) if "smoothing" in record.defaults else (0,))
    for task, data in (("two_class", "circle"), ("multi_class", "blobs"), ("regression", "plane"))
    if task in record.tasks
]


@pytest.mark.parametrize("activation", ACTIVATIONS)
@pytest.mark.parametrize(("loss", "data"), PAIRS, ids=str)
@pytest.mark.parametrize(
    "layer",
    [{}, {"batch_norm": True}, {"dropout": 0.4}, {"batch_norm": True, "dropout": 0.4}],
    ids=["plain", "batch_norm", "dropout", "both"],
)
def test_gradient_equals_finite_differences(
    activation: str, loss: Any, data: str, layer: dict[str, Any]
) -> None:
    check(case(loss, data, activation, **layer))


@pytest.mark.parametrize("depth", [0, 1, 6])
def test_any_depth(depth: int) -> None:
    check(case("cross_entropy", "circle", "tanh", depth))


def test_members_with_their_own_slopes_weights_points_and_masks() -> None:
    activation = {"kind": "leaky_relu", "slope": 0.1}
    base = case("squared_error", "xor", activation, batch_norm=True, dropout=0.2)
    check(
        base,
        base.replace({"layers.0.activation.slope": 0.5, "weights_seed": 4}),
        base.replace({"layers.1.activation.slope": 0.9, "data.seed": 2, "layers.0.dropout": 0.6}),
        base.replace({"batches_seed": 7, "layers.0.dropout": 0}),
    )
