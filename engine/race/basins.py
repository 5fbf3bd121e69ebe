"""Basins: a grid of starts, each coloured by the minimum it leads to.

All starts are members of one descent; `engine.race.descent.descend` runs it, in slices of any size.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Any

import numpy as np

from engine.catalog.surfaces.polynomial import FLAT
from engine.core.arrays import Array
from engine.core.errors import position
from engine.race.descent import Descent, begin, heights_of
from engine.race.heights import grid_points
from engine.race.hessian import hessians
from engine.race.outcomes import at_minimum, minima_of
from engine.race.spec import RaceSpec

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


@dataclass(frozen=True, eq=False)
class Ends:
    """Where M starts have come to.

    places (M, 2); value (M,): f there, infinite where a member has failed. which (M,): the known minimum that
    each is at, −1 for none. Where none is known, Newton's method looks for one: found (M, 2) is where it has
    come to, arrives (M,) whether it can still settle, and then whether it has; tries, its steps so far.
    """

    places: Array
    value: Array
    which: Array
    found: Array
    arrives: Array
    tries: int

    @property
    def looked_at(self) -> bool:
        """Whether Newton's method has made all its steps."""
        return self.tries >= TRIES


@dataclass(frozen=True, eq=False)
class Gathering:
    """Ends, some of which have been gathered into basins.

    left (M,): those that have not; which (M,): the basin of the others; minima: what they lead to so far.
    """

    ends: Ends
    left: Array
    which: Array
    minima: tuple[Array, ...] = ()

    @property
    def done(self) -> bool:
        """Whether no end is left to gather, or no more minima are told apart."""
        return len(self.minima) == MOST_MINIMA or not self.left.any()


def begin_basins(spec: RaceSpec, racer: int, grid: int, part: slice = slice(None)) -> Descent:
    """One racer at every point of a grid over the view, or some, row by row from the top.

    All get the same noise. Raises PositionError where the race has no such racer.
    """
    x, y = grid_points(spec.extent, grid)
    starts = list(zip(x.ravel()[part].tolist(), y.ravel()[part].tolist(), strict=True))
    rules = [spec.racers[position("racer", racer, len(spec.racers))]] * len(starts)
    rows = [0] * len(starts)
    return begin(spec.surface, rules, starts, spec.noise, spec.noise_seed, rows)


def basins_of(spec: RaceSpec, descent: Descent) -> Basins:
    """Where the starts have led to so far."""
    ends = ends_of(spec, descent)
    while not ends.looked_at:
        ends = look_closer(spec, ends)
    gathering = begin_gathering(ends)
    while not gathering.done:
        gathering = gather(spec, gathering)
    return basins_from(spec, gathering)


def ends_of(spec: RaceSpec, descent: Descent) -> Ends:
    """Where a descent's members are; of starts whose minima nobody knows `look_closer` is to make more."""
    value, minima = heights_of(descent), minima_of(spec)
    alive = np.isfinite(value)
    which = np.where(alive, at_minimum(spec, descent.theta, minima), -1)
    tries = TRIES if len(minima) else 0
    return Ends(descent.theta, value, which, descent.theta, alive & (tries == 0), tries)


def look_closer(spec: RaceSpec, ends: Ends) -> Ends:
    """Make a step of Newton's method, w ← w − H⁻¹g, from where each end has come to.

    Only where the surface curves up all the way does it lead to a minimum, and only if that is near by is it
    the end's.
    """
    places, settled = ends.found.copy(), ends.arrives.copy()
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
        if ends.tries + 1 == TRIES:
            settled &= np.hypot(*steps.T) <= SETTLED * spec.diagonal
            settled &= np.hypot(*(places - ends.places).T) <= NEAR * spec.diagonal
    return replace(ends, found=places, arrives=settled, tries=ends.tries + 1)


def join_ends(parts: Sequence[Ends]) -> Ends:
    """The ends of several descents, one after the other."""
    names = ("places", "value", "which", "found", "arrives")
    arrays: dict[str, Any] = {
        name: np.concatenate([getattr(part, name) for part in parts]) for name in names
    }
    return Ends(**arrays, tries=min(part.tries for part in parts))


def begin_gathering(ends: Ends) -> Gathering:
    """Before the first basin: ends at known minima need no gathering."""
    alive = np.isfinite(ends.value)
    known = (ends.which >= 0).any() or not ends.arrives.any()
    return Gathering(ends, alive & (not known), ends.which)


def gather(spec: RaceSpec, gathering: Gathering) -> Gathering:
    """Gather the next ends: the lowest that is left stands for all that are near it.

    They lead to the minimum that this one arrives at; else they are still on their way.
    """
    ends, left, which = gathering.ends, gathering.left.copy(), gathering.which.copy()
    minima, near = gathering.minima, NEAR * spec.diagonal
    some = np.flatnonzero(left)
    lowest = some[ends.value[some].argmin()]
    close = some[np.hypot(*(ends.places[some] - ends.places[lowest]).T) <= near]
    left[close] = False
    if ends.arrives[lowest]:
        place = ends.found[lowest]
        away = [float(np.hypot(*(place - other))) for other in minima]
        if min(away, default=np.inf) > near:
            away.append(0.0)
            minima = (*minima, place)
        which[close] = int(np.argmin(away))
    return Gathering(ends, left, which, minima)


def basins_from(spec: RaceSpec, gathering: Gathering) -> Basins:
    """The basins of all ends of a grid, gathered."""
    ends = gathering.ends
    grid = round(len(ends.value) ** 0.5)
    known = minima_of(spec)
    minima = known if len(known) else np.array(gathering.minima).reshape(-1, 2)
    return Basins(minima, gathering.which.reshape(grid, grid), ends.value.reshape(grid, grid))
