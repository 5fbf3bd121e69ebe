"""A surface as a grid of heights."""

from __future__ import annotations

import numpy as np

from engine.core.arrays import Array
from engine.race.descent import surface_at
from engine.race.spec import Extent
from engine.spec.reader import Choice


def grid_points(view: Extent, grid: int) -> tuple[Array, Array]:
    """x and y (G, G) of a grid over a view, ends included: row 0 at the top, column 0 at the left."""
    x_min, x_max, y_min, y_max = view
    x, y = np.meshgrid(np.linspace(x_min, x_max, grid), np.linspace(y_max, y_min, grid))
    return x, y


def surface_map(surface: Choice, view: Extent, grid: int, rows: slice = slice(None)) -> Array:
    """f on a grid over a view, (G, G) in float64, or some rows of it; NaN where f is no finite number.

    Raises FormulaError, or KeyError for no surface.
    """
    x, y = grid_points(view, grid)
    with np.errstate(all="ignore"):
        values = surface_at(surface).value(x[rows], y[rows], surface.knobs)
    return np.where(np.isfinite(values), values, np.nan)
