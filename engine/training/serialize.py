"""Frozen values as JSON and back, by the types that their fields are declared to have: for snapshots.

Dataclasses and mappings become objects, tuples lists; specs and arrays are set aside and become positions
in a list of them; a text that is a message becomes an object of its template and what fills it. Reading back
takes exactly the declared types: `true` is no number, and a name that no field has is an error.
"""

from __future__ import annotations

import math
import numbers
from collections.abc import Mapping
from dataclasses import MISSING, fields, is_dataclass
from functools import cache
from string import Formatter
from types import UnionType
from typing import Any, Union, get_args, get_origin, get_type_hints

import numpy as np

from engine.core.arrays import Array
from engine.spec.run_spec import RunSpec
from engine.words import Message

DTYPES = ("<f4", "<f8", "<i4", "<i8", "|u1", "|b1")
"""What arrays may hold."""
MESSAGE = ("template", "values", "number", "other", "context")
"""What a message is made of."""


class Writer:
    """Turns values into JSON, and sets specs and arrays aside."""

    def __init__(self) -> None:
        self.specs: dict[RunSpec, int] = {}
        self.arrays: list[Array] = []

    def write(self, value: Any) -> Any:
        """The value as JSON has it."""
        if isinstance(value, RunSpec):
            return self.specs.setdefault(value, len(self.specs))
        if isinstance(value, np.ndarray):
            return self._array(value)
        if isinstance(value, Message) or is_dataclass(value):
            names = MESSAGE if isinstance(value, Message) else [each.name for each in fields(value)]
            return {name: self.write(getattr(value, name)) for name in names}
        if isinstance(value, Mapping):
            return {key: self.write(part) for key, part in value.items()}
        if isinstance(value, tuple | list):
            return [self.write(part) for part in value]
        return _scalar(value)

    def _array(self, array: Array) -> int:
        little = np.ascontiguousarray(array, array.dtype.newbyteorder("<"))
        if little.dtype.str not in DTYPES:
            raise TypeError(f"cannot write an array of {array.dtype}")
        self.arrays.append(little.reshape(array.shape))
        return len(self.arrays) - 1


def _scalar(value: Any) -> Any:
    """A number, text or nothing as JSON has it; an infinite number or NaN is text there."""
    if value is None or isinstance(value, str | bool):
        return value
    if isinstance(value, np.bool_):
        return bool(value)
    if isinstance(value, numbers.Integral):
        return int(value)
    if isinstance(value, numbers.Real):
        number = float(value)
        return number if math.isfinite(number) else str(number)
    raise TypeError(f"cannot write a {type(value).__name__}")


class Reader:
    """Turns JSON back into values; every method raises ValueError, TypeError or LookupError if it cannot."""

    def __init__(self, specs: list[RunSpec], arrays: list[Array]) -> None:
        self._specs, self._arrays = specs, arrays

    def read(self, hint: Any, value: Any) -> Any:
        """The value of type `hint`."""
        if hint is Any:
            return value
        if hint is RunSpec:
            return self._specs[_index(value)]
        if hint is str and isinstance(value, dict):
            return _message(value)
        if is_dataclass(hint):
            return self._dataclass(hint, value)
        if get_args(hint):
            return self._generic(get_origin(hint), get_args(hint), value)
        return float(value) if hint is float else _expect(hint, value)

    def _generic(self, origin: Any, parts: tuple[Any, ...], value: Any) -> Any:
        """An array, a tuple, a mapping, or something that may be None."""
        if origin is np.ndarray:
            return self._arrays[_index(value)]
        if origin is tuple:
            return tuple(self.read(parts[0], part) for part in _expect(list, value))
        if origin is Mapping:
            return {key: self.read(parts[1], part) for key, part in _expect(dict, value).items()}
        if origin in (UnionType, Union):
            (some,) = (part for part in parts if part is not type(None))
            return None if value is None else self.read(some, value)
        raise TypeError(f"values of type {origin} are not known here")

    def _dataclass(self, kind: Any, value: Any) -> Any:
        """An instance from its fields by name; only those with a default may be missing."""
        hints, given = _hints(kind), _expect(dict, value)
        unknown = sorted(set(given) - set(hints))
        if unknown:
            raise ValueError(f"{kind.__name__} has no {', '.join(unknown)} here")
        missing = [
            field.name
            for field in fields(kind)
            if field.name not in given and field.default is MISSING
        ]
        if missing:
            raise ValueError(f"{kind.__name__} lacks {', '.join(missing)}")
        return kind(**{name: self.read(hints[name], part) for name, part in given.items()})


def _message(value: Any) -> Message:
    """A message from its parts."""
    given = _expect(dict, value)
    template, number = _expect(str, given["template"]), given["number"]
    other, context = (
        None if given[name] is None else _expect(str, given[name]) for name in MESSAGE[3:]
    )
    filling = {name: _filling(part) for name, part in _expect(dict, given["values"]).items()}
    if filling:
        for text in (template, other or ""):
            _check_holes(text, filling)
    return Message(
        template, filling, other, None if number is None else _expect(int, number), context
    )


def _filling(value: Any) -> str | int:
    """What fills a hole: a text, a whole number or a message."""
    if isinstance(value, dict):
        return _message(value)
    found: str | int = _expect(int if isinstance(value, int) else str, value)
    return found


def _check_holes(template: str, filling: Mapping[str, object]) -> None:
    """Refuse holes that reach into what fills them, or make much of little by widths and repeats."""
    holes = [hole for hole in Formatter().parse(template) if hole[1] is not None]
    names = [name for _, name, _, _ in holes]
    if any(form or conversion for _, _, form, conversion in holes) or not set(names) <= set(
        filling
    ):
        raise ValueError(f"{template!r:.60} has holes that nothing fills")
    if len(set(names)) < len(names):
        raise ValueError(f"{template!r:.60} has a hole twice")


@cache
def _hints(kind: Any) -> dict[str, Any]:
    """The types of a dataclass's fields."""
    hints = get_type_hints(kind)
    return {field.name: hints[field.name] for field in fields(kind)}


def _index(value: Any) -> int:
    """A position in a list; negative ones would count from its end."""
    found: int = _expect(int, value)
    if found < 0:
        raise ValueError(f"{found} is no position in a list")
    return found


def _expect(kind: type, value: Any) -> Any:
    """The value, if it is exactly of this type: true is no number here."""
    if type(value) is not kind:
        raise TypeError(f"expected {kind.__name__}, not {value!r:.60}")
    return value
