"""The training and test points of a run, and the batches of each epoch."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache

import numpy as np

from engine import features
from engine.activations import Array
from engine.datasets import DATASETS
from engine.losses import LOSSES, Task
from engine.seeds import Purpose, generator
from engine.spec import Choice, RunSpec

Batch = tuple[Array, Array]
"""Inputs with a last row of ones (M, D + 1, B), and targets (M, K, B); no member axis if M = 1."""


@dataclass(frozen=True)
class Sample:
    """Points (N, 2) and labels (N,), shuffled; the first `train` of them train, the rest test."""

    points: Array
    labels: Array
    train: int


def train_points(spec: RunSpec) -> int:
    """How many points train: the training share, but at least one on each side."""
    n = spec.points
    return int(min(max(round(n * spec.data["train_share"]), 1), n - 1))


def steps_per_epoch(spec: RunSpec) -> int:
    """How many batches an epoch has; the last may be a smaller one."""
    return -(-train_points(spec) // spec.batch_size)


@lru_cache(maxsize=64)
def _draw(data: Choice) -> tuple[Array, Array]:
    knobs = data.knobs
    rng = generator(knobs["seed"], Purpose.DATA)
    n = DATASETS[data.kind].points_of(knobs)
    points, labels = DATASETS[data.kind].generate(rng, n, knobs["noise"], knobs["balance"], knobs)
    order = rng.permutation(n)
    points, labels = points[order], labels[order]
    points.setflags(write=False)
    labels.setflags(write=False)
    return points, labels


def sample(spec: RunSpec) -> Sample:
    """The points of a run. The same data section always gives the same points."""
    points, labels = _draw(spec.data)
    return Sample(points, labels, train_points(spec))


def arrays(spec: RunSpec) -> tuple[Array, Array]:
    """Inputs (D, N) and targets (K, N) of all points, training points first, in the spec's dtype."""
    return _arrays(spec.data, spec.features, spec.loss, spec.task, spec.classes, spec.dtype)


@lru_cache(maxsize=64)
def _arrays(
    data: Choice, names: tuple[str, ...], loss: Choice, task: Task, classes: int, dtype: str
) -> tuple[Array, Array]:
    points, labels = _draw(data)
    inputs = np.ascontiguousarray(features.compute(names, points).T, dtype=dtype)
    targets = LOSSES[loss.kind].targets(labels, task, classes, loss.knobs).astype(dtype)
    inputs.setflags(write=False)
    targets.setflags(write=False)
    return inputs, targets


class Batches:
    """Cuts each epoch of a population's training points into batches.

    Members that see the same points in the same order share one array of them.
    """

    def __init__(self, specs: Sequence[RunSpec]) -> None:
        self._members = len(specs)
        keys = [
            (spec.data, spec.features, spec.loss, spec.shuffle and spec.batches_seed)
            for spec in specs
        ]
        self._specs = specs[:1] if len(set(keys)) == 1 else specs
        self._size = specs[0].batch_size
        self.train = train_points(specs[0])
        self._sources = [self._source(spec) for spec in self._specs]
        self._fixed: list[Batch] | None = None

    def epoch(self, epoch: int) -> list[Batch]:
        """The batches of one epoch (from 0)."""
        if any(spec.shuffle for spec in self._specs):
            return self._cut(epoch, 0)
        if self._fixed is None:
            self._fixed = self._cut(0, 0)
        return self._fixed

    def rest(self, epoch: int, cursor: int) -> list[Batch]:
        """The batches of an epoch of which `cursor` points have been used."""
        return self._cut(epoch, cursor) if cursor else self.epoch(epoch)

    def _source(self, spec: RunSpec) -> Array:
        """Inputs, a row of ones and targets of the training points as one array (D + 1 + K, N)."""
        inputs, targets = (part[:, : self.train] for part in arrays(spec))
        return np.concatenate([inputs, np.ones_like(inputs[:1]), targets])

    def _order(self, spec: RunSpec, epoch: int) -> Array:
        if not spec.shuffle:
            return np.arange(self.train)
        return generator(spec.batches_seed, Purpose.ORDER, epoch).permutation(self.train)

    def _cut(self, epoch: int, cursor: int) -> list[Batch]:
        pairs = zip(self._specs, self._sources, strict=True)
        rows = np.stack([source[:, self._order(spec, epoch)[cursor:]] for spec, source in pairs])
        full = rows.shape[2] // self._size * self._size
        whole = rows[:, :, :full].reshape(*rows.shape[:2], -1, self._size)
        # (batches, M, rows, B), contiguous, so that each batch is too
        parts = list(np.ascontiguousarray(whole.transpose(2, 0, 1, 3)))
        if full < rows.shape[2]:
            parts.append(np.ascontiguousarray(rows[:, :, full:]))
        inputs = len(self._specs[0].features) + 1
        if self._members == 1:
            return [(part[0, :inputs], part[0, inputs:]) for part in parts]
        return [(part[:, :inputs], part[:, inputs:]) for part in parts]
