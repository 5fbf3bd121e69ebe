"""From plain JSON values to the parts of a spec: what every spec reads in the same way."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from functools import cached_property
from typing import Any

from engine.catalog.sections import FAMILIES, Section
from engine.core.errors import Problem
from engine.core.plain import unboxed
from engine.core.registry import Knob, PartsError, TextError, Value, one_of
from engine.words import N_


@dataclass(frozen=True)
class Choice:
    """A section of a spec: a kind of record ("" where there is none to choose) and its knobs' values."""

    kind: str
    items: tuple[tuple[str, Value], ...]

    def __hash__(self) -> int:
        return self._hash

    @cached_property
    def _hash(self) -> int:
        """Told once: it may be that of thousands of points."""
        return hash((self.kind, self.items))

    def __reduce__(self) -> tuple[type[Choice], tuple[str, tuple[tuple[str, Value], ...]]]:
        """Pickled without the hash, which is another in another process."""
        return Choice, (self.kind, self.items)

    def __getitem__(self, name: str) -> Any:
        return dict(self.items)[name]

    @property
    def knobs(self) -> dict[str, Any]:
        """Each knob's name and value."""
        return dict(self.items)

    def to_dict(self, plain: Collection[str] | None = None) -> dict[str, Any]:
        """The section as it stands in JSON; `plain`: the only knobs whose tables are copied into lists."""
        values = {
            name: _plain(value) if plain is None or name in plain else value
            for name, value in self.items
        }
        return ({"kind": self.kind} if self.kind else {}) | values


def _plain(value: Any) -> Any:
    """A value as JSON has it: lists for tuples."""
    return [_plain(part) for part in value] if isinstance(value, tuple) else value


class Reader:
    """Reads sections and knobs, and collects every problem on the way.

    Where something is wrong a method returns the default, so that reading can go on and find the rest;
    `problems` says whether what came out may be used.
    """

    def __init__(self) -> None:
        self.problems: list[Problem] = []

    def problem(
        self, path: str, value: object, allowed: str, at: tuple[int, int] | None = None
    ) -> None:
        """Note one problem."""
        self.problems.append(Problem(path, value, allowed, at))

    def unknown(self, path: str, values: Mapping[str, Any], names: tuple[str, ...]) -> None:
        """Note every key that is none of the names."""
        for name in values:
            if name not in names:
                allowed = N_("no such setting here; {names}", names=one_of(names, name))
                found = Problem(join(path, name), values[name], allowed, unknown=True)
                self.problems.append(found)

    def section(self, path: str, section: Section, values: object) -> Choice:
        """A section: an object, the name of a kind alone, or None for its default."""
        values = {} if values is None else unboxed(values)
        if isinstance(values, str) and section.family:
            values = {"kind": values}
        kind = section.default
        if not isinstance(values, Mapping):
            self.problem(
                path, values, N_("an object with a kind") if section.family else N_("an object")
            )
            return Choice(kind or "", ())
        if section.family:
            kind = self._kind(path, section, unboxed(values.get("kind", section.default)))
            if kind is None:
                return Choice(section.default or "", ())
        knobs = section.knobs_of(kind)
        names = tuple(knob.name for knob in knobs)
        self.unknown(path, values, (("kind",) if section.family else ()) + names)
        items = tuple((knob.name, self.knob(path, knob, values)) for knob in knobs)
        return Choice(kind or "", items)

    def _kind(self, path: str, section: Section, kind: object) -> str | None:
        family = FAMILIES[section.family or ""]
        if isinstance(kind, str) and kind in family:
            return kind
        self.problem(join(path, "kind"), kind, family.allowed(kind))
        return None

    def knob(self, path: str, knob: Knob, values: Mapping[str, Any]) -> Any:
        """The value of one knob, which stands under its name in `values`."""
        value = unboxed(values.get(knob.name, knob.default))
        place = join(path, knob.name)
        try:
            return knob.read(value)
        except PartsError as error:
            for part, wrong, allowed in error.parts:
                self.problem(join(place, part), wrong, allowed)
        except TextError as error:
            self.problem(place, value, error.message, (error.position, error.end))
        except ValueError as error:
            self.problem(place, value, str(error))
        return knob.default


def join(path: str, name: object) -> str:
    """The path of a part inside a path; "" is the whole."""
    return f"{path}.{name}" if path else str(name)
