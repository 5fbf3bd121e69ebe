"""How a surface curves: its Hessian, by differences of the exact gradient."""

from __future__ import annotations

import numpy as np

from engine.activations import Array
from engine.race_spec import RaceSpec

STEP = 1e-5
"""How far apart the gradients are that are compared, as a share of the view's diagonal."""


def hessians(spec: RaceSpec, places: Array) -> Array:
    """The second derivatives at each place (n, 2), (n, 2, 2), symmetric; not finite where f is not."""
    h, knobs = STEP * spec.diagonal, spec.surface.knobs
    x, y = places.T
    gradient = spec.ground.gradient
    with np.errstate(all="ignore"):
        along_x = np.subtract(gradient(x + h, y, knobs), gradient(x - h, y, knobs))
        along_y = np.subtract(gradient(x, y + h, knobs), gradient(x, y - h, knobs))
        found = np.stack([along_x, along_y]).transpose(2, 0, 1) / (2 * h)
        return np.asarray((found + found.transpose(0, 2, 1)) / 2)
