"""Descents: a population of points that go down a surface, each by its own rules.

A descent is a value, as a run is: `descend(descent, steps)` has no clock and no hidden randomness, and where
it is sliced never changes a bit of it. The update is the one that trains a network.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from functools import lru_cache

import numpy as np

from engine.activations import Array
from engine.formula import surface_of
from engine.noise import gradient_noise
from engine.optimizers import OPTIMIZERS
from engine.spec import Choice
from engine.state import Failure
from engine.surfaces import SURFACES, Point, Surface
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
    noise: the standard deviation of the noise in each part of the gradient; noise_seed: which noise.
    clipped: in how many updates each member's gradient was clipped.
    failures: members that are frozen at their last finite point.
    """

    surface: Choice
    rules: tuple[Rules, ...]
    theta: Array
    slots: Mapping[str, Array]
    noise: float
    noise_seed: int
    clipped: tuple[int, ...]
    step: int = 0
    failures: tuple[Failure, ...] = ()


def begin(
    surface: Choice,
    rules: Sequence[Rules],
    starts: Sequence[Point],
    noise: float = 0,
    noise_seed: int = 1,
) -> Descent:
    """One member for each of the rules, at its start. Raises FormulaError, or KeyError for no surface."""
    surface_at(surface)
    theta = np.array(starts, np.float64).reshape(-1, 2)
    if len(theta) != len(rules):
        raise ValueError(f"{len(rules)} rules need as many starts, not {len(theta)}")
    names = sorted({name for rule in rules for name in OPTIMIZERS[rule.optimizer.kind].slots})
    slots = {name: _frozen(np.zeros_like(theta)) for name in names}
    clipped = (0,) * len(theta)
    return Descent(surface, tuple(rules), _frozen(theta), slots, noise, noise_seed, clipped)


def descend(descent: Descent, steps: int) -> Descent:
    """Make `steps` updates; the same bits however they are sliced into calls.

    A member that leaves the finite numbers is frozen at its last finite point; the others go on. The
    descent stops early only when no member is left.
    """
    return _descend(descent, steps, None)


def path_of(descent: Descent, steps: int) -> tuple[Descent, Array]:
    """Descend, and keep theta after each update made: the path (steps, M, 2)."""
    path = np.empty((steps, *descent.theta.shape))
    after = _descend(descent, steps, path)
    return after, path[: after.step - descent.step]


@lru_cache(maxsize=32)
def surface_at(choice: Choice) -> Surface:
    """The surface that a choice names, or the formula that it spells out."""
    return surface_of(choice["text"]) if choice.kind == "formula" else SURFACES[choice.kind]


class _Group:
    """Members whose rules are of the same kinds: a working copy of their part of a descent."""

    def __init__(self, descent: Descent, members: list[int]) -> None:
        rules = [descent.rules[member] for member in members]
        self.members = members
        self.theta = descent.theta[members]
        names = OPTIMIZERS[rules[0].optimizer.kind].slots
        self.slots = {name: descent.slots[name][members] for name in names}
        memory = tuple(self.slots.values())
        since = [0] * len(members)
        self.updater = Updater(rules, self.theta, memory, since, since)
        self.arrays = (self.theta, *memory, self.updater.clipped)
        self._saved = [array.copy() for array in self.arrays]
        self._surface, self._knobs = surface_at(descent.surface), descent.surface.knobs
        self._grad = np.empty_like(self.theta)

    def advance(self, step: int, noise: Array | None) -> None:
        """Make one update; `noise` (M, 2) is that of all members."""
        for saved, array in zip(self._saved, self.arrays, strict=True):
            np.copyto(saved, array)
        x, y = np.ascontiguousarray(self.theta.T)
        self._grad[:, 0], self._grad[:, 1] = self._surface.gradient(x, y, self._knobs)
        if noise is not None:
            np.add(self._grad, noise[self.members], out=self._grad)
        self.updater.update(self._grad, step, step)

    def back(self) -> None:
        """Take the last update back."""
        for saved, array in zip(self._saved, self.arrays, strict=True):
            np.copyto(array, saved)

    def broken(self) -> dict[int, str]:
        """The members that the last update took out of the finite numbers, and what became of them."""
        # one sum answers for all; only where it is not finite is each member looked at
        if all(np.isfinite(np.add.reduce(array, axis=None)) for array in self.arrays):
            return {}
        each = np.concatenate(self.arrays, axis=1)
        lost = np.flatnonzero(~np.isfinite(each).all(axis=1))
        causes = np.where(np.isnan(each).any(axis=1), "not a number (NaN)", "too large for float64")
        return {self.members[i]: str(causes[i]) for i in lost}


def _descend(descent: Descent, steps: int, path: Array | None) -> Descent:
    """Descend, and write theta after each update into `path` where there is one."""
    if steps < 0:
        raise ValueError(f"steps must be 0 or more, not {steps}")
    begun, until = descent.step, descent.step + steps
    while descent.step < until and len(descent.failures) < len(descent.rules):
        rest = None if path is None else path[descent.step - begun :]
        descent = _advance(descent, until, rest)
    return descent


def _advance(descent: Descent, until: int, path: Array | None) -> Descent:
    """Go to step `until`, or to the one before some members fail, who are then frozen."""
    groups = _groups(descent)
    if path is not None:
        path[:] = descent.theta
    for step in range(descent.step, until):
        failed = _step(groups, step, _noise(descent, step))
        if failed:
            failures = [Failure(m, step + 1, failed[m], ADVICE) for m in sorted(failed)]
            descent = replace(descent, failures=(*descent.failures, *failures))
            return _gathered(descent, groups, step)
        if path is not None:
            for group in groups:
                path[step - descent.step, group.members] = group.theta
    return _gathered(descent, groups, until)


def _step(groups: list[_Group], step: int, noise: Array | None) -> dict[int, str]:
    """One update of all, or none at all where it breaks some members; returns which, and how."""
    failed: dict[int, str] = {}
    with np.errstate(all="ignore"):
        for group in groups:
            group.advance(step, noise)
            failed |= group.broken()
    if failed:
        for group in groups:
            group.back()
    return failed


def _noise(descent: Descent, step: int) -> Array | None:
    """What is added to the gradients of all members in this update, (M, 2)."""
    if not descent.noise:
        return None
    return descent.noise * gradient_noise(descent.noise_seed, step, range(len(descent.theta)))


def _groups(descent: Descent) -> list[_Group]:
    """The members that are not frozen, by the kinds of their rules."""
    frozen = {failure.member for failure in descent.failures}
    found: dict[tuple[str, ...], list[int]] = {}
    for member, rule in enumerate(descent.rules):
        if member not in frozen:
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
