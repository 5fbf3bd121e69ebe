"""Optimizers against steps worked by hand.

Where a root is taken, the gradients are chosen so that it comes out even: squares 9, 25 and 169 in a sum,
4, 4 and 6.25 in an average that keeps 0.84.
"""

import math
from collections.abc import Mapping, Sequence
from typing import Any

import numpy as np
import pytest

from engine.catalog.optimizers import OPTIMIZERS


class Run:
    """One optimizer on its own arrays; knobs are numbers or (M, 1) arrays."""

    def __init__(self, kind: str, start: Any, dtype: str = "float64", **knobs: Any) -> None:
        self.record = OPTIMIZERS[kind]
        self.knobs = self.record.defaults | knobs
        self.theta = np.array(start, dtype, ndmin=2)
        self.slots = tuple(np.zeros_like(self.theta) for _ in self.record.slots)
        self.n = 0

    def step(self, g: Any) -> np.ndarray:
        """theta after one more update with this gradient."""
        self.n += 1
        values = {
            **self.record.constants(self.knobs),
            **self.record.coefficients(self.knobs, self.knobs["learning_rate"], self.n),
        }
        c = {name: np.array(value, self.theta.dtype) for name, value in values.items()}
        g = np.array(np.broadcast_to(g, self.theta.shape), self.theta.dtype)
        self.record.update(self.theta, g, g, self.slots, np.empty_like(self.theta), c)
        return self.theta


def walk(kind: str, gradients: Sequence[float], **knobs: Any) -> list[float]:
    """How far one parameter has gone down from 0 after each gradient, at a learning rate of 1."""
    run = Run(kind, [0.0], **{"learning_rate": 1, **knobs})
    return [-float(run.step(g)[0, 0]) for g in gradients]


def bowl(kind: str, steps: int, **knobs: Any) -> list[list[float]]:
    """The path down x² + 2y² from (1, 1)."""
    run = Run(kind, [1, 1], **knobs)
    return [run.step(run.theta * [2, 4])[0].tolist() for _ in range(steps)]


EVEN = (5, 2, 4.25)
"""Gradients whose averaged squares at ρ = 0.84 are .16·25 = 4, .84·4 + .16·4 = 4 and
.84·4 + .16·18.0625 = 6.25: their roots are 2, 2 and 2.5."""


def test_sgd() -> None:
    # w <- w − 0.1 (2x, 4y): each coordinate shrinks by 0.8 and 0.6
    expected = [[0.8, 0.6], [0.64, 0.36], [0.512, 0.216]]
    np.testing.assert_allclose(bowl("sgd", 3, learning_rate=0.1), expected, rtol=1e-14)


def test_momentum() -> None:
    # v1 = (2, 4) -> (.8, .6); v2 = .9 v1 + (1.6, 2.4) = (3.4, 6) -> (.46, 0);
    # v3 = .9 v2 + (.92, 0) = (3.98, 5.4) -> (.062, −.54)
    expected = [[0.8, 0.6], [0.46, 0.0], [0.062, -0.54]]
    found = bowl("momentum", 3, learning_rate=0.1, momentum=0.9)
    np.testing.assert_allclose(found, expected, rtol=1e-12, atol=1e-15)


def test_nesterov() -> None:
    # v1 = (2, 4), g + .9 v = (3.8, 7.6) -> (.62, .24);
    # v2 = (1.8, 3.6) + (1.24, .96) = (3.04, 4.56), g + .9 v = (3.976, 5.064) -> (.2224, −.2664);
    # v3 = (2.736, 4.104) + (.4448, −1.0656) = (3.1808, 3.0384), g + .9 v = (3.30752, 1.66896)
    expected = [[0.62, 0.24], [0.2224, -0.2664], [-0.108352, -0.433296]]
    found = bowl("nesterov", 3, learning_rate=0.1, momentum=0.9)
    np.testing.assert_allclose(found, expected, rtol=1e-12)


@pytest.mark.parametrize("kind", ["momentum", "nesterov"])
def test_momentum_of_zero_is_sgd(kind: str) -> None:
    slow = bowl(kind, 5, learning_rate=0.1, momentum=0)
    np.testing.assert_array_equal(slow, bowl("sgd", 5, learning_rate=0.1))


def test_adagrad() -> None:
    # r = 9, 9 + 16 = 25, 25 + 144 = 169: steps 3/3, 4/5, 12/13
    found = walk("adagrad", (3, 4, 12), epsilon=0)
    np.testing.assert_allclose(found, [1, 1.8, 1.8 + 12 / 13], rtol=1e-14)
    # ε = 1 outside the root: 3/4, 4/6, 12/14
    found = walk("adagrad", (3, 4, 12), epsilon=1)
    np.testing.assert_allclose(found, np.cumsum([3 / 4, 4 / 6, 12 / 14]), rtol=1e-14)


def test_rmsprop() -> None:
    # roots 2, 2, 2.5: steps 5/2, 2/2, 4.25/2.5
    found = walk("rmsprop", EVEN, decay=0.84, epsilon=0)
    np.testing.assert_allclose(found, [2.5, 3.5, 5.2], rtol=1e-14)
    # ε = 0.5 outside the root: 5/2.5, 2/2.5, 4.25/3
    found = walk("rmsprop", EVEN, decay=0.84, epsilon=0.5)
    np.testing.assert_allclose(found, np.cumsum([2, 0.8, 4.25 / 3]), rtol=1e-14)
    # μ = 0.5: v = 2.5, 1.25 + 1 = 2.25, 1.125 + 1.7 = 2.825
    found = walk("rmsprop", EVEN, decay=0.84, epsilon=0, momentum=0.5)
    np.testing.assert_allclose(found, np.cumsum([2.5, 2.25, 2.825]), rtol=1e-14)


def test_adadelta() -> None:
    # ρ = .76, ε = .01 inside the roots, every gradient 1.
    # r1 = .24, Δ = √.01/√.25 = .2, s1 = .24·.04 = .0096
    # r2 = .76·.24 + .24 = .4224, Δ = √.0196/√.4324 = .14/√.4324, s2 = .76·.0096 + .24·.0196/.4324
    # r3 = .76·.4224 + .24 = .561024, Δ = √(s2 + .01)/√.571024
    s2 = 0.76 * 0.0096 + 0.24 * 0.0196 / 0.4324
    steps = [0.2, 0.14 / math.sqrt(0.4324), math.sqrt((s2 + 0.01) / 0.571024)]
    found = walk("adadelta", (1, 1, 1), decay=0.76, epsilon=0.01)
    np.testing.assert_allclose(found, np.cumsum(steps), rtol=1e-13)
    half = walk("adadelta", (1, 1, 1), decay=0.76, epsilon=0.01, learning_rate=0.5)
    np.testing.assert_allclose(half, np.cumsum(steps) / 2, rtol=1e-13)


ADAM: dict[str, Any] = {"beta1": 0.5, "beta2": 0.84, "epsilon": 0}
"""With the gradients of `EVEN`: v = 2.5, 1.25 + 1 = 2.25, 1.125 + 2.125 = 3.25, and √r = 2, 2, 2.5.
Corrections: 1 − β₁ⁿ = .5, .75, .875 and 1 − β₂ⁿ = .16, .2944, .407296."""


def test_adam_without_bias_correction() -> None:
    # v/√r = 1.25, 1.125, 1.3
    found = walk("adam", EVEN, **ADAM, bias_correction=False)
    np.testing.assert_allclose(found, np.cumsum([1.25, 1.125, 1.3]), rtol=1e-14)
    # ε = .5 outside the root: 2.5/2.5, 2.25/2.5, 3.25/3
    found = walk("adam", EVEN, **ADAM | {"epsilon": 0.5}, bias_correction=False)
    np.testing.assert_allclose(found, np.cumsum([1, 0.9, 3.25 / 3]), rtol=1e-14)


def test_adam() -> None:
    # v̂ = 5, 3, 26/7; √r̂ = 2/.4 = 5, 2/√.2944, 2.5/√.407296
    roots = [5, 2 / math.sqrt(0.2944), 2.5 / math.sqrt(0.407296)]
    steps = [5 / roots[0], 3 / roots[1], 26 / 7 / roots[2]]
    np.testing.assert_allclose(walk("adam", EVEN, **ADAM), np.cumsum(steps), rtol=1e-13)
    # ε = 1 is added to the root of the corrected average
    steps = [5 / (roots[0] + 1), 3 / (roots[1] + 1), 26 / 7 / (roots[2] + 1)]
    found = walk("adam", EVEN, **ADAM | {"epsilon": 1})
    np.testing.assert_allclose(found, np.cumsum(steps), rtol=1e-13)


def test_adams_first_step_is_the_learning_rate_long() -> None:
    for g in (1e-3, 1.0, 1e6):
        assert walk("adam", [g], learning_rate=0.1)[0] == pytest.approx(0.1, rel=1e-4)


def test_amsgrad_divides_by_the_largest_average() -> None:
    # gradients 5, 0, 0: r = 4, 3.36, 2.8224 but m = 4, 4, 4; v = 2.5, 1.25, .625
    found = walk("amsgrad", (5, 0, 0), **ADAM, bias_correction=False)
    np.testing.assert_allclose(found, np.cumsum([1.25, 0.625, 0.3125]), rtol=1e-14)
    # v̂ = 5, 5/3, 5/7; √m̂ = 2/√(1 − β₂ⁿ): the maximum is taken before the correction
    steps = [5 * 0.4 / 2, 5 / 3 * math.sqrt(0.2944) / 2, 5 / 7 * math.sqrt(0.407296) / 2]
    found = walk("amsgrad", (5, 0, 0), **ADAM)
    np.testing.assert_allclose(found, np.cumsum(steps), rtol=1e-13)


def test_adamw_decays_apart_from_the_gradient() -> None:
    # λ = .5, η = .1: w shrinks by .95, then goes down by .1 (1.25, 1.125, 1.3):
    # 1 -> .95 − .125 = .825 -> .78375 − .1125 = .67125 -> .6376875 − .13
    run = Run("adamw", [1], **ADAM, learning_rate=0.1, weight_decay=0.5, bias_correction=False)
    found = [float(run.step(g)[0, 0]) for g in EVEN]
    np.testing.assert_allclose(found, [0.825, 0.67125, 0.5076875], rtol=1e-14)
    plain = walk("adamw", EVEN, **ADAM, weight_decay=0)
    np.testing.assert_array_equal(plain, walk("adam", EVEN, **ADAM))


def test_nadam() -> None:
    # q = 0.96^.004; μₙ = .5 (1 − qⁿ/2); v and √r̂ as in `ADAM`
    q = 0.96**0.004
    mu = [0.5 * (1 - q**n / 2) for n in (1, 2, 3, 4)]
    v, roots = (2.5, 2.25, 3.25), (2 / 0.4, 2 / math.sqrt(0.2944), 2.5 / math.sqrt(0.407296))
    steps = []
    for i, g in enumerate(EVEN):
        now, coming = math.prod(mu[: i + 1]), math.prod(mu[: i + 2])
        ahead = mu[i + 1] * v[i] / (1 - coming) + (1 - mu[i]) * g / (1 - now)
        steps.append(ahead / (roots[i] + 1))
    found = walk("nadam", EVEN, **ADAM | {"epsilon": 1})
    np.testing.assert_allclose(found, np.cumsum(steps), rtol=1e-13)


@pytest.mark.parametrize("n", [1, 2, 199, 200, 201, 5000])
def test_nadams_product_at_any_step(n: int) -> None:
    knobs = OPTIMIZERS["nadam"].defaults | {"beta1": 0.9999}
    found = OPTIMIZERS["nadam"].coefficients(knobs, 1.0, n)
    mu = [0.9999 * (1 - 0.5 * 0.96 ** (0.004 * i)) for i in range(1, n + 2)]
    s = math.sqrt(1 - 0.999**n)
    assert found["now"] == pytest.approx(s * (1 - mu[n - 1]) / (1 - math.prod(mu[:n])), rel=1e-13)
    assert found["rate"] == pytest.approx(s * mu[n] / (1 - math.prod(mu)), rel=1e-13)


def test_lion() -> None:
    # β₁ = .5, β₂ = .75, gradients 4, −1, −3: blends 2, .5·1 − .5 = 0, .25 − 1.5 = −1.25;
    # v = 1, .75 − .25 = .5: one step down, none, one up
    run = Run("lion", [1], learning_rate=0.1, beta1=0.5, beta2=0.75)
    found = [float(run.step(g)[0, 0]) for g in (4, -1, -3)]
    np.testing.assert_allclose(found, [0.9, 0.9, 1.0], rtol=1e-14)
    # λ = 1: w shrinks by .9 first
    run = Run("lion", [1], learning_rate=0.1, beta1=0.5, beta2=0.75, weight_decay=1)
    found = [float(run.step(g)[0, 0]) for g in (4, -1, -3)]
    np.testing.assert_allclose(found, [0.8, 0.72, 0.748], rtol=1e-14)


BOWL = {"sgd": 0.1, "adagrad": 0.5, "adadelta": 1, "lion": 1e-3}
"""Learning rates that suit a small bowl; 0.02 for the others."""

HOVERS = ("rmsprop", "adadelta", "lion")
"""Rules whose steps do not die out with the gradient: they stay close to the bottom, never on it."""

VALLEY = {
    "sgd": 0.001,
    "momentum": 5e-4,
    "nesterov": 5e-4,
    "adagrad": 0.3,
    "rmsprop": 0.003,
    "adadelta": 0.1,
    "amsgrad": 0.03,
    "lion": 0.001,
}
"""Learning rates that suit Rosenbrock's valley; 0.01 for the others."""


@pytest.mark.parametrize("kind", OPTIMIZERS)
@pytest.mark.parametrize("dtype", ["float32", "float64"])
def test_each_goes_down_a_bowl(kind: str, dtype: str) -> None:
    run = Run(kind, [2, -1.5], dtype, learning_rate=BOWL.get(kind, 0.02))
    for _ in range(3000):
        run.step(run.theta * [2, 4])
    assert run.theta.dtype == dtype
    most = 0.03 if kind in HOVERS else 1e-6
    assert np.abs(run.theta).max() < most, f"{kind} may need a rate of its own in BOWL"


@pytest.mark.parametrize("kind", OPTIMIZERS)
def test_each_follows_the_valley_of_rosenbrock(kind: str) -> None:
    def value(w: np.ndarray) -> float:
        x, y = w[0]
        return float((1 - x) ** 2 + 100 * (y - x * x) ** 2)

    run = Run(kind, [-1.2, 1], learning_rate=VALLEY.get(kind, 0.01))
    assert value(run.theta) == pytest.approx(24.2)
    for _ in range(6000):
        x, y = run.theta[0]
        run.step([2 * (x - 1) - 400 * x * (y - x * x), 200 * (y - x * x)])
    assert value(run.theta) < 0.02, f"{kind} may need a rate of its own in VALLEY"


@pytest.mark.parametrize("kind", OPTIMIZERS)
def test_members_with_their_own_numbers_go_their_own_ways(kind: str) -> None:
    given: Mapping[str, Any] = OPTIMIZERS[kind].defaults
    defaults = {name: float(value) for name, value in given.items()}
    own: list[dict[str, Any]] = [
        {name: value * share for name, value in defaults.items()} | {"learning_rate": rate}
        for rate, share in ((0.01, 1), (0.1, 0.95), (0.3, 0))
    ]
    columns: dict[str, Any] = {
        name: np.array([[knobs[name]] for knobs in own]) for name in defaults
    }
    together = Run(kind, np.ones((3, 2)), **columns)
    alone = [Run(kind, [1, 1], **knobs) for knobs in own]
    for _ in range(7):
        together.step(together.theta * [2, 4])
        for run in alone:
            run.step(run.theta * [2, 4])
    for member, run in enumerate(alone):
        np.testing.assert_allclose(together.theta[member], run.theta[0], rtol=1e-12)


@pytest.mark.parametrize("kind", OPTIMIZERS)
@pytest.mark.parametrize("dtype", ["float32", "float64"])
@pytest.mark.parametrize("size", [0.0, 1e-12, 1e12])
def test_small_and_large_gradients_give_finite_steps(kind: str, dtype: str, size: float) -> None:
    run = Run(kind, [1, -1], dtype)
    with np.errstate(divide="raise", invalid="raise"):
        for sign in (1, 1, -1, 1):
            run.step([sign * size, -sign * size / 2])
    assert np.isfinite(run.theta).all()
