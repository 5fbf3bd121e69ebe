"""Regression: a height over the plane instead of a class, from about −1 to 1.

Points are even over the square [−6, 6]². Noise takes the target at another place: at p + U(−6, 6)² · noise.
There are no classes to balance.
"""

from __future__ import annotations

from collections.abc import Callable

import numpy as np

from engine.catalog.datasets.record import Dataset, Points, square
from engine.core.arrays import Array, Numbers
from engine.words import N_, Message

BUMPS = np.array([(-4, 2.5), (0, 2.5), (4, 2.5), (-4, -2.5), (0, -2.5), (4, -2.5)])
SIGNS = np.array([1, -1, 1, -1, 1, -1])


def plane(points: Array) -> Array:
    """z = (x₁ + x₂)/10 of points (N, 2)."""
    z: Array = points.sum(axis=1) / 10
    return z


def multi_gaussian(points: Array) -> Array:
    """z = ±max(0, 1 − d/2), of the bump where that is largest; d is the distance to its middle."""
    distance = np.linalg.norm(points[:, None] - BUMPS, axis=2)
    heights = SIGNS * np.clip(1 - distance / 2, 0, 1)
    z: Array = heights[np.arange(len(points)), np.abs(heights).argmax(axis=1)]
    return z


def saddle(points: Array) -> Array:
    """z = (x₁² − x₂²)/36."""
    z: Array = (points[:, 0] ** 2 - points[:, 1] ** 2) / 36
    return z


def ripple(points: Array) -> Array:
    """z = cos ‖p‖."""
    z: Array = np.cos(np.hypot(points[:, 0], points[:, 1]))
    return z


def _surface(
    kind: str, label: Message, sentence: Message, formula: str, z: Callable[[Array], Array]
) -> Dataset:
    def generate(
        rng: np.random.Generator, n: int, noise: float, balance: float, k: Numbers
    ) -> Points:
        points = square(rng, n, 6)
        return points, z(points + square(rng, n, 6) * noise)

    return Dataset(
        kind=kind,
        label=label,
        help=sentence,
        formula=formula,
        task="regression",
        classes=0,
        ignores=("balance",),
        generate=generate,
    )


REGRESSION: tuple[Dataset, ...] = (
    _surface(
        "plane",
        N_("Plane"),
        N_("A tilted plane: one linear unit follows it exactly."),
        "z = (x₁ + x₂)/10",
        plane,
    ),
    _surface(
        "multi_gaussian",
        N_("Multi-gaussian"),
        N_("Six bumps, up and down in turn, on a level floor."),
        N_("z = ± max(0, 1 − d/2), d to the nearest of six bumps"),
        multi_gaussian,
    ),
    _surface(
        "saddle",
        N_("Saddle"),
        N_("Up to the left and right, down to the top and bottom; level in the middle."),
        "z = (x₁² − x₂²)/36",
        saddle,
    ),
    _surface(
        "ripple",
        N_("Ripple"),
        N_("Waves around the middle, as from a stone in water."),
        "z = cos ‖p‖",
        ripple,
    ),
)
