"""Penalties: a price on large weights, which keeps the decision boundary simple.

L1 is λ₁ Σ|w|, L2 is ½ λ₂ Σw², elastic net is both (Zou and Hastie 2005). Only weights pay. The pull acts
after the optimizer's step, at the same learning rate, so that it stays what it is under every optimizer.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import numpy as np

from engine.activations import Array, Numbers
from engine.registry import Family, Knob, Record


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


RATES = (0.0, 0.001, 0.003, 0.01, 0.03, 0.1, 0.3, 1.0, 3.0, 10.0)


def _rate(name: str, label: str, sentence: str) -> Knob:
    return Knob(name, label, sentence, default=0.0, minimum=0, maximum=10, choices=RATES)


L1 = _rate("l1", "L1", "Pulls every weight to zero at the same speed (λ₁), many of them exactly.")
L2 = _rate("l2", "L2", "Pulls large weights towards zero harder than small ones (λ₂).")


@dataclass(frozen=True, kw_only=True)
class PenaltyRecord(Record):
    """A penalty. Which one acts is not chosen by name: it is the one whose knobs are all that is on."""


PENALTIES: Family[PenaltyRecord] = Family(
    "penalty",
    PenaltyRecord(
        kind="l1",
        label="L1",
        help="A price on the size of each weight: those that do not earn it become exactly zero.",
        formula="R = λ₁ Σ |w|",
        knobs=(L1,),
    ),
    PenaltyRecord(
        kind="l2",
        label="L2",
        help="A price on the square of each weight: all become smaller, the large ones most.",
        formula="R = ½ λ₂ Σ w²",
        knobs=(L2,),
    ),
    PenaltyRecord(
        kind="elastic_net",
        label="Elastic net",
        help="Both: few weights, and no large ones (Zou and Hastie 2005).",
        formula="R = λ₁ Σ |w| + ½ λ₂ Σ w²",
        knobs=(L1, L2),
    ),
)
