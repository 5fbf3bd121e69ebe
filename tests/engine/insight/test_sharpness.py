"""λmax held to whole Hessians, by finite differences and by PyTorch, and to where it stays in training."""

from dataclasses import replace
from typing import Any

import numpy as np
import pytest

import engine
from engine.insight.sharpness import MOST_PRODUCTS, Sharpness, sharpness
from engine.training.freezing import frozen_mask

FULL = {
    "data": {"kind": "spiral", "points": 100, "noise": 0.1, "train_share": 1},
    "dtype": "float64",
    "batch_size": 100,
}
"""All points at once, in their order."""

NETWORKS: dict[str, dict[str, Any]] = {
    "tanh": {"layers": [{"units": 4, "activation": "tanh"}] * 2, "loss": "squared_error"},
    "classes": {"data": {"kind": "blobs", "points": 90, "train_share": 1}, "loss": "cross_entropy"},
    "L2": {"layers": [{"units": 3, "activation": "sigmoid"}], "penalty": {"l2": 0.3}},
    "batch norm": {"layers": [{"units": 4, "activation": "tanh", "batch_norm": True}]},
    "held": {"layers": [{"units": 4}], "frozen": ["layers.0.W.0.1", "output.b.0"]},
}


def trained(values: dict[str, Any], steps: int = 40) -> engine.State:
    spec = engine.RunSpec.from_dict({**FULL, **values})
    state, _ = engine.train(engine.start(spec), steps)
    return state


def dense(state: engine.State) -> np.ndarray:
    """The Hessian (P, P) of what is trained, from its gradients on both sides along each parameter."""
    theta, h = state.theta, 1e-5
    rows = [
        engine.gradient(replace(state, theta=theta + h * side), penalty=True)
        - engine.gradient(replace(state, theta=theta - h * side), penalty=True)
        for side in np.eye(theta.size)
    ]
    found = np.concatenate(rows) / (2 * h)
    return (found + found.T) / 2


@pytest.mark.parametrize("values", NETWORKS.values(), ids=NETWORKS)
def test_it_is_the_largest_eigenvalue_of_the_whole_hessian(values: dict[str, Any]) -> None:
    state = trained(values)
    hessian = dense(state)
    mask = frozen_mask(state.specs)
    free = np.ones(len(hessian), np.bool_) if mask is None else ~mask[0]
    largest = np.linalg.eigvalsh(hessian[np.ix_(free, free)])[-1]
    found = sharpness(state)
    assert found.value == pytest.approx(largest, rel=1e-4)
    assert found.products <= MOST_PRODUCTS


def test_it_is_pytorchs() -> None:
    torch = pytest.importorskip("torch")
    state = trained({"layers": [{"units": 5, "activation": "tanh"}], "loss": "squared_error"})
    shown = engine.sample(state.spec)
    x, y = torch.tensor(shown.points), torch.tensor(2.0 * shown.labels - 1)
    arrays = engine.layout(state.spec)

    def loss(theta: Any) -> Any:
        w1, b1, w2, b2 = (
            theta[place : place + int(np.prod(shape))].reshape(shape) for _, place, shape in arrays
        )
        outputs = torch.tanh(torch.tanh(x @ w1 + b1) @ w2 + b2)[:, 0]
        return 0.5 * ((outputs - y) ** 2).mean()

    hessian = torch.autograd.functional.hessian(loss, torch.tensor(state.theta[0]))
    largest = float(torch.linalg.eigvalsh(hessian)[-1])
    assert sharpness(state).value == pytest.approx(largest, rel=1e-5)


def test_the_edge_is_that_of_the_optimizer_and_its_rate_now() -> None:
    def of(optimizer: dict[str, Any], **more: Any) -> Sharpness:
        return sharpness(trained({"optimizer": optimizer, **more}, 0))

    plain = of({"kind": "sgd", "learning_rate": 0.1})
    assert (plain.formula, plain.edge) == ("2/η", pytest.approx(20))
    heavy = of({"kind": "momentum", "learning_rate": 0.1, "momentum": 0.9})
    assert (heavy.formula, heavy.edge) == ("2(1+μ)/η", pytest.approx(38))
    adaptive = of({"kind": "adam"})
    assert (adaptive.formula, adaptive.edge, adaptive.value) == (None, None, plain.value)


def test_many_points_are_sampled_and_what_is_not_finite_is_said() -> None:
    spec = engine.RunSpec.from_dict({"data": {"kind": "circle", "points": 1000, "train_share": 1}})
    state = engine.start(spec)
    assert sharpness(state).points == 125
    lost = replace(state, theta=np.full_like(state.theta, np.nan))
    assert np.isnan(sharpness(lost).value)
    names = ["output.W.0.0", "output.W.1.0", "output.b.0"]
    held = engine.start(engine.RunSpec.from_dict({"layers": [], "frozen": names}))
    assert (sharpness(held).value, sharpness(held).products) == (0, 0)


@pytest.mark.parametrize("seed", [1, 2, 3, 4, 5])
def test_full_batch_descent_sharpens_to_the_edge_and_stays_about_it(seed: int) -> None:
    """λmax over 2/η: under a tenth at the start, then up to the edge, then neither far above nor below."""
    values = {
        "layers": [{"units": 8, "activation": "tanh"}] * 2,
        "loss": "squared_error",
        "optimizer": {"kind": "sgd", "learning_rate": 0.1},
        "weights_seed": seed,
    }
    state = trained(values, 0)
    shares = []
    for _ in range(32):
        found = sharpness(state)
        assert found.edge is not None
        shares.append(found.value / found.edge)
        state, _ = engine.train(state, 125)
    assert shares[0] < 0.1
    there = next(i for i, share in enumerate(shares) if share > 0.85)
    assert min(shares[there:]) > 0.4
    assert 0.6 < np.median(shares[there:]) < 1.7
    assert max(shares) < 2.5
