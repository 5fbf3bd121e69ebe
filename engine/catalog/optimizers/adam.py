"""Adam and its kin: an average of gradients, divided by the root of an average of their squares.

Averages that begin at 0 are too small at first. Their corrected values are v̂ = v/(1−β₁ⁿ) and
r̂ = r/(1−β₂ⁿ) at update n. With s = √(1−β₂ⁿ),

    η v̂/(√r̂ + ε) = (η s/(1−β₁ⁿ)) v/(√r + s ε),

so two numbers a step carry both corrections, and no array is touched for them.
"""

from __future__ import annotations

from typing import Any

import numpy as np

from engine.catalog.optimizers.proximal import divided
from engine.catalog.optimizers.record import (
    Coefficients,
    G,
    N,
    Optimizer,
    Slots,
    W,
    decay,
    epsilon,
    learning_rate,
    weight_decay,
)
from engine.catalog.scripts import Torch
from engine.catalog.worked_lines import SCALING, VELOCITY, StepPart, WorkedLine
from engine.core.arrays import Array, Numbers
from engine.core.powers import power
from engine.core.registry import Knob
from engine.words import N_


def averages_constants(k: Numbers) -> dict[str, Any]:
    beta1, beta2 = k["beta1"], k["beta2"]
    return {"beta1": beta1, "beta1_rest": 1 - beta1, "beta2": beta2, "beta2_rest": 1 - beta2}


def averages(g: Array, whole: Array, v: Array, r: Array, t: Array, c: Coefficients) -> None:
    """v ← β₁v + (1−β₁)g, r ← β₂r + (1−β₂)g², with the squares of `whole`. g stays as it is."""
    np.multiply(v, c["beta1"], out=v)
    np.multiply(g, c["beta1_rest"], out=t)
    np.add(v, t, out=v)
    np.multiply(r, c["beta2"], out=r)
    np.multiply(whole, whole, out=t)
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
    """a = η s/(1−β₁ⁿ) and d = s ε with s = √(1−β₂ⁿ); without bias correction, η and ε."""
    on = k["bias_correction"]
    s = power(1 - on * power(k["beta2"], n), 0.5)
    return {"rate": rate * s / (1 - on * power(k["beta1"], n)), "epsilon": s * k["epsilon"]}


def _reach(k: Numbers, rate: Any, n: Any) -> Any:
    """An average holds 1 − β₁ⁿ of a gradient that was 1 in all n updates."""
    return _corrected(k, rate, n)["rate"] * (1 - k["beta1"] ** n)


def _adam(theta: Array, g: Array, whole: Array, slots: Slots, t: Array, c: Coefficients) -> None:
    """v ← β₁v + (1−β₁)g, r ← β₂r + (1−β₂)g², w ← w − η v̂/(√r̂ + ε).

    Kingma and Ba 2015, Adam: A Method for Stochastic Optimization.
    """
    v, r = slots
    averages(g, whole, v, r, t, c)
    _descend(theta, v, r, t, c)


def _amsgrad(theta: Array, g: Array, whole: Array, slots: Slots, t: Array, c: Coefficients) -> None:
    """Adam with w ← w − η v̂/(√m̂ + ε), where m ← max(m, r) and m̂ = m/(1−β₂ⁿ).

    Reddi, Kale and Kumar 2018, On the Convergence of Adam and Beyond; as in PyTorch the maximum is over
    the averages before their correction.
    """
    v, r, m = slots
    averages(g, whole, v, r, t, c)
    np.maximum(m, r, out=m)
    _descend(theta, v, m, t, c)


def _adamw_coefficients(k: Numbers, rate: Any, n: Any) -> dict[str, Any]:
    return {**_corrected(k, rate, n), "keep": 1 - rate * k["weight_decay"]}


def _adamw(theta: Array, g: Array, whole: Array, slots: Slots, t: Array, c: Coefficients) -> None:
    """w ← (1 − η λ) w, then Adam.

    Loshchilov and Hutter 2019, Decoupled Weight Decay Regularization; as in PyTorch it decays every
    parameter, biases too.
    """
    np.multiply(theta, c["keep"], out=theta)
    _adam(theta, g, whole, slots, t, c)


BETAS = (
    decay(
        name="beta1",
        label=N_("Beta 1"),
        sentence=N_("How much of the averaged gradient is kept at each step (β₁)."),
        default=0.9,
        symbol="β₁",
        meaning=N_("share of v that is kept"),
    ),
    decay(
        name="beta2",
        label=N_("Beta 2"),
        sentence=N_("How much of the averaged square is kept at each step (β₂)."),
        default=0.999,
        symbol="β₂",
        meaning=N_("share of r that is kept"),
    ),
)
V = ("v", N_("average gradient"))
R = ("r", N_("average of the gradient's squares"))
V_HAT = ("v̂", N_("bias-corrected v"))
R_HAT = ("r̂", N_("bias-corrected r"))
_CORRECTION = Knob(
    name="bias_correction",
    label=N_("Bias correction"),
    help=N_(
        "Makes up for averages that begin at zero; without it the first steps have the wrong length."
    ),
    default=True,
    type="boolean",
)
AVERAGES = ("gradient_average", "square_average")
IN_TORCH = {"learning_rate": "lr", "beta1": "betas", "beta2": "betas", "epsilon": "eps"}

WRITTEN_AVERAGES = (
    WorkedLine(
        name="gradient_average_next",
        symbol="v",
        rule="β₁v + (1−β₁)g",
        numbers="{beta1}·{gradient_average} + (1 − {beta1})·{g}",
        result=lambda n: n.beta1 * n.gradient_average + (1 - n.beta1) * n.g,
    ),
    WorkedLine(
        name="square_average_next",
        symbol="r",
        rule="β₂r + (1−β₂)g²",
        numbers="{beta2}·{square_average} + (1 − {beta2})·{g}²",
        result=lambda n: n.beta2 * n.square_average + (1 - n.beta2) * n.g**2,
    ),
)


def _is_corrected(k: Numbers) -> bool:
    return bool(k["bias_correction"])


def _is_not_corrected(k: Numbers) -> bool:
    return not k["bias_correction"]


_V_HAT = WorkedLine(
    name="v_hat",
    symbol="v̂",
    rule="v / (1 − β₁ⁿ)",
    numbers="{gradient_average_next} / (1 − {beta1}^{n})",
    result=lambda n: n.gradient_average_next / (1 - n.beta1**n.n),
    when=_is_corrected,
)


def _written_descent(symbol: str, square: str, w: str = "w") -> tuple[WorkedLine, ...]:
    """The lines from the averages to w, with and without their correction.

    symbol, square: the average of squares to divide by, and what it is called; w: what w is called by now.
    """
    return (
        _V_HAT,
        WorkedLine(
            name="r_hat",
            symbol=f"{symbol}̂",
            rule=f"{symbol} / (1 − β₂ⁿ)",
            numbers=f"{{{square}}} / (1 − {{beta2}}^{{n}})",
            result=lambda n: getattr(n, square) / (1 - n.beta2**n.n),
            when=_is_corrected,
        ),
        WorkedLine(
            name="w_next",
            symbol="w",
            rule=f"w − η v̂ / (√{symbol}̂ + ε)",
            numbers=f"{{{w}}} − {{rate}}·{{v_hat}} / (√{{r_hat}} + {{epsilon}})",
            result=lambda n: getattr(n, w) - n.rate * n.v_hat / (np.sqrt(n.r_hat) + n.epsilon),
            when=_is_corrected,
        ),
        WorkedLine(
            name="w_next",
            symbol="w",
            rule=f"w − η v / (√{symbol} + ε)",
            numbers=f"{{{w}}} − {{rate}}·{{gradient_average_next}} / (√{{{square}}} + {{epsilon}})",
            result=lambda n: (
                getattr(n, w)
                - n.rate * n.gradient_average_next / (np.sqrt(getattr(n, square)) + n.epsilon)
            ),
            when=_is_not_corrected,
        ),
    )


def _parts(symbol: str, square: str) -> tuple[StepPart, ...]:
    """The average gradient and what it is divided by, with and without their correction.

    symbol, square: the average of squares to divide by, and what it is called.
    """
    squares = ("square_average_next", square)
    return (
        StepPart(
            VELOCITY,
            "v̂",
            ("gradient_average_next", "v_hat"),
            lambda n: n.v_hat,
            when=_is_corrected,
        ),
        StepPart(
            VELOCITY,
            "v",
            ("gradient_average_next",),
            lambda n: n.gradient_average_next,
            when=_is_not_corrected,
        ),
        StepPart(
            SCALING,
            f"v̂ / (√{symbol}̂ + ε)",
            (*squares, "r_hat"),
            lambda n: n.v_hat / (np.sqrt(n.r_hat) + n.epsilon),
            when=_is_corrected,
        ),
        StepPart(
            SCALING,
            f"v / (√{symbol} + ε)",
            squares,
            lambda n: n.gradient_average_next / (np.sqrt(getattr(n, square)) + n.epsilon),
            when=_is_not_corrected,
        ),
    )


ADAM = (
    Optimizer(
        kind="adam",
        label=N_("Adam"),
        script_name="Adam",
        torch=Torch("Adam", IN_TORCH),
        full_steps=True,
        help=N_(
            "Momentum, with each parameter's step divided by the size of its recent gradients."
        ),
        formula="v ← β₁v + (1−β₁)g,  r ← β₂r + (1−β₂)g²,  w ← w − η v̂ / (√r̂ + ε)",
        terms=(G, V, R, V_HAT, R_HAT, W, N),
        knobs=(learning_rate(0.01), *BETAS, epsilon(1e-8), _CORRECTION),
        slots=AVERAGES,
        constants=averages_constants,
        coefficients=_corrected,
        varies=True,
        update=_adam,
        proximal=divided(_adam, 1),
        reach=_reach,
        lines=(*WRITTEN_AVERAGES, *_written_descent("r", "square_average_next")),
        parts=_parts("r", "square_average_next"),
    ),
    Optimizer(
        kind="amsgrad",
        label=N_("AMSGrad"),
        script_name="AMSGrad",
        torch=Torch("Adam", IN_TORCH, always={"amsgrad": True}),
        full_steps=True,
        help=N_(
            "Adam that divides by the largest average so far, so that its steps can only get shorter."
        ),
        formula=N_("Adam with m ← max(m, r),  w ← w − η v̂ / (√m̂ + ε)"),
        terms=(G, V, R, ("m", N_("largest r so far")), V_HAT, ("m̂", N_("bias-corrected m")), W, N),
        knobs=(learning_rate(0.01), *BETAS, epsilon(1e-8), _CORRECTION),
        slots=(*AVERAGES, "square_maximum"),
        constants=averages_constants,
        coefficients=_corrected,
        varies=True,
        update=_amsgrad,
        proximal=divided(_amsgrad, 2),
        reach=_reach,
        lines=(
            *WRITTEN_AVERAGES,
            WorkedLine(
                name="square_maximum_next",
                symbol="m",
                rule="max(m, r)",
                numbers="max({square_maximum}, {square_average_next})",
                result=lambda n: np.maximum(n.square_maximum, n.square_average_next),
            ),
            *_written_descent("m", "square_maximum_next"),
        ),
        parts=_parts("m", "square_maximum_next"),
    ),
    Optimizer(
        kind="adamw",
        label=N_("AdamW"),
        script_name="AdamW",
        torch=Torch("AdamW", IN_TORCH | {"weight_decay": "weight_decay"}),
        full_steps=True,
        help=N_("Adam, with weight decay that the size of the gradients does not weaken."),
        formula=N_("w ← (1 − η λ) w,  then Adam"),
        terms=(G, V, R, V_HAT, R_HAT, W, N),
        knobs=(learning_rate(0.01), *BETAS, epsilon(1e-8), _CORRECTION, weight_decay(0.01)),
        slots=AVERAGES,
        constants=averages_constants,
        coefficients=_adamw_coefficients,
        varies=True,
        update=_adamw,
        proximal=divided(_adamw, 1),
        reach=_reach,
        lines=(
            WorkedLine(
                name="w_decayed",
                symbol="w",
                rule="(1 − η λ) w",
                numbers="(1 − {rate}·{weight_decay})·{w}",
                result=lambda n: (1 - n.rate * n.weight_decay) * n.w,
            ),
            *WRITTEN_AVERAGES,
            *_written_descent("r", "square_average_next", "w_decayed"),
        ),
        parts=_parts("r", "square_average_next"),
    ),
)
