"""How each member of a race is doing: converged, stuck, diverged or failed, and since when.

A condition that ends is forgotten, so that "converged at step 40" means that from step 40 on it stayed
so, as far as the race has been run. Where a race is sliced changes nothing of it.

- *Converged*: f is at most `tolerance` above the lowest value. Nobody knows that of a formula (but for
  quadratics), so there a member has converged where the length of the gradient, noise aside, is at most
  `tolerance`, the surface curves down in no direction, and no place is known that is lower by more than the
  tolerance: none of a grid over the view, and none that a member has come by. A surface without a lowest
  value has nowhere to converge to.
- *Stuck*: not converged, and over the last WINDOW updates all its places were within a hundredth of the
  distance to the nearest lowest point: at this pace it would not arrive in WINDOW · 100 updates, the most
  that a race can have. Where no lowest point is known, within a 10,000th of the view's diagonal, while the
  gradient has not halved or is already below `tolerance`. So rests in a local minimum, on a saddle or on a
  plain, and so stalls an optimizer whose steps have become too short.
- *Diverged*: further from the middle of the view than FAR times its diagonal, with numbers still finite.
- *Failed*: no longer finite, and frozen at its last finite point; or, in view or near it, at a place where
  f has no finite value: it has left the domain of f.

So a minimum that is higher than another one is the same on every surface: who rests there is stuck.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from functools import lru_cache
from typing import Any

import numpy as np

from engine.core.arrays import Array
from engine.race.descent import Descent
from engine.race.heights import surface_map
from engine.race.hessian import hessians
from engine.race.spec import Extent, RaceSpec
from engine.spec.reader import Choice
from engine.words import N_

WINDOW = 100
"""How many updates a member must have rested for to be stuck."""
AT = 0.01
"""A place is at a minimum if it is no further away than this share of the view's diagonal."""
GRID = 41
"""So many places a side of the view are looked at for a lower one."""
OUTSIDE = N_("left the domain of f")
FAR = 10
"""So many diagonals away from the middle of the view is off the map for good."""


@dataclass(frozen=True, eq=False)
class Watch:
    """What has to be remembered of the rows so far.

    places (n, M, 2) and slopes (n, M): the last rows, at most WINDOW.
    converged, quiet, diverged, outside (M,): the row since which each holds without a break, −1 where it does
    not; outside: f has no finite value. lowest: f at the lowest place that is known.
    """

    places: Array
    slopes: Array
    converged: Array
    quiet: Array
    diverged: Array
    outside: Array
    lowest: float = np.inf

    @classmethod
    def none(cls, members: int) -> Watch:
        """Nothing seen yet."""
        never = np.full(members, -1)
        return cls(np.empty((0, members, 2)), np.empty((0, members)), never, never, never, never)


@dataclass(frozen=True)
class Outcome:
    """How one member is doing: the step since which each is so, None where it is not.

    failed: the update that left the finite numbers, or the domain of f; cause: how.
    outside: whether it is the latter.
    minimum: which of `minima_of` it is at, if any.
    """

    converged: int | None
    stuck: int | None
    diverged: int | None
    failed: int | None
    cause: str
    minimum: int | None
    outside: bool = False

    def to_dict(self) -> dict[str, Any]:
        """The outcome as it goes over the wire."""
        failed = None
        if self.failed is not None:
            failed = {"step": self.failed, "cause": self.cause, "outside": self.outside}
        return {
            "converged": self.converged,
            "stuck": self.stuck,
            "diverged": self.diverged,
            "failed": failed,
            "minimum": self.minimum,
        }


def minima_of(spec: RaceSpec) -> Array:
    """The known minima (K, 2): first the lowest ones, then the others."""
    ground = spec.ground
    return np.array([*ground.minima, *ground.local_minima], np.float64).reshape(-1, 2)


def distances(places: Array, points: Array) -> Array:
    """From each place (…, 2) to the nearest of the points (K, 2); NaN where there are none."""
    if not len(points):
        return np.full(places.shape[:-1], np.nan)
    away = [np.hypot(places[..., 0] - x, places[..., 1] - y) for x, y in points.tolist()]
    return np.asarray(np.minimum.reduce(away))


def watch(
    spec: RaceSpec,
    seen: Watch,
    first: int,
    places: Array,
    values: Array,
    slopes: Array,
    live: Array,
) -> Watch:
    """Look at the rows from `first` on.

    places (n, M, 2), values (n, M): f there; slopes (n, M): lengths of the gradient, without
    noise where no minimum is known; live (n, M): False where a member is frozen.
    """
    everywhere = np.concatenate([seen.places, places])
    steepness = np.concatenate([seen.slopes, slopes])
    lowest = _lowest(spec, seen.lowest, values)
    with np.errstate(all="ignore"):
        converged = live & _at_bottom(spec, places, values, slopes, lowest)
        quiet = live & ~converged & _rests(spec, everywhere, steepness, len(places))
        x_min, x_max, y_min, y_max = spec.extent
        middle = np.array([[(x_min + x_max) / 2, (y_min + y_max) / 2]])
        diverged = distances(places, middle) > FAR * spec.diagonal
        outside = ~np.isfinite(values) & ~diverged
    return replace(
        seen,
        places=everywhere[-WINDOW:],
        slopes=steepness[-WINDOW:],
        converged=_since(converged, first, seen.converged),
        quiet=_since(quiet, first, seen.quiet),
        diverged=_since(diverged, first, seen.diverged),
        outside=_since(outside, first, seen.outside),
        lowest=float(lowest[-1, 0]),
    )


def outcomes(spec: RaceSpec, seen: Watch, descent: Descent) -> tuple[Outcome, ...]:
    """How each member is doing after the rows that have been seen."""
    failures = {failure.member: failure for failure in descent.failures}
    minima = at_minimum(spec, descent.theta, minima_of(spec))
    found = []
    for member, minimum in enumerate(minima.tolist()):
        failure = failures.get(member)
        failed, cause = (failure.step, failure.cause) if failure else (None, "")
        outside = bool(seen.outside[member] >= 0)
        if outside:
            failed, cause = int(seen.outside[member]), OUTSIDE
        found.append(
            Outcome(
                converged=_step(seen.converged[member]),
                stuck=_step(seen.quiet[member] - WINDOW),
                diverged=_step(seen.diverged[member]),
                failed=failed,
                cause=cause,
                minimum=_step(minimum),
                outside=outside,
            )
        )
    return tuple(found)


def at_minimum(spec: RaceSpec, places: Array, minima: Array) -> Array:
    """Which of the minima (K, 2) each place (M, 2) is at, (M,): within AT of the view's diagonal; else −1."""
    found = np.full(len(places), -1)
    least = np.full(len(places), np.nextafter(AT * spec.diagonal, np.inf))
    with np.errstate(over="ignore"):
        for index, (x, y) in enumerate(minima.tolist()):
            away = np.hypot(places[:, 0] - x, places[:, 1] - y)
            found[away < least] = index
            np.minimum(least, away, out=least)
    return found


def _step(since: int) -> int | None:
    return int(since) if since >= 0 else None


def _since(holds: Array, first: int, before: Array) -> Array:
    """The row from which on something holds (n, M) without a break, −1 where it does not hold in the end."""
    broken = len(holds) - np.argmin(holds[::-1], axis=0)  # one after the last row where it does not
    since = np.where(holds[-1], first + broken, -1)
    return np.where(holds.all(axis=0), np.where(before >= 0, before, first), since)


def _lowest(spec: RaceSpec, before: float, values: Array) -> Array:
    """f at the lowest place that is known by each row, (n, 1)."""
    if spec.ground.minimum is not None or spec.ground.kind != "formula":
        return np.full((len(values), 1), -np.inf)
    lows = np.where(np.isfinite(values), values, np.inf).min(axis=1)
    in_view = lowest_in_view(spec.surface, spec.extent)
    return np.asarray(np.minimum(np.minimum.accumulate(lows), min(before, in_view))[:, None])


@lru_cache(maxsize=32)
def lowest_in_view(surface: Choice, view: Extent) -> float:
    """The lowest height of a grid over a view."""
    heights = surface_map(surface, view, GRID)
    return float(np.nanmin(heights)) if np.isfinite(heights).any() else np.inf


def _at_bottom(spec: RaceSpec, places: Array, values: Array, slopes: Array, lowest: Array) -> Array:
    """Whether each row is within the tolerance, (n, M); lowest (n, 1): the lowest height known by then."""
    ground = spec.ground
    if ground.minimum is not None:
        return np.asarray(values - ground.minimum <= spec.tolerance)
    if ground.kind != "formula":
        return np.zeros(values.shape, np.bool_)
    level: Array = np.asarray((slopes <= spec.tolerance) & (values - lowest <= spec.tolerance))
    level[level] = _curves_up(spec, places[level])
    return level


def _curves_up(spec: RaceSpec, places: Array) -> Array:
    """Whether no direction at each place (n, 2) leads down."""
    found = hessians(spec, places)
    known = np.asarray(np.isfinite(found).all(axis=(1, 2)))
    lowest, highest = np.linalg.eigvalsh(np.where(known[:, None, None], found, 0)).T
    return np.asarray(known & (lowest >= -1e-6 * np.abs(highest)))


def _rests(spec: RaceSpec, places: Array, slopes: Array, rows: int) -> Array:
    """Whether a member hardly moved in the WINDOW updates before each of the last `rows` rows, (rows, M)."""
    members = places.shape[1]
    still = np.zeros((rows, members), np.bool_)
    full = min(len(places) - WINDOW, rows)  # rows with a whole window before them
    if full <= 0:
        return still
    windows = np.lib.stride_tricks.sliding_window_view(places, WINDOW + 1, axis=0)[-full:]
    moved = np.hypot(*np.moveaxis(windows.max(axis=-1) - windows.min(axis=-1), -1, 0))
    lowest = np.array(spec.ground.minima).reshape(-1, 2)
    if len(lowest):
        still[-full:] = moved <= distances(places[-full:], lowest) / 100
    else:
        now, then = slopes[-full:], slopes[-full - WINDOW : -WINDOW]
        still[-full:] = moved <= spec.diagonal / 10_000
        still[-full:] &= (now > then / 2) | (now <= spec.tolerance)
    return still
