"""Optimizers against traces worked by hand on f(x, y) = x² + 2y² from (1, 1)."""

from collections.abc import Sequence
from typing import Any

import numpy as np
import pytest

from engine.backprop import column
from engine.optimizers import OPTIMIZERS


def trace(kind: str, steps: int, start: Sequence[float] = (1, 1), **knobs: float) -> list[Any]:
    """theta after each step."""
    record = OPTIMIZERS[kind]
    numbers = record.defaults | knobs
    theta = np.array([start], np.float64)
    slots = tuple(np.zeros_like(theta) for _ in record.slots)
    path = []
    for t in range(1, steps + 1):
        g = theta * [[2, 4]]
        c = record.coefficients(numbers, numbers["learning_rate"], t)
        arrays = {name: column([value], "float64", 2) for name, value in c.items()}
        record.update(theta, g, slots, np.empty_like(theta), arrays)
        path.append(theta[0].tolist())
    return path


def test_sgd() -> None:
    # w <- w − 0.1 (2x, 4y): each coordinate shrinks by 0.8 and 0.6
    expected = [[0.8, 0.6], [0.64, 0.36], [0.512, 0.216]]
    np.testing.assert_allclose(trace("sgd", 3, learning_rate=0.1), expected, rtol=1e-14)


def test_momentum() -> None:
    # v1 = (2, 4) -> (.8, .6); v2 = .9 v1 + (1.6, 2.4) = (3.4, 6) -> (.46, 0);
    # v3 = .9 v2 + (.92, 0) = (3.98, 5.4) -> (.062, −.54)
    expected = [[0.8, 0.6], [0.46, 0.0], [0.062, -0.54]]
    found = trace("momentum", 3, learning_rate=0.1, momentum=0.9)
    np.testing.assert_allclose(found, expected, rtol=1e-12, atol=1e-15)


def test_momentum_of_zero_is_sgd() -> None:
    slow = trace("momentum", 5, learning_rate=0.1, momentum=0)
    np.testing.assert_array_equal(slow, trace("sgd", 5, learning_rate=0.1))


def test_adam() -> None:
    # Step 1: v̂ = g, √r̂ = |g|: both coordinates move by ε g/(|g| + δ) = 0.1 (δ = 1e-8 in the 8th place).
    # Step 2: g = (1.8, 3.6). x: v = .9·.2 + .18 = .36, v̂ = .36/.19 = 1.8947368;
    #   r = .999·.004 + .001·3.24 = .007236, r̂ = .007236/.001999 = 3.6198099, √r̂ = 1.9025798;
    #   x = .9 − .1·1.8947368/1.9025798 = 0.8004122. In y all is doubled but the step is the same.
    found = trace("adam", 2, learning_rate=0.1)
    np.testing.assert_allclose(found[0], [0.9, 0.9], rtol=1e-8)
    np.testing.assert_allclose(found[1], [0.8004122, 0.8004122], rtol=1e-7)


def test_adam_third_step_from_the_definition() -> None:
    x, v, r = 1.0, 0.0, 0.0
    for t in (1, 2, 3):
        g = 2 * x
        v = 0.8 * v + 0.2 * g
        r = 0.95 * r + 0.05 * g * g
        x -= 0.05 * (v / (1 - 0.8**t)) / ((r / (1 - 0.95**t)) ** 0.5 + 0.01)
    found = trace("adam", 3, learning_rate=0.05, beta1=0.8, beta2=0.95, epsilon=0.01)
    assert found[-1][0] == pytest.approx(x, rel=1e-13)


@pytest.mark.parametrize("kind", OPTIMIZERS)
def test_each_goes_down_a_bowl(kind: str) -> None:
    x, y = trace(kind, 2000, start=(2, -1.5), learning_rate=0.02)[-1]
    assert x * x + 2 * y * y < 1e-6


@pytest.mark.parametrize("kind", OPTIMIZERS)
def test_members_with_their_own_numbers_go_their_own_ways(kind: str) -> None:
    record = OPTIMIZERS[kind]
    rates = [0.01, 0.1, 0.3]
    numbers = {**record.defaults, "learning_rate": np.array(rates)[:, None]}
    theta = np.ones((3, 2))
    slots = tuple(np.zeros_like(theta) for _ in record.slots)
    for t in range(1, 8):
        c = record.coefficients(numbers, numbers["learning_rate"], t)
        arrays = {name: column(np.ravel(value).tolist(), "float64", 2) for name, value in c.items()}
        record.update(theta, theta * [[2.0, 4.0]], slots, np.empty_like(theta), arrays)
    for member, rate in enumerate(rates):
        alone = trace(kind, 7, learning_rate=rate)[-1]
        np.testing.assert_allclose(theta[member], alone, rtol=1e-12)
