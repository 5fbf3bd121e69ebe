"""What a race on a surface is: a frozen `RaceSpec`, checked as a whole, to and from plain JSON values."""

from __future__ import annotations

import math
from collections.abc import Mapping
from dataclasses import dataclass, replace
from typing import Any

from engine.catalog.sections import sections_at
from engine.catalog.surfaces import Point, Surface
from engine.core.errors import SpecError
from engine.core.plain import unboxed
from engine.race.descent import surface_at
from engine.race.sections import RACE_SECTIONS
from engine.spec.paths import apply
from engine.spec.reader import Choice, Reader, join
from engine.words import N_, listed

MAX_RACERS = 8
MAX_STARTS = 16
MAX_MEMBER_STEPS = 100_000
"""The most points that all paths of a race may have together: members times steps."""

Extent = tuple[float, float, float, float]
"""What is drawn of a surface: x_min, x_max, y_min, y_max."""

RACERS = (
    {"optimizer": {"kind": "sgd", "learning_rate": 0.09}},
    {"optimizer": {"kind": "momentum", "learning_rate": 0.02}},
    {"optimizer": {"kind": "adam", "learning_rate": 0.1}},
)
"""Who races unless a person says otherwise."""


@dataclass(frozen=True)
class Racer:
    """How one racer makes steps of gradients. Its schedule counts steps."""

    optimizer: Choice
    schedule: Choice
    clip: Choice

    def to_dict(self) -> dict[str, Any]:
        """The racer as it stands in JSON."""
        return {
            "optimizer": self.optimizer.to_dict(),
            "schedule": self.schedule.to_dict(),
            "clip": self.clip.to_dict(),
        }


@dataclass(frozen=True)
class RaceSpec:
    """Everything that decides a race. Build one with `from_dict`, which checks it.

    starts: where every racer starts; none stands for the surface's own start.
    noise: the standard deviation of the noise in each part of the gradient.
    tolerance: how close to the lowest value counts as converged.
    view: what is drawn; None stands for the surface's own view.
    """

    surface: Choice
    racers: tuple[Racer, ...]
    starts: tuple[Point, ...]
    steps: int
    noise: float
    noise_seed: int
    tolerance: float
    view: Extent | None

    @classmethod
    def from_dict(cls, values: Mapping[str, Any] | None = None) -> RaceSpec:
        """Read a race from JSON values; what is left out takes its default.

        Raises SpecError that lists every problem at once.
        """
        reader = _Reader()
        spec = reader.race({} if values is None else values)
        if spec is None:
            raise SpecError(*reader.problems)
        return spec

    def to_dict(self) -> dict[str, Any]:
        """The whole race as JSON values, defaults filled in; `from_dict` reads it back equal."""
        return {
            "surface": self.surface.to_dict(),
            "racers": [racer.to_dict() for racer in self.racers],
            "starts": [list(start) for start in self.starts],
            "steps": self.steps,
            "noise": self.noise,
            "noise_seed": self.noise_seed,
            "tolerance": self.tolerance,
            "view": None if self.view is None else list(self.view),
        }

    def replace(self, changes: Mapping[str, Any]) -> RaceSpec:
        """This race with some paths changed ("racers.0.optimizer.kind"), checked as a whole.

        Where a kind changes, knobs are kept as `RunSpec.replace` keeps them. Another kind of surface comes
        with its own start and view, unless the same change names others. Raises SpecError.
        """
        values = self.to_dict()
        problems = apply(values, changes, RACE_SECTIONS)
        reader = _Reader()
        spec = reader.race(values)
        if spec is None or problems:
            raise SpecError(*problems, *reader.problems)
        if spec.surface.kind == self.surface.kind:
            return spec
        roots = {path.partition(".")[0] for path in changes}
        return replace(
            spec,
            starts=spec.starts if "starts" in roots else (),
            view=spec.view if "view" in roots else None,
        )

    @property
    def ground(self) -> Surface:
        """The surface that is raced on."""
        return surface_at(self.surface)

    @property
    def points(self) -> tuple[Point, ...]:
        """Where every racer starts: the starts, or the surface's own."""
        return self.starts or (self.ground.start,)

    @property
    def extent(self) -> Extent:
        """What is drawn: the view, or the surface's own."""
        return self.view or self.ground.view

    @property
    def diagonal(self) -> float:
        """How long the diagonal is of what is drawn."""
        x_min, x_max, y_min, y_max = self.extent
        return math.hypot(x_max - x_min, y_max - y_min)

    @property
    def members(self) -> tuple[tuple[Racer, Point], ...]:
        """Every racer at every start: member = racer · starts + start."""
        return tuple((racer, point) for racer in self.racers for point in self.points)


class _Reader(Reader):
    """Reads whole races."""

    def race(self, values: object) -> RaceSpec | None:
        """The race, or None where there are problems."""
        if not isinstance(values, Mapping):
            self.problem("", values, N_("an object of settings"))
            return None
        (surface,) = sections_at("surface", RACE_SECTIONS)
        (top,) = sections_at("", RACE_SECTIONS)
        names = tuple(knob.name for knob in top.knobs)
        self.unknown("", values, ("surface", "racers", "starts", "view", *names))
        numbers = {knob.name: self.knob("", knob, values) for knob in top.knobs}
        spec = RaceSpec(
            surface=self.section("surface", surface, values.get("surface")),
            racers=self._racers(values.get("racers", RACERS)),
            starts=self._starts(values.get("starts", ())),
            view=self._view(values.get("view")),
            **numbers,
        )
        if not self.problems:
            self._length_fits(spec)
        return None if self.problems else spec

    def _racers(self, values: object) -> tuple[Racer, ...]:
        values = unboxed(values)
        if not isinstance(values, list | tuple) or not 1 <= len(values) <= MAX_RACERS:
            self.problem("racers", values, N_("a list of 1 to {most} racers", most=MAX_RACERS))
            return ()
        return tuple(self._racer(f"racers.{i}", value) for i, value in enumerate(values))

    def _racer(self, path: str, values: object) -> Racer:
        if not isinstance(values, Mapping):
            self.problem(path, values, N_("an object with an optimizer"))
            values = {}
        names = ("optimizer", "schedule", "clip")
        self.unknown(path, values, names)
        parts = {}
        for name in names:
            (section,) = sections_at(f"racers.*.{name}", RACE_SECTIONS)
            parts[name] = self.section(join(path, name), section, values.get(name))
        return Racer(**parts)

    def _starts(self, values: object) -> tuple[Point, ...]:
        values = unboxed(values)
        if not isinstance(values, list | tuple) or len(values) > MAX_STARTS:
            self.problem(
                "starts", values, N_("a list of 0 to {most} starts [x, y]", most=MAX_STARTS)
            )
            return ()
        starts = (self._numbers(f"starts.{i}", "starts.*", value) for i, value in enumerate(values))
        return tuple((start[0], start[1]) for start in starts if start)

    def _view(self, values: object) -> Extent | None:
        if values is None:
            return None
        found = self._numbers("view", "view", values)
        if not found:
            return None
        x_min, x_max, y_min, y_max = found
        if not (x_min < x_max and y_min < y_max):
            allowed = N_("[x_min, x_max, y_min, y_max], each minimum below its maximum")
            self.problem("view", values, allowed)
        return x_min, x_max, y_min, y_max

    def _numbers(self, path: str, section: str, values: object) -> tuple[float, ...]:
        """A list of numbers, one for each knob of a section; none where it is no such list."""
        (found,) = sections_at(section, RACE_SECTIONS)
        values = unboxed(values)
        if not isinstance(values, list | tuple) or len(values) != len(found.knobs):
            allowed = N_(
                "a list of {numbers} numbers [{names}]",
                numbers=len(found.knobs),
                names=listed(knob.label for knob in found.knobs),
            )
            self.problem(path, values, allowed)
            return ()
        named = dict(zip((knob.name for knob in found.knobs), values, strict=True))
        return tuple(self.knob(path, knob, named) for knob in found.knobs)

    def _length_fits(self, spec: RaceSpec) -> None:
        members = len(spec.members)
        most = MAX_MEMBER_STEPS // members
        if spec.steps > most:
            allowed = N_(
                "at most {most}, as there are {paths} paths: racers × starts",
                most=most,
                paths=members,
            )
            self.problem("steps", spec.steps, allowed)
