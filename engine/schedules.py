"""Schedules: how the learning rate changes as training goes on."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from engine.activations import Numbers
from engine.registry import Family, Record


@dataclass(frozen=True, kw_only=True)
class Schedule(Record):
    """factor(step, k): what the learning rate is multiplied by at update number `step` (from 0)."""

    factor: Callable[[int, Numbers], Any]
    varies: bool = True


def _constant(step: int, k: Numbers) -> float:
    return 1.0


SCHEDULES: Family[Schedule] = Family(
    "schedule",
    Schedule(
        kind="constant",
        label="Constant",
        help="The learning rate stays as it is set.",
        formula="ε(t) = ε",
        factor=_constant,
        varies=False,
    ),
)
