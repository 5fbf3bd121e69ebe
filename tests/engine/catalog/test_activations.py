"""Every activation: its derivative, its extremes, and the numbers of the textbook."""

import math
from typing import Any

import numpy as np
import pytest

from engine.catalog.activations import ACTIVATIONS, Activation

EACH = pytest.mark.parametrize("record", ACTIVATIONS.values(), ids=lambda record: record.kind)


def apply(record: Activation, z: Any, **knobs: float) -> Any:
    """f(z) in float64."""
    z = np.asarray(z, np.float64)
    a = np.empty_like(z)
    record.forward(z, a, np.empty_like(z), record.defaults | knobs)
    return a


def derivative(record: Activation, z: Any, **knobs: float) -> Any:
    """f'(z) in float64."""
    z = np.asarray(z, np.float64)
    g, t, u = np.ones_like(z), np.empty_like(z), np.empty_like(z)
    record.backward(z, apply(record, z, **knobs), g, t, u, record.defaults | knobs)
    return g


@EACH
def test_derivative_is_the_slope(record: Activation) -> None:
    z = np.concatenate([np.linspace(-5, 5, 101) + 0.013, [-20.0, 20.0]])
    h = 1e-6
    slope = (apply(record, z + h) - apply(record, z - h)) / (2 * h)
    np.testing.assert_allclose(derivative(record, z), slope, rtol=1e-6, atol=1e-9)


@EACH
@pytest.mark.parametrize("dtype", ["float32", "float64"])
def test_finite_at_the_extremes(record: Activation, dtype: str) -> None:
    z = np.array([-1e4, -100, -1e-30, 0, 1e-30, 100, 1e4], dtype)
    a, g, t, u = np.empty_like(z), np.ones_like(z), np.empty_like(z), np.empty_like(z)
    with np.errstate(all="raise", under="ignore"):
        record.forward(z, a, t, record.defaults)
        record.backward(z, a, g, t, u, record.defaults)
    assert np.isfinite(a).all()
    assert np.isfinite(g).all()


@EACH
def test_float32_keeps_its_digits_far_out(record: Activation) -> None:
    rng = np.random.default_rng(1)
    z = np.concatenate([rng.uniform(-size, size, 1000) for size in (1, 30, 1e4)]).astype("float32")
    fine, a, g = z.astype("float64"), np.empty_like(z), np.ones_like(z)
    t, u = np.empty_like(z), np.empty_like(z)
    record.forward(z, a, t, record.defaults)
    record.backward(z, a, g, t, u, record.defaults)
    np.testing.assert_allclose(a, apply(record, fine), rtol=1e-6, atol=1e-6)
    np.testing.assert_allclose(g, derivative(record, fine), atol=5e-6)


@pytest.mark.parametrize("kind", ["relu", "leaky_relu", "elu", "softplus", "silu", "mish"])
@pytest.mark.parametrize("dtype", ["float32", "float64"])
def test_far_out_a_rectifier_passes_everything_on(kind: str, dtype: str) -> None:
    z = np.array([50, 1e7, 1e15, 1e25], dtype)
    a, g, t, u = np.empty_like(z), np.ones_like(z), np.empty_like(z), np.empty_like(z)
    record = ACTIVATIONS[kind]
    record.forward(z, a, t, record.defaults)
    record.backward(z, a, g, t, u, record.defaults)
    np.testing.assert_allclose(a, z, rtol=1e-6)
    np.testing.assert_allclose(g, 1, rtol=1e-6)


@EACH
def test_the_input_is_left_as_it_is(record: Activation) -> None:
    z = np.linspace(-3, 3, 7)
    before = z.copy()
    apply(record, z)
    derivative(record, z)
    np.testing.assert_array_equal(z, before)


def test_textbook_values() -> None:
    assert apply(ACTIVATIONS["sigmoid"], [0.0, 2.0]) == pytest.approx([0.5, 0.8807970779778823])
    assert apply(ACTIVATIONS["tanh"], 1.0) == pytest.approx(math.tanh(1))
    assert apply(ACTIVATIONS["relu"], [-2.0, 3.0]).tolist() == [0, 3]
    assert apply(ACTIVATIONS["leaky_relu"], [-2.0, 3.0], slope=0.1) == pytest.approx([-0.2, 3])
    assert derivative(ACTIVATIONS["sigmoid"], 0.0) == pytest.approx(0.25)


def test_published_values_of_the_smooth_ones() -> None:
    # to 6 digits, from each function's definition with a pocket calculator
    expected = {
        "elu": (-0.632121, 1.0),
        "selu": (-1.111331, 1.050701),
        "softplus": (0.313262, 1.313262),
        "gelu": (-0.158808, 0.841192),
        "silu": (-0.268941, 0.731059),
        "mish": (-0.303401, 0.865098),
        "sine": (-0.841471, 0.841471),
    }
    for kind, values in expected.items():
        assert apply(ACTIVATIONS[kind], [-1.0, 1.0]) == pytest.approx(values, abs=1e-6), kind


def test_elu_with_another_alpha() -> None:
    z = np.array([-2.0, -0.5, 0.0, 1.0])
    expected = np.where(z > 0, z, 0.3 * (np.exp(z) - 1))
    np.testing.assert_allclose(apply(ACTIVATIONS["elu"], z, alpha=0.3), expected)
    slope = np.where(z > 0, 1, 0.3 * np.exp(z))
    np.testing.assert_allclose(derivative(ACTIVATIONS["elu"], z, alpha=0.3), slope)


def test_derivatives_at_the_kink_are_those_of_pytorch() -> None:
    assert derivative(ACTIVATIONS["relu"], 0.0) == 0
    assert derivative(ACTIVATIONS["elu"], 0.0) == 1
    assert derivative(ACTIVATIONS["elu"], 0.0, alpha=2) == 2
    assert derivative(ACTIVATIONS["selu"], 0.0) == pytest.approx(1.0507009873 * 1.6732632423)
    assert derivative(ACTIVATIONS["leaky_relu"], 0.0, slope=0.2) == pytest.approx(0.2)


def test_leaky_relu_with_a_slope_of_zero_is_relu() -> None:
    z = np.linspace(-2, 2, 9)
    leaky, relu = ACTIVATIONS["leaky_relu"], ACTIVATIONS["relu"]
    np.testing.assert_array_equal(apply(leaky, z, slope=0), apply(relu, z))
    np.testing.assert_array_equal(derivative(leaky, z, slope=0), derivative(relu, z))


@EACH
@pytest.mark.parametrize("dtype", ["float32", "float64"])
def test_slopes_are_numbers_however_large_the_input_is(record: Activation, dtype: str) -> None:
    z = np.array([-1e30, -1e19, 1e19, 1e30], dtype)
    a, g, t, u = np.empty_like(z), np.ones_like(z), np.empty_like(z), np.empty_like(z)
    with np.errstate(all="ignore"):
        record.forward(z, a, t, record.defaults)
        record.backward(z, a, g, t, u, record.defaults)
    assert not np.isnan(a).any()
    assert np.isfinite(g).all()
