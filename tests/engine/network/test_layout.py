"""theta, its views and the evaluation of a network, against sums written out."""

import math

import numpy as np
import pytest

from engine.network.forward import forward
from engine.network.layout import blocks, initial, initial_running, layout, parameters, weight_mask
from engine.spec.run_spec import RunSpec

SPEC = RunSpec.from_dict({"dtype": "float64"})
NONE = np.empty((1, 0))
"""No running statistics."""


def test_layout_of_the_default_network() -> None:
    assert layout(SPEC) == [
        ("layers.0.W", 0, (2, 4)),
        ("layers.0.b", 8, (4,)),
        ("layers.1.W", 12, (4, 2)),
        ("layers.1.b", 20, (2,)),
        ("output.W", 22, (2, 1)),
        ("output.b", 24, (1,)),
    ]
    assert parameters(SPEC) == 25


def test_weights_and_biases_are_views() -> None:
    theta = np.zeros((3, 25))
    for block in blocks(SPEC):
        block.weights(theta)[:] = 1
        block.bias(theta)[:] = 2
        assert block.weights(theta).shape == (3, block.n_in, block.n_out)
        assert block.bias(theta).shape == (3, 1, block.n_out)
    assert (theta == np.where(weight_mask(SPEC) == 1, 1, 2)).all()
    assert weight_mask(SPEC).sum() == 8 + 8 + 2


def test_a_linear_classifier_has_one_block() -> None:
    spec = RunSpec.from_dict({"layers": [], "features": ["x1"]})
    assert layout(spec) == [("output.W", 0, (1, 1)), ("output.b", 1, (1,))]


def test_forward_is_the_sum_written_out() -> None:
    spec = RunSpec.from_dict(
        {
            "layers": [{"units": 2, "activation": "relu"}],
            "dtype": "float64",
            "features": ["x1", "x2"],
        }
    )
    #                 W1 row x1, row x2,   b1,          W2,        b2
    theta = np.array([[1.0, -2.0, 0.5, 3.0, 0.1, -0.2, 0.7, -0.4, 0.3]])
    x1, x2 = 0.6, 0.2
    h1 = max(0, 1.0 * x1 + 0.5 * x2 + 0.1)
    h2 = max(0, -2.0 * x1 + 3.0 * x2 - 0.2)
    hidden, output = forward(spec, theta, NONE, np.array([[x1], [x2]]))
    np.testing.assert_allclose(hidden[0, :, 0], [h1, h2], rtol=1e-14)
    np.testing.assert_allclose(output[0, 0, 0], math.tanh(0.7 * h1 - 0.4 * h2 + 0.3), rtol=1e-14)


def test_each_member_is_evaluated_with_its_own_weights() -> None:
    specs = [SPEC.replace({"weights_seed": seed}) for seed in range(4)]
    theta = initial(specs)
    x = np.random.default_rng(0).normal(size=(2, 9))
    together = forward(SPEC, theta, NONE, x)[-1]
    for member in range(4):
        alone = forward(SPEC, theta[member : member + 1], NONE, x)[-1]
        np.testing.assert_allclose(together[member], alone[0], rtol=1e-13)


def test_batch_normalization_has_its_own_parameters_and_statistics() -> None:
    spec = RunSpec.from_dict({"layers": [{"units": 3, "batch_norm": True}, {"units": 2}]})
    assert layout(spec)[2:4] == [("layers.0.gamma", 9, (3,)), ("layers.0.beta", 12, (3,))]
    theta, running = initial([spec]), initial_running([spec])
    block = blocks(spec)[0]
    assert (block.scale(theta).gamma == 1).all()
    assert (block.scale(theta).beta == 0).all()
    assert (block.statistics(running).mean == 0).all()
    assert (block.statistics(running).variance == 1).all()
    assert running.shape == (1, 6)
    # neither γ nor β is a weight
    assert weight_mask(spec).sum() == 2 * 3 + 3 * 2 + 2 * 1


def test_evaluation_uses_running_statistics() -> None:
    spec = RunSpec.from_dict(
        {
            "layers": [{"units": 1, "activation": "linear", "batch_norm": True}],
            "features": ["x1"],
            "dtype": "float64",
        }
    )
    #                  W    b    γ    β    W2   b2
    theta = np.array([[2.0, 0.5, 3.0, 0.1, 0.4, 0.0]])
    running = np.array([[1.5, 4.0]])  # mean, variance
    hidden, _ = forward(spec, theta, running, np.array([[0.7]]))
    expected = (2.0 * 0.7 + 0.5 - 1.5) / math.sqrt(4 + 1e-5) * 3.0 + 0.1
    assert hidden[0, 0, 0] == pytest.approx(expected, rel=1e-14)
