"""Steps of one length in every direction: only the sign counts."""

from __future__ import annotations

from typing import Any

import numpy as np

from engine.catalog.optimizers.record import (
    Coefficients,
    G,
    Optimizer,
    Slots,
    W,
    decay,
    learning_rate,
    weight_decay,
)
from engine.catalog.penalties import L1Penalty
from engine.catalog.worked_lines import SCALING, VELOCITY, StepPart, WorkedLine
from engine.core.arrays import Array, Numbers
from engine.words import N_


def _lion_constants(k: Numbers) -> dict[str, Any]:
    return {
        "ratio": k["beta1"] / (1 - k["beta1"]),
        "beta2": k["beta2"],
        "beta2_rest": 1 - k["beta2"],
    }


def _lion_coefficients(k: Numbers, rate: Any, n: Any) -> dict[str, Any]:
    return {"rate": rate, "keep": 1 - rate * k["weight_decay"]}


def _lion(theta: Array, g: Array, whole: Array, slots: Slots, t: Array, c: Coefficients) -> None:
    """w ← (1 − η λ) w − η sign(β₁v + (1−β₁)g), then v ← β₂v + (1−β₂)g.

    Chen et al. 2023, Symbolic Discovery of Optimization Algorithms. The sign is that of β₁/(1−β₁) v + g.
    """
    (v,) = slots
    np.multiply(v, c["ratio"], out=t)
    np.add(t, g, out=t)
    np.sign(t, out=t)
    np.multiply(t, c["rate"], out=t)
    np.multiply(theta, c["keep"], out=theta)
    np.subtract(theta, t, out=theta)
    _remember(v, g, c)


def _remember(v: Array, g: Array, c: Coefficients) -> None:
    """v ← β₂v + (1−β₂)g. g is overwritten."""
    np.multiply(v, c["beta2"], out=v)
    np.multiply(g, c["beta2_rest"], out=g)
    np.add(v, g, out=v)


def _lion_reach(k: Numbers, rate: Any, n: Any) -> Any:
    """What β₁/(1−β₁) v + g holds of a gradient that was 1 in all n updates."""
    return (1 - k["beta1"] * k["beta2"] ** (n - 1)) / (1 - k["beta1"])


def _proximal_lion(
    theta: Array, g: Array, l1: L1Penalty, slots: Slots, t: Array, c: Coefficients
) -> None:
    """Lion to where u x + λ₁|x| is smallest at most η away, u = β₁v + (1−β₁)g.

    A step along a sign is where u x alone is smallest at most η away. With λ₁|x| that is the place nearest to
    0 from w − η sign(u + λ₁) to w − η sign(u − λ₁).
    """
    (v,) = slots
    low, high = l1.scratch, l1.length
    np.multiply(v, c["ratio"], out=t)
    np.add(t, g, out=t)
    np.multiply(l1.price, c["reach"], out=high)
    np.add(t, high, out=low)
    np.subtract(t, high, out=high)
    np.multiply(theta, c["keep"], out=theta)
    for end in (low, high):
        np.sign(end, out=end)
        np.multiply(end, c["rate"], out=end)
        np.subtract(theta, end, out=end)
    np.maximum(low, 0, out=theta)
    np.minimum(theta, high, out=theta)
    _remember(v, g, c)


SIGNS = (
    Optimizer(
        kind="lion",
        label=N_("Lion"),
        script_name="Lion",
        full_steps=True,
        help=N_(
            "Moves every parameter by the same length, along the sign of a blend of gradients."
        ),
        formula="w ← (1 − η λ) w − η sign(β₁v + (1−β₁)g),  v ← β₂v + (1−β₂)g",
        terms=(G, ("v", N_("average gradient")), ("u", N_("blend of both")), W),
        knobs=(
            learning_rate(0.001),
            decay(
                name="beta1",
                label=N_("Beta 1"),
                sentence=N_("How much past gradients count in the step (β₁)."),
                default=0.9,
                symbol="β₁",
                meaning=N_("share of v in the step"),
            ),
            decay(
                name="beta2",
                label=N_("Beta 2"),
                sentence=N_("How much past gradients count in the memory (β₂)."),
                default=0.99,
                symbol="β₂",
                meaning=N_("share of v that is kept"),
            ),
            weight_decay(0.0),
        ),
        slots=("gradient_average",),
        constants=_lion_constants,
        coefficients=_lion_coefficients,
        update=_lion,
        proximal=_proximal_lion,
        reach=_lion_reach,
        lines=(
            WorkedLine(
                name="blend",
                symbol="u",
                rule="β₁v + (1−β₁)g",
                numbers="{beta1}·{gradient_average} + (1 − {beta1})·{g}",
                result=lambda n: n.beta1 * n.gradient_average + (1 - n.beta1) * n.g,
            ),
            WorkedLine(
                name="w_next",
                symbol="w",
                rule="(1 − η λ) w − η sign(u)",
                numbers="(1 − {rate}·{weight_decay})·{w} − {rate}·sign({blend})",
                result=lambda n: (1 - n.rate * n.weight_decay) * n.w - n.rate * np.sign(n.blend),
            ),
            WorkedLine(
                name="gradient_average_next",
                symbol="v",
                rule="β₂v + (1−β₂)g",
                numbers="{beta2}·{gradient_average} + (1 − {beta2})·{g}",
                result=lambda n: n.beta2 * n.gradient_average + (1 - n.beta2) * n.g,
            ),
        ),
        parts=(
            StepPart(VELOCITY, "u", ("blend",), lambda n: n.blend),
            StepPart(SCALING, "sign(u)", (), lambda n: np.sign(n.blend)),
        ),
    ),
)
