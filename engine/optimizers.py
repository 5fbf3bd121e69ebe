"""Optimizers: from a gradient to a step, simplest first.

An optimizer sees only flat arrays: theta and its gradient (M, P), and *slots*, its memory, of the same
shape. So the rule that trains a network also runs on a test surface with P = 2.

A rule is two functions. `coefficients` is the arithmetic on a few numbers that a step needs (a rate, a
bias correction): one number for all members, or (M, 1) arrays in float64. `update` is the arithmetic on
arrays, all of it in place.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any

import numpy as np

from engine.activations import Array, Numbers
from engine.registry import Family, Knob, Record

Coefficients = Mapping[str, Array]


@dataclass(frozen=True, kw_only=True)
class Optimizer(Record):
    """An optimizer.

    slots: names of its memory arrays, each (M, P) and zero at the start.
    coefficients(k, rate, t): named numbers for update number t = 1, 2, ...; `rate` is the learning rate
        of this step after the schedule, `k` holds the knobs.
    varies: True if the coefficients depend on t even at a constant rate.
    update(theta, g, slots, t, c): theta <- the next theta. g is the gradient and may be overwritten;
        t is scratch of the same shape; c are the coefficients as arrays in theta's dtype.
    """

    slots: tuple[str, ...] = ()
    coefficients: Callable[[Numbers, Any, int], dict[str, Any]]
    varies: bool = False
    update: Callable[[Array, Array, tuple[Array, ...], Array, Coefficients], None]


def _learning_rate(default: float) -> Knob:
    return Knob(
        name="learning_rate",
        label="Learning rate",
        help="How far each step goes: too small crawls, too large overshoots and can diverge.",
        default=default,
        minimum=1e-6,
        maximum=100,
        scale="log",
        choices=(0.00001, 0.0001, 0.001, 0.003, 0.01, 0.03, 0.1, 0.3, 1.0, 3.0, 10.0),
    )


def _decay(name: str, label: str, sentence: str, default: float, maximum: float = 0.9999) -> Knob:
    return Knob(name, label, sentence, default=default, minimum=0, maximum=maximum, step=0.01)


EPSILON = Knob(
    name="epsilon",
    label="Epsilon",
    help="A small number added to the denominator so that it is never zero.",
    default=1e-8,
    minimum=1e-12,
    maximum=0.1,
    scale="log",
)


def _sgd_coefficients(k: Numbers, rate: Any, t: int) -> dict[str, Any]:
    return {"rate": rate}


def _sgd(theta: Array, g: Array, slots: tuple[Array, ...], t: Array, c: Coefficients) -> None:
    np.multiply(g, c["rate"], out=g)
    np.subtract(theta, g, out=theta)


def _momentum_coefficients(k: Numbers, rate: Any, t: int) -> dict[str, Any]:
    return {"rate": rate, "momentum": k["momentum"]}


def _momentum(theta: Array, g: Array, slots: tuple[Array, ...], t: Array, c: Coefficients) -> None:
    (v,) = slots
    np.multiply(v, c["momentum"], out=v)
    np.add(v, g, out=v)
    np.multiply(v, c["rate"], out=t)
    np.subtract(theta, t, out=theta)


def _adam_coefficients(k: Numbers, rate: Any, t: int) -> dict[str, Any]:
    return {
        "beta1": k["beta1"],
        "rest1": 1 - k["beta1"],
        "beta2": k["beta2"],
        "rest2": 1 - k["beta2"],
        "epsilon": k["epsilon"],
        "rate": rate / (1 - k["beta1"] ** t),
        "root": 1 / np.sqrt(1 - k["beta2"] ** t),
    }


def _adam(theta: Array, g: Array, slots: tuple[Array, ...], t: Array, c: Coefficients) -> None:
    v, r = slots
    np.multiply(v, c["beta1"], out=v)
    np.multiply(g, c["rest1"], out=t)
    np.add(v, t, out=v)
    np.multiply(r, c["beta2"], out=r)
    np.multiply(g, g, out=g)
    np.multiply(g, c["rest2"], out=g)
    np.add(r, g, out=r)
    np.sqrt(r, out=t)
    np.multiply(t, c["root"], out=t)
    np.add(t, c["epsilon"], out=t)
    np.divide(v, t, out=t)
    np.multiply(t, c["rate"], out=t)
    np.subtract(theta, t, out=theta)


OPTIMIZERS: Family[Optimizer] = Family(
    "optimizer",
    Optimizer(
        kind="sgd",
        label="SGD",
        help="Steps straight down the gradient of the batch.",
        formula="w ← w − ε g",
        knobs=(_learning_rate(0.03),),
        coefficients=_sgd_coefficients,
        update=_sgd,
    ),
    Optimizer(
        kind="momentum",
        label="Momentum",
        help="Adds up past gradients like a rolling ball, which damps zigzag and crosses plateaus.",
        formula="v ← μ v + g,  w ← w − ε v",
        knobs=(
            _learning_rate(0.01),
            _decay(
                "momentum", "Momentum", "How much of the velocity is kept at each step (μ).", 0.9, 1
            ),
        ),
        slots=("velocity",),
        coefficients=_momentum_coefficients,
        update=_momentum,
    ),
    Optimizer(
        kind="adam",
        label="Adam",
        help="Momentum, with each parameter's step divided by the size of its recent gradients.",
        formula="v ← β₁v + (1−β₁)g,  r ← β₂r + (1−β₂)g²,  w ← w − ε v̂ / (√r̂ + δ)",
        knobs=(
            _learning_rate(0.01),
            _decay(
                "beta1", "Beta 1", "How much of the averaged gradient is kept at each step.", 0.9
            ),
            _decay(
                "beta2", "Beta 2", "How much of the averaged square is kept at each step.", 0.999
            ),
            EPSILON,
        ),
        slots=("gradient_average", "square_average"),
        coefficients=_adam_coefficients,
        varies=True,
        update=_adam,
    ),
)
