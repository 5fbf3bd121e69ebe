"""Two classes: from what a straight line separates to what asks for depth."""

from __future__ import annotations

from collections.abc import Callable

import numpy as np

from engine.catalog.datasets.record import Dataset, Points, by_rule, counts, square, together
from engine.core.arrays import Array, Numbers
from engine.core.registry import Knob
from engine.words import N_

CURVES: dict[str, Callable[[Array], Array]] = {
    "sine": lambda x: 2.5 * np.sin(x),
    "cubic": lambda x: x**3 / 16 - x,
    "absolute": lambda x: np.abs(x) - 2.5,
}
"""Functions whose graph halves the square [−5, 5]²."""


def _gauss(rng: np.random.Generator, n: int, noise: float, balance: float, k: Numbers) -> Points:
    spread = np.sqrt(0.5 + 7 * noise)
    negative, positive = counts(n, 2, balance)
    return together([rng.normal(-2, spread, (negative, 2)), rng.normal(2, spread, (positive, 2))])


def _line(rng: np.random.Generator, n: int, noise: float, balance: float, k: Numbers) -> Points:
    normal = np.array([-1.0, 2.0]) / np.sqrt(5)

    def draw(n: int) -> Points:
        points = square(rng, n)
        points += np.where(points @ normal >= 0, k["margin"], -k["margin"])[:, None] * normal
        moved = points + square(rng, n) * noise
        return points, moved @ normal >= 0

    return by_rule(counts(n, 2, balance), draw)


def _circle(rng: np.random.Generator, n: int, noise: float, balance: float, k: Numbers) -> Points:
    outer, inner = counts(n, 2, balance)
    r = np.concatenate([rng.uniform(3.5, 5, outer), rng.uniform(0, 2.5, inner)])
    angle = rng.uniform(0, 2 * np.pi, n)
    points = np.stack([r * np.sin(angle), r * np.cos(angle)], axis=1)
    # noise moves the label, not the point, and so the share of each class too
    moved = points + rng.uniform(-5, 5, (n, 2)) * noise
    return points, (np.hypot(moved[:, 0], moved[:, 1]) < 2.5).astype(np.float64)


def _xor(rng: np.random.Generator, n: int, noise: float, balance: float, k: Numbers) -> Points:
    def draw(n: int) -> Points:
        points = square(rng, n)
        points += np.where(points > 0, 0.3, -0.3)
        moved = points + square(rng, n) * noise
        return points, moved[:, 0] * moved[:, 1] >= 0

    return by_rule(counts(n, 2, balance), draw)


def _moons(rng: np.random.Generator, n: int, noise: float, balance: float, k: Numbers) -> Points:
    # scikit-learn's make_moons, centred on 0 and three times as large, with points drawn along each arc
    upper, lower = (rng.uniform(0, np.pi, count) for count in counts(n, 2, balance))
    moons = [
        np.stack([np.cos(upper), np.sin(upper)], axis=1),
        np.stack([1 - np.cos(lower), 0.5 - np.sin(lower)], axis=1),
    ]
    points, labels = together([3 * (moon - [0.5, 0.25]) for moon in moons])
    return points + rng.normal(0, 2 * noise, (n, 2)), labels


def _curve(rng: np.random.Generator, n: int, noise: float, balance: float, k: Numbers) -> Points:
    f = CURVES[k["function"]]

    def draw(n: int) -> Points:
        points = square(rng, n)
        moved = points + square(rng, n) * noise
        return points, moved[:, 1] > f(moved[:, 0])

    return by_rule(counts(n, 2, balance), draw)


def _checkerboard(
    rng: np.random.Generator, n: int, noise: float, balance: float, k: Numbers
) -> Points:
    side = 10 / k["cells"]

    def draw(n: int) -> Points:
        points = square(rng, n)
        moved = points + square(rng, n, side) * noise
        return points, np.floor((moved + 5) / side).sum(axis=1) % 2 == 0

    return by_rule(counts(n, 2, balance), draw)


def _spiral(rng: np.random.Generator, n: int, noise: float, balance: float, k: Numbers) -> Points:
    arms = zip(counts(n, 2, balance), (np.pi, 0.0), strict=True)
    return together([spiral_arm(rng, count, 1.75, start, noise) for count, start in arms])


def spiral_arm(rng: np.random.Generator, n: int, turns: float, start: float, noise: float) -> Array:
    """r = 5 i/n, θ = start + 2π turns i/n, then U(−1, 1) noise on each coordinate, (n, 2)."""
    along = np.arange(n) / n
    t = turns * 2 * np.pi * along + start
    arm: Array = 5 * along[:, None] * np.stack([np.sin(t), np.cos(t)], axis=1)
    return arm + square(rng, n, 1) * noise


TWO_CLASS: tuple[Dataset, ...] = (
    Dataset(
        kind="circle",
        label=N_("Circle"),
        help=N_(
            "One class inside, the other in a ring around it: no straight line separates them."
        ),
        formula="class 1 where ‖p‖ < 2.5",
        generate=_circle,
    ),
    Dataset(
        kind="xor",
        label=N_("Xor"),
        help=N_(
            "Opposite quarters share a class; the smallest problem that a linear model cannot solve."
        ),
        formula="class 1 where x₁x₂ ≥ 0",
        generate=_xor,
    ),
    Dataset(
        kind="gauss",
        label=N_("Gauss"),
        help=N_("Two round clouds that a straight line separates, until noise makes them overlap."),
        formula="N((−2, −2), s²) and N((2, 2), s²),  s² = 0.5 + 7 noise",
        generate=_gauss,
    ),
    Dataset(
        kind="spiral",
        label=N_("Spiral"),
        help=N_(
            "Two arms wound around each other: the hard one, which needs depth or better features."
        ),
        formula=N_("r = 5i/n,  θ = 3.5π i/n (+ π for class 0)"),
        generate=_spiral,
    ),
    Dataset(
        kind="moons",
        label=N_("Moons"),
        help=N_(
            "Two half moons, each reaching into the other: one bend in the boundary is enough."
        ),
        formula="3(cos t − ½, sin t − ¼) and 3(½ − cos t, ¼ − sin t),  0 ≤ t ≤ π",
        generate=_moons,
    ),
    Dataset(
        kind="line",
        label=N_("Line"),
        help=N_(
            "A straight line with room on both sides; a network with no hidden layer learns it."
        ),
        formula="class 1 where 2x₂ ≥ x₁",
        knobs=(
            Knob(
                name="margin",
                label=N_("Margin"),
                help=N_("How far every point is pushed away from the line."),
                default=0.5,
                minimum=0,
                maximum=1,
                step=0.1,
            ),
        ),
        generate=_line,
    ),
    Dataset(
        kind="curve",
        label=N_("Curve"),
        help=N_(
            "Above or below a function's graph: the boundary is the function, so you see it approximated."
        ),
        formula=N_("class 1 where x₂ > f(x₁); f is 2.5 sin x, x³/16 − x or |x| − 2.5"),
        knobs=(
            Knob(
                name="function",
                label=N_("Function"),
                help=N_("The function whose graph is the boundary: a wave, an S or a corner."),
                default="sine",
                type="choice",
                choices=tuple(CURVES),
                choice_labels=(N_("Sine"), N_("Cubic"), N_("Absolute value")),
            ),
        ),
        generate=_curve,
    ),
    Dataset(
        kind="checkerboard",
        label=N_("Checkerboard"),
        help=N_(
            "Squares of alternating class: a harder xor, which takes more neurons the more cells it has."
        ),
        formula=N_("class 1 where ⌊(x₁ + 5)/s⌋ + ⌊(x₂ + 5)/s⌋ is even, s = 10/cells"),
        knobs=(
            Knob(
                name="cells",
                label=N_("Cells"),
                help=N_("How many squares there are on a side."),
                default=4,
                type="integer",
                minimum=2,
                maximum=8,
                step=1,
            ),
        ),
        generate=_checkerboard,
    ),
)
