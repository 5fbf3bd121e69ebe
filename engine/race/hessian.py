"""How a surface curves: its Hessian, by differences of the exact gradient."""

from __future__ import annotations

import numpy as np

from engine.core.arrays import Array
from engine.race.spec import RaceSpec

STEP = 1e-5
"""How far apart the gradients are that are compared, as a share of the view's diagonal."""


def hessians(spec: RaceSpec, places: Array) -> Array:
    """The second derivatives at each place (n, 2), (n, 2, 2), symmetric; not finite where f is not."""
    h, knobs = STEP * spec.diagonal, spec.surface.knobs
    x, y = places.T
    with np.errstate(all="ignore"):
        # in one go: for few places a long formula takes as long as for one
        ahead = np.concatenate([x + h, x - h, x, x]), np.concatenate([y, y, y + h, y - h])
        right, left, above, below = np.split(np.stack(spec.ground.gradient(*ahead, knobs)), 4, 1)
        found = np.stack([right - left, above - below]).transpose(2, 0, 1) / (2 * h)
        return np.asarray((found + found.transpose(0, 2, 1)) / 2)
