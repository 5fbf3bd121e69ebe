"""Descents: a population of points that go down a surface, each by its own rules.

A descent is a value, as a run is: `descend(descent, steps)` has no clock and no hidden randomness, and where
it is sliced never changes a bit of it. The update is the one that trains a network.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import lru_cache

import numpy as np

from engine.activations import Array
from engine.noise import gradient_noise
from engine.optimizers import OPTIMIZERS
from engine.reader import Choice
from engine.state import Failure
from engine.surfaces import SURFACES, Point, Surface, surface_of
from engine.updates import Rules, Updater

ADVICE = (
    "Lower the learning rate.",
    "Clip the gradient, so that a steep place throws no step far.",
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
    slots = {name: _frozen(np.zeros_like(theta)) for name in names}
    rows = tuple(range(len(theta)) if noise_rows is None else noise_rows)
    clipped = (0,) * len(theta)
    return Descent(surface, tuple(rules), _frozen(theta), slots, noise, noise_seed, rows, clipped)


def descend(descent: Descent, steps: int) -> Descent:
    """Make `steps` updates; the same bits however they are sliced into calls.

    A member that leaves the finite numbers is frozen at its last finite point; the others go on. The
    descent stops early only when no member is left.
    """
    return _descend(descent, steps, None)


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
    shape = (steps, *descent.theta.shape)
    journal = Journal(
        np.empty(shape), np.zeros(shape), {name: np.empty(shape) for name in descent.slots}
    )
    after = _descend(descent, steps, journal)
    made = after.step - descent.step
    slots = {name: slot[:made] for name, slot in journal.slots.items()}
    return after, Journal(journal.theta[:made], journal.gradient[:made], slots)


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


@lru_cache(maxsize=32)
def surface_at(choice: Choice) -> Surface:
    """The surface that a choice names, or the formula that it spells out."""
    return surface_of(choice["text"]) if choice.kind == "formula" else SURFACES[choice.kind]


class _Group:
    """Members whose rules are of the same kinds: a working copy of their part of a descent.

    Frozen members stay in their group and are put back after every update. So who is in a group never
    changes, and with it no bit of anybody's arithmetic.
    """

    def __init__(self, descent: Descent, members: list[int]) -> None:
        rules = [descent.rules[member] for member in members]
        self.members = members
        self.theta = descent.theta[members]
        names = OPTIMIZERS[rules[0].optimizer.kind].slots
        self.slots = {name: descent.slots[name][members] for name in names}
        memory = tuple(self.slots.values())
        since = [0] * len(members)
        self.updater = Updater(rules, self.theta, memory, since, since)
        self.gradient = np.empty_like(self.theta)
        self._arrays = (self.theta, *memory, self.updater.clipped)
        self._saved = [array.copy() for array in self._arrays]
        self._surface, self._knobs = surface_at(descent.surface), descent.surface.knobs
        self._grad = np.empty_like(self.theta)
        self._frozen = np.zeros((len(members), 1), np.bool_)
        self.freeze({failure.member for failure in descent.failures})

    def freeze(self, members: Collection[int]) -> None:
        """Let these members, as far as they are in the group, never move again."""
        self._frozen |= np.isin(self.members, list(members))[:, None]
        self._any_frozen = bool(self._frozen.any())

    def advance(self, step: int, noise: Array | None) -> None:
        """Make one update; `noise` (M, 2) is that of all members."""
        for saved, array in zip(self._saved, self._arrays, strict=True):
            np.copyto(saved, array)
        x, y = np.ascontiguousarray(self.theta.T)
        self._grad[:, 0], self._grad[:, 1] = self._surface.gradient(x, y, self._knobs)
        if noise is not None:
            np.add(self._grad, noise[self.members], out=self._grad)
        np.copyto(self.gradient, self._grad)
        self.updater.update(self._grad, step, step)
        if self._any_frozen:
            self.gradient[self._frozen[:, 0]] = 0
            for saved, array in zip(self._saved, self._arrays, strict=True):
                np.copyto(array, saved, where=self._frozen)

    def back(self) -> None:
        """Take the last update back."""
        for saved, array in zip(self._saved, self._arrays, strict=True):
            np.copyto(array, saved)

    def broken(self) -> dict[int, str]:
        """The members that the last update took out of the finite numbers, and what became of them."""
        # one sum answers for all; only where it is not finite is each member looked at
        if all(np.isfinite(np.add.reduce(array, axis=None)) for array in self._arrays):
            return {}
        each = np.concatenate(self._arrays, axis=1)
        lost = np.flatnonzero(~np.isfinite(each).all(axis=1))
        causes = np.where(np.isnan(each).any(axis=1), "not a number (NaN)", "too large for float64")
        return {self.members[i]: str(causes[i]) for i in lost}

    def write(self, journal: Journal, row: int) -> None:
        """Write what was before the last update into a row of the journal."""
        theta, *slots, _ = self._saved
        journal.theta[row, self.members] = theta
        journal.gradient[row, self.members] = self.gradient
        for name, slot in zip(self.slots, slots, strict=True):
            journal.slots[name][row, self.members] = slot


def _descend(descent: Descent, steps: int, journal: Journal | None) -> Descent:
    """Descend, and write what is before each update into the journal where there is one."""
    if steps < 0:
        raise ValueError(f"steps must be 0 or more, not {steps}")
    groups, failures = _groups(descent), list(descent.failures)
    if journal is not None:
        for name, slot in descent.slots.items():
            journal.slots[name][:] = slot
    step, until = descent.step, descent.step + steps
    while step < until and len(failures) < len(descent.rules):
        failed = _step(groups, step, _noise(descent, step))
        if failed:
            failures += [Failure(m, step + 1, failed[m], ADVICE) for m in sorted(failed)]
            continue
        if journal is not None:
            for group in groups:
                group.write(journal, step - descent.step)
        step += 1
    return _gathered(replace(descent, failures=tuple(failures)), groups, step)


def _step(groups: list[_Group], step: int, noise: Array | None) -> dict[int, str]:
    """One update of all; where it breaks some members none is made, and they are frozen.

    Returns who broke, and how.
    """
    failed: dict[int, str] = {}
    with np.errstate(all="ignore"):
        for group in groups:
            group.advance(step, noise)
            failed |= group.broken()
    if failed:
        for group in groups:
            group.back()
            group.freeze(failed)
    return failed


def _noise(descent: Descent, step: int) -> Array | None:
    """What is added to the gradients of all members in this update, (M, 2)."""
    if not descent.noise:
        return None
    return descent.noise * gradient_noise(descent.noise_seed, step, descent.noise_rows)


def _groups(descent: Descent) -> list[_Group]:
    """The members by the kinds of their rules."""
    found: dict[tuple[str, ...], list[int]] = {}
    for member, rule in enumerate(descent.rules):
        kinds = (rule.optimizer.kind, rule.schedule.kind, rule.clip.kind)
        found.setdefault(kinds, []).append(member)
    return [_Group(descent, members) for members in found.values()]


def _gathered(descent: Descent, groups: list[_Group], step: int) -> Descent:
    """The descent after `step` updates, with what the groups have made of their members."""
    theta, clipped = descent.theta.copy(), np.array(descent.clipped)
    slots = {name: slot.copy() for name, slot in descent.slots.items()}
    for group in groups:
        theta[group.members] = group.theta
        clipped[group.members] += group.updater.clipped[:, 0]
        for name, slot in group.slots.items():
            slots[name][group.members] = slot
    return replace(
        descent,
        theta=_frozen(theta),
        slots={name: _frozen(slot) for name, slot in slots.items()},
        clipped=tuple(clipped.tolist()),
        step=step,
    )


def _frozen(array: Array) -> Array:
    """The array, made read-only."""
    array.setflags(write=False)
    return array
