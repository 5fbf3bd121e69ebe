"""Plain values from what people have at hand: NumPy's arrays and numbers count as lists and numbers."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import numpy as np

from engine.words import N_

_PLAIN = {bool, int, float, str, type(None)}


def unboxed(value: Any) -> Any:
    """A NumPy array as nested lists, a NumPy number or text as Python's own; anything else as it is.

    >>> unboxed(np.array([[1, 2], [3, 4]])), unboxed(np.float32(0.5)), unboxed("adam")
    ([[1, 2], [3, 4]], 0.5, 'adam')
    """
    if type(value) in _PLAIN:  # as nearly always
        return value
    if isinstance(value, np.ndarray):
        return value.tolist()
    if isinstance(value, np.longdouble):  # its own `item` is no Python number
        return float(value)
    return value.item() if isinstance(value, np.generic) else value


def plain(value: Any) -> Any:
    """The same with everything in it: lists, tuples and mappings whose parts are Python's own.

    What holds nothing of NumPy's comes back as the very same object.

    >>> plain({"features": (np.str_("x1"), "x2"), "batch_size": np.int64(10)})
    {'features': ('x1', 'x2'), 'batch_size': 10}
    """
    value = unboxed(value)
    if type(value) in (list, tuple):
        if set(map(type, value)) <= _PLAIN:
            return value
        parts = [plain(part) for part in value]
        same = all(part is old for part, old in zip(parts, value, strict=True))
        return value if same else type(value)(parts)
    if isinstance(value, Mapping):
        return {unboxed(key): plain(part) for key, part in value.items()}
    return value


def whole_number(name: str, value: object, least: int = 0) -> int:
    """The value as an int. Raises ValueError for what is no whole number from `least` on, `True` included.

    >>> whole_number("steps", np.int64(3))
    3
    >>> whole_number("steps", -1)
    Traceback (most recent call last):
    ValueError: steps must be a whole number from 0, not -1
    """
    found = unboxed(value)
    if type(found) is not int or found < least:
        raise ValueError(
            N_(
                "{name} must be a whole number from {least}, not {value}",
                name=name,
                least=least,
                value=repr(found),
            )
        )
    return found
