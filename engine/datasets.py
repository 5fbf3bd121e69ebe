"""Data sets: labelled points in the plane that a network has to tell apart.

The formulas of circle, xor, gauss and spiral are those of TensorFlow Playground (Smilkov and Carter,
2016). `noise` runs from 0 to 0.5. `balance` is the share of the second class; with C classes the first
has weight 1 − balance and every other has weight balance, so that 0.5 makes all equal.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

import numpy as np

from engine.activations import Array, Numbers
from engine.losses import Task
from engine.registry import Family, Knob, Record

Points = tuple[Array, Array]
"""Points (N, 2) and labels (N,), both float64."""


@dataclass(frozen=True, kw_only=True)
class Dataset(Record):
    """generate(rng, n, noise, balance, k) -> points (n, 2), labels (n,); not yet shuffled.

    `classes` is the number of classes unless the knob of that name says otherwise.
    """

    generate: Callable[[np.random.Generator, int, float, float, Numbers], Points]
    task: Task = "two_class"
    classes: int = 2


def _counts(n: int, classes: int, balance: float) -> list[int]:
    """How many of n points each class gets, at least one each."""
    weights = np.array([1 - balance] + [balance] * (classes - 1))
    ends = np.rint(np.cumsum(weights) / weights.sum() * n).astype(int)
    counts = np.maximum(np.diff(ends, prepend=0), 1)
    counts[np.argmax(counts)] -= counts.sum() - n
    return [int(count) for count in counts]


def _together(classes: list[Array]) -> Points:
    """One array of points per class, put together with their labels."""
    labels = np.repeat(
        np.arange(len(classes), dtype=np.float64), [len(points) for points in classes]
    )
    return np.concatenate(classes), labels


def _circle(rng: np.random.Generator, n: int, noise: float, balance: float, k: Numbers) -> Points:
    outer, inner = _counts(n, 2, balance)
    r = np.concatenate([rng.uniform(3.5, 5, outer), rng.uniform(0, 2.5, inner)])
    angle = rng.uniform(0, 2 * np.pi, n)
    points = np.stack([r * np.sin(angle), r * np.cos(angle)], axis=1)
    # noise moves the label, not the point
    moved = points + rng.uniform(-5, 5, (n, 2)) * noise
    return points, (np.hypot(moved[:, 0], moved[:, 1]) < 2.5).astype(np.float64)


def _xor(rng: np.random.Generator, n: int, noise: float, balance: float, k: Numbers) -> Points:
    wanted = _counts(n, 2, balance)
    found: list[list[Array]] = [[], []]
    missing = np.array(wanted)
    while missing.max() > 0:  # draw by the formula until each class has its share
        points = rng.uniform(-5, 5, (n, 2))
        points += np.where(points > 0, 0.3, -0.3)
        moved = points + rng.uniform(-5, 5, (n, 2)) * noise
        same = moved[:, 0] * moved[:, 1] >= 0
        for label, mine in enumerate((points[~same], points[same])):
            found[label].append(mine[: max(missing[label], 0)])
            missing[label] -= len(mine)
    return _together([np.concatenate(parts) for parts in found])


def _gauss(rng: np.random.Generator, n: int, noise: float, balance: float, k: Numbers) -> Points:
    spread = np.sqrt(0.5 + 7 * noise)
    negative, positive = _counts(n, 2, balance)
    return _together([rng.normal(-2, spread, (negative, 2)), rng.normal(2, spread, (positive, 2))])


def _spiral(rng: np.random.Generator, n: int, noise: float, balance: float, k: Numbers) -> Points:
    arms = []
    for count, start in zip(_counts(n, 2, balance), (np.pi, 0.0), strict=True):
        along = np.arange(count) / count
        t = 1.75 * 2 * np.pi * along + start
        arm = 5 * along[:, None] * np.stack([np.sin(t), np.cos(t)], axis=1)
        arms.append(arm + rng.uniform(-1, 1, (count, 2)) * noise)
    return _together(arms)


def _blobs(rng: np.random.Generator, n: int, noise: float, balance: float, k: Numbers) -> Points:
    # centres on a circle of radius 3, the first at the top; spread as in gauss
    spread = np.sqrt(0.5 + 3 * noise)
    classes = int(k["classes"])
    blobs = []
    for label, count in enumerate(_counts(n, classes, balance)):
        angle = 2 * np.pi * label / classes
        centre = 3 * np.array([np.sin(angle), np.cos(angle)])
        blobs.append(rng.normal(centre, spread, (count, 2)))
    return _together(blobs)


DATASETS: Family[Dataset] = Family(
    "data set",
    Dataset(
        kind="circle",
        label="Circle",
        help="One class inside, the other in a ring around it: no straight line separates them.",
        formula="class 2 where ‖p‖ < 2.5",
        generate=_circle,
    ),
    Dataset(
        kind="xor",
        label="Xor",
        help="Opposite quarters share a class; the smallest problem that a linear model cannot solve.",
        formula="class 2 where x₁x₂ ≥ 0",
        generate=_xor,
    ),
    Dataset(
        kind="gauss",
        label="Gauss",
        help="Two round clouds that a straight line separates, until noise makes them overlap.",
        formula="N((−2, −2), s²) and N((2, 2), s²)",
        generate=_gauss,
    ),
    Dataset(
        kind="spiral",
        label="Spiral",
        help="Two arms wound around each other; the hard one, which asks for depth or better features.",
        formula="r = 5i/n, θ = 3.5π i/n",
        generate=_spiral,
    ),
    Dataset(
        kind="blobs",
        label="Blobs",
        help="Three or more round clouds, one class each.",
        formula="N(cⱼ, s²)",
        task="multi_class",
        classes=3,
        knobs=(
            Knob(
                name="classes",
                label="Classes",
                help="How many clouds, and so how many classes.",
                default=3,
                type="integer",
                minimum=3,
                maximum=8,
                step=1,
            ),
        ),
        generate=_blobs,
    ),
)
