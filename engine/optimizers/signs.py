"""Steps of one length in every direction: only the sign counts."""

from __future__ import annotations

from typing import Any

import numpy as np

from engine.activations import Array, Numbers
from engine.lines import Line
from engine.optimizers.record import Coefficients, Optimizer, decay, learning_rate, weight_decay


def _lion_constants(k: Numbers) -> dict[str, Any]:
    return {
        "ratio": k["beta1"] / (1 - k["beta1"]),
        "beta2": k["beta2"],
        "beta2_rest": 1 - k["beta2"],
    }


def _lion_coefficients(k: Numbers, rate: Any, n: Any) -> dict[str, Any]:
    return {"rate": rate, "keep": 1 - rate * k["weight_decay"]}


def _lion(theta: Array, g: Array, slots: tuple[Array, ...], t: Array, c: Coefficients) -> None:
    """w ← (1 − ε λ) w − ε sign(β₁v + (1−β₁)g), then v ← β₂v + (1−β₂)g.

    Chen et al. 2023, Symbolic Discovery of Optimization Algorithms. The sign is that of β₁/(1−β₁) v + g.
    """
    (v,) = slots
    np.multiply(v, c["ratio"], out=t)
    np.add(t, g, out=t)
    np.sign(t, out=t)
    np.multiply(t, c["rate"], out=t)
    np.multiply(theta, c["keep"], out=theta)
    np.subtract(theta, t, out=theta)
    np.multiply(v, c["beta2"], out=v)
    np.multiply(g, c["beta2_rest"], out=g)
    np.add(v, g, out=v)


SIGNS = (
    Optimizer(
        kind="lion",
        label="Lion",
        help="Moves every parameter by the same length, along the sign of a blend of gradients.",
        formula="w ← (1 − ε λ) w − ε sign(β₁v + (1−β₁)g),  v ← β₂v + (1−β₂)g",
        knobs=(
            learning_rate(0.001),
            decay("beta1", "Beta 1", "How much past gradients count in the step (β₁).", 0.9),
            decay("beta2", "Beta 2", "How much past gradients count in the memory (β₂).", 0.99),
            weight_decay(0.0),
        ),
        slots=("gradient_average",),
        constants=_lion_constants,
        coefficients=_lion_coefficients,
        update=_lion,
        lines=(
            Line(
                name="blend",
                symbol="u",
                rule="β₁v + (1−β₁)g",
                numbers="{beta1}·{gradient_average} + (1 − {beta1})·{g}",
                result=lambda n: n.beta1 * n.gradient_average + (1 - n.beta1) * n.g,
            ),
            Line(
                name="w_next",
                symbol="w",
                rule="(1 − ε λ) w − ε sign(u)",
                numbers="(1 − {rate}·{weight_decay})·{w} − {rate}·sign({blend})",
                result=lambda n: (1 - n.rate * n.weight_decay) * n.w - n.rate * np.sign(n.blend),
            ),
            Line(
                name="gradient_average_next",
                symbol="v",
                rule="β₂v + (1−β₂)g",
                numbers="{beta2}·{gradient_average} + (1 − {beta2})·{g}",
                result=lambda n: n.beta2 * n.gradient_average + (1 - n.beta2) * n.g,
            ),
        ),
    ),
)
