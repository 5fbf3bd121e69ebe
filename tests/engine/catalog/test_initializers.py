"""The distribution of initial weights, over many draws."""

import numpy as np
import pytest

from engine.catalog.initializers import INITIALIZERS
from engine.network.layout import blocks, initial
from engine.spec.run_spec import RunSpec

N_IN, N_OUT, DRAWS = 20, 50, 400


def weights(kind: str, **knobs: float) -> np.ndarray:
    """Many layers' weights as one array."""
    record = INITIALIZERS[kind]
    rng = np.random.default_rng(7)
    return np.stack([record.draw(rng, N_IN, N_OUT, record.defaults | knobs) for _ in range(DRAWS)])


@pytest.mark.parametrize(
    ("kind", "variance"),
    [
        ("normal", 0.5**2),
        ("uniform", 0.5**2 / 3),
        ("xavier", 1 / N_IN),
        ("xavier_uniform", 1 / N_IN),
        ("glorot", 2 / (N_IN + N_OUT)),
        ("glorot_uniform", 2 / (N_IN + N_OUT)),
        ("he", 2 / N_IN),
        ("he_uniform", 2 / N_IN),
        # rows of length 1 over 50 columns
        ("orthogonal", 1 / N_OUT),
    ],
)
def test_mean_and_variance(kind: str, variance: float) -> None:
    w = weights(kind)
    assert w.shape == (DRAWS, N_IN, N_OUT)
    # 400,000 draws: the mean is good to 5 standard errors, the variance to 2 %
    assert abs(w.mean()) < 5 * np.sqrt(variance / w.size)
    assert w.var() == pytest.approx(variance, rel=0.02)


def test_uniform_stays_within_its_limit() -> None:
    w = weights("uniform", limit=0.2)
    assert np.abs(w).max() <= 0.2
    assert np.abs(w).max() > 0.199


@pytest.mark.parametrize("kind", ["xavier_uniform", "glorot_uniform", "he_uniform"])
def test_uniform_forms_end_where_they_should(kind: str) -> None:
    w = weights(kind)
    limit = np.sqrt(3 * w.var())
    assert np.abs(w).max() == pytest.approx(limit, rel=0.01)


def test_zeros_and_constant() -> None:
    assert (weights("zeros") == 0).all()
    assert (weights("constant", value=-0.3) == -0.3).all()


@pytest.mark.parametrize(("n_in", "n_out"), [(3, 7), (7, 3), (5, 5), (1, 4), (4, 1)])
def test_orthogonal_keeps_lengths(n_in: int, n_out: int) -> None:
    w = INITIALIZERS["orthogonal"].draw(np.random.default_rng(1), n_in, n_out, {"gain": 2.0})
    product = w.T @ w if n_in >= n_out else w @ w.T
    np.testing.assert_allclose(product, 4 * np.eye(min(n_in, n_out)), atol=1e-12)


def test_biases_start_at_their_knob_and_weights_depend_on_the_seed_alone() -> None:
    spec = RunSpec.from_dict({"initializer": {"kind": "uniform", "bias": 0.25}})
    specs = [spec, spec.replace({"weights_seed": 2}), spec.replace({"data.seed": 9})]
    theta = initial(specs)
    assert theta.dtype == np.float32
    for block in blocks(spec):
        assert (block.bias(theta) == 0.25).all()
        assert (block.weights(theta)[0] != block.weights(theta)[1]).all()
    np.testing.assert_array_equal(theta[0], theta[2])


def test_a_layer_behind_keeps_the_weights_of_those_before() -> None:
    short = RunSpec.from_dict({"layers": [{"units": 5}, {"units": 3}]})
    deep = RunSpec.from_dict({"layers": [{"units": 5}, {"units": 3}, {"units": 4}]})
    one, other = initial([short]), initial([deep])
    for i in range(2):
        np.testing.assert_array_equal(blocks(short)[i].weights(one), blocks(deep)[i].weights(other))


def test_seeds_and_layers_draw_apart_from_each_other() -> None:
    layers = [{"units": 20}, {"units": 20}]
    base = RunSpec.from_dict({"layers": layers, "initializer": {"kind": "normal", "std": 1}})
    theta = initial([base.replace({"weights_seed": seed}) for seed in range(500)])
    _, hidden, _ = blocks(base)
    w = hidden.weights(theta).reshape(500, -1)
    # 200,000 draws: one over the root of that is 0.0022, and four of these are allowed
    assert abs(w.mean()) < 0.009
    assert w.var() == pytest.approx(1, abs=0.013)
    # neighbouring seeds, and the weights of one seed, know nothing of each other
    assert abs((w[1:] * w[:-1]).mean()) < 0.009
    assert abs((w[:, 1:] * w[:, :-1]).mean()) < 0.009
    # the means over a seed's 400 weights scatter as those of 400 draws do
    assert (w.mean(axis=1) * 20).var() == pytest.approx(1, abs=0.26)
