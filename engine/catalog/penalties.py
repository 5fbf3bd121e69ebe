"""Penalties: a price R on large weights, which keeps the decision boundary simple.

L1 is λ₁ Σ|w|, L2 is ½ λ₂ Σw², elastic net is both (Zou and Hastie 2005). Only weights pay. R is part of what
every optimizer minimizes: the loss that is trained is L + R.

L2 has a gradient, λ₂w, which is added to the loss's, as PyTorch's `weight_decay` is: after clipping, which
is a limit on the gradient of L. Decay that is no part of a loss is a knob of AdamW and Lion.

L1 has a kink at 0, where the minimum often lies and where its gradient jumps. So after the optimizer's step
a weight is brought nearer to 0 by ηᵢλ₁ and stops there: w ← w − min(max(w, −ηᵢλ₁), ηᵢλ₁), where ηᵢ is its own
rate under the optimizer. `engine.catalog.optimizers.proximal` says why this ends at the minimum of L + R.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import numpy as np

from engine.core.arrays import Array, Numbers
from engine.core.registry import Family, Knob, Record
from engine.words import N_, Message


class Penalty:
    """What L1 and L2 do to an update of theta (M, P).

    knobs: "l1" and "l2", one number or (M, 1) arrays. mask (1 or M, P): 1 for a weight that is trained, 0
    for a parameter that is free. `l1` is None and `has_l2` False where there is none.
    """

    def __init__(self, knobs: Numbers, theta: Array, mask: Array) -> None:
        self._theta = theta
        l1, self._l2 = (_prices(knobs[name], theta, mask) for name in ("l1", "l2"))
        self.has_l2 = self._l2 is not None
        self.l1 = None if l1 is None else L1Penalty(l1)

    def add_l2(self, g: Array, scratch: Array) -> None:
        """g <- g + λ₂w, where there is an L2 penalty; scratch is of its shape."""
        assert self._l2 is not None
        np.multiply(self._theta, self._l2, out=scratch)
        np.add(g, scratch, out=g)


def _prices(price: Any, theta: Array, mask: Array) -> Array | None:
    """A price of each parameter (M, P), or None where there is none."""
    if not np.any(price):
        return None
    return np.array(np.broadcast_to(price * mask, theta.shape), theta.dtype)


class L1Penalty:
    """What the rules of `engine.catalog.optimizers.proximal` need to know of λ₁ Σ|w|.

    price (M, P): λ₁ of each parameter, 0 where it is free.
    whole (M, P): the gradient of L + λ₁ Σ|w|, where `look` has put it. scratch and length are of that shape.
    """

    def __init__(self, price: Array) -> None:
        self.price, self._minus = price, -price
        self.whole, self.scratch, self.length = (np.empty_like(price) for _ in range(3))
        self._at_zero = np.empty(price.shape, np.bool_)

    def look(self, theta: Array, g: Array) -> None:
        """whole <- g + λ₁ sign w, and at w = 0 the part of g that λ₁ does not hold.

        That is the subgradient of least length, 0 just where no step makes L + λ₁|w| smaller: Andrew and
        Gao 2007, Scalable Training of L1-Regularized Log-Linear Models.
        """
        np.sign(theta, out=self.whole)
        np.multiply(self.whole, self.price, out=self.whole)
        np.minimum(g, self.price, out=self.scratch)
        np.maximum(self.scratch, self._minus, out=self.scratch)
        np.negative(self.scratch, out=self.scratch)
        np.equal(theta, 0, out=self._at_zero)
        np.copyto(self.whole, self.scratch, where=self._at_zero)
        np.add(self.whole, g, out=self.whole)

    def shrink(self, theta: Array, length: Array) -> None:
        """Bring each parameter nearer to 0 by this length (M, P), which is overwritten, and no further."""
        np.minimum(theta, length, out=self.scratch)
        np.negative(length, out=length)
        np.maximum(self.scratch, length, out=self.scratch)
        np.subtract(theta, self.scratch, out=theta)


RATES = (0.0, 0.001, 0.003, 0.01, 0.03, 0.1, 0.3, 1.0, 3.0, 10.0)


def _rate(name: str, label: Message, sentence: Message, symbol: str, meaning: Message) -> Knob:
    return Knob(
        name,
        label,
        sentence,
        default=0.0,
        minimum=0,
        maximum=10,
        choices=RATES,
        symbol=symbol,
        meaning=meaning,
    )


L1 = _rate(
    "l1",
    N_("L1 penalty"),
    N_("Pulls every weight towards zero with the same force (λ₁): many become exactly zero."),
    "λ₁",
    N_("strength of the L1 penalty"),
)
L2 = _rate(
    "l2",
    N_("L2 penalty"),
    N_("Pulls large weights towards zero harder than small ones (λ₂): its gradient is λ₂w."),
    "λ₂",
    N_("strength of the L2 penalty"),
)


@dataclass(frozen=True, kw_only=True)
class PenaltyRecord(Record):
    """A penalty. Which one acts is not chosen by name: it is the one whose knobs are all that is on."""


_TERMS = (("R", N_("penalty that is added to the loss")), ("w", N_("weights")))

PENALTIES: Family[PenaltyRecord] = Family(
    N_("penalty"),
    PenaltyRecord(
        kind="l1",
        label=N_("L1"),
        help=N_(
            "A price on the size of each weight: those that do not earn it become exactly zero."
        ),
        formula="R = λ₁ Σ |w|",
        terms=_TERMS,
        knobs=(L1,),
    ),
    PenaltyRecord(
        kind="l2",
        label=N_("L2"),
        help=N_("A price on the square of each weight: all become smaller, the large ones most."),
        formula="R = ½ λ₂ Σ w²",
        terms=_TERMS,
        knobs=(L2,),
    ),
    PenaltyRecord(
        kind="elastic_net",
        label=N_("Elastic net"),
        help=N_("Both: few weights, and no large ones (Zou and Hastie 2005)."),
        formula="R = λ₁ Σ |w| + ½ λ₂ Σ w²",
        terms=_TERMS,
        knobs=(L1, L2),
    ),
)
