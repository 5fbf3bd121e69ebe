"""The points of a run, and what the network is given of them: features, standardized if the spec says so."""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache

import numpy as np

from engine import features
from engine.activations import Array
from engine.datasets import DATASETS
from engine.losses import LOSSES, Task
from engine.reader import Choice
from engine.seeds import Purpose, generator
from engine.spec import RunSpec


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
    return _train_points(spec.data)


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


def _train_points(data: Choice) -> int:
    n = DATASETS[data.kind].points_of(data.knobs)
    share: float = data["train_share"]
    return n if share == 1 else int(min(max(round(n * share), 1), n - 1))


@lru_cache(maxsize=64)
def _draw(data: Choice) -> Sample:
    knobs = data.knobs
    rng = generator(knobs["seed"], Purpose.DATA)
    record = DATASETS[data.kind]
    n = record.points_of(knobs)
    points, labels = record.generate(rng, n, knobs["noise"], knobs["balance"], knobs)
    order = record.order(rng, labels)
    points, labels = points[order], labels[order]
    points.setflags(write=False)
    labels.setflags(write=False)
    return Sample(points, labels, _train_points(data))


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
    inputs.setflags(write=False)
    targets.setflags(write=False)
    return inputs, targets
