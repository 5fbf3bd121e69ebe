"""Features: what the first layer is given, each computed from a point's two coordinates."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

import numpy as np

from engine.core.arrays import Array
from engine.core.registry import Family, Record
from engine.words import N_


@dataclass(frozen=True, kw_only=True)
class Feature(Record):
    """compute(x1, x2): the feature's value at each point, same shape as x1.

    script_source: the same in an exported script.
    """

    compute: Callable[[Array, Array], Array]
    script_source: str


FEATURES: Family[Feature] = Family(
    N_("feature"),
    Feature(
        kind="x1",
        label=N_("x₁"),
        script_source="x1",
        help=N_("The horizontal coordinate."),
        formula="x₁",
        compute=lambda x1, _: x1,
    ),
    Feature(
        kind="x2",
        label=N_("x₂"),
        script_source="x2",
        help=N_("The vertical coordinate."),
        formula="x₂",
        compute=lambda _, x2: x2,
    ),
    Feature(
        kind="x1_squared",
        label=N_("x₁²"),
        script_source="x1 * x1",
        help=N_("Tells the middle from both sides; with x₂² a straight line becomes an ellipse."),
        formula="x₁²",
        compute=lambda x1, _: x1 * x1,
    ),
    Feature(
        kind="x2_squared",
        label=N_("x₂²"),
        script_source="x2 * x2",
        help=N_(
            "Tells the middle from top and bottom; with x₁² a straight line becomes an ellipse."
        ),
        formula="x₂²",
        compute=lambda _, x2: x2 * x2,
    ),
    Feature(
        kind="x1_x2",
        label=N_("x₁x₂"),
        script_source="x1 * x2",
        help=N_("Positive where both coordinates have the same sign, which solves xor alone."),
        formula="x₁ · x₂",
        compute=lambda x1, x2: x1 * x2,
    ),
    Feature(
        kind="sin_x1",
        label=N_("sin x₁"),
        script_source="np.sin(x1)",
        help=N_("Vertical stripes."),
        formula="sin x₁",
        compute=lambda x1, _: np.sin(x1),
    ),
    Feature(
        kind="sin_x2",
        label=N_("sin x₂"),
        script_source="np.sin(x2)",
        help=N_("Horizontal stripes."),
        formula="sin x₂",
        compute=lambda _, x2: np.sin(x2),
    ),
    Feature(
        kind="cos_x1",
        label=N_("cos x₁"),
        script_source="np.cos(x1)",
        help=N_("Vertical stripes, with one in the middle."),
        formula="cos x₁",
        compute=lambda x1, _: np.cos(x1),
    ),
    Feature(
        kind="cos_x2",
        label=N_("cos x₂"),
        script_source="np.cos(x2)",
        help=N_("Horizontal stripes, with one in the middle."),
        formula="cos x₂",
        compute=lambda _, x2: np.cos(x2),
    ),
    Feature(
        kind="radius",
        label=N_("‖x‖"),
        script_source="np.hypot(x1, x2)",
        help=N_("How far a point is from the middle, which solves the circle alone."),
        formula="√(x₁² + x₂²)",
        compute=np.hypot,
    ),
)


def compute(names: tuple[str, ...], points: Array) -> Array:
    """The named features of points (..., 2), as (..., D)."""
    x1, x2 = points[..., 0], points[..., 1]
    return np.stack([FEATURES[name].compute(x1, x2) for name in names], axis=-1)
