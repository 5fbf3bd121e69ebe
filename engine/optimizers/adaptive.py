"""Adaptive steps: each parameter's step is divided by the size of its own gradients."""

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
    momentum,
)

Slots = tuple[Array, ...]


def _adagrad_constants(k: Numbers) -> dict[str, Any]:
    return {"epsilon": k["epsilon"]}


def _adagrad(theta: Array, g: Array, slots: Slots, t: Array, c: Coefficients) -> None:
    """r ← r + g², w ← w − ε g/(√r + δ).

    Duchi, Hazan and Singer 2011, Adaptive Subgradient Methods for Online Learning and Stochastic
    Optimization.
    """
    (r,) = slots
    np.multiply(g, g, out=t)
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


def _rmsprop(theta: Array, g: Array, slots: Slots, t: Array, c: Coefficients) -> None:
    """r ← ρ r + (1−ρ) g², v ← μ v + g/(√r + δ), w ← w − ε v.

    Tieleman and Hinton 2012, Lecture 6.5, Coursera: Neural Networks for Machine Learning.
    """
    r, v = slots
    _average_squares(r, g, t, c)
    np.sqrt(r, out=t)
    np.add(t, c["epsilon"], out=t)
    np.divide(g, t, out=t)
    np.multiply(v, c["momentum"], out=v)
    np.add(v, t, out=v)
    np.multiply(v, c["rate"], out=t)
    np.subtract(theta, t, out=theta)


def _adadelta(theta: Array, g: Array, slots: Slots, t: Array, c: Coefficients) -> None:
    """r ← ρ r + (1−ρ) g², Δ = g √(s + δ)/√(r + δ), s ← ρ s + (1−ρ) Δ², w ← w − ε Δ.

    Zeiler 2012, ADADELTA: An Adaptive Learning Rate Method. Here δ stands inside the roots.
    """
    r, s = slots
    _average_squares(r, g, t, c)
    np.add(r, c["epsilon"], out=t)
    np.sqrt(t, out=t)
    np.divide(g, t, out=g)
    np.add(s, c["epsilon"], out=t)
    np.sqrt(t, out=t)
    np.multiply(g, t, out=g)
    _average_squares(s, g, t, c)
    np.multiply(g, c["rate"], out=g)
    np.subtract(theta, g, out=theta)


_DECAY = "How much of the averaged square is kept at each step (ρ): less forgets sooner."

ADAPTIVE = (
    Optimizer(
        kind="adagrad",
        label="AdaGrad",
        help="Shrinks steps along steep directions; the sum only grows, so learning stops in the end.",
        formula="r ← r + g²,  w ← w − ε g / (√r + δ)",
        knobs=(learning_rate(0.1), epsilon(1e-10)),
        slots=("square_sum",),
        constants=_adagrad_constants,
        update=_adagrad,
    ),
    Optimizer(
        kind="rmsprop",
        label="RMSProp",
        help="AdaGrad that forgets: an average of recent squares, so that it can go on learning.",
        formula="r ← ρ r + (1−ρ) g²,  v ← μ v + g / (√r + δ),  w ← w − ε v",
        knobs=(
            learning_rate(0.01),
            decay("decay", "Decay", _DECAY, 0.99),
            momentum(0.0),
            epsilon(1e-8),
        ),
        slots=("square_average", "velocity"),
        constants=_rmsprop_constants,
        update=_rmsprop,
    ),
    Optimizer(
        kind="adadelta",
        label="AdaDelta",
        help="Finds the length of a step from its own past steps, so that a rate of 1 suits any problem.",
        formula="r ← ρ r + (1−ρ) g²,  Δ = g √(s + δ) / √(r + δ),  s ← ρ s + (1−ρ) Δ²,  w ← w − ε Δ",
        knobs=(
            learning_rate(1.0),
            decay("decay", "Decay", _DECAY, 0.9),
            epsilon(1e-6),
        ),
        slots=("square_average", "step_average"),
        constants=_average_constants,
        update=_adadelta,
    ),
)
