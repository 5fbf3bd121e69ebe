"""From gradients to steps: clip, add the penalty's gradient, then the optimizer at its scheduled rate.

Nothing here knows of networks: theta is (M, P), whatever its parameters mean.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any, Protocol

import numpy as np

from engine.catalog.clipping import CLIPS, Clipping, clip
from engine.catalog.optimizers import OPTIMIZERS
from engine.catalog.penalties import Penalty
from engine.catalog.schedules import SCHEDULES
from engine.core.arrays import Array
from engine.core.calls import Calls, calls_of
from engine.spec.reader import Choice
from engine.training.freezing import Freezer


class Rules(Protocol):
    """The part of a spec that says how a gradient becomes a step."""

    @property
    def optimizer(self) -> Choice:
        """The optimizer and its knobs."""

    @property
    def schedule(self) -> Choice:
        """What becomes of the learning rate."""

    @property
    def clip(self) -> Choice:
        """The limit on the gradient."""


class Updater:
    """Updates theta (M, P) in place, for members whose `rules` are of the same kinds.

    slots: the optimizer's memory, in the record's order. slots_since: the step at which each member's
    optimizer began; schedule_since: the epoch at which its schedule did.
    """

    def __init__(
        self,
        rules: Sequence[Rules],
        theta: Array,
        slots: tuple[Array, ...],
        slots_since: Sequence[int],
        schedule_since: Sequence[float],
        penalty: Penalty | None = None,
        freezer: Freezer | None = None,
    ) -> None:
        self.theta, self.slots = theta, slots
        self._optimizer = OPTIMIZERS[rules[0].optimizer.kind]
        self._schedule = SCHEDULES[rules[0].schedule.kind]
        self._clip = CLIPS[rules[0].clip.kind]
        self._knobs = numbers([member.optimizer for member in rules])
        self._schedule_knobs = numbers([member.schedule for member in rules])
        self._slots_since, self._schedule_since = common(slots_since), common(schedule_since)
        limit = numbers([member.clip for member in rules]).get("limit", np.inf)
        self._clipping = Clipping(limit, theta)
        self._penalty = penalty if penalty is not None and penalty.has_l2 else None
        self._l1 = None if penalty is None else penalty.l1
        self._freezer = freezer
        self._scratch = np.zeros_like(theta)
        self._gradient: Array | None = None
        self._calls: Calls = ()
        self._varies = self._schedule.varies or self._optimizer.varies or self._l1 is not None
        numbers_of_a_step = {
            **self._optimizer.constants(self._knobs),
            # as they are where the schedule begins: no schedule is asked for a time before it
            **self._coefficients(self._rate(self._schedule_since), self._slots_since * 0 + 1),
        }
        self._c = {name: self._as_array(value, theta) for name, value in numbers_of_a_step.items()}

    def update(self, g: Array, step: int, epoch: float) -> None:
        """Update theta from its gradient g, which is overwritten, after `step` updates and `epoch` epochs."""
        if self._freezer is not None:
            self._freezer.stop(g)
        if self._clip.apply is not None:
            clip(self._clip, g, self._clipping)
        if self._varies:
            self._refresh(step, epoch)
        if self._penalty is not None:
            self._penalty.add_l2(g, self._scratch)
        if self._l1 is None:
            if g is not self._gradient:
                self._gradient, self._calls = g, self._calls_with(g)
            for call in self._calls:
                call()
        else:
            self._optimizer.proximal(self.theta, g, self._l1, self.slots, self._scratch, self._c)
        if self._freezer is not None:
            self._freezer.hold()

    def _calls_with(self, g: Array) -> Calls:
        """What the optimizer does in each update with this gradient."""
        arrays = (self.theta, g, g, self.slots, self._scratch, self._c)
        return calls_of(self._optimizer.update, *arrays)

    @property
    def clipped(self) -> Array:
        """In how many updates each member's gradient was clipped, (M, 1)."""
        return self._clipping.counts

    def _as_array(self, value: Any, theta: Array) -> Array:
        """A step's number in theta's precision; one that stays, for each parameter: it is quicker to read."""
        stays = np.ndim(value) > 0 and not self._varies
        return np.array(np.broadcast_to(value, theta.shape) if stays else value, theta.dtype)

    def _rate(self, epoch: Any) -> Any:
        factor = self._schedule.factor(epoch - self._schedule_since, self._schedule_knobs)
        return self._knobs["learning_rate"] * factor

    def _refresh(self, step: int, epoch: float) -> None:
        rate, n = self._rate(epoch), step - self._slots_since + 1
        for name, value in self._coefficients(rate, n).items():
            self._c[name][...] = value

    def _coefficients(self, rate: Any, n: Any) -> dict[str, Any]:
        found = self._optimizer.coefficients(self._knobs, rate, n)
        if self._l1 is not None:
            found["reach"] = self._optimizer.reach(self._knobs, rate, n)
        return found


def common(values: Sequence[float]) -> Any:
    """The one value where all are equal, else (M, 1) float64."""
    if all(value == values[0] for value in values):
        return values[0]
    return np.array(values, np.float64)[:, None]


def numbers(choices: Sequence[Choice]) -> dict[str, Any]:
    """Each knob's value: one number where all members agree, else (M, 1) float64."""
    if all(choice is choices[0] for choice in choices):  # thousands of starts of one racer
        return choices[0].knobs
    members = [choice.knobs for choice in choices]
    return {name: common([knobs[name] for knobs in members]) for name in members[0]}
