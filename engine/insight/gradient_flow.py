"""How the gradient fares on its way back through the layers, in one batch: where it shrinks, and why.

Let δ be dL/ds of a layer's sums s, (U, B) over the batch, for the mean loss L over the batch. From the layer
above, with δ⁺ and weights W⁺, it comes down in three factors, each a ratio of norms ‖·‖ = √Σ²:

    gain  = ‖W⁺ δ⁺‖ / ‖δ⁺‖              what Wᵀ of the forward pass does on the way back
    slope = ‖W⁺ δ⁺ ∘ f'(z)‖ / ‖W⁺ δ⁺‖   f' (and the mask of dropout), averaged over where the gradient arrives
    norm  = ‖δ‖ / ‖W⁺ δ⁺ ∘ f'(z)‖       batch normalization; 1 without

so that gain · slope · norm = ‖δ‖ / ‖δ⁺‖, exactly, and the product over all layers is how the first layer's δ
compares with the last one's.
"""

from __future__ import annotations

from dataclasses import dataclass
from itertools import pairwise

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
    parts = blocks(spec)
    limit = spec.clip.knobs.get("limit", np.inf)
    with np.errstate(all="ignore"):
        backprop = trainer.gradient()
        gradient = trainer.grad.astype(np.float64)
        deltas, slopes, factors = _way_back(backprop, [part.weights(before)[0] for part in parts])
        trainer.update(backprop.length)
        change = trainer.theta.astype(np.float64) - before
        return GradientFlow(
            batch=backprop.length,
            total=_norm(gradient),
            gradients=np.array([_norm(part.weights(gradient)) for part in parts]),
            deltas=deltas,
            slopes=slopes,
            factors=factors,
            updates=np.array([_ratio(part, change, before) for part in parts]),
            over=np.array([(np.abs(_own(part, gradient)) > limit).mean() for part in parts]),
        )


def _way_back(backprop: Backprop, weights: list[Array]) -> tuple[Array, Array, Array]:
    """‖δ‖ (L,), the mean |f'| (L,) and the factors (L − 1, 3); weights (n_in, n_out) of each layer."""
    layers = backprop.layers
    slopes = [layer.slope() for layer in layers]
    deltas = [_norm(layer.g) for layer in layers]
    factors = np.empty((len(layers) - 1, 3))
    for i, (layer, above) in enumerate(pairwise(layers)):
        arriving = weights[i + 1] @ above.g
        passed = _norm(arriving * _passing(layer, slopes[i]))
        came = _norm(arriving)
        factors[i] = passed / came, deltas[i] / passed, came / deltas[i + 1]
    return np.array(deltas), np.array([np.abs(slope).mean() for slope in slopes]), factors


def _passing(layer: DenseLayer, slope: Array) -> Array:
    """What of a gradient by the layer's output comes through its mask and its activation, (U, B)."""
    return slope if layer.mask is None else slope * layer.mask


def _norm(x: Array) -> np.float64:
    """√Σx², in float64, which can square every float32."""
    flat = x.ravel().astype(np.float64)
    return np.float64(np.sqrt(flat @ flat))


def _ratio(part: Block, change: Array, before: Array) -> np.float64:
    """‖ΔW‖ / ‖W‖ of a layer."""
    return _norm(part.weights(change)) / _norm(part.weights(before))


def _own(part: Block, gradient: Array) -> Array:
    """The gradients of a layer's parameters."""
    return gradient[0, part.offset : part.end]
