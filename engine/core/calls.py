"""A function of arrays as the calls of NumPy that it makes: the same every time, so put together once.

For a small network a call of NumPy takes a microsecond, and the Python that leads to it half of one.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from functools import partial
from typing import Any, NoReturn

import numpy as np

from engine.core.arrays import Array

BY_NAME = (np.maximum, np.minimum)
"""What takes the array to write into by name only. It is quicker by place, which all others do."""

NUMBERS = (int, float, np.number, np.bool_)
"""What has a value that stays."""

Calls = tuple[Callable[[], object], ...]


def calls_of(function: Callable[..., object], *arguments: Any) -> Calls:
    """What `function(*arguments)` does with its arrays, one call of NumPy after the other.

    It is not run for that: it only says what it would do. Each call must write into one of the arrays given,
    which may stand in a tuple or a mapping too; a function that does anything else with them is called as it
    is. All arrays that it changes must be among its arguments. Numbers among them, and which array a mapping
    has under a name, are taken as they are now.

    >>> a, b = np.ones(2), np.zeros(2)
    >>> for call in calls_of(lambda x, out: np.add(x, x, out=out), a, b):
    ...     call()
    array([2., 2.])
    """
    noted: list[Callable[[], object]] = []
    try:
        known: dict[int, _Watched] = {}
        function(*(_watched(each, noted, known) for each in arguments))
    except (_OtherError, AttributeError, TypeError):
        return (partial(function, *arguments),)
    return tuple(noted)


class _OtherError(Exception):
    """A function does more than to write numbers into arrays."""


class _Watched:
    """Stands for an array and notes what is to be written into it, in place of writing it.

    It is none itself, so that nothing can reach the numbers past this: whatever else is done with it fails.
    """

    __slots__ = ("_noted", "origin")

    def __init__(self, origin: Array, noted: list[Callable[[], object]]) -> None:
        self.origin, self._noted = origin, noted

    def __array_ufunc__(
        self, ufunc: np.ufunc, method: str, *inputs: Any, out: Any = (), **options: Any
    ) -> Any:
        if method != "__call__" or len(out) != 1 or options or not isinstance(out[0], _Watched):
            raise _OtherError
        # NumPy need not look for an overlap where it reads and writes one and the same object
        given, into = map(_plain, inputs), out[0].origin
        if ufunc in BY_NAME:
            self._noted.append(partial(ufunc, *given, out=into))
        else:
            self._noted.append(partial(ufunc, *given, into))
        return out[0]

    def _is_other(self, *_: Any) -> NoReturn:
        raise _OtherError

    # what any object has, and what NumPy would get by without; the rest is missing, operators such as += too
    __array__ = __array_function__ = __getattr__ = __bool__ = _is_other
    __eq__ = _is_other
    __hash__ = None  # type: ignore[assignment]


def _watched(value: Any, noted: list[Callable[[], object]], known: dict[int, _Watched]) -> Any:
    if isinstance(value, np.ndarray):
        # one for each array: a function may ask whether two of its arguments are the same
        return known.setdefault(id(value), _Watched(value, noted))
    if isinstance(value, tuple):
        return tuple(_watched(each, noted, known) for each in value)
    if isinstance(value, Mapping):
        return {name: _watched(each, noted, known) for name, each in value.items()}
    if not isinstance(value, NUMBERS):
        raise _OtherError  # there may be arrays in it
    return value


def _plain(value: Any) -> Any:
    if isinstance(value, _Watched):
        return value.origin
    if not isinstance(value, NUMBERS):
        raise _OtherError  # an array of its own, which may be another one each time
    return value
