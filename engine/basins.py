"""Basins: a grid of starts, each coloured by the minimum it leads to.

All starts are members of one descent; `engine.descent.descend` runs it, in slices of any size.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from engine.activations import Array
from engine.curvature import hessians
from engine.descent import Descent, begin, values_at
from engine.race_spec import RaceSpec
from engine.standing import at_minimum, minima_of
from engine.surface_map import grid_points

NEAR = 0.05
"""On a surface whose minima nobody knows: how far the ends of one basin may be from where they lead, as a
share of the view's diagonal."""
MOST_MINIMA = 127
"""More minima than this are not told apart."""


@dataclass(frozen=True, eq=False)
class Basins:
    """Where the starts of a grid lead to.

    minima (K, 2): the known ones, the lowest first, or else what many ends have in common.
    which (G, G): the minimum that each start reaches, −1 for none; value (G, G): f at its end.
    """

    minima: Array
    which: Array
    value: Array


def begin_basins(spec: RaceSpec, racer: int, grid: int) -> Descent:
    """One racer at every point of a grid over the view, row by row from the top; all get the same noise.

    Raises IndexError where the race has no such racer.
    """
    x, y = grid_points(spec.extent, grid)
    starts = list(zip(x.ravel().tolist(), y.ravel().tolist(), strict=True))
    rules = [spec.racers[racer]] * len(starts)
    rows = [0] * len(starts)
    return begin(spec.surface, rules, starts, spec.noise, spec.noise_seed, rows)


def basins_of(spec: RaceSpec, descent: Descent) -> Basins:
    """Where the starts have led to so far."""
    grid = round(len(descent.theta) ** 0.5)
    ends = descent.theta
    value = values_at(descent)
    alive = np.isfinite(value)
    alive[[failure.member for failure in descent.failures]] = False
    minima = minima_of(spec)
    if len(minima):
        which = at_minimum(spec, ends, minima)
    else:
        minima, which = _gathered(spec, ends, value, alive)
    which = np.where(alive, which, -1)
    value = np.where(alive, value, np.inf)
    return Basins(minima, which.reshape(grid, grid), value.reshape(grid, grid))


def _gathered(spec: RaceSpec, ends: Array, value: Array, alive: Array) -> tuple[Array, Array]:
    """The minima that ends (M, 2) lead to, the lowest first, and which of them each end is at, (M,).

    Again and again the lowest end that is left stands for all that are near it. It is at a minimum if one
    step of Newton's method, −H⁻¹g, leads to one near by; else those ends are still on their way.
    """
    near = NEAR * spec.diagonal
    steps, curves_up = _newton(spec, ends)
    arrives = curves_up & (np.hypot(*steps.T) <= near)
    left, which = alive.copy(), np.full(len(ends), -1)
    found: list[Array] = []
    while left.any() and len(found) < MOST_MINIMA:
        lowest = np.flatnonzero(left)[value[left].argmin()]
        close = left & (np.hypot(*(ends - ends[lowest]).T) <= near)
        left &= ~close
        if arrives[lowest]:
            place = ends[lowest] + steps[lowest]
            away = [float(np.hypot(*(place - other))) for other in found]
            if min(away, default=np.inf) > near:
                away.append(0.0)
                found.append(place)
            which[close] = int(np.argmin(away))
    return np.array(found).reshape(-1, 2), which


def _newton(spec: RaceSpec, places: Array) -> tuple[Array, Array]:
    """The step of Newton's method from each place (M, 2), and whether the surface curves up there, (M,)."""
    found = hessians(spec, places)
    known = np.isfinite(found).all(axis=(1, 2))
    found[~known] = np.eye(2)
    curves_up = known & (np.linalg.eigvalsh(found)[:, 0] > 0)
    found[~curves_up] = np.eye(2)
    x, y = places.T
    with np.errstate(all="ignore"):
        g = np.stack(spec.ground.gradient(x, y, spec.surface.knobs), axis=1)
        return np.linalg.solve(found, -g[..., None])[..., 0], curves_up
