"""What networks say at any points: probabilities of classes, or values."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np

from engine.catalog.losses import LOSSES
from engine.core.arrays import Array
from engine.insight.points import points_of
from engine.network.forward import outputs
from engine.spec.run_spec import RunSpec
from engine.training.data import Inputs
from engine.training.grid import Population
from engine.training.metrics import together
from engine.training.state import State


def predict(state: State | Population, points: Sequence[Sequence[float]] | Array) -> Array:
    """What each of M networks says at points (N, 2), in float64.

    Where there are C classes: the probability of each, (M, N, C), two classes included. In regression: the
    values, (M, N). Points are given as the data has them, (x1, x2); features and their standardization
    are the network's own. Values are in the data's units too: where own values were scaled to be learned,
    that is undone. The networks are as in evaluation: running statistics, no dropout.

    Raises ValueError for points that are not finite numbers (N, 2), and for a population whose networks tell
    different numbers of classes.

    >>> import engine
    >>> state = engine.start(engine.RunSpec.from_dict({"data": "xor"}))
    >>> engine.predict(state, [[1.5, -2], [0, 0], [2, 2]]).shape
    (1, 3, 2)
    """
    there = points_of(points)
    if isinstance(state, Population):
        return state.gather([_predict(part, there) for part in state.states])
    return _predict(state, there)


def _predict(state: State, points: Array) -> Array:
    found: list[Array] = [points] * len(state.specs)
    for here in together(state.specs, max(len(points), 1)):
        spec = state.specs[here[0]]
        inputs = Inputs.of(spec).compute(points)
        theta, running = (part[here].astype(np.float64) for part in (state.theta, state.running))
        with np.errstate(all="ignore"):
            for member, output in zip(here, outputs(spec, theta, running, inputs), strict=True):
                found[member] = _said(state.specs[member], output)
    return np.stack(found)


def _said(spec: RunSpec, output: Array) -> Array:
    """What outputs (K, N) say: (N, C) or (N,)."""
    if spec.classes:
        return np.asarray(LOSSES[spec.loss.kind].probabilities(output).T)
    middle, half = spec.target_scale
    return np.asarray(middle + half * output[0])
