"""How each layer's weights are spread, and how they were at the start."""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache

import numpy as np

from engine.core.arrays import Array, read_only
from engine.insight.activation_flow import bars, reaching
from engine.network.layout import Block, blocks, initial
from engine.spec.run_spec import RunSpec
from engine.training.grid import Population, one_of
from engine.training.state import State

LEAST = 0.5
"""Axes of weights reach at least so far."""
SMALL = 0.01
"""A weight is small below this."""


@dataclass(frozen=True, eq=False)
class WeightSpread:
    """The weights of one member, without biases; L layers, outputs last.

    reach (L,): the axes of a layer are from −reach to +reach, beyond all of its weights.
    counts (L, 2, BARS): histograms of the weights now, and at step 0, over what is finite.
    norms (L, 2): √Σw² now, and at step 0.
    small (L,): how many are below SMALL in size. zeros (L,): how many are exactly 0.
    weights (L,): how many there are.
    """

    reach: Array
    counts: Array
    norms: Array
    small: Array
    zeros: Array
    weights: Array


def weight_spread(state: State | Population, member: int = 0) -> WeightSpread:
    """Look at the weights of one member. Raises PositionError for a member that there is not."""
    state, member = one_of(state, member)
    theta, before = state.theta[member : member + 1], _start(state.start_specs[member])
    pairs = [_weights(part, theta, before) for part in blocks(state.specs[member])]
    with np.errstate(all="ignore"):
        reach = [reaching(LEAST, *pair) for pair in pairs]
        now = [pair[0] for pair in pairs]
        return WeightSpread(
            reach=np.array(reach),
            counts=np.array(
                [[bars(w, far) for w in pair] for pair, far in zip(pairs, reach, strict=True)]
            ),
            norms=np.array([[np.sqrt(np.vdot(w, w)) for w in pair] for pair in pairs]),
            small=np.array([np.count_nonzero(np.abs(w) < SMALL) for w in now]),
            zeros=np.array([np.count_nonzero(w == 0) for w in now]),
            weights=np.array([w.size for w in now]),
        )


def _weights(part: Block, theta: Array, before: Array) -> tuple[Array, Array]:
    """A layer's weights now and at step 0, in float64, which can square every float32."""
    now, then = (part.weights(each).astype(np.float64) for each in (theta, before))
    return now, then


@lru_cache(maxsize=64)
def _start(spec: RunSpec) -> Array:
    """The parameters (1, P) that a run of this spec starts from: drawing them takes longer than all else."""
    return read_only(initial([spec]))
