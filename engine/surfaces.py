"""Surfaces: functions of two parameters to watch an optimizer on, simplest first.

A surface is a population with P = 2: theta (M, 2) holds x and y of every member. Here x and y are two
arrays of one shape, any shape, in float64: a grid to draw, or the members of a race. Far outside the view
a polynomial overflows to infinity; what becomes of that is the caller's to say, as it is for optimizers.
"""

from __future__ import annotations

import math
from collections.abc import Callable
from dataclasses import dataclass
from itertools import product
from typing import Any

import numpy as np

from engine.activations import Array, Numbers
from engine.registry import Family, Knob, Record

Point = tuple[float, float]
Gradient = tuple[Array, Array]
"""The derivatives by x and by y, each of the shape of x."""

LIBRARY = "Surjanovic and Bingham, Virtual Library of Simulation Experiments (2013)"


@dataclass(frozen=True, kw_only=True)
class Surface(Record):
    """A function f of x and y.

    value(x, y, k) and gradient(x, y, k): f, and its derivatives by x and by y; `k` holds the knobs.
    minimum: the lowest value there is, at each point of `minima`; None, and no points, where there is none.
    local_minima: the other minima in view, where they are known.
    view: what to show of it, (x_min, x_max, y_min, y_max).
    start: where to begin unless a person says otherwise.
    eigenvalues(k): for a quadratic, those of its Hessian, smaller first; they decide how it converges.
    source: who published it.
    """

    value: Callable[[Array, Array, Numbers], Array]
    gradient: Callable[[Array, Array, Numbers], Gradient]
    view: tuple[float, float, float, float]
    start: Point
    minimum: float | None = None
    minima: tuple[Point, ...] = ()
    local_minima: tuple[Point, ...] = ()
    eigenvalues: Callable[[Numbers], tuple[Any, Any]] | None = None
    source: str = ""

    @property
    def quadratic(self) -> bool:
        """True where the Hessian is the same everywhere, so that theory predicts every step."""
        return self.eigenvalues is not None


def _bowl(x: Array, y: Array, k: Numbers) -> Array:
    return x * x + 2 * y * y


def _bowl_gradient(x: Array, y: Array, k: Numbers) -> Gradient:
    return 2 * x, 4 * y


def _along_and_across(x: Array, y: Array, k: Numbers) -> tuple[Array, Array, Any, Any]:
    """Coordinates (u, v) along and across a ravine turned by the angle, its cosine and its sine."""
    angle = np.deg2rad(k["angle"])
    cos, sin = np.cos(angle), np.sin(angle)
    return cos * x + sin * y, cos * y - sin * x, cos, sin


def _ravine(x: Array, y: Array, k: Numbers) -> Array:
    u, v, _, _ = _along_and_across(x, y, k)
    return (u * u + k["condition"] * v * v) / 2


def _ravine_gradient(x: Array, y: Array, k: Numbers) -> Gradient:
    u, v, cos, sin = _along_and_across(x, y, k)
    v = k["condition"] * v
    return cos * u - sin * v, sin * u + cos * v


def _matyas(x: Array, y: Array, k: Numbers) -> Array:
    return 0.26 * (x * x + y * y) - 0.48 * x * y


def _matyas_gradient(x: Array, y: Array, k: Numbers) -> Gradient:
    return 0.52 * x - 0.48 * y, 0.52 * y - 0.48 * x


def _booth(x: Array, y: Array, k: Numbers) -> Array:
    a, b = x + 2 * y - 7, 2 * x + y - 5
    return a * a + b * b


def _booth_gradient(x: Array, y: Array, k: Numbers) -> Gradient:
    a, b = x + 2 * y - 7, 2 * x + y - 5
    return 2 * a + 4 * b, 4 * a + 2 * b


def _saddle(x: Array, y: Array, k: Numbers) -> Array:
    return x * x - y * y


def _saddle_gradient(x: Array, y: Array, k: Numbers) -> Gradient:
    return 2 * x, -2 * y


def _monkey_saddle(x: Array, y: Array, k: Numbers) -> Array:
    return x * (x * x - 3 * y * y)


def _monkey_saddle_gradient(x: Array, y: Array, k: Numbers) -> Gradient:
    return 3 * (x * x - y * y), -6 * x * y


def _plateau(x: Array, y: Array, k: Numbers) -> Array:
    r = np.hypot(x, y)
    slope = np.maximum(r - 3, 0)
    return slope * slope / 8 - np.exp(-r * r)


def _plateau_gradient(x: Array, y: Array, k: Numbers) -> Gradient:
    r = np.hypot(x, y)
    # df/dr divided by r; max(0, r − 3)/r is written so that it does not divide by zero
    pull = (1 - 3 / np.maximum(r, 3)) / 4 + 2 * np.exp(-r * r)
    return pull * x, pull * y


def _cliff(x: Array, y: Array, k: Numbers) -> Array:
    return y * y / 2 - 2 * x + np.logaddexp(0, 30 * x - math.log(49)) * (10 / 3)


def _cliff_gradient(x: Array, y: Array, k: Numbers) -> Gradient:
    # 100 σ(z) − 2, with σ by tanh, which cannot overflow
    return 48 + 50 * np.tanh(15 * x - math.log(7)), 1 * y


def _stairs(x: Array, y: Array, k: Numbers) -> Array:
    return np.hypot(1, x) + np.sin(np.pi * x) ** 2 / 2 + y * y / 2 - 1


def _stairs_gradient(x: Array, y: Array, k: Numbers) -> Gradient:
    return x / np.hypot(1, x) + np.pi / 2 * np.sin(2 * np.pi * x), 1 * y


def _rosenbrock(x: Array, y: Array, k: Numbers) -> Array:
    a, b = 1 - x, y - x * x
    return a * a + k["steepness"] * b * b


def _rosenbrock_gradient(x: Array, y: Array, k: Numbers) -> Gradient:
    b = 2 * k["steepness"] * (y - x * x)
    return 2 * (x - 1) - 2 * x * b, b


def _beale_terms(x: Array, y: Array) -> tuple[Array, Array, Array]:
    y2 = y * y
    return 1.5 - x + x * y, 2.25 - x + x * y2, 2.625 - x + x * y2 * y


def _beale(x: Array, y: Array, k: Numbers) -> Array:
    a, b, c = _beale_terms(x, y)
    return a * a + b * b + c * c


def _beale_gradient(x: Array, y: Array, k: Numbers) -> Gradient:
    a, b, c = _beale_terms(x, y)
    y2 = y * y
    dx = 2 * (a * (y - 1) + b * (y2 - 1) + c * (y2 * y - 1))
    return dx, 2 * x * (a + 2 * y * b + 3 * y2 * c)


def _himmelblau(x: Array, y: Array, k: Numbers) -> Array:
    a, b = x * x + y - 11, x + y * y - 7
    return a * a + b * b


def _himmelblau_gradient(x: Array, y: Array, k: Numbers) -> Gradient:
    a, b = x * x + y - 11, x + y * y - 7
    return 4 * x * a + 2 * b, 2 * a + 4 * y * b


def _three_hump_camel(x: Array, y: Array, k: Numbers) -> Array:
    x2 = x * x
    return x2 * (2 + x2 * (x2 / 6 - 1.05)) + x * y + y * y


def _three_hump_camel_gradient(x: Array, y: Array, k: Numbers) -> Gradient:
    x2 = x * x
    return x * (4 + x2 * (x2 - 4.2)) + y, x + 2 * y


def _six_hump_camel(x: Array, y: Array, k: Numbers) -> Array:
    x2, y2 = x * x, y * y
    return x2 * (4 + x2 * (x2 / 3 - 2.1)) + x * y + 4 * y2 * (y2 - 1)


def _six_hump_camel_gradient(x: Array, y: Array, k: Numbers) -> Gradient:
    x2, y2 = x * x, y * y
    return x * (8 + x2 * (2 * x2 - 8.4)) + y, x + 8 * y * (2 * y2 - 1)


def _styblinski_tang(x: Array, y: Array, k: Numbers) -> Array:
    x2, y2 = x * x, y * y
    return (x2 * (x2 - 16) + 5 * x + y2 * (y2 - 16) + 5 * y) / 2


def _styblinski_tang_gradient(x: Array, y: Array, k: Numbers) -> Gradient:
    return x * (2 * x * x - 16) + 2.5, y * (2 * y * y - 16) + 2.5


def _rastrigin(x: Array, y: Array, k: Numbers) -> Array:
    # 1 − cos 2πx as 2 sin² πx, which keeps its digits near the minima
    return x * x + y * y + 20 * (np.sin(np.pi * x) ** 2 + np.sin(np.pi * y) ** 2)


def _rastrigin_gradient(x: Array, y: Array, k: Numbers) -> Gradient:
    return (
        2 * x + 20 * np.pi * np.sin(2 * np.pi * x),
        2 * y + 20 * np.pi * np.sin(2 * np.pi * y),
    )


def _ackley(x: Array, y: Array, k: Numbers) -> Array:
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


def _bottom(near: float, slope: Callable[[float], float], curvature: float) -> float:
    """The root of a slope near a point, by Newton's method with the curvature there."""
    for _ in range(60):
        near -= slope(near) / curvature
    return near


def _stairs_minima() -> tuple[Point, ...]:
    """The bottom of each step in view but the lowest."""

    def slope(x: float) -> float:
        return x / math.hypot(1, x) + math.pi / 2 * math.sin(2 * math.pi * x)

    right = [_bottom(n - 0.1, slope, math.pi**2) for n in range(1, 6)]
    return tuple((sign * x, 0.0) for x in right for sign in (1, -1))


def _rastrigin_minima() -> tuple[Point, ...]:
    """Every pair of two one-dimensional minima in view but the origin."""

    def slope(x: float) -> float:
        return 2 * x + 20 * math.pi * math.sin(2 * math.pi * x)

    line = [_bottom(n, slope, 40 * math.pi**2 + 2) for n in range(-5, 6)]
    return tuple((x, y) for x, y in product(line, line) if (x, y) != (0, 0))


_TANG_LOW, _TANG_HIGH = -2.9035340277711783, 2.7468027709908376
"""The two bottoms of (x⁴ − 16x² + 5x)/2, where 4x³ − 32x + 5 = 0."""
_CAMEL = math.sqrt(2.1 + math.sqrt(0.91))
"""Where 4x − 4.2x³ + x⁵ = x/2, as y = −x/2 demands."""

SURFACES: Family[Surface] = Family(
    "surface",
    Surface(
        kind="bowl",
        label="Bowl",
        help="Twice as steep in y as in x: the worked example, good for following a step by hand.",
        formula="f = x² + 2y²",
        value=_bowl,
        gradient=_bowl_gradient,
        view=(-1.5, 1.5, -1.5, 1.5),
        start=(1.0, 1.0),
        minimum=0.0,
        minima=((0.0, 0.0),),
        eigenvalues=lambda k: (2.0, 4.0),
    ),
    Surface(
        kind="ravine",
        label="Ravine",
        help="Steep across and flat along: plain descent zigzags, and the condition number says how badly.",
        formula="f = (u² + κv²)/2,  (u, v) = (x, y) turned by the angle",
        knobs=(
            Knob(
                "condition",
                "Condition number",
                "How many times steeper the ravine is across than along (κ).",
                default=20.0,
                minimum=1,
                maximum=10_000,
                scale="log",
                choices=(1.0, 2.0, 5.0, 10.0, 20.0, 50.0, 100.0, 1000.0),
            ),
            Knob(
                "angle",
                "Angle",
                "Turns the ravine by so many degrees; rules that scale each coordinate notice.",
                default=0.0,
                minimum=-90,
                maximum=90,
                step=5,
                choices=(0.0, 15.0, 30.0, 45.0),
            ),
        ),
        value=_ravine,
        gradient=_ravine_gradient,
        view=(-3.0, 3.0, -3.0, 3.0),
        start=(-2.5, 1.0),
        minimum=0.0,
        minima=((0.0, 0.0),),
        eigenvalues=lambda k: (1.0, k["condition"]),
    ),
    Surface(
        kind="matyas",
        label="Matyas",
        help="A gentle ravine along the diagonal, 25 times steeper across than along.",
        formula="f = 0.26 (x² + y²) − 0.48 xy",
        value=_matyas,
        gradient=_matyas_gradient,
        view=(-10.0, 10.0, -10.0, 10.0),
        start=(-8.0, 3.0),
        minimum=0.0,
        minima=((0.0, 0.0),),
        eigenvalues=lambda k: (0.04, 1.0),
        source=LIBRARY,
    ),
    Surface(
        kind="booth",
        label="Booth",
        help="A tilted bowl whose minimum is not at the origin, 9 times steeper across than along.",
        formula="f = (x + 2y − 7)² + (2x + y − 5)²",
        value=_booth,
        gradient=_booth_gradient,
        view=(-10.0, 10.0, -10.0, 10.0),
        start=(-8.0, -5.0),
        minimum=0.0,
        minima=((1.0, 3.0),),
        eigenvalues=lambda k: (2.0, 18.0),
        source=LIBRARY,
    ),
    Surface(
        kind="saddle",
        label="Saddle",
        help="Down to the middle in x, then away in y: the gradient fades just where one must turn.",
        formula="f = x² − y²",
        value=_saddle,
        gradient=_saddle_gradient,
        view=(-1.5, 1.5, -1.5, 1.5),
        start=(1.0, 0.001),
        eigenvalues=lambda k: (-2.0, 2.0),
    ),
    Surface(
        kind="monkey_saddle",
        label="Monkey saddle",
        help="Three valleys and three ridges meet where gradient and curvature are both zero.",
        formula="f = x³ − 3xy²",
        value=_monkey_saddle,
        gradient=_monkey_saddle_gradient,
        view=(-1.5, 1.5, -1.5, 1.5),
        start=(1.0, 0.01),
        source="Hilbert and Cohn-Vossen, Geometry and the Imagination (1932)",
    ),
    Surface(
        kind="plateau",
        label="Plateau",
        help="A slope, a flat plain and a hole in its middle: velocity crosses where the gradient dies.",
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
        label="Cliff",
        help="A gentle slope runs into a wall, whose exploding gradient throws a step far back.",
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
        label="Stairs",
        help="Steps down to the middle, each with a local minimum that only speed or noise gets out of.",
        formula="f = √(1 + x²) − 1 + sin²(πx)/2 + y²/2",
        value=_stairs,
        gradient=_stairs_gradient,
        view=(-5.0, 5.0, -3.0, 3.0),
        start=(4.4, 2.0),
        minimum=0.0,
        minima=((0.0, 0.0),),
        local_minima=_stairs_minima(),
    ),
    Surface(
        kind="rosenbrock",
        label="Rosenbrock",
        help="A curved ravine shaped like a banana: into it is easy, along it to the minimum is slow.",
        formula="f = (1 − x)² + b (y − x²)²",
        knobs=(
            Knob(
                "steepness",
                "Steepness",
                "How steep the walls of the valley are (b); 100 is the original.",
                default=100.0,
                minimum=1,
                maximum=1000,
                scale="log",
                choices=(1.0, 10.0, 100.0, 1000.0),
            ),
        ),
        value=_rosenbrock,
        gradient=_rosenbrock_gradient,
        view=(-2.0, 2.0, -1.0, 3.0),
        start=(-1.2, 1.0),
        minimum=0.0,
        minima=((1.0, 1.0),),
        source="Rosenbrock, The Computer Journal 3 (1960)",
    ),
    Surface(
        kind="beale",
        label="Beale",
        help="A curved valley between four steep corners, flat near its minimum.",
        formula="f = (1.5 − x + xy)² + (2.25 − x + xy²)² + (2.625 − x + xy³)²",
        value=_beale,
        gradient=_beale_gradient,
        view=(-4.5, 4.5, -4.5, 4.5),
        start=(1.0, 1.0),
        minimum=0.0,
        minima=((3.0, 0.5),),
        source=LIBRARY,
    ),
    Surface(
        kind="himmelblau",
        label="Himmelblau",
        help="Four minima, all equally low: the start decides which one is reached.",
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
        label="Three-hump camel",
        help="Three minima in a row, of which the middle one is the lowest.",
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
        label="Six-hump camel",
        help="Six minima, of which two are equally low and four are traps.",
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
        label="Styblinski–Tang",
        help="One minimum in each quarter of the plane, of which one is the lowest.",
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
        label="Rastrigin",
        help="A bowl under a regular egg box: over a hundred local minima, one of them the lowest.",
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
        label="Ackley",
        help="A wide rippled plain with one deep, pointed hole in the middle.",
        formula="f = 20 + e − 20 e^(−0.2√((x² + y²)/2)) − e^((cos 2πx + cos 2πy)/2)",
        value=_ackley,
        gradient=_ackley_gradient,
        view=(-5.0, 5.0, -5.0, 5.0),
        start=(-3.3, 2.6),
        minimum=0.0,
        minima=((0.0, 0.0),),
        source="Ackley, A Connectionist Machine for Genetic Hillclimbing (1987)",
    ),
)
