"""Penalties: a price on large weights, which keeps the decision boundary simple.

L1 is λ₁ Σ|w|, L2 is ½ λ₂ Σw², elastic net is both (Zou and Hastie 2005). Only weights pay. The pull acts
after the optimizer's step, at the same learning rate, so that it stays what it is under every optimizer.
"""

from __future__ import annotations

from typing import Any

import numpy as np

from engine.activations import Array, Numbers


class Penalty:
    """The pull of L1 and L2 on theta (M, P).

    w ← w − ε λ₂ w, then w ← w − ε λ₁ sign w, which stops at exactly zero where it would cross it: it is
    w ← w − min(max(w, −ε λ₁), ε λ₁).

    knobs: "l1" and "l2", one number or (M, 1) arrays. mask (1, P): 1 for a weight, 0 for a parameter that
    is free. `any` is False where there is no pull at all.
    """

    def __init__(self, knobs: Numbers, theta: Array, mask: Array) -> None:
        self._theta = theta
        self._l1, self._l2 = knobs["l1"] * mask, knobs["l2"] * mask
        self._has_l1, self._has_l2 = bool(self._l1.any()), bool(self._l2.any())
        self.any = self._has_l1 or self._has_l2
        self._keep, self._high, self._low = (np.ones_like(theta) for _ in range(3))

    def set_rate(self, rate: Any) -> None:
        """Take the learning rate ε of the next steps."""
        self._keep[...] = 1 - rate * self._l2
        self._high[...] = rate * self._l1
        np.negative(self._high, out=self._low)

    def apply(self, scratch: Array) -> None:
        """Pull theta; scratch is of its shape."""
        theta = self._theta
        if self._has_l2:
            np.multiply(theta, self._keep, out=theta)
        if self._has_l1:
            np.minimum(theta, self._high, out=scratch)
            np.maximum(scratch, self._low, out=scratch)
            np.subtract(theta, scratch, out=theta)
