"""Numbers that stand in a script under a name: a spec is written with the names in their places."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from typing import Any

import engine
from engine.spec import Choice


class NamedFloat(float):
    """A number that is written as `source`."""

    source: str

    def __repr__(self) -> str:
        return self.source


class NamedInt(int):
    """A whole number that is written as `source`."""

    source: str

    def __repr__(self) -> str:
        return self.source


def named(value: float, source: str) -> NamedFloat | NamedInt:
    """The number under a name.

    >>> number = named(0.1, 'SETTINGS["rate"]')
    >>> number * 2, number, f"{named(8, 'UNITS')}"
    (0.2, SETTINGS["rate"], 'UNITS')
    """
    kind = NamedInt if isinstance(value, int) else NamedFloat
    number = kind(value)
    number.source = source
    return number


def with_numbers(spec: engine.RunSpec, numbers: Mapping[str, Any]) -> engine.RunSpec:
    """The spec with other numbers at these paths; they are taken as they are.

    >>> spec = with_numbers(engine.RunSpec.from_dict({}), {"penalty.l2": named(0.1, "L2")})
    >>> spec.penalty["l2"]
    L2
    """
    for path, number in numbers.items():
        spec = _put(spec, path.split("."), number)
    return spec


def _put(place: Any, names: list[str], number: Any) -> Any:
    """A part of a spec with a number somewhere in it."""
    first, *rest = names
    if isinstance(place, tuple):
        at = int(first)
        return (*place[:at], _put(place[at], rest, number), *place[at + 1 :])
    if isinstance(place, Choice):
        items = ((name, number if name == first else value) for name, value in place.items)
        return replace(place, items=tuple(items))
    return replace(place, **{first: _put(getattr(place, first), rest, number) if rest else number})
