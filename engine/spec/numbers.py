"""Other numbers in a spec that stay unread: for those who know that they are allowed."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from typing import Any

from engine.spec.reader import Choice
from engine.spec.run_spec import RunSpec


def with_numbers(spec: RunSpec, numbers: Mapping[str, Any]) -> RunSpec:
    """The spec with other numbers at these paths; they are taken as they are.

    `RunSpec.replace` reads and checks what it is given, at five times the price.

    >>> with_numbers(RunSpec.from_dict({}), {"penalty.l2": 0.5}).penalty["l2"]
    0.5
    """
    parts: dict[str, Any] = {}
    for path, number in numbers.items():
        root, *names = path.split(".")
        parts[root] = _put(parts.get(root, getattr(spec, root)), names, number)
    return replace(spec, **parts)


def _put(place: Any, names: list[str], number: Any) -> Any:
    """A part of a spec with a number somewhere in it."""
    if not names:
        return number
    first, *rest = names
    if isinstance(place, tuple):
        at = int(first)
        return (*place[:at], _put(place[at], rest, number), *place[at + 1 :])
    if isinstance(place, Choice):
        items = [(name, number if name == first else value) for name, value in place.items]
        return Choice(place.kind, tuple(items))
    return replace(place, **{first: _put(getattr(place, first), rest, number)})
