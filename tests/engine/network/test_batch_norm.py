"""Batch normalization against its definition, and against PyTorch's conventions."""

from typing import Any

import numpy as np
import pytest

import engine
from engine.network.batch_norm import BatchNorm, Parameters, RunningAverages, Statistics
from engine.network.layout import blocks


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
        for call in self.norm.forward:
            call()
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
    for call in made.norm.backward:
        call()
    np.testing.assert_allclose(made.grad.beta[0, :, 0], g.sum(axis=1))
    np.testing.assert_allclose(made.grad.gamma[0, :, 0], (g * x_hat).sum(axis=1))
    # a batch can neither shift nor stretch: what goes back is free of both
    np.testing.assert_allclose(back.sum(axis=1), 0, atol=1e-14)
    np.testing.assert_allclose((back * x_hat).sum(axis=1), 0, atol=1e-3)


NORMAL = [{"units": 4}, {"units": 3, "batch_norm": True}]


@pytest.mark.parametrize(
    ("path", "values"),
    [
        ("batch_size", {"batch_size": 1}),
        ("data.train_share", {"data": {"kind": "circle", "points": 10, "train_share": 0.05}}),
        (
            "data.train_share",
            {
                "data": {
                    "kind": "custom",
                    "rows": [[0, 0, 0], [1, 1, 1], [0, 1, 1], [1, 0, 0]],
                    "train_share": 0.25,
                }
            },
        ),
    ],
)
def test_batches_of_one_point_are_refused(path: str, values: dict[str, Any]) -> None:
    """PyTorch: expected more than 1 value per channel when training."""
    engine.RunSpec.from_dict(values)
    with pytest.raises(engine.SpecError) as caught:
        engine.RunSpec.from_dict(values | {"layers": NORMAL})
    (problem,) = caught.value.problems
    assert problem.path == path
    assert "layers.1.batch_norm" in problem.allowed
    assert "one point" in problem.allowed


def test_nothing_leads_to_a_batch_of_one_point_while_it_trains() -> None:
    state, _ = engine.train(engine.start(engine.RunSpec.from_dict({"layers": NORMAL})), 3)
    for changes in ({"batch_size": 1}, {"data.points": 10, "data.train_share": 0.1}):
        with pytest.raises(engine.SpecError, match=r"layers\.1\.batch_norm"):
            engine.edit(state, changes)
    ones = engine.RunSpec.from_dict({"batch_size": 1})
    with pytest.raises(engine.SpecError, match=r"batch_size: 1 .*layers\.0\.batch_norm"):
        ones.replace({"layers.0.batch_norm": True})


@pytest.mark.parametrize("size", [2, 3, 7, 83, 249, 250])
def test_evaluation_is_as_good_as_with_statistics_of_all_points(size: int) -> None:
    """Averages over batches stay near those of the layer, whatever is left over at the end of an epoch."""
    layers = [{"units": 8, "activation": "relu", "batch_norm": True}] * 2
    values = {"layers": layers, "loss": "cross_entropy", "optimizer": "adam", "shuffle": True}
    state, _ = engine.train(
        engine.start(engine.RunSpec.from_dict(values | {"batch_size": 10})), 1500
    )
    state, _ = engine.train(engine.edit(state, {"batch_size": size}), 500)
    sound = engine.edit(
        state, {"batch_size": 250, "optimizer": {"kind": "sgd", "learning_rate": 1e-6}}
    )
    sound, _ = engine.train(sound, 300)
    found, better = (engine.metrics(each)["test_loss"][0] for each in (state, sound))
    assert found < better + 0.1


def test_a_few_points_can_be_normalized() -> None:
    rows = [[0, 0, 0], [1, 1, 1], [0, 2, 1], [2, 0, 0], [1, 2, 1], [2, 1, 0]]
    for train in (2, 3, 4):
        data = {"kind": "custom", "rows": rows, "train_share": train / 6}
        for size in (2, 3, 10):
            values = {"data": data, "layers": NORMAL, "batch_size": size}
            spec = engine.RunSpec.from_dict(values)
            state, _ = engine.train(engine.start(spec), 50)
            assert not state.failures
            assert state.epoch * engine.steps_per_epoch(spec) <= 50
            assert np.isfinite(state.running).all()


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
