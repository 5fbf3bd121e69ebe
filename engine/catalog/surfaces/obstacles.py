"""Surfaces that each show one trouble on the way down."""

from __future__ import annotations

import math

import numpy as np

from engine.catalog.surfaces.record import Gradient, Height, Point, Surface, bottom
from engine.core.arrays import Array, Numbers
from engine.words import N_


def _monkey_saddle(x: Array, y: Array, k: Numbers) -> Height:
    return x * (x * x - 3 * y * y)


def _monkey_saddle_gradient(x: Array, y: Array, k: Numbers) -> Gradient:
    return 3 * (x * x - y * y), -6 * x * y


def _plateau(x: Array, y: Array, k: Numbers) -> Height:
    r = np.hypot(x, y)
    slope = np.maximum(r - 3, 0)
    return slope * slope / 8 - np.exp(-r * r)


def _plateau_gradient(x: Array, y: Array, k: Numbers) -> Gradient:
    r = np.hypot(x, y)
    # df/dr divided by r; max(0, r − 3)/r is written so that it does not divide by zero
    pull = (1 - 3 / np.maximum(r, 3)) / 4 + 2 * np.exp(-r * r)
    return pull * x, pull * y


def _cliff(x: Array, y: Array, k: Numbers) -> Height:
    return y * y / 2 - 2 * x + np.logaddexp(0, 30 * x - math.log(49)) * (10 / 3)


def _cliff_gradient(x: Array, y: Array, k: Numbers) -> Gradient:
    # 100 σ(z) − 2, with σ by tanh, which cannot overflow
    return 48 + 50 * np.tanh(15 * x - math.log(7)), 1 * y


def _stairs(x: Array, y: Array, k: Numbers) -> Height:
    return np.hypot(1, x) + np.sin(np.pi * x) ** 2 / 2 + y * y / 2 - 1


def _stairs_gradient(x: Array, y: Array, k: Numbers) -> Gradient:
    return x / np.hypot(1, x) + np.pi / 2 * np.sin(2 * np.pi * x), 1 * y


def _stairs_minima() -> tuple[Point, ...]:
    """The bottom of each step in view but the lowest."""

    def slope(x: float) -> float:
        return x / math.hypot(1, x) + math.pi / 2 * math.sin(2 * math.pi * x)

    right = [bottom(n - 0.1, slope, math.pi**2) for n in range(1, 6)]
    return tuple((sign * x, 0.0) for x in right for sign in (1, -1))


OBSTACLES = (
    Surface(
        kind="monkey_saddle",
        label=N_("Monkey saddle"),
        help=N_("Three valleys and three ridges meet where gradient and curvature are both zero."),
        formula="f = x³ − 3xy²",
        value=_monkey_saddle,
        gradient=_monkey_saddle_gradient,
        view=(-1.5, 1.5, -1.5, 1.5),
        start=(1.0, 0.01),
        source="Hilbert and Cohn-Vossen, Geometry and the Imagination (1932)",
    ),
    Surface(
        kind="plateau",
        label=N_("Plateau"),
        help=N_(
            "A slope, a flat plain and a hole in its middle: velocity crosses where the gradient dies."
        ),
        formula="f = max(0, r − 3)²/8 − e^(−r²),  r² = x² + y²",
        value=_plateau,
        gradient=_plateau_gradient,
        view=(-5.0, 5.0, -5.0, 5.0),
        start=(4.5, 2.0),
        minimum=-1.0,
        minima=((0.0, 0.0),),
    ),
    Surface(
        kind="cliff",
        label=N_("Cliff"),
        help=N_(
            "A gentle slope runs into a wall, whose exploding gradient throws a step far back."
        ),
        formula="f = y²/2 − 2x + (10/3) ln(1 + e³⁰ˣ/49)",
        value=_cliff,
        gradient=_cliff_gradient,
        view=(-4.0, 1.0, -2.5, 2.5),
        start=(-3.0, 1.5),
        minimum=10 / 3 * math.log(50 / 49),
        minima=((0.0, 0.0),),
        source="after Goodfellow, Bengio and Courville, Deep Learning (2016), section 8.2.4",
    ),
    Surface(
        kind="stairs",
        label=N_("Stairs"),
        help=N_(
            "Steps down to the middle, each with a local minimum that only speed or noise gets you out of."
        ),
        formula="f = √(1 + x²) − 1 + sin²(πx)/2 + y²/2",
        value=_stairs,
        gradient=_stairs_gradient,
        view=(-5.0, 5.0, -3.0, 3.0),
        start=(4.4, 2.0),
        minimum=0.0,
        minima=((0.0, 0.0),),
        local_minima=_stairs_minima(),
    ),
)
