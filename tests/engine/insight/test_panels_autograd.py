"""The panels beside PyTorch for networks that are wide or deep, batches of one point, and eight classes."""

from functools import partial
from typing import Any

import numpy as np
import pytest

import engine
from engine.insight import Inspection, activation_flow, gradient_flow, sharpness
from engine.insight.inspection import sample
from engine.training.data import arrays

torch = pytest.importorskip("torch")
F = torch.nn.functional

NETWORKS = 20
FUNCTIONS = {
    "softplus": partial(F.softplus, threshold=40),
    "gelu": partial(F.gelu, approximate="tanh"),
    "silu": F.silu,
    "selu": F.selu,
    "sine": torch.sin,
    "tanh": torch.tanh,
    "relu": F.relu,
}
FLAT = 0.01


def drawn(rng: np.random.Generator, widest: int, deepest: int) -> engine.RunSpec:
    """A network of none to `deepest` hidden layers of 9 to `widest` units, with eight classes or two."""
    many = bool(rng.random() < 0.5)
    layers = [
        {"units": int(rng.integers(9, widest + 1)), "activation": str(rng.choice(list(FUNCTIONS)))}
        for _ in range(rng.integers(0, deepest + 1))
    ]
    return engine.RunSpec.from_dict(
        {
            "data": {"kind": "blobs", "points": 80, "classes": 8}
            if many
            else {"kind": "moons", "points": 80},
            "features": ["x1", "x2", "x1_x2", "sin_x1"][: rng.integers(1, 5)],
            "loss": {"kind": "cross_entropy", "smoothing": float(rng.choice([0, 0.2]))},
            "dtype": "float64",
            "layers": layers,
            "batch_size": int(rng.choice([1, 7, 40])),
            "weights_seed": int(rng.integers(1, 1000)),
            "initializer": "he",
            "optimizer": {"kind": "sgd", "learning_rate": 0.01},
        }
    )


class Peer:
    """The same network in PyTorch, a function of its flat parameters."""

    def __init__(self, spec: engine.RunSpec) -> None:
        self.spec, self.layout = spec, engine.layout(spec)

    def parts(self, theta: Any) -> dict[str, Any]:
        return {
            name: theta[at : at + int(np.prod(shape))].reshape(shape)
            for name, at, shape in self.layout
        }

    def passes(self, theta: Any, x: Any) -> list[tuple[Any, Any]]:
        """z and a of each layer, the scores last."""
        named, a, found = self.parts(theta), x, []
        for i, layer in enumerate(self.spec.layers):
            z = a @ named[f"layers.{i}.W"] + named[f"layers.{i}.b"]
            a = FUNCTIONS[layer.activation.kind](z)
            found.append((z, a))
        scores = a @ named["output.W"] + named["output.b"]
        return [*found, (scores, scores)]

    def loss(self, theta: Any, x: Any, labels: Any) -> Any:
        scores = self.passes(theta, x)[-1][0]
        return F.cross_entropy(scores, labels, label_smoothing=self.spec.loss["smoothing"])


def given(spec: engine.RunSpec, places: Any) -> tuple[Any, Any]:
    """Inputs (n, D) and labels (n,) of these points."""
    x = torch.tensor(np.ascontiguousarray(arrays(spec)[0][:, places].T))
    return x, torch.tensor(engine.sample(spec).labels[places].astype(int))


def test_gradients_and_activations_are_pytorchs() -> None:
    rng = np.random.default_rng(11)
    for _ in range(NETWORKS):
        spec = drawn(rng, widest=24, deepest=9)
        state, _ = engine.train(engine.start(spec), int(rng.integers(0, 9)))
        peer, theta = Peer(spec), torch.tensor(state.theta[0], requires_grad=True)
        order = engine.epoch_order(spec, state.epoch)
        batch = order[state.cursor : state.cursor + spec.batch_size]
        peer.loss(theta, *given(spec, batch)).backward()
        flow = gradient_flow(state)
        assert flow.batch == len(batch)
        assert flow.total == pytest.approx(float(theta.grad.norm()), rel=1e-8)
        named = peer.parts(theta.grad)
        weights = [float(named[name].norm()) for name, *_ in peer.layout if name.endswith(".W")]
        np.testing.assert_allclose(flow.gradients, weights, rtol=1e-7, atol=1e-14)

        found = activation_flow(Inspection(state))
        x, _ = given(spec, np.arange(spec.points)[sample(spec)])
        assert found.points == len(x)
        passes = peer.passes(theta.detach(), x)
        for mine, counts, (z, a), layer in zip(
            found.outputs[:-1], found.counts, passes, spec.layers, strict=False
        ):
            at = z.clone().requires_grad_()
            FUNCTIONS[layer.activation.kind](at).sum().backward()
            flat = float((at.grad.abs() < FLAT).double().mean())
            spread = float(a.var(dim=0, correction=0).mean().sqrt())
            np.testing.assert_allclose(mine, [float(a.mean()), spread, flat], rtol=1e-7, atol=1e-12)
            assert counts.sum() == z.numel()


def test_the_sharpness_is_pytorchs_largest_eigenvalue() -> None:
    rng = np.random.default_rng(12)
    for _ in range(NETWORKS):
        spec = drawn(rng, widest=11, deepest=1)
        state, _ = engine.train(engine.start(spec), int(rng.integers(0, 30)))
        peer = Peer(spec)
        x, labels = given(spec, np.arange(spec.points)[sample(spec)])
        hessian = torch.autograd.functional.hessian(
            lambda theta, peer=peer, x=x, labels=labels: peer.loss(theta, x, labels),
            torch.tensor(state.theta[0]),
        )
        largest = float(torch.linalg.eigvalsh(hessian)[-1])
        assert sharpness(state).value == pytest.approx(largest, rel=1e-4)
