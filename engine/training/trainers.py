"""Trainers that outlive a call of `train`: for few steps, making one costs more than the steps."""

from __future__ import annotations

from collections import OrderedDict
from collections.abc import Sequence

import numpy as np

from engine.training.cost import cost
from engine.training.state import State
from engine.training.trainer import Trainer, groups, trainer_of

Key = tuple[tuple[int, ...], tuple[int, ...], tuple[float, ...]]

OBJECTS = 2**16
"""About how many bytes the objects of a trainer take besides their numbers."""


class Trainers:
    """Keeps trainers of at most about `capacity` bytes together; those that were used last stay.

    A trainer serves whichever state has the same specs, the very same objects, whose optimizers and schedules
    began at the same steps: everything else is copied into it. So what `train` returns does not depend on
    what is kept here, not even in the last bit. For one thread at a time.
    """

    def __init__(self, capacity: int) -> None:
        self._capacity = capacity
        self._kept: OrderedDict[Key, tuple[Trainer, int]] = OrderedDict()
        self.size = 0
        """About how many bytes are kept."""

    def __len__(self) -> int:
        return len(self._kept)

    def of(self, state: State, members: Sequence[int]) -> Trainer:
        """A working copy of these members' part of a state; they share their rules.

        It is good until the same are asked for again.
        """
        key = _key(state, members)
        found = self._kept.get(key)
        if found:
            self._kept.move_to_end(key)
            found[0].load(state, members)
            return found[0]
        trainer = trainer_of(state, members)
        self._keep(key, trainer)
        return trainer

    def prepare(self, state: State) -> None:
        """Make what training this state will take, so that it can be timed without."""
        for members in groups(state):
            if _key(state, members) not in self._kept:
                self.of(state, members).prepare()

    def _keep(self, key: Key, trainer: Trainer) -> None:
        size = _size(trainer)
        if size > self._capacity:
            return
        self._kept[key] = trainer, size
        self.size += size
        while self.size > self._capacity:
            _, (_, freed) = self._kept.popitem(last=False)
            self.size -= freed


def _key(state: State, members: Sequence[int]) -> Key:
    return (
        # a trainer holds its specs, so that no other object can have the id of one of them
        tuple([id(state.specs[member]) for member in members]),
        tuple([state.slots_since[member] for member in members]),
        tuple([state.schedule_since[member] for member in members]),
    )


def _size(trainer: Trainer) -> int:
    """About how many bytes a trainer takes once it has trained."""
    specs = trainer.specs
    points = len(specs) * specs[0].points * (specs[0].units[0] + 1 + specs[0].units[-1])
    # the points as they are, and cut into batches
    return OBJECTS + cost(specs).training + 2 * points * np.dtype(specs[0].dtype).itemsize
