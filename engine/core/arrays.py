"""The types of arrays and of a record's numbers, for every room."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import numpy as np

Array = np.ndarray[Any, np.dtype[Any]]
Numbers = Mapping[str, Any]
"""A record's knob values: each a number, or an array that broadcasts, one number for each member."""


def read_only(array: Array) -> Array:
    """The array itself, which nobody can write to from now on: what is shared stays as it is."""
    array.setflags(write=False)
    return array
