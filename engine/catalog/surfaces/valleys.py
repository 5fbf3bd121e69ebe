"""Curved valleys: easy to get into, slow to follow."""

from __future__ import annotations

from engine.catalog.surfaces.record import LIBRARY, Gradient, Height, Surface
from engine.core.arrays import Array, Numbers
from engine.core.registry import Knob
from engine.words import N_


def _rosenbrock(x: Array, y: Array, k: Numbers) -> Height:
    a, b = 1 - x, y - x * x
    return a * a + k["steepness"] * b * b


def _rosenbrock_gradient(x: Array, y: Array, k: Numbers) -> Gradient:
    b = 2 * k["steepness"] * (y - x * x)
    return 2 * (x - 1) - 2 * x * b, b


def _beale_terms(x: Array, y: Array) -> tuple[Array, Array, Array]:
    y2 = y * y
    return 1.5 - x + x * y, 2.25 - x + x * y2, 2.625 - x + x * y2 * y


def _beale(x: Array, y: Array, k: Numbers) -> Height:
    a, b, c = _beale_terms(x, y)
    return a * a + b * b + c * c


def _beale_gradient(x: Array, y: Array, k: Numbers) -> Gradient:
    a, b, c = _beale_terms(x, y)
    y2 = y * y
    dx = 2 * (a * (y - 1) + b * (y2 - 1) + c * (y2 * y - 1))
    return dx, 2 * x * (a + 2 * y * b + 3 * y2 * c)


VALLEYS = (
    Surface(
        kind="rosenbrock",
        label=N_("Rosenbrock"),
        help=N_(
            "A curved ravine shaped like a banana: easy to get into, slow to follow to the minimum."
        ),
        formula="f = (1 − x)² + b (y − x²)²",
        knobs=(
            Knob(
                "steepness",
                N_("Steepness"),
                N_("How steep the walls of the valley are (b); 100 is the original."),
                default=100.0,
                minimum=1,
                maximum=1000,
                scale="log",
                choices=(1.0, 10.0, 100.0, 1000.0),
                symbol="b",
                meaning=N_("steepness"),
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
        label=N_("Beale"),
        help=N_("A curved valley between four steep corners, flat near its minimum."),
        formula="f = (1.5 − x + xy)² + (2.25 − x + xy²)² + (2.625 − x + xy³)²",
        value=_beale,
        gradient=_beale_gradient,
        view=(-4.5, 4.5, -4.5, 4.5),
        start=(1.0, 1.0),
        minimum=0.0,
        minima=((3.0, 0.5),),
        source=LIBRARY,
    ),
)
