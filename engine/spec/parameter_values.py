"""What an edit sets parameters to: all at once, or single ones by their names."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import numpy as np

from engine.core.arrays import Array, read_only
from engine.spec.parameter_names import PREFIX, WHOLE, number, place, unpack
from engine.spec.run_spec import RunSpec


def whole(values: Any) -> Array:
    """The values (P,) of all parameters in an edit that was checked."""
    found = unpack(values)
    return np.array([number(value) for value in values]) if found is None else found


def with_values(theta: Array, spec: RunSpec, values: Mapping[str, Any]) -> Array:
    """theta (M, P) with these parameters at these values, which were checked, in every member."""
    if not values:
        return theta
    changed, arrays = theta.copy(), spec.arrays
    if WHOLE in values:
        changed[:] = whole(values[WHOLE])
    for path in values.keys() - {WHOLE}:
        changed[:, place(arrays, path.removeprefix(PREFIX))] = number(values[path])
    return read_only(changed)
