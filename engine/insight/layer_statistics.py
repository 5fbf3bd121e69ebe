"""How each layer fares: the spread of its weights, gradients and activations, and which units are idle.

Exploding and vanishing signals show as norms that grow or shrink from layer to layer; a learning rate that
is too high or too low as an update ratio far from 1/1000; dead and saturated units as flags.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from engine.core.arrays import Array
from engine.insight.next_step import NextStep, next_step
from engine.network.forward import LayerPass, Network
from engine.network.layout import Block, blocks
from engine.training.data import arrays, train_points
from engine.training.grid import Population, one_of
from engine.training.state import State

BINS = 32
"""How many bars a histogram has."""
QUANTITIES = ("weights", "gradients", "activations")
NUMBERS = ("norm", "mean", "std", "min", "max")
FLAT = 0.01
"""An activation is flat where its slope is less than this."""
LARGEST = 1e300
"""Histograms count larger numbers as this one, so that the width of a bar is finite."""
MOSTLY = 0.5
"""A unit is saturated where its activation is flat at more than this share of the training points."""


@dataclass(frozen=True, eq=False)
class LayerStatistics:
    """One member, layer by layer, the outputs last; L layers, and U units of all layers together.

    Weights leave out biases. Gradients are of the next update's batch, as in `engine.insight.next_step`.
    Activations are those at the training points, in evaluation.

    layer_numbers (L, 3, 5): in the order of QUANTITIES and NUMBERS; the norm is √Σx².
    layer_counts (L, 3, BINS), layer_edges (L, 3, BINS + 1): histograms, over what is finite.
    update_ratio (L,): ‖ΔW‖ / ‖W‖ of the next update; NaN where all weights are zero.
    dead (U,): 1 where a unit gives zero, and no slope, at every training point; one that saturates is not.
    saturated (U,): 1 where an activation that saturates is flat at most training points.
    Both speak of hidden units: an output that is right and sure is flat too, as it should be.
    batch_norm (4, U): running mean, running variance, γ, β; NaN for units without.
    """

    layer_numbers: Array
    layer_counts: Array
    layer_edges: Array
    update_ratio: Array
    dead: Array
    saturated: Array
    batch_norm: Array


def layer_statistics(state: State | Population, member: int = 0) -> LayerStatistics:
    """Look at one member. Raises PositionError for a member that there is not."""
    state, member = one_of(state, member)
    spec = state.specs[member]
    theta, running = state.theta[member : member + 1], state.running[member : member + 1]
    inputs = arrays(spec)[0][:, : train_points(spec)]
    with np.errstate(all="ignore"):
        step = next_step(state, member)
        described, flat = [], []
        # one layer after the other: all of a large network at many points would fill the memory
        for each in Network(spec, theta, running).passes(inputs[None]):
            described.append([describe(x) for x in _quantities(each, theta, step)])
            flat.append((dead(each), saturated(each)))
        ratios = [_update_ratio(block, theta, step.theta) for block in blocks(spec)]
    numbers, counts, edges = (
        np.array([[d[part] for d in layer] for layer in described]) for part in range(3)
    )
    return LayerStatistics(
        layer_numbers=numbers,
        layer_counts=counts,
        layer_edges=edges,
        update_ratio=np.array(ratios),
        dead=_of_hidden([each for each, _ in flat]),
        saturated=_of_hidden([each for _, each in flat]),
        batch_norm=np.concatenate(
            [_batch_norm(block, theta, running) for block in blocks(spec)], 1
        ),
    )


def describe(values: Array) -> tuple[Array, Array, Array]:
    """NUMBERS (5,), and counts (BINS,) and edges (BINS + 1,) of the histogram of what is finite."""
    x = values.ravel().astype(np.float64)
    numbers = np.array([np.sqrt(x @ x), x.mean(), x.std(), x.min(), x.max()])
    finite = np.clip(x[np.isfinite(x)], -LARGEST, LARGEST)
    counts, edges = np.histogram(finite, BINS, _span(finite))
    return numbers, counts, edges


def _span(x: Array) -> tuple[float, float]:
    """From the least to the largest of x, with room on both sides where they are all but equal."""
    low, high = float(x.min(initial=LARGEST)), float(x.max(initial=-LARGEST))
    if low > high:
        return 0.0, 1.0
    size = max(abs(low), abs(high))
    if size < 1 / LARGEST:
        return -0.5, 0.5
    room = 0.5 * size if high - low < 1e-9 * size else 0.0
    return low - room, high + room


def _quantities(layer: LayerPass, theta: Array, step: NextStep) -> tuple[Array, Array, Array]:
    """What is described of a layer, in the order of QUANTITIES."""
    block = layer.block
    return block.weights(theta), block.weights(step.gradient[None]), layer.a


def _update_ratio(block: Block, before: Array, after: Array) -> float:
    weights = block.weights(before).astype(np.float64)
    change = block.weights(after[None]) - weights
    return float(np.sqrt(np.square(change).sum()) / np.sqrt(np.square(weights).sum()))


def _of_hidden(flags: list[Array]) -> Array:
    """(U,): the flags of each hidden layer's units, and 0 for each output."""
    *hidden, outputs = flags
    return np.concatenate([*hidden, np.zeros_like(outputs)])


def dead(layer: LayerPass) -> Array:
    """(U,) of one layer: any activation that can be dead, a leaky ReLU with slope 0 among them."""
    if layer.activation.saturates:
        return np.zeros(layer.a.shape[1], np.uint8)
    silent: Array = ((layer.a[0] == 0) & (layer.slope[0] == 0)).all(axis=-1)
    return silent.astype(np.uint8)


def saturated(layer: LayerPass) -> Array:
    """(U,) of one layer."""
    if not layer.activation.saturates:
        return np.zeros(layer.a.shape[1], np.uint8)
    flat: Array = (np.abs(layer.slope[0]) < FLAT).mean(axis=-1)
    return (flat > MOSTLY).astype(np.uint8)


def _batch_norm(block: Block, theta: Array, running: Array) -> Array:
    """(4, U) of one layer."""
    if not block.batch_norm:
        return np.full((4, block.n_out), np.nan)
    statistics, scale = block.statistics(running), block.scale(theta)
    columns = (statistics.mean, statistics.variance, scale.gamma, scale.beta)
    return np.stack([column[0, :, 0] for column in columns])
