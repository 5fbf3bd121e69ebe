"""Descents: a population of points that go down a surface, each by its own rules.

A descent is a value, as a run is: `descend(descent, steps)` has no clock and no hidden randomness, and where
it is sliced never changes a bit of it. The update is the one that trains a network.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import lru_cache

import numpy as np

from engine.catalog.optimizers import OPTIMIZERS
from engine.catalog.surfaces import SURFACES, Point, Surface, surface_of
from engine.catalog.surfaces.formula_parser import parse
from engine.core.arrays import Array, read_only
from engine.core.plain import plain, whole_number
from engine.race.noise import gradient_noise
from engine.spec.reader import Choice
from engine.training.failures import cause_of
from engine.training.state import Failure
from engine.training.update_rule import Rules, Updater
from engine.words import N_

ADVICE = (
    N_("Lower the learning rate."),
    N_("Clip the gradient, so that no steep place throws a step far."),
)


@dataclass(frozen=True, eq=False)
class Descent:
    """Points on a surface after `step` updates. Arrays are read-only; `descend` returns a new descent.

    surface: the kind of a record and its knobs, or the kind "formula" and its "text".
    rules: how each member's gradient becomes a step; a `RunSpec` is one.
    theta: x and y of each member, (M, 2), in float64. slots: the optimizers' memory, name -> (M, 2).
    noise: the standard deviation of the noise in each part of the gradient; noise_seed: which noise;
        noise_rows: whose of it each member gets: members with the same row get the same.
    clipped: in how many updates each member's gradient was clipped.
    failures: members that are frozen at their last finite point.
    """

    surface: Choice
    rules: tuple[Rules, ...]
    theta: Array
    slots: Mapping[str, Array]
    noise: float
    noise_seed: int
    noise_rows: tuple[int, ...]
    clipped: tuple[int, ...]
    step: int = 0
    failures: tuple[Failure, ...] = ()


def begin(
    surface: Choice,
    rules: Sequence[Rules],
    starts: Sequence[Point],
    noise: float = 0,
    noise_seed: int = 1,
    noise_rows: Sequence[int] | None = None,
) -> Descent:
    """One member for each of the rules, at its start, with noise of its own unless rows are given.

    Raises FormulaError, or KeyError for no surface.
    """
    surface_at(surface)
    theta = np.array(starts, np.float64).reshape(-1, 2)
    if len(theta) != len(rules):
        raise ValueError(f"{len(rules)} rules need as many starts, not {len(theta)}")
    names = sorted({name for rule in rules for name in OPTIMIZERS[rule.optimizer.kind].slots})
    slots = {name: read_only(np.zeros_like(theta)) for name in names}
    rows = tuple(range(len(theta)) if noise_rows is None else plain(noise_rows))
    clipped = (0,) * len(theta)
    chance = (float(noise), whole_number("noise_seed", noise_seed), rows)
    return Descent(surface, tuple(rules), read_only(theta), slots, *chance, clipped)


def descend(descent: Descent, steps: int) -> Descent:
    """Make `steps` updates; the same bits however they are sliced into calls.

    A member that leaves the finite numbers is frozen at its last finite point; the others go on. The
    descent stops early only when no member is left.
    """
    after, _ = _descend(descent, whole_number("steps", steps), None)
    return after


@dataclass(frozen=True, eq=False)
class Journal:
    """How things stood before each of n updates.

    theta (n, M, 2); gradient (n, M, 2), the one that the update used, noise and all, before clipping, and
    zero for frozen members; slots: name -> (n, M, 2).
    """

    theta: Array
    gradient: Array
    slots: Mapping[str, Array]


def journal_of(descent: Descent, steps: int) -> tuple[Descent, Journal]:
    """Descend, and keep what was before each update made."""
    members = len(descent.theta)
    arrays = np.empty((steps, 1 + len(descent.slots), members, 2))
    gradients = np.empty((steps, members, 2))
    after, field = _descend(descent, steps, (arrays, gradients))
    made = after.step - descent.step
    theta, *slots = np.moveaxis(field.in_order(arrays[:made]), 1, 0)
    names = dict(zip(field.names, slots, strict=True))
    return after, Journal(theta, field.in_order(gradients[:made]), names)


def gradient_at(descent: Descent) -> Array:
    """The gradient (M, 2) that the next update will use, before clipping; zero for frozen members."""
    surface = surface_at(descent.surface)
    with np.errstate(all="ignore"):
        x, y = np.ascontiguousarray(descent.theta.T)
        g = np.stack(surface.gradient(x, y, descent.surface.knobs), axis=1)
    noise = _noise(descent, descent.step)
    if noise is not None:
        g += noise
    g[[failure.member for failure in descent.failures]] = 0
    return g


def values_at(descent: Descent) -> Array:
    """f where each member is, (M,)."""
    x, y = np.ascontiguousarray(descent.theta.T)
    with np.errstate(all="ignore"):
        return surface_at(descent.surface).value(x, y, descent.surface.knobs)


def heights_of(descent: Descent) -> Array:
    """f where each member has come to, (M,): infinite where it has failed, or f is no finite number."""
    value = values_at(descent)
    lost = ~np.isfinite(value)
    lost[[failure.member for failure in descent.failures]] = True
    return np.where(lost, np.inf, value)


@lru_cache(maxsize=32)
def surface_at(choice: Choice) -> Surface:
    """The surface that a choice names, or the formula that it spells out."""
    return surface_of(choice["text"]) if choice.kind == "formula" else SURFACES[choice.kind]


def gradient_cost(choice: Choice) -> float:
    """About how many nanoseconds the gradient of a surface takes at one of many points."""
    return parse(choice["text"]).cost if choice.kind == "formula" else 100.0


class _Field:
    """The whole population in one working array, so that most of a step is done for all members at once.

    Members whose rules are of the same kinds stand side by side, as `order` says, and share an updater.
    Frozen members stay where they are and are put back after every update, so who stands where never
    changes, and with it no bit of anybody's arithmetic.
    """

    def __init__(self, descent: Descent) -> None:
        groups: dict[tuple[str, ...], list[int]] = {}
        for member, rule in enumerate(descent.rules):
            kinds = (rule.optimizer.kind, rule.schedule.kind, rule.clip.kind)
            groups.setdefault(kinds, []).append(member)
        self.order = [member for members in groups.values() for member in members]
        self.names = tuple(descent.slots)
        # theta and every slot, (1 + S, M, 2)
        self.arrays = np.stack([descent.theta, *descent.slots.values()])[:, self.order]
        self.before = self.arrays.copy()
        self.gradient = np.empty_like(self.arrays[0])
        self._surface, self._knobs = surface_at(descent.surface), descent.surface.knobs
        self._work = np.empty_like(self.gradient)
        self._updaters = [self._updater(descent, members) for members in groups.values()]
        self._parts = [self._work[part] for part, _ in self._updaters]
        self.counts = [updater.clipped for _, updater in self._updaters]
        self._counts_before = [counts.copy() for counts in self.counts]
        self._frozen = np.zeros(len(self.order), np.bool_)
        self.freeze({failure.member for failure in descent.failures})

    def _updater(self, descent: Descent, members: list[int]) -> tuple[slice, Updater]:
        """Where a group stands, and what updates it."""
        begin = self.order.index(members[0])
        part = slice(begin, begin + len(members))
        rules = [descent.rules[member] for member in members]
        names = OPTIMIZERS[rules[0].optimizer.kind].slots
        slots = tuple(self.arrays[1 + self.names.index(name), part] for name in names)
        since = [0] * len(members)
        return part, Updater(rules, self.arrays[0, part], slots, since, since)

    def freeze(self, members: Collection[int]) -> None:
        """Let these members never move again."""
        self._frozen |= np.isin(self.order, list(members))
        self._any_frozen = bool(self._frozen.any())

    def advance(self, step: int, noise: Array | None) -> None:
        """Make one update; `noise` (M, 2) is that of all members."""
        self._remember()
        x, y = np.ascontiguousarray(self.arrays[0].T)
        self.gradient[:, 0], self.gradient[:, 1] = self._surface.gradient(x, y, self._knobs)
        if noise is not None:
            np.add(self.gradient, noise[self.order], out=self.gradient)
        np.copyto(self._work, self.gradient)
        for work, (_, updater) in zip(self._parts, self._updaters, strict=True):
            updater.update(work, step, step)
        if self._any_frozen:
            self.gradient[self._frozen] = 0
            self.arrays[:, self._frozen] = self.before[:, self._frozen]
            for (part, _), counts, before in zip(
                self._updaters, self.counts, self._counts_before, strict=True
            ):
                np.copyto(counts, before, where=self._frozen[part, None])

    def _remember(self) -> None:
        np.copyto(self.before, self.arrays)
        for before, counts in zip(self._counts_before, self.counts, strict=True):
            np.copyto(before, counts)

    def back(self) -> None:
        """Take the last update back."""
        np.copyto(self.arrays, self.before)
        for before, counts in zip(self._counts_before, self.counts, strict=True):
            np.copyto(counts, before)

    def broken(self) -> dict[int, str]:
        """The members that the last update took out of the finite numbers, and what became of them."""
        # one sum answers for all; only where it is not finite is each member looked at
        if np.isfinite(np.add.reduce(self.arrays, axis=None)):
            return {}
        lost = np.flatnonzero(~np.isfinite(self.arrays).all(axis=(0, 2)))
        nan = np.isnan(self.arrays).any(axis=(0, 2))
        return {self.order[i]: cause_of(bool(nan[i]), "float64") for i in lost}

    def in_order(self, rows: Array) -> Array:
        """Rows (…, M, 2) of the working array, with the members where they belong."""
        return read_only(rows[..., np.argsort(self.order), :])

    @property
    def clipped(self) -> Array:
        """In how many updates each member's gradient was clipped, (M,)."""
        return np.asarray(np.concatenate(self.counts)[np.argsort(self.order), 0])


def _descend(
    descent: Descent, steps: int, journal: tuple[Array, Array] | None
) -> tuple[Descent, _Field]:
    """Descend, and write the arrays and the gradient before each update into a journal where there is one."""
    field, failures = _Field(descent), list(descent.failures)
    step, until = descent.step, descent.step + steps
    while step < until and len(failures) < len(descent.rules):
        failed = _step(field, step, _noise(descent, step))
        if failed:
            failures += [Failure(m, step + 1, failed[m], ADVICE) for m in sorted(failed)]
            continue
        if journal is not None:
            arrays, gradients = journal
            arrays[step - descent.step], gradients[step - descent.step] = (
                field.before,
                field.gradient,
            )
        step += 1
    theta, *slots = field.in_order(field.arrays)
    return replace(
        descent,
        theta=theta,
        slots=dict(zip(field.names, slots, strict=True)),
        clipped=tuple((field.clipped + descent.clipped).tolist()),
        step=step,
        failures=tuple(failures),
    ), field


def _step(field: _Field, step: int, noise: Array | None) -> dict[int, str]:
    """One update of all; where it breaks some members none is made, and they are frozen.

    Returns who broke, and how.
    """
    with np.errstate(all="ignore"):
        field.advance(step, noise)
        failed = field.broken()
    if failed:
        field.back()
        field.freeze(failed)
    return failed


def _noise(descent: Descent, step: int) -> Array | None:
    """What is added to the gradients of all members in this update, (M, 2)."""
    if not descent.noise:
        return None
    return descent.noise * gradient_noise(descent.noise_seed, step, descent.noise_rows)
