"""Entropy, cross-entropy and KL divergence: numbers worked by hand, and what they must obey."""

import math

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from hypothesis.extra.numpy import arrays

from engine.insight.information import (
    cross_entropy,
    cross_entropy_of_logs,
    entropy,
    entropy_of_logs,
    kl_divergence,
    kl_divergence_of_logs,
)

LABEL = [0.0, 0.0, 1.0]


@pytest.mark.parametrize(
    ("q", "nats", "base_10"), [([0.3, 0.3, 0.4], 0.916, 0.398), ([0.0, 0.1, 0.9], 0.105, 0.046)]
)
def test_the_worked_example_of_a_label_and_two_beliefs(
    q: list[float], nats: float, base_10: float
) -> None:
    for measure in (cross_entropy, kl_divergence):
        assert measure(LABEL, q) == pytest.approx(nats, abs=5e-4)
        assert measure(LABEL, q, base=10) == pytest.approx(base_10, abs=5e-4)
    assert entropy(LABEL) == 0


def test_entropy_of_coins_and_dice() -> None:
    assert entropy([0.5, 0.5], base=2) == pytest.approx(1)
    assert entropy([1 / 6] * 6) == pytest.approx(math.log(6))
    # −¼ log₂ ¼ − ¾ log₂ ¾ = ½ + 2 · ¾ − ¾ log₂ 3
    assert entropy([0.25, 0.75], base=2) == pytest.approx(2 - 0.75 * math.log2(3))


def test_divergence_is_not_symmetric() -> None:
    # ½ ln(½ / ¼) + ½ ln(½ / ¾) = ½ ln(4/3); ¼ ln ½ + ¾ ln(3/2)
    p, q = [0.5, 0.5], [0.25, 0.75]
    assert kl_divergence(p, q) == pytest.approx(0.5 * math.log(4 / 3))
    assert kl_divergence(q, p) == pytest.approx(0.25 * math.log(0.5) + 0.75 * math.log(1.5))


def test_what_is_ruled_out_and_happens_is_infinitely_surprising() -> None:
    assert cross_entropy(LABEL, [0.5, 0.5, 0]) == math.inf
    assert kl_divergence(LABEL, [0.5, 0.5, 0]) == math.inf
    # what is ruled out and does not happen counts nothing
    assert kl_divergence(LABEL, LABEL) == 0


def test_classes_stand_on_any_axis() -> None:
    p = np.array([[0.25, 1.0], [0.75, 0.0]])
    np.testing.assert_allclose(entropy(p, axis=-2), [float(entropy([0.25, 0.75])), 0])
    np.testing.assert_allclose(
        cross_entropy([[0.0], [1.0]], p, axis=-2), [-math.log(0.75), math.inf]
    )


probabilities = arrays(np.float64, 5, elements=st.floats(1e-6, 1)).map(lambda t: t / t.sum())


@given(probabilities, probabilities)
def test_cross_entropy_is_entropy_and_divergence(p: np.ndarray, q: np.ndarray) -> None:
    assert cross_entropy(p, q) == pytest.approx(entropy(p) + kl_divergence(p, q), abs=1e-9)
    assert kl_divergence(p, q) >= 0
    assert 0 <= entropy(p) <= math.log(5) + 1e-12


@given(probabilities, probabilities)
def test_from_logarithms_they_are_the_same(p: np.ndarray, q: np.ndarray) -> None:
    assert entropy_of_logs(np.log(p)) == pytest.approx(entropy(p), rel=1e-9)
    assert cross_entropy_of_logs(p, np.log(q)) == pytest.approx(cross_entropy(p, q), rel=1e-9)
    assert kl_divergence_of_logs(p, np.log(q)) == pytest.approx(kl_divergence(p, q), abs=1e-12)


def test_from_logarithms_nothing_is_ruled_out() -> None:
    # a lead of 1000 beside two others: ln p = −1000 − ln(1 + e⁻¹⁰⁰⁰), where e⁻¹⁰⁰⁰ rounds to 0
    log_q = [0.0, -1000, -800]
    assert cross_entropy_of_logs(LABEL, log_q) == 800
    assert kl_divergence_of_logs(LABEL, log_q, base=2) == pytest.approx(800 / math.log(2))
    # −p ln p of the rare one, e⁻⁵⁰ · 50, and e⁻⁵⁰ of the sure one, whose ln p is −e⁻⁵⁰
    rare = math.exp(-50)
    assert entropy_of_logs([-rare, -50]) == pytest.approx(51 * rare, rel=1e-12)
