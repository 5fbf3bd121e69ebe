"""Three classes and more."""

from __future__ import annotations

import numpy as np

from engine.catalog.datasets.record import Dataset, Points, by_rule, counts, square, together
from engine.catalog.datasets.two_class import spiral_arm
from engine.core.arrays import Numbers
from engine.core.registry import Knob
from engine.words import N_


def _blobs(rng: np.random.Generator, n: int, noise: float, balance: float, k: Numbers) -> Points:
    # centres on a circle of radius 3, the first at the top; spread as in gauss
    spread = np.sqrt(0.5 + 3 * noise)
    classes = int(k["classes"])
    blobs = []
    for label, count in enumerate(counts(n, classes, balance)):
        angle = 2 * np.pi * label / classes
        centre = 3 * np.array([np.sin(angle), np.cos(angle)])
        blobs.append(rng.normal(centre, spread, (count, 2)))
    return together(blobs)


def _quadrants(
    rng: np.random.Generator, n: int, noise: float, balance: float, k: Numbers
) -> Points:
    def draw(n: int) -> Points:
        points = square(rng, n)
        points += np.where(points > 0, 0.3, -0.3)
        left, low = (points + square(rng, n) * noise < 0).T
        return points, 2.0 * low + (left ^ low)  # 0 to 3, anticlockwise from the upper right

    return by_rule(counts(n, 4, balance), draw)


def _rings(rng: np.random.Generator, n: int, noise: float, balance: float, k: Numbers) -> Points:
    classes = int(k["classes"])
    rings = []
    for label, count in enumerate(counts(n, classes, balance)):
        r = 5 * (label + rng.uniform(0.3, 1, count)) / classes
        angle = rng.uniform(0, 2 * np.pi, count)
        ring = np.stack([r * np.sin(angle), r * np.cos(angle)], axis=1)
        rings.append(ring + square(rng, count, 2) * noise)
    return together(rings)


def _spirals(rng: np.random.Generator, n: int, noise: float, balance: float, k: Numbers) -> Points:
    # fewer turns for more arms, so that the way from one arm to the next stays as it is with two
    classes = int(k["classes"])
    arms = [
        spiral_arm(rng, count, 3.5 / classes, 2 * np.pi * label / classes, noise)
        for label, count in enumerate(counts(n, classes, balance))
    ]
    return together(arms)


CLASSES = Knob(
    name="classes",
    label=N_("Classes"),
    help=N_("How many classes to tell apart."),
    default=3,
    type="integer",
    minimum=3,
    maximum=8,
    step=1,
)

MULTI_CLASS: tuple[Dataset, ...] = (
    Dataset(
        kind="blobs",
        label=N_("Blobs"),
        help=N_("Three or more round clouds, one class each."),
        formula="N(cⱼ, s²),  ‖cⱼ‖ = 3,  s² = 0.5 + 3 noise",
        task="multi_class",
        classes=3,
        knobs=(CLASSES,),
        generate=_blobs,
    ),
    Dataset(
        kind="quadrants",
        label=N_("Quadrants"),
        help=N_(
            "Each quarter of the plane is a class of its own, so two straight lines are enough."
        ),
        formula=N_("class = quarter of the plane, anticlockwise from x₁, x₂ > 0"),
        task="multi_class",
        classes=4,
        generate=_quadrants,
    ),
    Dataset(
        kind="rings",
        label=N_("Rings"),
        help=N_(
            "One ring inside another, one class each: only the distance from the middle counts."
        ),
        formula="r = 5(j + U(0.3, 1))/C",
        task="multi_class",
        classes=3,
        knobs=(CLASSES,),
        generate=_rings,
    ),
    Dataset(
        kind="spirals",
        label=N_("Spirals"),
        help=N_("Three or more arms wound around each other, one class each."),
        formula="r = 5i/n,  θ = 2π(j + 3.5 i/n)/C",
        task="multi_class",
        classes=3,
        knobs=(CLASSES,),
        generate=_spirals,
    ),
)
