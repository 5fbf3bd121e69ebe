"""What came of a run so far: a value, never changed in place."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from engine.activations import Array
from engine.spec import RunSpec


@dataclass(frozen=True)
class Edit:
    """A change made while training: after `step` updates, these spec paths took these values."""

    step: int
    changes: Mapping[str, Any]


@dataclass(frozen=True)
class Failure:
    """Update number `step` gave `member` a number that is not finite. Its last finite weights are kept."""

    member: int
    step: int
    cause: str
    advice: tuple[str, ...]


@dataclass(frozen=True, eq=False)
class State:
    """A population after `step` updates. Arrays are read-only; `engine.train` returns a new state.

    specs: one per member, as they are now; start_specs: as they were at step 0.
    epoch: passes over the training points that are complete; cursor: points used of the next one.
    theta: all parameters (M, P). running: batch normalization's running statistics (M, R). slots: the optimizers' memory, name -> (M, P).
    slots_since: the step at which each member's optimizer began, for bias correction.
    failures: members that are frozen at their last finite weights.
    """

    specs: tuple[RunSpec, ...]
    start_specs: tuple[RunSpec, ...]
    theta: Array
    running: Array
    slots: Mapping[str, Array]
    slots_since: tuple[int, ...]
    step: int = 0
    epoch: int = 0
    cursor: int = 0
    edits: tuple[Edit, ...] = ()
    failures: tuple[Failure, ...] = ()

    @property
    def spec(self) -> RunSpec:
        """The first member's spec, which for a single network is the spec."""
        return self.specs[0]

    @property
    def start_spec(self) -> RunSpec:
        """The first member's spec as it was at step 0."""
        return self.start_specs[0]


@dataclass(frozen=True)
class Report:
    """What a call of `train` did: how many updates, and which members failed in them."""

    steps: int
    failures: tuple[Failure, ...] = ()
