"""Surfaces with several minima, where the start decides which one is reached."""

from __future__ import annotations

import math
from itertools import product

import numpy as np

from engine.catalog.surfaces.record import LIBRARY, Gradient, Height, Point, Surface, bottom
from engine.core.arrays import Array, Numbers
from engine.words import N_


def _himmelblau(x: Array, y: Array, k: Numbers) -> Height:
    a, b = x * x + y - 11, x + y * y - 7
    return a * a + b * b


def _himmelblau_gradient(x: Array, y: Array, k: Numbers) -> Gradient:
    a, b = x * x + y - 11, x + y * y - 7
    return 4 * x * a + 2 * b, 2 * a + 4 * y * b


def _three_hump_camel(x: Array, y: Array, k: Numbers) -> Height:
    x2 = x * x
    return x2 * (2 + x2 * (x2 / 6 - 1.05)) + x * y + y * y


def _three_hump_camel_gradient(x: Array, y: Array, k: Numbers) -> Gradient:
    x2 = x * x
    return x * (4 + x2 * (x2 - 4.2)) + y, x + 2 * y


def _six_hump_camel(x: Array, y: Array, k: Numbers) -> Height:
    x2, y2 = x * x, y * y
    return x2 * (4 + x2 * (x2 / 3 - 2.1)) + x * y + 4 * y2 * (y2 - 1)


def _six_hump_camel_gradient(x: Array, y: Array, k: Numbers) -> Gradient:
    x2, y2 = x * x, y * y
    return x * (8 + x2 * (2 * x2 - 8.4)) + y, x + 8 * y * (2 * y2 - 1)


def _styblinski_tang(x: Array, y: Array, k: Numbers) -> Height:
    x2, y2 = x * x, y * y
    return (x2 * (x2 - 16) + 5 * x + y2 * (y2 - 16) + 5 * y) / 2


def _styblinski_tang_gradient(x: Array, y: Array, k: Numbers) -> Gradient:
    return x * (2 * x * x - 16) + 2.5, y * (2 * y * y - 16) + 2.5


def _rastrigin(x: Array, y: Array, k: Numbers) -> Height:
    # 1 − cos 2πx as 2 sin² πx, which keeps its digits near the minima
    return x * x + y * y + 20 * (np.sin(np.pi * x) ** 2 + np.sin(np.pi * y) ** 2)


def _rastrigin_gradient(x: Array, y: Array, k: Numbers) -> Gradient:
    return (
        2 * x + 20 * np.pi * np.sin(2 * np.pi * x),
        2 * y + 20 * np.pi * np.sin(2 * np.pi * y),
    )


def _rastrigin_minima() -> tuple[Point, ...]:
    """Every pair of two one-dimensional minima in view but the origin."""

    def slope(x: float) -> float:
        return 2 * x + 20 * math.pi * math.sin(2 * math.pi * x)

    line = [bottom(n, slope, 40 * math.pi**2 + 2) for n in range(-5, 6)]
    return tuple((x, y) for x, y in product(line, line) if (x, y) != (0, 0))


def _ackley(x: Array, y: Array, k: Numbers) -> Height:
    # e^a − 1 as expm1(a) keeps the digits near the origin; (1 − cos 2πx)/2 is sin² πx
    distance = np.hypot(x, y) * math.sqrt(0.5)
    waves = np.sin(np.pi * x) ** 2 + np.sin(np.pi * y) ** 2
    return -20 * np.expm1(-0.2 * distance) - math.e * np.expm1(-waves)


def _ackley_gradient(x: Array, y: Array, k: Numbers) -> Gradient:
    """At the origin, a cusp, the gradient is not defined; (0, 0) is given, as the minimum's."""
    r = np.hypot(x, y)
    cone = math.sqrt(8) * np.exp(-0.2 * math.sqrt(0.5) * r) / np.maximum(r, 1e-300)
    waves = np.sin(np.pi * x) ** 2 + np.sin(np.pi * y) ** 2
    ripple = math.pi * np.exp(1 - waves)
    return (
        cone * x + ripple * np.sin(2 * np.pi * x),
        cone * y + ripple * np.sin(2 * np.pi * y),
    )


def _ackley_minima() -> tuple[Point, ...]:
    """The bottom of every ripple in view but the origin, by Newton's method from the whole numbers.

    What is not in the view is left out: around the edge the bottoms lie a little inside of whole numbers.
    """
    x, y = (part.ravel() for part in np.meshgrid(*[np.arange(-5.0, 6.0)] * 2))
    away = (x != 0) | (y != 0)
    x, y, h = x[away], y[away], 1e-6
    for _ in range(30):
        gx, gy = _ackley_gradient(x, y, {})
        (xx, xy), (_, yy) = (
            [
                (b - a) / (2 * h)
                for a, b in zip(
                    _ackley_gradient(*lower, {}), _ackley_gradient(*upper, {}), strict=True
                )
            ]
            for lower, upper in (((x - h, y), (x + h, y)), ((x, y - h), (x, y + h)))
        )
        area = xx * yy - xy * xy
        x, y = x - (yy * gx - xy * gy) / area, y - (xx * gy - xy * gx) / area
    return tuple(zip(x.tolist(), y.tolist(), strict=True))


_TANG_LOW, _TANG_HIGH = -2.9035340277711783, 2.7468027709908376
"""The two bottoms of (x⁴ − 16x² + 5x)/2, where 4x³ − 32x + 5 = 0."""
_CAMEL = math.sqrt(2.1 + math.sqrt(0.91))
"""Where 4x − 4.2x³ + x⁵ = x/2, as y = −x/2 demands."""

MANY_MINIMA = (
    Surface(
        kind="himmelblau",
        label=N_("Himmelblau"),
        help=N_("Four minima, all equally low: the start decides which one is reached."),
        formula="f = (x² + y − 11)² + (x + y² − 7)²",
        value=_himmelblau,
        gradient=_himmelblau_gradient,
        view=(-5.0, 5.0, -5.0, 5.0),
        start=(0.0, 0.0),
        minimum=0.0,
        minima=(
            (3.0, 2.0),
            (-2.805118086952745, 3.131312518250573),
            (-3.779310253377747, -3.2831859912861696),
            (3.5844283403304917, -1.8481265269644034),
        ),
        source="Himmelblau, Applied Nonlinear Programming (1972)",
    ),
    Surface(
        kind="three_hump_camel",
        label=N_("Three-hump camel"),
        help=N_("Three minima in a row, of which the middle one is the lowest."),
        formula="f = 2x² − 1.05x⁴ + x⁶/6 + xy + y²",
        value=_three_hump_camel,
        gradient=_three_hump_camel_gradient,
        view=(-2.5, 2.5, -2.5, 2.5),
        start=(-2.0, 1.5),
        minimum=0.0,
        minima=((0.0, 0.0),),
        local_minima=((_CAMEL, -_CAMEL / 2), (-_CAMEL, _CAMEL / 2)),
        source=LIBRARY,
    ),
    Surface(
        kind="six_hump_camel",
        label=N_("Six-hump camel"),
        help=N_("Six minima, of which two are equally low and four are traps."),
        formula="f = (4 − 2.1x² + x⁴/3) x² + xy + (4y² − 4) y²",
        value=_six_hump_camel,
        gradient=_six_hump_camel_gradient,
        view=(-2.2, 2.2, -1.2, 1.2),
        start=(-1.2, -0.1),
        minimum=-1.0316284534898774,
        minima=(
            (0.08984201310031807, -0.7126564030207396),
            (-0.08984201310031807, 0.7126564030207396),
        ),
        local_minima=(
            (1.6071047529201976, 0.5686514548841313),
            (-1.6071047529201976, -0.5686514548841313),
            (1.703606714969981, -0.7960835686726251),
            (-1.703606714969981, 0.7960835686726251),
        ),
        source=LIBRARY,
    ),
    Surface(
        kind="styblinski_tang",
        label=N_("Styblinski–Tang"),
        help=N_("One minimum in each quarter of the plane, of which one is the lowest."),
        formula="f = (x⁴ − 16x² + 5x + y⁴ − 16y² + 5y)/2",
        value=_styblinski_tang,
        gradient=_styblinski_tang_gradient,
        view=(-5.0, 5.0, -5.0, 5.0),
        start=(0.5, 4.0),
        minimum=-78.33233140754282,
        minima=((_TANG_LOW, _TANG_LOW),),
        local_minima=(
            (_TANG_HIGH, _TANG_LOW),
            (_TANG_LOW, _TANG_HIGH),
            (_TANG_HIGH, _TANG_HIGH),
        ),
        source="Styblinski and Tang, Neural Networks 3 (1990)",
    ),
    Surface(
        kind="rastrigin",
        label=N_("Rastrigin"),
        help=N_(
            "A bowl under a regular egg box: over a hundred local minima, one of them the lowest."
        ),
        formula="f = 20 + x² − 10 cos 2πx + y² − 10 cos 2πy",
        value=_rastrigin,
        gradient=_rastrigin_gradient,
        view=(-5.12, 5.12, -5.12, 5.12),
        start=(-3.3, 2.6),
        minimum=0.0,
        minima=((0.0, 0.0),),
        local_minima=_rastrigin_minima(),
        source=LIBRARY,
    ),
    Surface(
        kind="ackley",
        label=N_("Ackley"),
        help=N_("A wide rippled plain with one deep, pointed hole in the middle."),
        formula="f = 20 + e − 20 e^(−0.2√((x² + y²)/2)) − e^((cos 2πx + cos 2πy)/2)",
        value=_ackley,
        gradient=_ackley_gradient,
        view=(-5.0, 5.0, -5.0, 5.0),
        start=(-3.3, 2.6),
        minimum=0.0,
        minima=((0.0, 0.0),),
        local_minima=_ackley_minima(),
        source="Ackley, A Connectionist Machine for Genetic Hillclimbing (1987)",
    ),
)
