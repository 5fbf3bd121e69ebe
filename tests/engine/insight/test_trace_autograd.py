"""One point's numbers beside PyTorch's, layer by layer, over networks drawn at random."""

from dataclasses import replace
from functools import partial
from typing import Any

import numpy as np
import pytest

import engine
from engine.catalog import ACTIVATIONS, LOSSES
from engine.insight import trace
from engine.network.batch_norm import EPSILON
from engine.training.data import Inputs

torch = pytest.importorskip("torch")
F = torch.nn.functional

NETWORKS = 200
FUNCTIONS = {
    "linear": lambda z: 1 * z,
    "sigmoid": torch.sigmoid,
    "tanh": torch.tanh,
    "sine": torch.sin,
    "relu": F.relu,
    "selu": F.selu,
    "softplus": partial(F.softplus, threshold=40),
    "gelu": partial(F.gelu, approximate="tanh"),
    "silu": F.silu,
    "mish": F.mish,
}
WITH_KNOBS = {
    "leaky_relu": lambda z, k: F.leaky_relu(z, k["slope"]),
    "elu": lambda z, k: F.elu(z, k["alpha"]),
}
DATA = {"two_class": "circle", "multi_class": "blobs", "regression": "plane"}


def drawn(rng: np.random.Generator) -> engine.State:
    """A network of up to six layers of eight, no weight of which is as it begins."""
    loss = rng.choice(list(LOSSES))
    task = rng.choice(LOSSES[loss].tasks)
    classes = {"classes": int(rng.integers(3, 6))} if task == "multi_class" else {}
    smoothing = {"smoothing": rng.uniform(0, 0.5)} if loss in ("cross_entropy", "logistic") else {}
    layers = [
        {
            "units": int(rng.integers(1, 9)),
            "activation": rng.choice(list(ACTIVATIONS)),
            "batch_norm": bool(rng.random() < 0.3),
        }
        for _ in range(rng.integers(0, 7))
    ]
    spec = engine.RunSpec.from_dict(
        {
            "data": {"kind": DATA[task], "points": 60, **classes},
            "features": ["x1", "x2", "x1_x2"][: rng.integers(1, 4)],
            "layers": layers,
            "loss": {"kind": loss, **smoothing},
            "dtype": "float64",
        }
    )
    state = engine.start(spec)
    theta = state.theta + rng.normal(0, 0.6, state.theta.shape)
    return replace(state, theta=theta, running=np.asarray(rng.uniform(0.2, 2, state.running.shape)))


def loss_of(spec: engine.RunSpec, output: Any, label: float) -> Any:
    """The loss as PyTorch has it, of outputs (K,)."""
    smoothing = spec.loss.knobs.get("smoothing", 0)
    if spec.task == "regression":
        return F.mse_loss(output, torch.tensor([label])) / 2
    y = int(label)
    if spec.loss.kind == "cross_entropy":
        return F.cross_entropy(output[None], torch.tensor([y]), label_smoothing=smoothing)
    if spec.loss.kind == "logistic":
        target = torch.tensor([y * (1 - smoothing) + smoothing / 2])
        return F.binary_cross_entropy_with_logits(output, target)
    if spec.loss.kind == "hinge":
        # PyTorch's is a mean over the classes
        return F.multi_margin_loss(output[None], torch.tensor([y])) * len(output)
    one = torch.tensor([float(y)]) if len(output) == 1 else F.one_hot(torch.tensor(y), len(output))
    return F.mse_loss(output, 2.0 * one - 1.0, reduction="sum") / 2


def test_every_number_is_autograds() -> None:
    rng = np.random.default_rng(7)
    torch.set_default_dtype(torch.float64)
    try:
        for _ in range(NETWORKS):
            state = drawn(rng)
            point = rng.uniform(-4, 4, 2)
            classes = state.spec.classes
            label = float(rng.integers(classes)) if classes else float(rng.uniform(-1, 1))
            compare(state, point, label)
    finally:
        torch.set_default_dtype(torch.float32)


def close(ours: Any, theirs: Any) -> None:
    """To a millionth."""
    np.testing.assert_allclose(ours, theirs, rtol=1e-6, atol=1e-9)


def compare(state: engine.State, point: np.ndarray, label: float) -> None:
    """Hold a trace to a network of PyTorch's, at every sum, activation and parameter."""
    spec, found = state.spec, trace(state, point, label)
    arrays = {
        name: torch.tensor(
            state.theta[0, at : at + int(np.prod(shape))].reshape(shape), requires_grad=True
        )
        for name, at, shape in engine.layout(spec)
    }
    running, at = torch.tensor(state.running[0]), 0
    a = torch.tensor(Inputs.of(spec).compute(point[None])[:, 0])
    watched = []
    for i, layer in enumerate(found.layers):
        name, hidden = layer.name, i < len(spec.layers)
        sums = z = a @ arrays[f"{name}.W"] + arrays[f"{name}.b"]
        if hidden and spec.layers[i].batch_norm:
            n = len(sums)
            mean, variance = running[at : at + n], running[at + n : at + 2 * n]
            scale = arrays[f"{name}.gamma"], arrays[f"{name}.beta"]
            z = F.batch_norm(sums[None], mean, variance, *scale, eps=EPSILON)[0]
            at += 2 * n
        knobs = spec.layers[i].activation.knobs if hidden else {}
        kind = layer.activation
        a = WITH_KNOBS[kind](z, knobs) if kind in WITH_KNOBS else FUNCTIONS[kind](z)
        for each in (sums, z, a):
            each.retain_grad()
        watched.append((layer, sums, z, a))
    loss = loss_of(spec, a, label)
    loss.backward()

    close(found.loss, loss.item())
    for layer, sums, z, a in watched:
        for ours, theirs in (
            (layer.sums, sums.detach()),
            (layer.z, z.detach()),
            (layer.a, a.detach()),
            (layer.d_a, a.grad),
            (layer.d_z, z.grad),
            (layer.delta, sums.grad),
        ):
            close(ours, theirs.numpy())
    gradient = np.concatenate([each.grad.numpy().ravel() for each in arrays.values()])
    parameters = found.parameters()
    np.testing.assert_array_equal(parameters.theta, state.theta[0])
    close(parameters.gradient.value, gradient)
    if spec.classes and spec.loss.kind in ("cross_entropy", "logistic"):
        assert found.information is not None
        close(found.information.cross_entropy, loss.item())
