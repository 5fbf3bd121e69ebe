"""The points of a run, and what the network is given of them: features, standardized if the spec says so."""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache

import numpy as np

from engine.catalog import features
from engine.catalog.datasets import DATASETS
from engine.catalog.losses import LOSSES, Task
from engine.core.arrays import Array, read_only
from engine.core.random import Purpose, generator
from engine.spec.reader import Choice
from engine.spec.run_spec import RunSpec

LARGE, SMALL = 20.0, 0.1
"""Inputs are of another size than networks expect beyond this root mean square: the points of every data set
here, and the squares of their coordinates, stay within it."""
OFF_CENTRE = 5.0
"""Inputs lie far from 0 where their mean is so many times their spread."""


@dataclass(frozen=True)
class Sample:
    """Points (N, 2) and labels (N,), shuffled; the first `train` of them train, the rest, if any, test."""

    points: Array
    labels: Array
    train: int


def sample(spec: RunSpec) -> Sample:
    """The points of a run. The same data section always gives the same points."""
    return _draw(spec.data)


def train_points(spec: RunSpec) -> int:
    """How many points train: the training share, but at least one; below a share of 1 at least one tests."""
    return spec.train_points


@dataclass(frozen=True)
class Inputs:
    """What turns points into the network's inputs; a value that can be a key.

    names: the features. data: the data section whose training points give each feature mean 0 and
    variance 1, or None where features stay as they are.
    """

    names: tuple[str, ...]
    data: Choice | None

    @classmethod
    def of(cls, spec: RunSpec) -> Inputs:
        """What a spec's network is given, of training points, test points and maps alike."""
        return cls(spec.features, spec.data if spec.standardize else None)

    def compute(self, points: Array) -> Array:
        """The inputs (D, N) of points (N, 2), float64."""
        values = features.compute(self.names, points).T
        if self.data is None:
            return values
        mean, deviation = _moments(self.names, self.data)
        standardized: Array = (values - mean) / deviation
        return standardized


def arrays(spec: RunSpec) -> tuple[Array, Array]:
    """Inputs (D, N) and targets (K, N) of all points, training points first, in the spec's dtype."""
    return _arrays(spec.data, Inputs.of(spec), spec.loss, spec.task, spec.classes, spec.dtype)


def raw_inputs(spec: RunSpec) -> bool:
    """Whether the training inputs are so large, so small or so far from 0 that training suffers from it.

    An input that is the same at every point says nothing, however large it is.
    """
    if spec.standardize:
        return False
    x = arrays(spec)[0][:, : train_points(spec)].astype(np.float64)
    spread, centre = x.std(axis=1), np.abs(x.mean(axis=1))
    varied = spread > 1e-6 * centre
    size = np.hypot(spread, centre)
    far = varied & ((size > LARGE) | (centre > OFF_CENTRE * spread))
    return bool(far.any() or (varied.any() and (size[varied] < SMALL).all()))


@lru_cache(maxsize=64)
def _draw(data: Choice) -> Sample:
    knobs = data.knobs
    rng = generator(knobs["seed"], Purpose.DATA)
    record = DATASETS[data.kind]
    n = record.points_of(knobs)
    points, labels = record.generate(rng, n, knobs["noise"], knobs["balance"], knobs)
    order = record.order(rng, labels)
    points, labels = points[order], labels[order]
    return Sample(read_only(points), read_only(labels), record.train_points_of(knobs))


@lru_cache(maxsize=64)
def _moments(names: tuple[str, ...], data: Choice) -> tuple[Array, Array]:
    """Mean and standard deviation of each feature over the training points, both (D, 1).

    The deviation is 1 where the feature is the same at every point.
    """
    mine = _draw(data)
    values = features.compute(names, mine.points[: mine.train]).T
    mean, deviation = values.mean(axis=1, keepdims=True), values.std(axis=1, keepdims=True)
    same = deviation <= 1e-12 * np.abs(values).max(axis=1, keepdims=True)
    return mean, np.where(same, 1, deviation)


@lru_cache(maxsize=64)
def _arrays(
    data: Choice, given: Inputs, loss: Choice, task: Task, classes: int, dtype: str
) -> tuple[Array, Array]:
    mine = _draw(data)
    inputs = np.ascontiguousarray(given.compute(mine.points), dtype=dtype)
    targets = LOSSES[loss.kind].targets(mine.labels, task, classes, loss.knobs).astype(dtype)
    return read_only(inputs), read_only(targets)
