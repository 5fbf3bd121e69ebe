"""A network as its next update sees it: with the statistics of a batch, and without its silent units.

In evaluation batch normalization takes its running averages, and every unit speaks. In training it takes the
mean and the variance of the batch under way, and dropout silences some units and scales the others by
1/(1 − rate). Both can be put into the numbers of a network that is then evaluated as any other: the batch's
statistics stand where running averages do, and a unit's mask is multiplied into the weights that lead on from
it. So all that looks at a network in evaluation can look at it in training as well.
"""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass, replace

import numpy as np

from engine.core.arrays import Array
from engine.network.backprop import dropouts
from engine.network.batch_norm import EPSILON, Statistics
from engine.network.layout import blocks
from engine.network.training_pass import TrainingNetwork
from engine.spec.run_spec import RunSpec
from engine.training.batches import Batches
from engine.training.grid import Population, one_of
from engine.training.state import State


@dataclass(frozen=True, eq=False)
class InTraining:
    """One member in the next update; L layers, the outputs last, and U hidden units.

    state: the same state, in which this member is evaluated with the statistics of the batch and with the
        mask of its first point: each point has its own, and a place of the map is one point.
    batch: how many points the update looks at, B.
    first (U,): the mask of the first point, 0 for a silent unit, else what it is multiplied by, 1/(1 − rate).
    batch_statistics, running_statistics (L, 2): of what batch normalization takes, a layer's mean, that of
        its units' means, and its spread, √ of the mean of their variances; NaN without normalization.
    apart (L,): √ of the mean over the units of ((batch mean − running mean)/√(running variance + ε))²: how
        many standard deviations lie between the two; NaN without normalization.
    """

    state: State
    batch: int
    first: Array
    batch_statistics: Array
    running_statistics: Array
    apart: Array


def in_training(state: State | Population, member: int = 0) -> InTraining:
    """A member as the forward pass of its next update sees it, even one that has failed or stopped.

    It is worked out on copies. Raises PositionError for a member that there is not.

    >>> import engine
    >>> layers = [{"units": 4, "batch_norm": True, "dropout": 0.5}]
    >>> state = engine.start(engine.RunSpec.from_dict({"layers": layers, "batch_size": 20}))
    >>> seen = in_training(state)
    >>> seen.batch, sorted({*seen.first.tolist()}), seen.running_statistics[0].tolist()
    (20, [0.0, 2.0], [0.0, 1.0])
    >>> there = [[1, 2]]
    >>> bool((engine.predict(seen.state, there) == engine.predict(state, there)).all())
    False
    """
    state, member = one_of(state, member)
    spec, here = state.specs[member], slice(member, member + 1)
    x = Batches([spec]).rest(state.epoch, state.cursor)[0][0][:-1]
    batch = x.shape[-1]
    drop = dropouts([spec])[:-1]
    drawn = [None if each is None else each.mask(state.step, batch) for each in drop]
    with np.errstate(all="ignore"):
        network = TrainingNetwork(spec, state.theta[here], drawn)
        network.last(x[None])
        first = [
            np.ones(layer.units) if mask is None else mask[:, 0].astype(np.float64)
            for layer, mask in zip(spec.layers, drawn, strict=True)
        ]
        normed = _statistics(spec, network.running), _statistics(spec, state.running[here])
        return InTraining(
            state=_with(state, member, network.running[0], first),
            batch=batch,
            first=np.concatenate([np.empty(0), *first]),
            batch_statistics=np.array(list(map(_spread, normed[0]))),
            running_statistics=np.array(list(map(_spread, normed[1]))),
            apart=np.array(list(map(_apart, *normed))),
        )


def _with(state: State, member: int, running: Array, first: Sequence[Array]) -> State:
    """The state with these statistics (R,), and with masks (U,) in the weights that lead on from units."""
    changed = replace(state, theta=state.theta.copy(), running=state.running.copy())
    changed.running[member] = running
    above = blocks(state.specs[member])[1:]
    for block, mask in zip(above, first, strict=True):
        weights = block.weights(changed.theta[member : member + 1])
        weights *= mask[:, None]
    return changed


def _statistics(spec: RunSpec, running: Array) -> list[Statistics | None]:
    """Each layer's means and variances in float64, from running (1, R); None where there are none."""
    found = running.astype(np.float64)
    return [block.statistics(found) if block.batch_norm else None for block in blocks(spec)]


def _spread(normed: Statistics | None) -> tuple[float, float]:
    if normed is None:
        return math.nan, math.nan
    return float(normed.mean.mean()), float(np.sqrt(normed.variance.mean()))


def _apart(batch: Statistics | None, running: Statistics | None) -> float:
    if batch is None or running is None:
        return math.nan
    away = (batch.mean - running.mean) / np.sqrt(running.variance + EPSILON)
    return float(np.sqrt(np.square(away).mean()))
