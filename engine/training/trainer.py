"""The training loop of members that share their rules: a working copy of their part of a state.

It owns every array it writes, so the state it was made from stays as it was. It lives for one call of
`engine.train`, or longer in `engine.Trainers`; then other states are loaded into it.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from engine.catalog.optimizers import OPTIMIZERS
from engine.catalog.penalties import Penalty
from engine.core.arrays import Array
from engine.network.backprop import Backprop, dropouts
from engine.network.layout import weight_mask
from engine.spec.run_spec import RunSpec
from engine.training.batches import Batch, Batches
from engine.training.failures import cause_of
from engine.training.freezing import Freezer, frozen_mask
from engine.training.state import State
from engine.training.stopping import active
from engine.training.update_rule import Updater, numbers


@dataclass(frozen=True)
class Checkpoint:
    """Copies of all that training changes."""

    theta: Array
    running: Array
    slots: tuple[Array, ...]
    clipped: Array
    position: tuple[int, int, int]


def rows(members: Sequence[int], among: int) -> list[int] | slice:
    """The rows of these members among so many: a slice where it is all, which nothing is gathered for."""
    return slice(None) if len(members) == among else list(members)


def groups(state: State) -> list[list[int]]:
    """The active members, those together that share their rules."""
    members = active(state)
    if len(members) == 1:
        return [members]
    groups: dict[tuple[object, ...], list[int]] = {}
    for member in members:
        groups.setdefault(state.specs[member].rules, []).append(member)
    return list(groups.values())


class Trainer:
    """Trains theta (M, P) and the running statistics (M, R) in place, one update of all members at a time.

    `slots_since` and `schedule_since` (M,) say when each member's optimizer and schedule began. `position`
    is (step, epoch, cursor) as in a state. `grad` (M, P) is that of the batch under way. `clipped` (M, 1)
    counts the updates whose gradient was clipped.
    """

    def __init__(
        self,
        specs: Sequence[RunSpec],
        theta: Array,
        running: Array,
        slots: tuple[Array, ...],
        slots_since: Sequence[int],
        schedule_since: Sequence[float],
        position: tuple[int, int, int],
    ) -> None:
        self.specs = specs
        self.slot_names = OPTIMIZERS[specs[0].optimizer.kind].slots
        self.step = self.epoch = self.cursor = 0
        self.theta, self.running, self.slots = theta, running, slots
        mask, pays = frozen_mask(specs), weight_mask(specs[0])
        self._freezer = None if mask is None else Freezer(mask, theta)
        pays = pays if mask is None else pays * ~mask
        penalty = Penalty(numbers([spec.penalty for spec in specs]), theta, pays)
        self._updater = Updater(
            specs, theta, slots, slots_since, schedule_since, penalty, self._freezer
        )
        self.clipped = self._updater.clipped
        self.grad = np.zeros_like(theta)
        self._backprop: dict[int, Backprop] = {}
        self._dropouts = dropouts(specs)
        self._batches = Batches(specs)
        self._go_to(position)

    def load(self, state: State, members: Sequence[int]) -> None:
        """Become a working copy of these members' part of another state.

        Their specs must be this trainer's, and their optimizers and schedules have begun when its own did.
        """
        chosen = rows(members, len(state.specs))
        np.copyto(self.theta, state.theta[chosen])
        if self.running.size:
            np.copyto(self.running, state.running[chosen])
        for name, slot in zip(self.slot_names, self.slots, strict=True):
            np.copyto(slot, state.slots[name][chosen])
        self.clipped.fill(0)
        if self._freezer:
            self._freezer.keep()
        self._go_to((state.step, state.epoch, state.cursor))

    def prepare(self) -> None:
        """Make the buffers that the next updates take."""
        for length in {x.shape[-1] for x, _ in self._queue[self._next :]}:
            if length not in self._backprop:
                self._backprop_for(length)

    def advance(self, steps: int) -> None:
        """Make so many updates."""
        for _ in range(steps):
            self.update(self.gradient().length)

    def gradient(self) -> Backprop:
        """Fill `grad` for the next batch, and return what it was worked out with; `update` has to follow."""
        x, target = self._next_batch()
        length = x.shape[-1]
        backprop = self._backprop.get(length) or self._backprop_for(length)
        backprop.gradient(x, target, self.step)
        return backprop

    def update(self, length: int) -> None:
        """Make the update of a batch of this length from its `grad`, which is overwritten."""
        epoch = self.epoch + self.cursor / self._batches.train
        self._updater.update(self.grad, self.step, epoch)
        self.step += 1
        self.cursor += length
        if self.cursor == self._batches.train:
            self.epoch += 1
            self.cursor = 0

    def broken(self) -> dict[int, str]:
        """Which members have a parameter or slot that is not a finite number, and what it is."""
        arrays = (self.theta, self.running, *self.slots)
        # one sum answers for all; only where it is not finite is each member looked at
        if all(np.isfinite(np.add.reduce(array, axis=None)) for array in arrays):
            return {}
        found: dict[int, str] = {}
        for member in range(len(self.theta)):
            mine = [array[member] for array in arrays]
            if not all(np.isfinite(array).all() for array in mine):
                nan = any(np.isnan(array).any() for array in mine)
                found[member] = cause_of(nan, str(self.theta.dtype))
        return found

    def save(self) -> Checkpoint:
        """Copy all that training changes."""
        position = (self.step, self.epoch, self.cursor)
        slots = tuple(slot.copy() for slot in self.slots)
        copies = (self.theta.copy(), self.running.copy(), slots, self.clipped.copy())
        return Checkpoint(*copies, position)

    def restore(self, saved: Checkpoint) -> None:
        """Go back to a checkpoint."""
        np.copyto(self.theta, saved.theta)
        np.copyto(self.running, saved.running)
        for slot, copy in zip(self.slots, saved.slots, strict=True):
            np.copyto(slot, copy)
        np.copyto(self.clipped, saved.clipped)
        self._go_to(saved.position)

    def _go_to(self, position: tuple[int, int, int]) -> None:
        """Take the batches from here on: (step, epoch, cursor)."""
        self.step, self.epoch, self.cursor = position
        self._queue = self._batches.rest(self.epoch, self.cursor)
        self._next = 0

    def _backprop_for(self, length: int) -> Backprop:
        made = Backprop(self.specs, self.theta, self.grad, self.running, self._dropouts, length)
        self._backprop[length] = made
        return made

    def _next_batch(self) -> Batch:
        if self._next == len(self._queue):
            self._queue = self._batches.epoch(self.epoch)
            self._next = 0
        batch = self._queue[self._next]
        self._next += 1
        return batch


def trainer_of(state: State, members: Sequence[int]) -> Trainer:
    """A working copy of these members' part of a state; they share their rules."""
    chosen = list(members)
    specs = [state.specs[member] for member in chosen]
    names = OPTIMIZERS[specs[0].optimizer.kind].slots
    return Trainer(
        specs,
        state.theta[chosen],
        state.running[chosen],
        tuple(state.slots[name][chosen] for name in names),
        [state.slots_since[member] for member in chosen],
        [state.schedule_since[member] for member in chosen],
        (state.step, state.epoch, state.cursor),
    )
