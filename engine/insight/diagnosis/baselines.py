"""What simple methods make of a run's training points, to judge a network's score by.

Some data cannot be learned any better, because of its noise, and some is told apart by a straight line.
"Good" therefore means good for these points: near to what their own neighbours say of them.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache

import numpy as np

from engine.catalog.losses import one_hot
from engine.core.arrays import Array
from engine.insight.evaluation import r_squared
from engine.spec.reader import Choice
from engine.spec.run_spec import RunSpec
from engine.training.data import Inputs, sample
from engine.training.metrics import answers

MOST_POINTS = 600
"""So many training points are looked at: all pairs of them are, and more change the share by a percent."""

NEIGHBOURS = 5
"""Odd, so that two classes are never even; few, so that the arms of a spiral do not mix."""


@dataclass(frozen=True)
class Yardstick:
    """Scores at the training points: the share told right, or R² in regression.

    chance: of the same answer for every point. linear: of least squares on the network's features.
    neighbours: of the mean label of each point's nearest others, which says what can be reached.
    inputs: the same of those whose inputs are nearest, which says what can be told from these inputs.
    """

    chance: float
    linear: float
    neighbours: float
    inputs: float


def yardstick(spec: RunSpec) -> Yardstick:
    """The yardstick of a spec's data and features; worked out once for each."""
    return _yardstick(spec.data, spec.features)


@lru_cache(maxsize=64)
def _yardstick(data: Choice, names: tuple[str, ...]) -> Yardstick:
    spec = RunSpec.from_dict({"data": data.to_dict(), "features": names})
    mine = sample(spec)
    count = min(mine.train, MOST_POINTS)
    points, labels = mine.points[:count], mine.labels[:count]
    targets = one_hot(labels, spec.classes) if spec.classes else labels[None]
    inputs = Inputs.of(spec).compute(points)
    return Yardstick(
        chance=_score(spec, np.repeat(targets.mean(axis=1, keepdims=True), count, 1), labels),
        linear=_score(spec, _least_squares(inputs, targets), labels),
        neighbours=_score(spec, _neighbours(points, targets), labels),
        inputs=_score(spec, _neighbours(_scaled(inputs).T, targets), labels),
    )


def _score(spec: RunSpec, output: Array, labels: Array) -> float:
    """How good outputs (K, N) are: the share told right, or R² where that is a number, else 0."""
    if spec.classes:
        return float((answers(output) == labels).mean())
    return float(np.nan_to_num(r_squared(labels, output[0])))


def _least_squares(inputs: Array, targets: Array) -> Array:
    """The outputs (K, N) of the linear map with biases that is nearest to the targets."""
    x = np.vstack([inputs, np.ones_like(inputs[:1])])
    found: Array = (np.linalg.lstsq(x.T, targets.T, rcond=None)[0].T) @ x
    return found


def _scaled(inputs: Array) -> Array:
    """Inputs (D, N) as far apart as each other, so that the largest alone does not say who is near."""
    spread = inputs.std(axis=1, keepdims=True)
    scaled: Array = inputs / np.where(spread > 0, spread, 1)
    return scaled


def _neighbours(points: Array, targets: Array) -> Array:
    """The mean target (K, N) of each of the nearest others of points (N, D)."""
    others = min(NEIGHBOURS, len(points) - 1)
    if others < 1:
        return targets
    distance = np.square(points[:, None] - points[None]).sum(axis=2)
    np.fill_diagonal(distance, np.inf)
    nearest = np.argpartition(distance, others - 1, axis=1)[:, :others]
    found: Array = targets[:, nearest].mean(axis=2)
    return found
