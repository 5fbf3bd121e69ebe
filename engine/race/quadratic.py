"""What is known of a quadratic from its matrix alone: how it curves, and where its gradient is zero."""

from __future__ import annotations

import numpy as np

from engine.catalog.surfaces import Point
from engine.core.arrays import Array
from engine.race.spec import RaceSpec


def eigenvalues_of(spec: RaceSpec) -> tuple[float, float] | None:
    """Those of the surface's Hessian, smaller first; None where it is no quadratic."""
    found = spec.ground.eigenvalues
    if found is None:
        return None
    low, high = found(spec.surface.knobs)
    return float(low), float(high)


def stationary(spec: RaceSpec) -> Point | None:
    """Where the gradient of a quadratic is zero; None elsewhere, and where there are many such places.

    None too where that is so far away that g₀ leaves no digits to H.
    """
    values = eigenvalues_of(spec)
    if values is None or min(map(abs, values)) <= 1e-12 * max(map(abs, values)):
        return None
    if spec.ground.minima:
        return spec.ground.minima[0]
    origin, hessian = _gradient(spec)
    if np.linalg.det(hessian) == 0:
        return None
    place = np.linalg.solve(hessian, -origin)
    return float(place[0]), float(place[1])


def directions_of(spec: RaceSpec) -> Array | None:
    """The eigenvectors of a quadratic's Hessian as columns (2, 2), as its eigenvalues; None elsewhere."""
    if eigenvalues_of(spec) is None:
        return None
    _, hessian = _gradient(spec)
    return np.asarray(np.linalg.eigh(hessian)[1])


def _gradient(spec: RaceSpec) -> tuple[Array, Array]:
    """g₀ (2,) and H (2, 2) of a quadratic, whose gradient is g₀ + H w.

    So its differences between three points are the columns of H.
    """
    x, y = np.array([0.0, 1.0, 0.0]), np.array([0.0, 0.0, 1.0])
    origin, right, above = np.stack(spec.ground.gradient(x, y, spec.surface.knobs), axis=1)
    return origin, np.stack([right - origin, above - origin], axis=1)
