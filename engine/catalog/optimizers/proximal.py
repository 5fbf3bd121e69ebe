"""Steps on L + λ₁ Σ|w|: what each optimizer makes of a penalty that has a kink at zero.

An optimizer takes a step Δ from averaged gradients v of L. With λ₁|w|, the step goes to where the same thing
is smallest with λ₁|w| added:

    w ← argmin_x  v x + λ₁|x| + (x − w)² / 2ηᵢ  =  the soft threshold of w − ηᵢv by ηᵢλ₁

ηᵢ is the weight's own rate: how long its step is for a gradient of 1 that was there in every update since
the optimizer began. So an average holds gradients of L alone, and the penalty acts in full on where it
leads: nothing of the pull is left in a velocity when the weight has come to 0. At rest v = g, and a weight
stands still just where g + λ₁ sign w = 0, or at 0 where |g| ≤ λ₁: at a minimum of L + λ₁ Σ|w|.

Squares that divide a step are of the gradient of L + λ₁ Σ|w| (`L1Penalty.whole`). As long as no weight
reaches 0, every step is therefore the very one that the optimizer makes of the loss L + λ₁ Σ|w|. (RMSProp's
velocity alone holds steps that were divided by earlier averages; ηᵢ has the one of now for all of them.)

For SGD this is Duchi and Singer 2009, Efficient Online and Batch Learning Using Forward Backward Splitting,
and TensorFlow Playground's rule; for AdaGrad, Duchi, Hazan and Singer 2011 (composite mirror descent); with
averages and for other divisors, Yun, Lozano and Yang 2021, Adaptive Proximal Gradient Methods for Structured
Neural Networks.
"""

from __future__ import annotations

from typing import Any

import numpy as np

from engine.catalog.optimizers.record import Coefficients, Proximal, Slots, Update
from engine.catalog.penalties import L1Penalty
from engine.core.arrays import Array


def alike(update: Update) -> Proximal:
    """The steps of a rule whose rate is the same for all weights."""

    def proximal(
        theta: Array, g: Array, l1: L1Penalty, slots: Slots, t: Array, c: Coefficients
    ) -> None:
        update(theta, g, g, slots, t, c)
        np.multiply(l1.price, c["reach"], out=t)
        l1.shrink(theta, t)

    return proximal


def divided(update: Update, squares: int) -> Proximal:
    """The steps of a rule that divides by √r + ε, where r is the slot of this number."""

    def proximal(
        theta: Array, g: Array, l1: L1Penalty, slots: Slots, t: Array, c: Coefficients
    ) -> None:
        l1.look(theta, g)
        update(theta, g, l1.whole, slots, t, c)
        np.sqrt(slots[squares], out=t)
        np.add(t, c["epsilon"], out=t)
        np.divide(l1.price, t, out=t)
        np.multiply(t, c["reach"], out=t)
        l1.shrink(theta, t)

    return proximal


def heaped(mu: Any, n: Any) -> Any:
    """1 + μ + … + μⁿ⁻¹ = (1 − μⁿ)/(1 − μ): what a velocity holds of a gradient of 1 after n updates."""
    open_ = np.where(np.equal(mu, 1), 0.0, mu)
    return np.where(np.equal(mu, 1), n, (1 - open_**n) / (1 - open_))
