"""A function of arrays as the calls of NumPy that it makes: the same every time, so put together once.

For a small network a call of NumPy takes a microsecond, and the Python that leads to it half of one.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from functools import partial
from typing import Any, NoReturn

import numpy as np

BY_NAME = (np.maximum, np.minimum)
"""What takes the array to write into by name only. It is quicker by place, which all others do."""

Calls = tuple[Callable[[], object], ...]


def calls_of(function: Callable[..., object], *arguments: Any) -> Calls:
    """What `function(*arguments)` does with its arrays, one call of NumPy after the other.

    It is not run for that: it only says what it would do. Each call must write into one of the arrays given,
    which may stand in a tuple or a mapping too; a function that does anything else with them is called as it
    is. All arrays that it changes must be among its arguments.

    >>> a, b = np.ones(2), np.zeros(2)
    >>> for call in calls_of(lambda x, out: np.add(x, x, out=out), a, b):
    ...     call()
    array([2., 2.])
    """
    noted: list[Callable[[], object]] = []
    try:
        function(*(_watched(each, noted) for each in arguments))
    except _OtherError:
        return (partial(function, *arguments),)
    return tuple(noted)


class _OtherError(Exception):
    """A function does more than to write numbers into arrays."""


class _Watched(np.ndarray[Any, Any]):
    """An array that notes what is to be written, in place of writing it."""

    noted: list[Callable[[], object]]
    origin: np.ndarray[Any, Any]

    def __array_finalize__(self, origin: object) -> None:
        if isinstance(origin, _Watched):  # a copy, or a part
            raise _OtherError

    def __array_ufunc__(
        self, ufunc: np.ufunc, method: str, *inputs: Any, out: Any = (), **options: Any
    ) -> Any:
        if method != "__call__" or len(out) != 1 or options:
            raise _OtherError
        given, into = map(_plain, inputs), _plain(out[0])
        if ufunc in BY_NAME:
            self.noted.append(partial(ufunc, *given, out=into))
        else:
            self.noted.append(partial(ufunc, *given, into))
        return out[0]

    def __array_function__(self, *_: Any) -> NoReturn:
        raise _OtherError

    def _is_other(self, *_: Any) -> NoReturn:
        raise _OtherError

    __getitem__ = __setitem__ = __bool__ = __float__ = __int__ = __iter__ = _is_other
    fill = _is_other  # type: ignore[assignment]
    dot = _is_other  # type: ignore[assignment]


def _watched(value: Any, noted: list[Callable[[], object]]) -> Any:
    if isinstance(value, np.ndarray):
        seen = value.view(_Watched)
        # NumPy need not look for an overlap where it reads and writes one and the same object
        seen.noted, seen.origin = noted, value
        return seen
    if isinstance(value, tuple):
        return tuple(_watched(each, noted) for each in value)
    if isinstance(value, Mapping):
        return {name: _watched(each, noted) for name, each in value.items()}
    return value


def _plain(value: Any) -> Any:
    return value.origin if isinstance(value, _Watched) else value
