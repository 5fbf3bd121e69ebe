"""Surfaces of second degree, whose steps theory predicts from two eigenvalues."""

from __future__ import annotations

from typing import Any

import numpy as np

from engine.catalog.surfaces.record import LIBRARY, Gradient, Height, Surface
from engine.core.arrays import Array, Numbers
from engine.core.registry import Knob
from engine.words import N_


def _bowl(x: Array, y: Array, k: Numbers) -> Height:
    return x * x + 2 * y * y


def _bowl_gradient(x: Array, y: Array, k: Numbers) -> Gradient:
    return 2 * x, 4 * y


def _along_and_across(x: Array, y: Array, k: Numbers) -> tuple[Array, Array, Any, Any]:
    """Coordinates (u, v) along and across a ravine turned by the angle, its cosine and its sine."""
    angle = np.deg2rad(k["angle"])
    cos, sin = np.cos(angle), np.sin(angle)
    return cos * x + sin * y, cos * y - sin * x, cos, sin


def _ravine(x: Array, y: Array, k: Numbers) -> Height:
    u, v, _, _ = _along_and_across(x, y, k)
    return (u * u + k["condition"] * v * v) / 2


def _ravine_gradient(x: Array, y: Array, k: Numbers) -> Gradient:
    u, v, cos, sin = _along_and_across(x, y, k)
    v = k["condition"] * v
    return cos * u - sin * v, sin * u + cos * v


def _matyas(x: Array, y: Array, k: Numbers) -> Height:
    return 0.26 * (x * x + y * y) - 0.48 * x * y


def _matyas_gradient(x: Array, y: Array, k: Numbers) -> Gradient:
    return 0.52 * x - 0.48 * y, 0.52 * y - 0.48 * x


def _booth(x: Array, y: Array, k: Numbers) -> Height:
    a, b = x + 2 * y - 7, 2 * x + y - 5
    return a * a + b * b


def _booth_gradient(x: Array, y: Array, k: Numbers) -> Gradient:
    a, b = x + 2 * y - 7, 2 * x + y - 5
    return 2 * a + 4 * b, 4 * a + 2 * b


def _saddle(x: Array, y: Array, k: Numbers) -> Height:
    return x * x - y * y


def _saddle_gradient(x: Array, y: Array, k: Numbers) -> Gradient:
    return 2 * x, -2 * y


QUADRATIC = (
    Surface(
        kind="bowl",
        label=N_("Bowl"),
        help=N_(
            "Twice as steep in y as in x: the worked example, good for following a step by hand."
        ),
        formula="f = x² + 2y²",
        value=_bowl,
        gradient=_bowl_gradient,
        view=(-1.5, 1.5, -1.5, 1.5),
        start=(1.0, 1.0),
        minimum=0.0,
        minima=((0.0, 0.0),),
        eigenvalues=lambda _: (2.0, 4.0),
    ),
    Surface(
        kind="ravine",
        label=N_("Ravine"),
        help=N_(
            "Steep across, flat along: plain descent zigzags, and the condition number says how badly."
        ),
        formula=N_("f = (u² + κv²)/2,  (u, v) = (x, y) turned by the angle"),
        knobs=(
            Knob(
                "condition",
                N_("Condition number"),
                N_("How many times steeper the ravine is across than along (κ)."),
                default=20.0,
                minimum=1,
                maximum=10_000,
                scale="log",
                choices=(1.0, 2.0, 5.0, 10.0, 20.0, 50.0, 100.0, 1000.0),
                symbol="κ",
                meaning=N_("condition number"),
            ),
            Knob(
                "angle",
                N_("Angle"),
                N_(
                    "Turns the ravine by this many degrees; rules that scale each coordinate notice."
                ),
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
        label=N_("Matyas"),
        help=N_("A gentle ravine along the diagonal, 25 times steeper across than along."),
        formula="f = 0.26 (x² + y²) − 0.48 xy",
        value=_matyas,
        gradient=_matyas_gradient,
        view=(-10.0, 10.0, -10.0, 10.0),
        start=(-8.0, 3.0),
        minimum=0.0,
        minima=((0.0, 0.0),),
        eigenvalues=lambda _: (0.04, 1.0),
        source=LIBRARY,
    ),
    Surface(
        kind="booth",
        label=N_("Booth"),
        help=N_(
            "A tilted bowl whose minimum is not at the origin, 9 times steeper across than along."
        ),
        formula="f = (x + 2y − 7)² + (2x + y − 5)²",
        value=_booth,
        gradient=_booth_gradient,
        view=(-10.0, 10.0, -10.0, 10.0),
        start=(-8.0, -5.0),
        minimum=0.0,
        minima=((1.0, 3.0),),
        eigenvalues=lambda _: (2.0, 18.0),
        source=LIBRARY,
    ),
    Surface(
        kind="saddle",
        label=N_("Saddle"),
        help=N_(
            "Down to the middle in x, then away in y: the gradient fades just where one must turn."
        ),
        formula="f = x² − y²",
        value=_saddle,
        gradient=_saddle_gradient,
        view=(-1.5, 1.5, -1.5, 1.5),
        start=(1.0, 0.001),
        eigenvalues=lambda _: (-2.0, 2.0),
    ),
)
