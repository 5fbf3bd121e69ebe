"""Batch normalization against its definition, and against PyTorch's conventions."""

import numpy as np
import pytest

import engine
from engine.batch_norm import BatchNorm, Parameters, RunningAverages, Statistics
from engine.network import blocks


class Made:
    """A normalization of z (U, B) in place, with γ = 2, β = −1 and running statistics from the start."""

    def __init__(self, z: np.ndarray) -> None:
        pair = (1, 2, len(z), 1)
        self.grad = Parameters(np.zeros(pair))
        self.running = Statistics(np.stack([np.zeros((1, len(z), 1)), np.ones((1, len(z), 1))], 1))
        scale = Parameters(
            np.stack([np.full((1, len(z), 1), 2.0), np.full((1, len(z), 1), -1.0)], 1)
        )
        self.averages = RunningAverages(self.running.both)
        self.norm = BatchNorm(z, scale, self.grad, Statistics(self.averages.moves))

    def forward(self) -> None:
        """One batch of training."""
        self.norm.forward()
        self.averages.follow()


def test_forward_and_running_statistics() -> None:
    z = np.array([[1.0, 2.0, 3.0, 6.0]])
    made = Made(z)
    mean, variance = 3.0, (4 + 1 + 0 + 9) / 4
    expected = (z - mean) / np.sqrt(variance + 1e-5) * 2 - 1
    made.forward()
    np.testing.assert_allclose(z, expected, rtol=1e-14)
    # PyTorch: 0.9 · old + 0.1 · new, with the variance divided by B − 1
    assert made.running.mean[0, 0] == pytest.approx(0.1 * 3)
    assert made.running.variance[0, 0] == pytest.approx(0.9 + 0.1 * 14 / 3)


def test_gradients_of_scale_and_shift() -> None:
    z = np.array([[1.0, 2.0, 3.0, 6.0], [0.0, 1.0, -1.0, 0.5]])
    x_hat = (z - z.mean(axis=1, keepdims=True)) / np.sqrt(z.var(axis=1, keepdims=True) + 1e-5)
    made = Made(z)
    made.forward()
    g = np.array([[0.1, -0.2, 0.3, 0.4], [1.0, 1.0, -2.0, 0.0]])
    back = made.norm.g
    back[:] = g
    made.norm.backward()
    np.testing.assert_allclose(made.grad.beta[0, :, 0], g.sum(axis=1))
    np.testing.assert_allclose(made.grad.gamma[0, :, 0], (g * x_hat).sum(axis=1))
    # a batch can neither shift nor stretch: what goes back is free of both
    np.testing.assert_allclose(back.sum(axis=1), 0, atol=1e-14)
    np.testing.assert_allclose((back * x_hat).sum(axis=1), 0, atol=1e-3)


def test_a_batch_of_one_point_gives_the_shift() -> None:
    z = np.array([[5.0]])
    made = Made(z)
    made.forward()
    assert z[0, 0] == -1
    assert np.isfinite(made.running.variance).all()


def test_a_bias_before_the_mean_is_taken_out_does_not_move() -> None:
    # Lion goes a whole step wherever a gradient is not exactly zero
    layers = [{"units": 5, "batch_norm": True}, {"units": 3}]
    spec = engine.RunSpec.from_dict({"layers": layers, "optimizer": "lion"})
    for members in ([spec], [spec, spec.replace({"weights_seed": 2})]):
        state, _ = engine.train(engine.start(members), 40)
        normalized, plain, _ = (block.bias(state.theta) for block in blocks(spec))
        assert (normalized == np.float32(spec.initializer["bias"])).all()
        assert (plain != np.float32(spec.initializer["bias"])).all()


def test_running_statistics_reach_those_of_the_layer() -> None:
    layers = [{"units": 6, "batch_norm": True}, {"units": 3}]
    spec = engine.RunSpec.from_dict(
        {
            "layers": layers,
            "batch_size": 250,
            "dtype": "float64",
            "optimizer": {"kind": "sgd", "learning_rate": 1e-6},
        }
    )
    state, _ = engine.train(engine.start(spec), 300)
    block = blocks(spec)[0]
    points = engine.scene(spec)["points"][:250].T
    z = block.weights(state.theta)[0].T @ points + block.bias(state.theta)[0].T
    found = block.statistics(state.running)
    np.testing.assert_allclose(found.mean[0, :, 0], z.mean(axis=1), atol=1e-4)
    np.testing.assert_allclose(found.variance[0, :, 0], z.var(axis=1, ddof=1), rtol=1e-4)


def test_it_saves_a_deep_sigmoid_network() -> None:
    deep = {"units": 6, "activation": "sigmoid"}
    values = {"layers": [deep] * 4, "optimizer": {"kind": "sgd", "learning_rate": 0.3}}
    plain, _ = engine.train(engine.start(engine.RunSpec.from_dict(values)), 2500)
    values["layers"] = [deep | {"batch_norm": True}] * 4
    normalized, _ = engine.train(engine.start(engine.RunSpec.from_dict(values)), 2500)
    assert engine.metrics(plain)["train_accuracy"][0] < 0.7
    assert engine.metrics(normalized)["train_accuracy"][0] > 0.9
