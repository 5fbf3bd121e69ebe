"""How the gradient fares on its way back through the layers, in one batch: where it shrinks, and why.

Let δ be dL/ds of a layer's sums s, (U, B) over the batch, for the mean loss L over the batch. From the layer
above, with δ⁺ and weights W⁺, it comes down in three factors, each a ratio of norms ‖·‖ = √Σ²:

    gain  = ‖W⁺ δ⁺‖ / ‖δ⁺‖              what Wᵀ of the forward pass does on the way back
    slope = ‖W⁺ δ⁺ ∘ f'(z)‖ / ‖W⁺ δ⁺‖   f' (and the mask of dropout), averaged over where the gradient arrives
    norm  = ‖δ‖ / ‖W⁺ δ⁺ ∘ f'(z)‖       batch normalization; 1 without, but for rounding

so that gain · slope · norm = ‖δ‖ / ‖δ⁺‖, exactly, and the product over all layers is how the first layer's δ
compares with the last one's.
"""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from engine.core.arrays import Array
from engine.network.backprop import Backprop, DenseLayer
from engine.network.layout import Block, blocks
from engine.training.grid import Population, one_of
from engine.training.state import State
from engine.training.trainer import trainer_of
from engine.training.trainers import Trainers


@dataclass(frozen=True, eq=False)
class GradientFlow:
    """The next update of one member, layer by layer, the outputs last; L layers.

    All is of the mean data loss over the next update's batch, with its masks of dropout and the batch's own
    statistics, as in `engine.insight.next_step`; penalties have no part in the gradient. Norms are √Σx².

    batch: how many points it looks at, B.
    total: ‖g‖ over all parameters, before clipping.
    gradients (L,): ‖dL/dW‖ of the weights, before clipping; biases left out.
    deltas (L,): ‖δ‖ with δ = dL/ds (U, B).
    slopes (L,): the plain mean of |f'(z)| over units and points.
    factors (L − 1, 3): slope, norm and gain, by which δ comes down from the layer above; NaN where none does.
    updates (L,): ‖ΔW‖ / ‖W‖ of the update, by way of clipping, penalty and optimizer; NaN where W is zero.
    over (L,): the share of a layer's gradients, those of biases too, that are over the clipping limit; 0
        without one.
    """

    batch: int
    total: float
    gradients: Array
    deltas: Array
    slopes: Array
    factors: Array
    updates: Array
    over: Array


def gradient_flow(
    state: State | Population, member: int = 0, trainers: Trainers | None = None
) -> GradientFlow:
    """Follow the gradient of a member's next update, of one that has failed or stopped too.

    trainers: where working copies are kept for the next call, as `engine.train` has it.
    Raises PositionError for a member that there is not.
    """
    state, member = one_of(state, member)
    spec, before = state.specs[member], state.theta[member : member + 1]
    trainer = trainer_of(state, [member]) if trainers is None else trainers.of(state, [member])
    parts, limit = blocks(spec), spec.clip.knobs.get("limit", np.inf)
    with np.errstate(all="ignore"):
        backprop = trainer.gradient()
        gradient = trainer.grad[0].astype(np.float64)
        deltas, slopes, factors = _way_back(backprop, [part.weights(before)[0] for part in parts])
        trainer.update(backprop.length)
        change = trainer.theta[0].astype(np.float64) - before[0]
        return GradientFlow(
            batch=backprop.length,
            total=_norm(gradient),
            gradients=_norms(parts, gradient),
            deltas=deltas,
            slopes=slopes,
            factors=factors,
            updates=_norms(parts, change) / _norms(parts, before[0].astype(np.float64)),
            over=_over(parts, gradient, limit),
        )


def _way_back(backprop: Backprop, weights: list[Array]) -> tuple[Array, Array, Array]:
    """‖δ‖ (L,), the mean |f'| (L,) and the factors (L − 1, 3); weights (n_in, n_out) of each layer.

    In float64: there are gradients whose squares no float32 holds.
    """
    layers = backprop.layers
    slopes = [layer.slope() for layer in layers]
    arriving = [
        w.astype(np.float64) @ above.g for w, above in zip(weights[1:], layers[1:], strict=True)
    ]
    came = np.array([_norm(each) for each in arriving])
    passed = np.array([_norm(each) for each in map(_passed, arriving, layers[:-1], slopes[:-1])])
    deltas = np.array([_norm(layer.g.astype(np.float64)) for layer in layers])
    factors = np.stack([passed / came, deltas[:-1] / passed, came / deltas[1:]], axis=1)
    return deltas, np.array([np.abs(slope).mean() for slope in slopes]), factors


def _passed(arriving: Array, layer: DenseLayer, slope: Array) -> Array:
    """What of a gradient by the layer's output comes through its mask and its activation, (U, B)."""
    passed = arriving * slope
    return passed if layer.mask is None else passed * layer.mask


def _norm(x: Array) -> float:
    """√Σx²."""
    return math.sqrt(np.vdot(x, x))


def _norms(parts: Sequence[Block], theta: Array) -> Array:
    """√Σw² over the weights of each layer, (L,); theta (P,)."""
    ends = [end for part in parts for end in (part.offset, part.offset + part.n_in * part.n_out)]
    # what lies between two layers' weights is summed as well, and left out
    sums: Array = np.add.reduceat(np.square(theta), ends)[::2]
    return np.sqrt(sums)


def _over(parts: Sequence[Block], gradient: Array, limit: float) -> Array:
    """The share of each layer's gradients that are over a limit, (L,); gradient (P,)."""
    sums = np.add.reduceat(np.abs(gradient) > limit, [part.offset for part in parts], dtype=float)
    shares: Array = sums / [part.end - part.offset for part in parts]
    return shares
