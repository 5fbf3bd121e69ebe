"""Gradient descent, plain and with a velocity."""

from __future__ import annotations

from typing import Any

import numpy as np

from engine.catalog.optimizers.proximal import alike, heaped
from engine.catalog.optimizers.record import (
    Coefficients,
    Edge,
    G,
    Optimizer,
    Slots,
    W,
    learning_rate,
    momentum,
)
from engine.catalog.scripts import Torch
from engine.catalog.worked_lines import LOOK_AHEAD, VELOCITY, StepPart, WorkedLine
from engine.core.arrays import Array, Numbers
from engine.words import N_, NC_


def _sgd(theta: Array, g: Array, whole: Array, slots: Slots, t: Array, c: Coefficients) -> None:
    """w ← w − η g. Robbins and Monro 1951, A Stochastic Approximation Method."""
    np.multiply(g, c["rate"], out=g)
    np.subtract(theta, g, out=theta)


def _velocity_constants(k: Numbers) -> dict[str, Any]:
    return {"momentum": k["momentum"]}


def _momentum(
    theta: Array, g: Array, whole: Array, slots: Slots, t: Array, c: Coefficients
) -> None:
    """v ← μ v + g, w ← w − η v.

    Polyak 1964, Some methods of speeding up the convergence of iteration methods. As in PyTorch, v sums
    gradients and η multiplies the sum, so that a new η acts on all of it at once.
    """
    (v,) = slots
    np.multiply(v, c["momentum"], out=v)
    np.add(v, g, out=v)
    np.multiply(v, c["rate"], out=t)
    np.subtract(theta, t, out=theta)


def _nesterov(
    theta: Array, g: Array, whole: Array, slots: Slots, t: Array, c: Coefficients
) -> None:
    """v ← μ v + g, w ← w − η (g + μ v): the step that the next one's velocity will have started from.

    Nesterov 1983, A method for solving a convex programming problem with convergence rate O(1/k²); in the
    form of Sutskever et al. 2013, On the importance of initialization and momentum in deep learning.
    """
    (v,) = slots
    np.multiply(v, c["momentum"], out=v)
    np.add(v, g, out=v)
    np.multiply(v, c["momentum"], out=t)
    np.add(t, g, out=t)
    np.multiply(t, c["rate"], out=t)
    np.subtract(theta, t, out=theta)


def _momentum_reach(k: Numbers, rate: Any, n: Any) -> Any:
    return rate * heaped(k["momentum"], n)


def _nesterov_reach(k: Numbers, rate: Any, n: Any) -> Any:
    """A gradient of 1 beside μ times the velocity."""
    return rate * (1 + k["momentum"] * heaped(k["momentum"], n))


_VELOCITY = WorkedLine(
    name="velocity_next",
    symbol="v",
    rule="μ v + g",
    numbers="{momentum}·{velocity} + {g}",
    result=lambda n: n.momentum * n.velocity + n.g,
)

_FASTER = StepPart(VELOCITY, "v", ("velocity_next",), lambda n: n.velocity_next)

_V = ("v", N_("velocity"))
_IN_TORCH = {"learning_rate": "lr", "momentum": "momentum"}

GRADIENT_DESCENT = (
    Optimizer(
        kind="sgd",
        label=N_("SGD"),
        script_name="SGD",
        torch=Torch("SGD", {"learning_rate": "lr"}),
        help=N_("Steps straight down the gradient of the batch."),
        formula="w ← w − η g",
        terms=(G, W),
        knobs=(learning_rate(0.03),),
        update=_sgd,
        proximal=alike(_sgd),
        lines=(
            WorkedLine("w_next", "w", "w − η g", "{w} − {rate}·{g}", lambda n: n.w - n.rate * n.g),
        ),
        edge=Edge("2/η", lambda _: 2.0),
    ),
    Optimizer(
        kind="momentum",
        label=NC_("optimizer", "Momentum"),
        script_name="Momentum",
        torch=Torch("SGD", _IN_TORCH),
        help=N_(
            "Adds up past gradients like a rolling ball, which damps zigzag and crosses plateaus."
        ),
        formula="v ← μ v + g,  w ← w − η v",
        terms=(G, _V, W),
        knobs=(learning_rate(0.01), momentum(0.9)),
        slots=("velocity",),
        constants=_velocity_constants,
        update=_momentum,
        proximal=alike(_momentum),
        reach=_momentum_reach,
        lines=(
            _VELOCITY,
            WorkedLine(
                name="w_next",
                symbol="w",
                rule="w − η v",
                numbers="{w} − {rate}·{velocity_next}",
                result=lambda n: n.w - n.rate * n.velocity_next,
            ),
        ),
        parts=(_FASTER,),
        edge=Edge("2(1+μ)/η", lambda k: 2 * (1 + k["momentum"])),
    ),
    Optimizer(
        kind="nesterov",
        label=N_("Nesterov"),
        script_name="Nesterov",
        torch=Torch("SGD", _IN_TORCH, always={"nesterov": True}),
        help=N_("Momentum that looks ahead: it brakes before it overshoots, not after."),
        formula="v ← μ v + g,  w ← w − η (g + μ v)",
        terms=(G, _V, W),
        knobs=(learning_rate(0.01), momentum(0.9)),
        slots=("velocity",),
        constants=_velocity_constants,
        update=_nesterov,
        proximal=alike(_nesterov),
        reach=_nesterov_reach,
        lines=(
            _VELOCITY,
            WorkedLine(
                name="w_next",
                symbol="w",
                rule="w − η (g + μ v)",
                numbers="{w} − {rate}·({g} + {momentum}·{velocity_next})",
                result=lambda n: n.w - n.rate * (n.g + n.momentum * n.velocity_next),
            ),
        ),
        parts=(
            _FASTER,
            StepPart(LOOK_AHEAD, "g + μ v", (), lambda n: n.g + n.momentum * n.velocity_next),
        ),
        edge=Edge("2(1+μ)/((1+2μ)η)", lambda k: 2 * (1 + k["momentum"]) / (1 + 2 * k["momentum"])),
    ),
)
