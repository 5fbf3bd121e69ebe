"""Points as people give them, checked: two finite numbers each, as a list, a tuple or an array."""

from __future__ import annotations

from typing import Any

import numpy as np

from engine.core.arrays import Array
from engine.core.plain import plain
from engine.words import N_


def point_of(value: Any) -> tuple[float, float]:
    """One point (x1, x2). Raises ValueError for anything but two finite numbers."""
    found = _numbers(value)
    if found is None or found.shape != (2,) or not np.isfinite(found).all():
        raise ValueError(N_("a point is two finite numbers, not {value}", value=repr(value)))
    return float(found[0]), float(found[1])


def points_of(values: Any) -> Array:
    """Points (N, 2), none at all too. Raises ValueError that says what is wrong with them."""
    found = _numbers(values)
    if found is not None and found.size == 0:
        return np.empty((0, 2))
    if found is None or found.ndim != 2 or found.shape[1] != 2:
        came = (
            f"{type(values).__name__} of shape {found.shape}"
            if found is not None
            else f"{values!s:.200}"
        )
        raise ValueError(N_("points are an array (N, 2) of numbers, not {values}", values=came))
    wrong = np.flatnonzero(~np.isfinite(found).all(axis=1))
    if len(wrong):
        row = int(wrong[0])
        raise ValueError(
            N_(
                "points are finite numbers, but point {row} is {point}",
                row=row,
                point=str(found[row].tolist()),
            )
        )
    return found


def _numbers(values: Any) -> Array | None:
    """The numbers as float64; None for what holds other things, or rows of different lengths."""
    try:
        found = np.asarray(plain(values))
    except (ValueError, RecursionError):
        return None
    return found.astype(np.float64) if found.dtype.kind in "iuf" or not found.size else None
