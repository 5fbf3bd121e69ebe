"""Adam and its kin: an average of gradients, divided by the root of an average of their squares.

Averages that begin at 0 are too small at first. Their corrected values are v̂ = v/(1−β₁ⁿ) and
r̂ = r/(1−β₂ⁿ) at update n. With s = √(1−β₂ⁿ),

    ε v̂/(√r̂ + δ) = (ε s/(1−β₁ⁿ)) v/(√r + s δ),

so two numbers a step carry both corrections, and no array is touched for them.
"""

from __future__ import annotations

from typing import Any

import numpy as np

from engine.activations import Array, Numbers
from engine.optimizers.record import (
    Coefficients,
    Optimizer,
    decay,
    epsilon,
    learning_rate,
    weight_decay,
)
from engine.registry import Knob

Slots = tuple[Array, ...]


def _averages_constants(k: Numbers) -> dict[str, Any]:
    beta1, beta2 = k["beta1"], k["beta2"]
    return {"beta1": beta1, "beta1_rest": 1 - beta1, "beta2": beta2, "beta2_rest": 1 - beta2}


def _averages(g: Array, v: Array, r: Array, t: Array, c: Coefficients) -> None:
    """v ← β₁v + (1−β₁)g, r ← β₂r + (1−β₂)g². g stays as it is."""
    np.multiply(v, c["beta1"], out=v)
    np.multiply(g, c["beta1_rest"], out=t)
    np.add(v, t, out=v)
    np.multiply(r, c["beta2"], out=r)
    np.multiply(g, g, out=t)
    np.multiply(t, c["beta2_rest"], out=t)
    np.add(r, t, out=r)


def _descend(theta: Array, v: Array, r: Array, t: Array, c: Coefficients) -> None:
    """w ← w − a v/(√r + d), where the coefficients a and d carry the bias corrections."""
    np.sqrt(r, out=t)
    np.add(t, c["epsilon"], out=t)
    np.divide(v, t, out=t)
    np.multiply(t, c["rate"], out=t)
    np.subtract(theta, t, out=theta)


def _corrected(k: Numbers, rate: Any, n: Any) -> dict[str, Any]:
    """a = ε s/(1−β₁ⁿ) and d = s δ with s = √(1−β₂ⁿ); without bias correction, ε and δ."""
    on = k["bias_correction"]
    s = (1 - on * k["beta2"] ** n) ** 0.5
    return {"rate": rate * s / (1 - on * k["beta1"] ** n), "epsilon": s * k["epsilon"]}


def _adam(theta: Array, g: Array, slots: Slots, t: Array, c: Coefficients) -> None:
    """v ← β₁v + (1−β₁)g, r ← β₂r + (1−β₂)g², w ← w − ε v̂/(√r̂ + δ).

    Kingma and Ba 2015, Adam: A Method for Stochastic Optimization.
    """
    v, r = slots
    _averages(g, v, r, t, c)
    _descend(theta, v, r, t, c)


def _amsgrad(theta: Array, g: Array, slots: Slots, t: Array, c: Coefficients) -> None:
    """Adam with w ← w − ε v̂/(√m̂ + δ), where m ← max(m, r) and m̂ = m/(1−β₂ⁿ).

    Reddi, Kale and Kumar 2018, On the Convergence of Adam and Beyond; as in PyTorch the maximum is over
    the averages before their correction.
    """
    v, r, m = slots
    _averages(g, v, r, t, c)
    np.maximum(m, r, out=m)
    _descend(theta, v, m, t, c)


def _adamw_coefficients(k: Numbers, rate: Any, n: Any) -> dict[str, Any]:
    return {**_corrected(k, rate, n), "keep": 1 - rate * k["weight_decay"]}


def _adamw(theta: Array, g: Array, slots: Slots, t: Array, c: Coefficients) -> None:
    """w ← (1 − ε λ) w, then Adam.

    Loshchilov and Hutter 2019, Decoupled Weight Decay Regularization; as in PyTorch it decays every
    parameter, biases too.
    """
    np.multiply(theta, c["keep"], out=theta)
    _adam(theta, g, slots, t, c)


MOMENTUM_DECAY = 0.004
"""ψ: how slowly NAdam's momentum warms up to β₁."""

_WARM = np.cumprod(1 - 0.5 * 0.96 ** (MOMENTUM_DECAY * np.arange(1, 201)))
"""Π (1 − ½·0.96^{iψ}) for i = 1 to n, at index n − 1. The last is 1e-58, nothing beside 1."""


def _warming(n: Any) -> Any:
    """1 − ½·0.96^{nψ}: the share of β₁ that is NAdam's momentum at update n."""
    return 1 - 0.5 * 0.96 ** (MOMENTUM_DECAY * n)


def _nadam_coefficients(k: Numbers, rate: Any, n: Any) -> dict[str, Any]:
    """ε s (1−μₙ)/(1−Π) for g and ε s μₙ₊₁/(1−Π μₙ₊₁) for v, where Π = μ₁ ⋯ μₙ."""
    beta1, s = k["beta1"], (1 - k["beta2"] ** n) ** 0.5
    mu, coming = beta1 * _warming(n), beta1 * _warming(n + 1)
    product = beta1**n * _WARM[np.minimum(n, len(_WARM)).astype(int) - 1]
    return {
        "now": rate * s * (1 - mu) / (1 - product),
        "rate": rate * s * coming / (1 - product * coming),
        "epsilon": s * k["epsilon"],
    }


def _nadam(theta: Array, g: Array, slots: Slots, t: Array, c: Coefficients) -> None:
    """Adam with v̂ = μₙ₊₁ v/(1 − μ₁ ⋯ μₙ₊₁) + (1−μₙ) g/(1 − μ₁ ⋯ μₙ), μₙ = β₁(1 − ½·0.96^{nψ}).

    Dozat 2016, Incorporating Nesterov Momentum into Adam: the step looks ahead to the next one's momentum.
    """
    v, r = slots
    _averages(g, v, r, t, c)
    np.multiply(g, c["now"], out=g)
    np.multiply(v, c["rate"], out=t)
    np.add(g, t, out=g)
    np.sqrt(r, out=t)
    np.add(t, c["epsilon"], out=t)
    np.divide(g, t, out=g)
    np.subtract(theta, g, out=theta)


_BETAS = (
    decay("beta1", "Beta 1", "How much of the averaged gradient is kept at each step (β₁).", 0.9),
    decay("beta2", "Beta 2", "How much of the averaged square is kept at each step (β₂).", 0.999),
)
_CORRECTION = Knob(
    name="bias_correction",
    label="Bias correction",
    help="Divides out that averages begin at zero; without it the first steps have the wrong length.",
    default=True,
    type="boolean",
)
_AVERAGES = ("gradient_average", "square_average")

ADAM = (
    Optimizer(
        kind="adam",
        label="Adam",
        help="Momentum, with each parameter's step divided by the size of its recent gradients.",
        formula="v ← β₁v + (1−β₁)g,  r ← β₂r + (1−β₂)g²,  w ← w − ε v̂ / (√r̂ + δ)",
        knobs=(learning_rate(0.01), *_BETAS, epsilon(1e-8), _CORRECTION),
        slots=_AVERAGES,
        constants=_averages_constants,
        coefficients=_corrected,
        varies=True,
        update=_adam,
    ),
    Optimizer(
        kind="amsgrad",
        label="AMSGrad",
        help="Adam that divides by the largest average so far, so that its steps can only get shorter.",
        formula="Adam with m ← max(m, r),  w ← w − ε v̂ / (√m̂ + δ)",
        knobs=(learning_rate(0.01), *_BETAS, epsilon(1e-8), _CORRECTION),
        slots=(*_AVERAGES, "square_maximum"),
        constants=_averages_constants,
        coefficients=_corrected,
        varies=True,
        update=_amsgrad,
    ),
    Optimizer(
        kind="adamw",
        label="AdamW",
        help="Adam, with weight decay that the size of the gradients does not weaken.",
        formula="w ← (1 − ε λ) w,  then Adam",
        knobs=(learning_rate(0.01), *_BETAS, epsilon(1e-8), _CORRECTION, weight_decay(0.01)),
        slots=_AVERAGES,
        constants=_averages_constants,
        coefficients=_adamw_coefficients,
        varies=True,
        update=_adamw,
    ),
    Optimizer(
        kind="nadam",
        label="NAdam",
        help="Adam with Nesterov's look ahead, and a momentum that warms up.",
        formula="Adam with v̂ = μ′ v / (1 − Πμ′) + (1−μ) g / (1 − Π)",
        knobs=(learning_rate(0.01), *_BETAS, epsilon(1e-8)),
        slots=_AVERAGES,
        constants=_averages_constants,
        coefficients=_nadam_coefficients,
        varies=True,
        update=_nadam,
    ),
)
