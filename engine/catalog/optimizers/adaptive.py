"""Adaptive steps: each parameter's step is divided by the size of its own gradients."""

from __future__ import annotations

from typing import Any

import numpy as np

from engine.catalog.optimizers.proximal import divided, heaped
from engine.catalog.optimizers.record import (
    Coefficients,
    G,
    Optimizer,
    Slots,
    W,
    decay,
    epsilon,
    learning_rate,
    momentum,
)
from engine.catalog.penalties import L1Penalty
from engine.catalog.scripts import Torch
from engine.catalog.worked_lines import SCALING, VELOCITY, StepPart, WorkedLine
from engine.core.arrays import Array, Numbers
from engine.words import N_, NC_


def _adagrad_constants(k: Numbers) -> dict[str, Any]:
    return {"epsilon": k["epsilon"]}


def _adagrad(theta: Array, g: Array, whole: Array, slots: Slots, t: Array, c: Coefficients) -> None:
    """r ← r + g², w ← w − η g/(√r + ε).

    Duchi, Hazan and Singer 2011, Adaptive Subgradient Methods for Online Learning and Stochastic
    Optimization.
    """
    (r,) = slots
    np.multiply(whole, whole, out=t)
    np.add(r, t, out=r)
    np.sqrt(r, out=t)
    np.add(t, c["epsilon"], out=t)
    np.divide(g, t, out=t)
    np.multiply(t, c["rate"], out=t)
    np.subtract(theta, t, out=theta)


def _average_constants(k: Numbers) -> dict[str, Any]:
    return {"decay": k["decay"], "rest": 1 - k["decay"], "epsilon": k["epsilon"]}


def _average_squares(r: Array, g: Array, t: Array, c: Coefficients) -> None:
    """r ← ρ r + (1−ρ) g²."""
    np.multiply(r, c["decay"], out=r)
    np.multiply(g, g, out=t)
    np.multiply(t, c["rest"], out=t)
    np.add(r, t, out=r)


def _rmsprop_constants(k: Numbers) -> dict[str, Any]:
    return {**_average_constants(k), "momentum": k["momentum"]}


def _rmsprop(theta: Array, g: Array, whole: Array, slots: Slots, t: Array, c: Coefficients) -> None:
    """r ← ρ r + (1−ρ) g², v ← μ v + g/(√r + ε), w ← w − η v.

    Tieleman and Hinton 2012, Lecture 6.5, Coursera: Neural Networks for Machine Learning.
    """
    r, v = slots
    _average_squares(r, whole, t, c)
    np.sqrt(r, out=t)
    np.add(t, c["epsilon"], out=t)
    np.divide(g, t, out=t)
    np.multiply(v, c["momentum"], out=v)
    np.add(v, t, out=v)
    np.multiply(v, c["rate"], out=t)
    np.subtract(theta, t, out=theta)


def _rmsprop_reach(k: Numbers, rate: Any, n: Any) -> Any:
    return rate * heaped(k["momentum"], n)


def _adadelta(
    theta: Array, g: Array, whole: Array, slots: Slots, t: Array, c: Coefficients
) -> None:
    """r ← ρ r + (1−ρ) g², Δ = g √(s + ε)/√(r + ε), s ← ρ s + (1−ρ) Δ², w ← w − η Δ.

    Zeiler 2012, ADADELTA: An Adaptive Learning Rate Method. Here ε stands inside the roots.
    """
    r, s = slots
    _average_squares(r, whole, t, c)
    np.add(r, c["epsilon"], out=t)
    np.sqrt(t, out=t)
    np.divide(g, t, out=g)
    np.add(s, c["epsilon"], out=t)
    np.sqrt(t, out=t)
    np.multiply(g, t, out=g)
    _average_squares(s, g, t, c)
    np.multiply(g, c["rate"], out=g)
    np.subtract(theta, g, out=theta)


def _proximal_adadelta(
    theta: Array, g: Array, l1: L1Penalty, slots: Slots, t: Array, c: Coefficients
) -> None:
    """AdaDelta with ηᵢ = η √(s + ε)/√(r + ε). s averages the steps that `whole` asks for."""
    r, s = slots
    l1.look(theta, g)
    _average_squares(r, l1.whole, t, c)
    np.copyto(l1.length, l1.price)
    np.add(r, c["epsilon"], out=t)
    np.sqrt(t, out=t)
    for part in (g, l1.whole, l1.length):
        np.divide(part, t, out=part)
    np.add(s, c["epsilon"], out=t)
    np.sqrt(t, out=t)
    for part in (g, l1.whole, l1.length):
        np.multiply(part, t, out=part)
    _average_squares(s, l1.whole, t, c)
    for part in (g, l1.length):
        np.multiply(part, c["rate"], out=part)
    np.subtract(theta, g, out=theta)
    l1.shrink(theta, l1.length)


_AVERAGE = WorkedLine(
    name="square_average_next",
    symbol="r",
    rule="ρ r + (1−ρ) g²",
    numbers="{decay}·{square_average} + (1 − {decay})·{g}²",
    result=lambda n: n.decay * n.square_average + (1 - n.decay) * n.g**2,
)

_R = ("r", N_("average of the gradient's squares"))
_DECAY = N_("How much of the averaged square is kept at each step (ρ): less forgets sooner.")

ADAPTIVE = (
    Optimizer(
        kind="adagrad",
        label=N_("AdaGrad"),
        script_name="AdaGrad",
        torch=Torch("Adagrad", {"learning_rate": "lr", "epsilon": "eps"}),
        full_steps=True,
        help=N_(
            "Shrinks steps along steep directions; the sum only grows, so learning stops in the end."
        ),
        formula="r ← r + g²,  w ← w − η g / (√r + ε)",
        terms=(G, ("r", N_("sum of the gradient's squares")), W),
        knobs=(learning_rate(0.1), epsilon(1e-10)),
        slots=("square_sum",),
        constants=_adagrad_constants,
        update=_adagrad,
        proximal=divided(_adagrad, 0),
        lines=(
            WorkedLine(
                name="square_sum_next",
                symbol="r",
                rule="r + g²",
                numbers="{square_sum} + {g}²",
                result=lambda n: n.square_sum + n.g**2,
            ),
            WorkedLine(
                name="w_next",
                symbol="w",
                rule="w − η g / (√r + ε)",
                numbers="{w} − {rate}·{g} / (√{square_sum_next} + {epsilon})",
                result=lambda n: n.w - n.rate * n.g / (np.sqrt(n.square_sum_next) + n.epsilon),
            ),
        ),
        parts=(
            StepPart(
                SCALING,
                "g / (√r + ε)",
                ("square_sum_next",),
                lambda n: n.g / (np.sqrt(n.square_sum_next) + n.epsilon),
            ),
        ),
    ),
    Optimizer(
        kind="rmsprop",
        label=N_("RMSProp"),
        script_name="RMSProp",
        torch=Torch(
            "RMSprop",
            {"learning_rate": "lr", "momentum": "momentum", "decay": "alpha", "epsilon": "eps"},
        ),
        full_steps=True,
        help=N_(
            "AdaGrad that forgets: an average of recent squares, so that it can go on learning."
        ),
        formula="r ← ρ r + (1−ρ) g²,  v ← μ v + g / (√r + ε),  w ← w − η v",
        terms=(G, _R, ("v", N_("velocity")), W),
        knobs=(
            learning_rate(0.01),
            decay("decay", N_("Decay"), _DECAY, 0.99, "ρ", N_("decay")),
            momentum(0.0),
            epsilon(1e-8),
        ),
        slots=("square_average", "velocity"),
        constants=_rmsprop_constants,
        update=_rmsprop,
        proximal=divided(_rmsprop, 0),
        reach=_rmsprop_reach,
        lines=(
            _AVERAGE,
            WorkedLine(
                name="velocity_next",
                symbol="v",
                rule="μ v + g / (√r + ε)",
                numbers="{momentum}·{velocity} + {g} / (√{square_average_next} + {epsilon})",
                result=lambda n: (
                    n.momentum * n.velocity + n.g / (np.sqrt(n.square_average_next) + n.epsilon)
                ),
            ),
            WorkedLine(
                name="w_next",
                symbol="w",
                rule="w − η v",
                numbers="{w} − {rate}·{velocity_next}",
                result=lambda n: n.w - n.rate * n.velocity_next,
            ),
        ),
        parts=(
            StepPart(
                SCALING,
                "g / (√r + ε)",
                ("square_average_next", "velocity_next"),
                lambda n: n.g / (np.sqrt(n.square_average_next) + n.epsilon),
            ),
            StepPart(
                VELOCITY,
                "v",
                ("velocity_next",),
                lambda n: n.velocity_next,
                when=lambda k: k["momentum"] > 0,
            ),
        ),
    ),
    Optimizer(
        kind="adadelta",
        label=N_("AdaDelta"),
        script_name="AdaDelta",
        torch=Torch("Adadelta", {"learning_rate": "lr", "decay": "rho", "epsilon": "eps"}),
        help=N_(
            "Finds the length of a step from its own past steps, so that a rate of 1 suits any problem."
        ),
        formula="r ← ρ r + (1−ρ) g²,  Δ = g √(s + ε) / √(r + ε),  s ← ρ s + (1−ρ) Δ²,  w ← w − η Δ",
        terms=(
            G,
            _R,
            ("Δ", NC_("how far it moves", "step")),
            ("s", N_("average of the step's squares")),
            W,
        ),
        knobs=(
            learning_rate(1.0),
            decay("decay", N_("Decay"), _DECAY, 0.9, "ρ", N_("decay")),
            epsilon(1e-6),
        ),
        slots=("square_average", "step_average"),
        constants=_average_constants,
        update=_adadelta,
        proximal=_proximal_adadelta,
        lines=(
            _AVERAGE,
            WorkedLine(
                name="step",
                symbol="Δ",
                rule="g √(s + ε) / √(r + ε)",
                numbers="{g}·√({step_average} + {epsilon}) / √({square_average_next} + {epsilon})",
                result=lambda n: (
                    n.g
                    * np.sqrt(n.step_average + n.epsilon)
                    / np.sqrt(n.square_average_next + n.epsilon)
                ),
            ),
            WorkedLine(
                name="step_average_next",
                symbol="s",
                rule="ρ s + (1−ρ) Δ²",
                numbers="{decay}·{step_average} + (1 − {decay})·{step}²",
                result=lambda n: n.decay * n.step_average + (1 - n.decay) * n.step**2,
            ),
            WorkedLine(
                "w_next", "w", "w − η Δ", "{w} − {rate}·{step}", lambda n: n.w - n.rate * n.step
            ),
        ),
        parts=(StepPart(SCALING, "Δ", ("square_average_next", "step"), lambda n: n.step),),
    ),
)
