"""What a preset is: a run with a reason to look at it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, Literal

import engine


@dataclass(frozen=True)
class Lesson:
    """A group of presets: one section of the course, in learning order."""

    name: str
    title: str
    text: str


@dataclass(frozen=True, kw_only=True)
class Preset:
    """One run to learn something from.

    name: how an address names it. lesson: the name of its group.
    story: what happens. look: where to see it. try_next: what to change then.
    spec: what differs from the default spec.
    epochs: how long it takes to show what it says.
    speed: how it is played: ever faster, or at so many steps a second where it is over within an epoch.
    family, offer: presets of one family are offered to each other; `offer` is what the button says.
    """

    name: str
    title: str
    lesson: str
    story: str
    look: str
    try_next: str
    spec: Mapping[str, Any]
    epochs: int
    speed: int | Literal["rising"] = "rising"
    family: str = ""
    offer: str = ""

    @property
    def recipe(self) -> engine.Recipe:
        """All that makes the run. Raises SpecError where it is wrong."""
        return engine.Recipe.from_dict({"spec": self.spec})

    @property
    def steps(self) -> int:
        """How many updates it takes to show what it says."""
        return self.epochs * engine.steps_per_epoch(self.recipe.spec)


def layers(count: int, units: int, activation: str = "tanh", **knobs: Any) -> list[dict[str, Any]]:
    """So many hidden layers of one kind."""
    return [{"units": units, "activation": {"kind": activation}, **knobs} for _ in range(count)]


ADAM = {"kind": "adam", "learning_rate": 0.01}
LOGISTIC = {"kind": "logistic"}
XAVIER = {"kind": "xavier"}
ALL_POINTS = 1000
"""A batch that holds every training point of the data sets used here, so that a step is an epoch."""
