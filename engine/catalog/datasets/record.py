"""What a data set is, and the two ways to draw one: class by class, or by a rule that labels points."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass

import numpy as np

from engine.catalog.losses import Task
from engine.core.arrays import Array, Numbers
from engine.core.registry import Record

Points = tuple[Array, Array]
"""Points (N, 2) and labels (N,), both float64."""


@dataclass(frozen=True, kw_only=True)
class Dataset(Record):
    """generate(rng, n, noise, balance, k) -> points (n, 2), labels (n,); not yet shuffled.

    task: what there is to learn, and classes: how many there are (0 in regression), with default knobs.
    ignores: knobs of the data section that change nothing here.
    """

    generate: Callable[[np.random.Generator, int, float, float, Numbers], Points]
    task: Task = "two_class"
    classes: int = 2
    ignores: tuple[str, ...] = ()

    def task_of(self, k: Numbers) -> Task:
        """What there is to learn with these knobs: it follows from the number of classes."""
        classes = self.classes_of(k)
        return "multi_class" if classes > 2 else "two_class" if classes else "regression"

    def classes_of(self, k: Numbers) -> int:
        """How many classes there are with these knobs."""
        return int(k.get("classes", self.classes))

    def points_of(self, k: Numbers) -> int:
        """How many points there are with these knobs."""
        return int(k["points"])

    def train_points_of(self, k: Numbers) -> int:
        """How many of them train: the share, but at least one; below a share of 1 at least one tests."""
        n, share = self.points_of(k), k["train_share"]
        return n if share == 1 else int(min(max(round(n * share), 1), n - 1))

    def scale_of(self, k: Numbers) -> tuple[float, float]:  # noqa: ARG002 - for those that have one
        """(middle, half) that make targets into the numbers people know: target · half + middle."""
        return 0.0, 1.0

    def order(self, rng: np.random.Generator, labels: Array) -> Array:
        """In which order (N,) the points stand; the first ones of them train."""
        return rng.permutation(len(labels))


def counts(n: int, classes: int, balance: float) -> list[int]:
    """How many of n points each class gets, at least one each."""
    weights = np.array([1 - balance] + [balance] * (classes - 1))
    ends = np.rint(np.cumsum(weights) / weights.sum() * n).astype(int)
    found = np.maximum(np.diff(ends, prepend=0), 1)
    found[np.argmax(found)] -= found.sum() - n
    return [int(count) for count in found]


def together(classes: Sequence[Array]) -> Points:
    """One array of points per class, put together with their labels."""
    labels = np.repeat(
        np.arange(len(classes), dtype=np.float64), [len(points) for points in classes]
    )
    return np.concatenate(classes), labels


def by_rule(wanted: Sequence[int], draw: Callable[[int], Points]) -> Points:
    """Points of a rule that says of each which class it is, as many of each class as are wanted.

    `draw(n)` gives n points and their labels. It is called until every class has its share, and points
    of a class that has enough are dropped; so each class keeps the distribution it has under the rule.
    Every class must own a good part of the plane, at any noise: the number of calls is about the largest
    share that is wanted of a class, over the share that it has.
    """
    found: list[list[Array]] = [[] for _ in wanted]
    missing = np.array(wanted)
    while missing.max() > 0:
        points, labels = draw(sum(wanted))
        for label in range(len(wanted)):
            mine = points[labels == label]
            found[label].append(mine[: max(missing[label], 0)])
            missing[label] -= len(mine)
    return together([np.concatenate(parts) for parts in found])


def square(rng: np.random.Generator, n: int, reach: float = 5) -> Array:
    """n points, even over the square from −reach to +reach, (n, 2)."""
    return rng.uniform(-reach, reach, (n, 2))
