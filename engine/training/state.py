"""What came of a run so far: a value, never changed in place."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

import numpy as np

from engine.core.arrays import Array
from engine.spec.edits import Edit
from engine.spec.run_spec import RunSpec


@dataclass(frozen=True)
class Failure:
    """Update number `step` gave `member` a number that is not finite. Its last finite weights are kept."""

    member: int
    step: int
    cause: str
    advice: tuple[str, ...]


@dataclass(frozen=True)
class Stop:
    """A stop rule ended `member`'s training after `step` updates; `reason` says why."""

    member: int
    step: int
    reason: str


@dataclass(frozen=True, eq=False)
class Best:
    """The best weights so far of members that wait for a plateau.

    loss (M,), infinite where there is none yet; epoch (M,); theta (M, P); running (M, R).
    """

    loss: Array
    epoch: Array
    theta: Array
    running: Array

    @classmethod
    def none(cls, state: State) -> Best:
        """Nothing yet, for every member."""
        members = len(state.specs)
        # waiting counts from here where a member never improves
        epoch = np.full(members, state.epoch)
        return cls(np.full(members, np.inf), epoch, state.theta, state.running)

    def with_member(self, state: State, member: int, loss: float) -> Best:
        """The same, with one member as it is in this state."""
        loss_, epoch = self.loss.copy(), self.epoch.copy()
        theta, running = self.theta.copy(), self.running.copy()
        loss_[member], epoch[member] = loss, state.epoch
        theta[member], running[member] = state.theta[member], state.running[member]
        return Best(loss_, epoch, theta, running)


@dataclass(frozen=True, eq=False)
class State:
    """A population after `step` updates. Arrays are read-only; `engine.train` returns a new state.

    specs: one per member, as they are now; start_specs: as they were at step 0.
    epoch: passes over the training points that are complete; cursor: points used of the next one.
    theta: all parameters (M, P). running: batch normalization's running statistics (M, R).
    slots: the optimizers' memory, name -> (M, P).
    slots_since: the step at which each member's optimizer began, for bias correction.
    schedule_since: the epoch, with its fraction, at which each member's schedule began.
    clipped: in how many updates each member's gradient was clipped.
    failures: members that are frozen at their last finite weights.
    stops: members that a stop rule has ended. best: the best weights of members that wait for a plateau.
    """

    specs: tuple[RunSpec, ...]
    start_specs: tuple[RunSpec, ...]
    theta: Array
    running: Array
    slots: Mapping[str, Array]
    slots_since: tuple[int, ...]
    schedule_since: tuple[float, ...]
    clipped: tuple[int, ...]
    step: int = 0
    epoch: int = 0
    cursor: int = 0
    edits: tuple[Edit, ...] = ()
    failures: tuple[Failure, ...] = ()
    stops: tuple[Stop, ...] = ()
    best: Best | None = None

    @property
    def spec(self) -> RunSpec:
        """The first member's spec, which for a single network is the spec."""
        return self.specs[0]

    def changed(self, **fields: Any) -> State:
        """The same with other values in some fields, sooner than `dataclasses.replace` has made it."""
        made = object.__new__(State)
        made.__dict__.update(self.__dict__, **fields)
        return made

    @property
    def start_spec(self) -> RunSpec:
        """The first member's spec as it was at step 0."""
        return self.start_specs[0]


def expect_state(what: str, value: object) -> None:
    """Raise TypeError unless the value is one State: for what several states cannot have together."""
    if not isinstance(value, State):
        kind = type(value).__name__
        raise TypeError(f"{what} takes a State, not a {kind}; a Population has several as `states`")


@dataclass(frozen=True)
class Report:
    """What a call of `train` did: how many updates, and which members failed or were stopped in them.

    clipped: the share of those updates in which each member's gradient was clipped.
    """

    steps: int
    failures: tuple[Failure, ...] = ()
    stops: tuple[Stop, ...] = ()
    clipped: tuple[float, ...] = ()
