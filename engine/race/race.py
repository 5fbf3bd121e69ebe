"""A race: racers go down a surface from the same starts, and every step of every path is kept.

A race is a value: `advance_race(race, steps)` has no clock and no hidden randomness, and where it is
sliced never changes a bit of what comes out. Racers at the same start get the same noise, as networks that
train side by side get the same batches.

Row s of a path is the point after s updates. So a race of T steps has T + 1 rows.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from functools import lru_cache

import numpy as np

from engine.catalog.schedules import SCHEDULES
from engine.core.arrays import Array, read_only
from engine.core.plain import whole_number
from engine.race.descent import Descent, Journal, begin, gradient_at, journal_of
from engine.race.outcomes import Outcome, Watch, distances, outcomes, watch
from engine.race.quadratic import stationary
from engine.race.spec import RaceSpec


@dataclass(frozen=True, eq=False)
class Race:
    """A race as far as it has been run. Arrays are read-only.

    rows: how many rows of the paths there are so far. away (rows, R): on a quadratic, how far each racer has
    been from where the gradient is zero, from the first start; elsewhere (rows, 0).
    """

    spec: RaceSpec
    descent: Descent
    seen: Watch
    away: Array
    rows: int = 0

    @property
    def done(self) -> bool:
        """Whether every row has been made."""
        return self.rows > self.spec.steps

    @property
    def outcomes(self) -> tuple[Outcome, ...]:
        """How each member is doing after the rows made so far."""
        return outcomes(self.spec, self.seen, self.descent)


@dataclass(frozen=True, eq=False)
class PathChunk:
    """Rows `first`, `first` + 1, … of a race, n of them, for all M members.

    path (n, M, 2): x and y; value (n, M): f there, both float64, the rest float32.
    gradient (n, M, 2): the one that the next update uses, noise and all, before clipping; zero where a member
        is frozen; gradient_norm (n, M): its length.
    rate (n, M): the length of the next update over the length of the gradient, NaN where there is none of
        either; learning_rate (n, M): the optimizer's own, after its schedule.
    distance (n, M): to the nearest of the lowest points, NaN where none is known.
    """

    first: int
    path: Array
    value: Array
    gradient: Array
    gradient_norm: Array
    rate: Array
    learning_rate: Array
    distance: Array


def begin_race(spec: RaceSpec) -> Race:
    """A race before its first row."""
    rules, starts = zip(*spec.members, strict=True)
    rows = list(range(len(spec.points))) * len(spec.racers)
    descent = begin(spec.surface, rules, starts, spec.noise, spec.noise_seed, rows)
    measured = 0 if stationary(spec) is None else len(spec.racers)
    return Race(spec, descent, Watch.none(len(rules)), np.empty((0, measured)))


def advance_race(race: Race, steps: int) -> tuple[Race, PathChunk]:
    """Make `steps` updates, 1 or more, or as many as there are left, and the row before each of them.

    The last update brings the last row too.
    """
    steps, spec = whole_number("steps", steps, least=1), race.spec
    updates = max(0, min(steps, spec.steps - race.rows))
    descent, journal = journal_of(race.descent, updates)
    rows = updates + 1 if updates and race.rows + updates == spec.steps else updates
    path, gradient = _rows(descent, journal, updates, ends=rows > updates)
    chunk, slopes = _chunk(spec, race.rows, path, gradient, rows)
    if not rows:
        return race, chunk
    seen = watch(
        spec, race.seen, race.rows, chunk.path, chunk.value, slopes, _live(race, descent, rows)
    )
    return replace(
        race,
        descent=descent,
        seen=seen,
        away=np.concatenate([race.away, _away(spec, chunk.path)]),
        rows=race.rows + rows,
    ), chunk


def _rows(descent: Descent, journal: Journal, updates: int, ends: bool) -> tuple[Array, Array]:
    """Places and gradients (updates + 1, M, 2) before each update and after the last one.

    That last gradient is only worked out where the race ends with it; else it is NaN. Where every member is
    frozen the descent has ended early; they stay where they are.
    """
    ended = updates - len(journal.theta)
    path = np.concatenate([journal.theta, np.repeat(descent.theta[None], ended + 1, axis=0)])
    still = np.zeros((ended, *descent.theta.shape))
    last = gradient_at(descent) if ends else np.full_like(descent.theta, np.nan)
    return path, np.concatenate([journal.gradient, still, last[None]])


def _chunk(
    spec: RaceSpec, first: int, path: Array, gradient: Array, rows: int
) -> tuple[PathChunk, Array]:
    """The rows to show, and the lengths (rows, M) of the gradient, as far as they matter without noise."""
    with np.errstate(all="ignore"):
        length = np.hypot(gradient[..., 0], gradient[..., 1])
        steps = np.diff(path, axis=0)
        rate = np.full(length.shape, np.nan)
        rate[:-1] = (
            np.hypot(steps[..., 0], steps[..., 1]) / np.where(length == 0, np.nan, length)[:-1]
        )
        path, length = path[:rows], length[:rows]
        chunk = PathChunk(
            first=first,
            path=path,
            value=_values(spec, path),
            gradient=gradient[:rows].astype(np.float32),
            gradient_norm=length.astype(np.float32),
            rate=rate[:rows].astype(np.float32),
            learning_rate=np.repeat(
                _learning_rates(spec)[first : first + rows], len(spec.points), axis=1
            ),
            distance=distances(path, np.array(spec.ground.minima).reshape(-1, 2)).astype(
                np.float32
            ),
        )
        # only where no minimum is known does an outcome ask for the slope itself
        exact = _slopes(spec, path) if spec.noise and not spec.ground.minima else length
        return chunk, exact


def _values(spec: RaceSpec, path: Array) -> Array:
    """f at each place (n, M). Row by row: whatever the slice, the same arithmetic on the same shapes."""
    value, knobs = spec.ground.value, spec.surface.knobs
    found = np.empty(path.shape[:2])
    for row, (x, y) in zip(found, np.ascontiguousarray(path.transpose(0, 2, 1)), strict=True):
        row[:] = value(x, y, knobs)
    return found


def _slopes(spec: RaceSpec, path: Array) -> Array:
    """The length of the gradient without noise at each place (n, M)."""
    gradient, knobs = spec.ground.gradient, spec.surface.knobs
    found = np.empty(path.shape[:2])
    for row, (x, y) in zip(found, np.ascontiguousarray(path.transpose(0, 2, 1)), strict=True):
        row[:] = np.hypot(*gradient(x, y, knobs))
    return found


@lru_cache(maxsize=8)
def _learning_rates(spec: RaceSpec) -> Array:
    """Each racer's learning rate before each update and after the last one, (steps + 1, R)."""
    t = np.arange(spec.steps + 1.0)
    rates = np.empty((len(t), len(spec.racers)), np.float32)
    for racer, column in zip(spec.racers, rates.T, strict=True):
        factor = SCHEDULES[racer.schedule.kind].factor(t, racer.schedule.knobs)
        column[:] = racer.optimizer["learning_rate"] * factor
    return read_only(rates)


def _live(race: Race, descent: Descent, rows: int) -> Array:
    """Whether each member still moves in each of the next rows, (rows, M)."""
    ends = np.full(len(descent.rules), np.inf)
    for failure in descent.failures:
        ends[failure.member] = failure.step - 1
    return np.asarray(np.arange(race.rows, race.rows + rows)[:, None] < ends)


def _away(spec: RaceSpec, path: Array) -> Array:
    """How far each racer is from the stationary point of a quadratic, from the first start, (n, R)."""
    point = stationary(spec)
    mine = path[:, :: len(spec.points)]
    return np.empty((len(mine), 0)) if point is None else distances(mine, np.array([point]))
