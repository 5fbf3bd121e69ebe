"""The training loop of members that share their rules: a working copy of their part of a state.

A trainer lives for one call of `engine.train`. It owns every array it writes, so the state it was made
from stays as it was.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np

from engine.activations import Array
from engine.backprop import Backprop, column, dropouts
from engine.batches import Batch, Batches
from engine.network import weight_mask
from engine.optimizers import OPTIMIZERS
from engine.schedules import SCHEDULES
from engine.spec import RunSpec


@dataclass(frozen=True)
class Checkpoint:
    """Copies of all that training changes."""

    theta: Array
    running: Array
    slots: tuple[Array, ...]
    position: tuple[int, int, int]


def rules(spec: RunSpec) -> tuple[object, ...]:
    """What members must have in common to train in one `Trainer`: everything that is not a number."""
    return (
        tuple(layer.activation.kind for layer in spec.layers),
        spec.loss.kind,
        spec.optimizer.kind,
        spec.schedule.kind,
    )


class Trainer:
    """Trains theta (M, P) and the running statistics (M, R) in place, one update of all members at a time.

    `slots_since` (M,) is the step at which each member's optimizer began. `position` is (step, epoch,
    cursor) as in a state.
    """

    def __init__(
        self,
        specs: Sequence[RunSpec],
        theta: Array,
        running: Array,
        slots: tuple[Array, ...],
        slots_since: Sequence[int],
        position: tuple[int, int, int],
    ) -> None:
        spec = specs[0]
        self.specs = specs
        self.theta, self.running, self.slots = theta, running, slots
        self.step, self.epoch, self.cursor = position
        self._optimizer = OPTIMIZERS[spec.optimizer.kind]
        self._schedule = SCHEDULES[spec.schedule.kind]
        self._since = _common(slots_since)
        self._hyper = _numbers([other.optimizer.knobs for other in specs])
        self._schedule_knobs = _numbers([other.schedule.knobs for other in specs])
        self._grad, self._scratch = np.zeros_like(theta), np.zeros_like(theta)
        self._backprop: dict[int, Backprop] = {}
        self._dropouts = dropouts(specs)
        self._batches = Batches(specs)
        self._queue = self._batches.rest(self.epoch, self.cursor)
        self._next = 0
        self._penalty = _Penalty(specs, theta)
        first = self._coefficients()
        self._c = {
            name: column(np.ravel(value).tolist(), spec.dtype, 2) for name, value in first.items()
        }
        self._varies = self._schedule.varies or self._optimizer.varies
        self._penalty.set_rate(self._rate())

    def advance(self, steps: int) -> None:
        """Make so many updates."""
        update = self._optimizer.update
        theta, grad, slots, scratch = self.theta, self._grad, self.slots, self._scratch
        for _ in range(steps):
            x, target = self._next_batch()
            length = x.shape[-1]
            backprop = self._backprop.get(length) or self._backprop_for(length)
            backprop.gradient(x, target, self.step)
            if self._varies:
                self._refresh()
            update(theta, grad, slots, scratch, self._c)
            if self._penalty.any:
                self._penalty.apply(scratch)
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
        found = {}
        for member in range(len(self.theta)):
            mine = [array[member] for array in arrays]
            if not all(np.isfinite(array).all() for array in mine):
                nan = any(np.isnan(array).any() for array in mine)
                found[member] = (
                    "not a number (NaN)" if nan else "too large for " + str(self.theta.dtype)
                )
        return found

    def save(self) -> Checkpoint:
        """Copy all that training changes."""
        position = (self.step, self.epoch, self.cursor)
        slots = tuple(slot.copy() for slot in self.slots)
        return Checkpoint(self.theta.copy(), self.running.copy(), slots, position)

    def restore(self, saved: Checkpoint) -> None:
        """Go back to a checkpoint."""
        np.copyto(self.theta, saved.theta)
        np.copyto(self.running, saved.running)
        for slot, copy in zip(self.slots, saved.slots, strict=True):
            np.copyto(slot, copy)
        self.step, self.epoch, self.cursor = saved.position
        self._queue = self._batches.rest(self.epoch, self.cursor)
        self._next = 0

    def _backprop_for(self, length: int) -> Backprop:
        made = Backprop(self.specs, self.theta, self._grad, self.running, self._dropouts, length)
        self._backprop[length] = made
        return made

    def _next_batch(self) -> Batch:
        if self._next == len(self._queue):
            self._queue = self._batches.epoch(self.epoch)
            self._next = 0
        batch = self._queue[self._next]
        self._next += 1
        return batch

    def _rate(self) -> Any:
        return self._hyper["learning_rate"] * self._schedule.factor(self.step, self._schedule_knobs)

    def _coefficients(self) -> dict[str, Any]:
        update_number = self.step - self._since + 1
        return self._optimizer.coefficients(self._hyper, self._rate(), update_number)

    def _refresh(self) -> None:
        for name, value in self._coefficients().items():
            self._c[name][...] = value
        if self._penalty.any and self._schedule.varies:
            self._penalty.set_rate(self._rate())


class _Penalty:
    """The pull of L1 and L2 on the weights, applied after each update, never to biases.

    w <- w − ε λ₂ w, then w <- w − ε λ₁ sign w, which stops at exactly zero where it would cross it.
    """

    def __init__(self, specs: Sequence[RunSpec], theta: Array) -> None:
        knobs = _numbers([spec.penalty.knobs for spec in specs])
        self._theta = theta
        self._l1 = knobs["l1"] * weight_mask(specs[0])
        self._l2 = knobs["l2"] * weight_mask(specs[0])
        self.any = bool(self._l1.any() or self._l2.any())
        self._keep, self._high, self._low = (np.empty_like(theta) for _ in range(3))

    def set_rate(self, rate: Any) -> None:
        """Take the learning rate of the next steps."""
        self._keep[...] = 1 - rate * self._l2
        self._high[...] = rate * self._l1
        self._low[...] = -rate * self._l1

    def apply(self, scratch: Array) -> None:
        """Pull theta; scratch is of its shape."""
        theta = self._theta
        np.multiply(theta, self._keep, out=theta)
        np.minimum(theta, self._high, out=scratch)
        np.maximum(scratch, self._low, out=scratch)
        np.subtract(theta, scratch, out=theta)


def _common(values: Sequence[float]) -> Any:
    """The one value where all are equal, else (M, 1) float64."""
    if all(value == values[0] for value in values):
        return values[0]
    return np.array(values, np.float64)[:, None]


def _numbers(knobs: Sequence[dict[str, Any]]) -> dict[str, Any]:
    """Each knob's value: one number where all members agree, else (M, 1) float64."""
    return {name: _common([member[name] for member in knobs]) for name in knobs[0]}
