"""The batches of each epoch: the training points in their order, augmented if the spec says so."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np

from engine.catalog.augmentations import augment, is_on
from engine.catalog.losses import one_hot
from engine.core.arrays import Array
from engine.core.plain import whole_number
from engine.core.random import Purpose, generator
from engine.spec.run_spec import RunSpec
from engine.training.data import Inputs, arrays, sample, train_points

Batch = tuple[Array, Array]
"""Inputs with a last row of ones (M, D + 1, B), and targets (M, K, B); no member axis if M = 1."""


def steps_per_epoch(spec: RunSpec) -> int:
    """How many batches an epoch has; the last may be a smaller one."""
    return batches_of(spec, train_points(spec))


def batches_of(spec: RunSpec, points: int) -> int:
    """How many batches so many points make.

    With batch normalization, a single point that is left over joins the batch before it: alone it has no
    variance to be normalized by.
    """
    full, left = divmod(points, spec.batch_size)
    joins = left == 1 and full > 0 and spec.normalizes
    return full + (left > 0 and not joins)


def epoch_order(spec: RunSpec, epoch: int) -> Array:
    """The order in which an epoch (from 0) takes the training points: their numbers (n,), each once.

    Number i is point i of `sample(spec)`, whose first n points train. A batch is the next `batch_size`
    of them; the last one has what is left, as `steps_per_epoch` counts it. Without shuffling it is 0, 1, 2, …
    Raises ValueError for an epoch that is no whole number from 0.

    >>> import engine
    >>> spec = engine.RunSpec.from_dict({"data": {"kind": "xor", "points": 20, "train_share": 0.5}})
    >>> sorted(engine.epoch_order(spec, 3).tolist()) == list(range(10))
    True
    """
    epoch, train = whole_number("epoch", epoch), train_points(spec)
    if not spec.shuffle:
        return np.arange(train)
    return generator(spec.batches_seed, Purpose.ORDER, epoch).permutation(train)


def augmented(spec: RunSpec, epoch: int) -> tuple[Array, Array]:
    """The points (N, 2) and labels (N,) that an epoch (from 0) trains on, in the order of the scene.

    Where mixup mixes two classes of two, the label is between 0 and 1; of more, it is the larger part's.
    """
    mine = sample(spec)
    labels = mine.labels[: mine.train]
    many = spec.task == "multi_class"
    points, mixed = _augment(spec, epoch, one_hot(labels, spec.classes) if many else labels[None])
    return points, mixed.argmax(axis=0).astype(np.float64) if many else mixed[0]


def _augment(spec: RunSpec, epoch: int, targets: Array) -> tuple[Array, Array]:
    """An epoch's training points (N, 2), and these targets (K, N) of theirs mixed as they are."""
    mine = sample(spec)
    rng = generator(spec.batches_seed, Purpose.AUGMENTATION, epoch)
    return augment(rng, mine.points[: mine.train], targets, spec.augmentation.knobs)


class Batches:
    """Cuts each epoch of a population's training points into batches.

    Members that see the same points in the same order share one array of them.
    """

    def __init__(self, specs: Sequence[RunSpec]) -> None:
        self._members = len(specs)
        self._specs = specs[:1] if len({_source_key(spec) for spec in specs}) == 1 else specs
        self._size = specs[0].batch_size
        self.train = train_points(specs[0])
        self._sources = [self._source(spec) for spec in self._specs]
        self._varies = any(spec.shuffle or _augments(spec) for spec in self._specs)
        self._last: tuple[int, list[Batch]] | None = None

    def epoch(self, epoch: int) -> list[Batch]:
        """The batches of one epoch (from 0)."""
        which = epoch if self._varies else 0
        if self._last is None or self._last[0] != which:
            self._last = which, self._cut(which, 0)
        return self._last[1]

    def rest(self, epoch: int, cursor: int) -> list[Batch]:
        """The batches of an epoch of which `cursor` points have been used."""
        used, left = divmod(cursor, self._size)
        whole = self.epoch(epoch)
        # where the size of batches was changed within an epoch, what is left of it is cut anew
        return whole[used:] if left == 0 and used < len(whole) else self._cut(epoch, cursor)

    def _source(self, spec: RunSpec) -> Array:
        """Inputs, a row of ones and targets of the training points as one array (D + 1 + K, N)."""
        inputs, targets = (part[:, : self.train] for part in arrays(spec))
        return np.concatenate([inputs, np.ones_like(inputs[:1]), targets])

    def _rows(self, spec: RunSpec, source: Array, epoch: int) -> Array:
        """What an epoch trains on, as `_source` has it, in the order of the epoch."""
        if _augments(spec):
            targets = source[len(spec.features) + 1 :].astype(np.float64)
            points, targets = _augment(spec, epoch, targets)
            inputs = Inputs.of(spec).compute(points)
            rows = np.concatenate([inputs, np.ones_like(inputs[:1]), targets])
            source = rows.astype(source.dtype)
        if not spec.shuffle:
            return source
        return source[:, epoch_order(spec, epoch)]

    def _cut(self, epoch: int, cursor: int) -> list[Batch]:
        pairs = zip(self._specs, self._sources, strict=True)
        rows = np.stack([self._rows(spec, source, epoch)[:, cursor:] for spec, source in pairs])
        points = rows.shape[2]
        count = batches_of(self._specs[0], points)
        # the last batch is the one that may be smaller, or larger by the point that has joined it
        full = (points // self._size if points % self._size == 0 else count - 1) * self._size
        whole = rows[:, :, :full].reshape(*rows.shape[:2], -1, self._size)
        # (batches, M, rows, B), contiguous, so that each batch is too
        parts = list(np.ascontiguousarray(whole.transpose(2, 0, 1, 3)))
        if full < rows.shape[2]:
            parts.append(np.ascontiguousarray(rows[:, :, full:]))
        inputs = len(self._specs[0].features) + 1
        if self._members == 1:
            return [(part[0, :inputs], part[0, inputs:]) for part in parts]
        return [(part[:, :inputs], part[:, inputs:]) for part in parts]


def _augments(spec: RunSpec) -> bool:
    return is_on(spec.augmentation.knobs)


def _source_key(spec: RunSpec) -> tuple[object, ...]:
    """What decides the points that a member sees, and their order."""
    drawn = (spec.shuffle, spec.augmentation, spec.batches_seed)
    varies = spec.shuffle or _augments(spec)
    return (spec.data, Inputs.of(spec), spec.loss, drawn if varies else None)
