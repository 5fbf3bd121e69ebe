"""Basins: a grid of starts, each coloured by the minimum it leads to.

All starts are members of one descent; `engine.descent.descend` runs it, in slices of any size.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from engine.activations import Array
from engine.curvature import hessians
from engine.descent import Descent, begin, values_at
from engine.polynomial import FLAT
from engine.race_spec import RaceSpec
from engine.standing import at_minimum, minima_of
from engine.surface_map import grid_points

NEAR = 0.05
"""On a surface whose minima nobody knows: how far the ends of one basin may be from where they lead, as a
share of the view's diagonal."""
SETTLED = 1e-6
"""The last of Newton's steps is no longer than this share of the view's diagonal where it has settled."""
TRIES = 6
"""Steps of Newton's method from where a start has ended: at a minimum they settle near by."""
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

    Again and again the lowest end that is left stands for all that are near it. It is at a minimum if
    Newton's method settles near by; else those ends are still on their way.
    """
    near = NEAR * spec.diagonal
    places, settled = _settle(spec, ends)
    with np.errstate(all="ignore"):
        arrives = settled & (np.hypot(*(places - ends).T) <= near)
    left, which = alive.copy(), np.full(len(ends), -1)
    found: list[Array] = []
    while left.any() and len(found) < MOST_MINIMA:
        lowest = np.flatnonzero(left)[value[left].argmin()]
        close = left & (np.hypot(*(ends - ends[lowest]).T) <= near)
        left &= ~close
        if arrives[lowest]:
            place = places[lowest]
            away = [float(np.hypot(*(place - other))) for other in found]
            if min(away, default=np.inf) > near:
                away.append(0.0)
                found.append(place)
            which[close] = int(np.argmin(away))
    return np.array(found).reshape(-1, 2), which


def _settle(spec: RaceSpec, places: Array) -> tuple[Array, Array]:
    """Where Newton's method, w ← w − H⁻¹g, leads from each place (M, 2), and whether it settles, (M,).

    Only where the surface curves up all the way does it lead to a minimum.
    """
    places, settled = places.copy(), np.ones(len(places), np.bool_)
    for _ in range(TRIES):
        found = hessians(spec, places)
        settled &= np.isfinite(found).all(axis=(1, 2))
        found[~settled] = np.eye(2)
        low, high = np.linalg.eigvalsh(found).T
        settled &= low > FLAT * high
        found[~settled] = np.eye(2)
        x, y = places.T
        with np.errstate(all="ignore"):
            g = np.stack(spec.ground.gradient(x, y, spec.surface.knobs), axis=1)
            g[~settled] = 0
            steps = np.linalg.solve(found, -g[..., None])[..., 0]
            places += steps
    return places, settled & (np.hypot(*steps.T) <= SETTLED * spec.diagonal)
