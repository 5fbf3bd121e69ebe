"""The names of single parameters: an array of `engine.layout` and the place in it, as "layers.0.W.1.2".

A weight has the index of its input and of its unit; a bias, γ or β that of its unit.
"""

from __future__ import annotations

import base64
import binascii
import math
import numbers
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from itertools import pairwise, product
from typing import Any

import numpy as np
from numpy.typing import NDArray

from engine.words import N_, Message, listed

WHOLE = "theta"
"""The path of an edit that sets all parameters at once."""
PREFIX = f"{WHOLE}."
"""An edit's path that begins with this names a parameter, not a setting."""

LARGEST = float.fromhex("0x1.fffffep+127")
"""The largest float32."""

PACKED: Mapping[str, np.dtype[Any]] = {"f4.": np.dtype("<f4"), "f8.": np.dtype("<f8")}
"""How the text of all parameters begins, and what the bytes behind it are."""

Shapes = Mapping[str, tuple[int, ...]]


@dataclass(frozen=True)
class Split:
    """The two parts of an edit by their paths: settings, and values of parameters, one of them or all."""

    settings: dict[str, Any]
    values: dict[str, Any]


def split(changes: Mapping[str, Any]) -> Split:
    """Tell settings and parameters apart."""
    values = {path: value for path, value in changes.items() if names_parameters(path)}
    return Split({path: changes[path] for path in changes if path not in values}, values)


def names_parameters(path: str) -> bool:
    """Whether an edit's path names one parameter or all, and not a setting."""
    return path == WHOLE or path.startswith(PREFIX)


def shapes(units: Sequence[int], normalized: Sequence[bool]) -> dict[str, tuple[int, ...]]:
    """Each array's name and shape in the order of theta; `units` of all layers, features first."""
    found: dict[str, tuple[int, ...]] = {}
    last = len(units) - 2
    for layer, (n_in, n_out) in enumerate(pairwise(units)):
        name = "output" if layer == last else f"layers.{layer}"
        found[f"{name}.W"], found[f"{name}.b"] = (n_in, n_out), (n_out,)
        if layer < last and normalized[layer]:
            found[f"{name}.gamma"] = found[f"{name}.beta"] = (n_out,)
    return found


def names(arrays: Shapes) -> list[str]:
    """The name of every parameter, in the order of theta."""
    return [
        ".".join([array, *map(str, index)])
        for array, shape in arrays.items()
        for index in product(*map(range, shape))
    ]


def place(arrays: Shapes, name: object) -> int | None:
    """Where in theta the parameter of this name is; None where there is none."""
    if not isinstance(name, str):
        return None
    offset = 0
    for array, shape in arrays.items():
        if name.startswith(f"{array}."):
            inside = _inside(shape, name.removeprefix(f"{array}.").split("."))
            return None if inside is None else offset + inside
        offset += math.prod(shape)
    return None


def _inside(shape: tuple[int, ...], indices: list[str]) -> int | None:
    """The position in a row-major array; None for what is no index of it."""
    if len(indices) != len(shape):
        return None
    position = 0
    for length, text in zip(shape, indices, strict=True):
        # "01" and "٣" would be second names of the same place
        if not (text.isascii() and text.isdecimal() and text == str(int(text[:9]))):
            return None
        if int(text) >= length:
            return None
        position = position * length + int(text)
    return position


def allowed(arrays: Shapes) -> Message:
    """The names there are, in words."""
    named = (
        ".".join([name, *(f"0–{length - 1}" if length > 1 else "0" for length in shape)])
        for name, shape in arrays.items()
    )
    return N_("the name of a parameter of this network: {names}", names=listed(named))


def number(value: object) -> float | None:
    """The value of a parameter as a float; None where it is no finite number of a float32."""
    if isinstance(value, bool) or not isinstance(value, numbers.Real):
        return None
    try:
        found = float(value)
    except OverflowError:
        return None
    return found if abs(found) <= LARGEST else None


def pack(theta: NDArray[Any]) -> str:
    """All parameters (P,) as text, exactly: "f4." or "f8.", then their little-endian bytes in base64url."""
    start = f"f{theta.dtype.itemsize}."
    little = theta.astype(PACKED[start])
    return start + base64.urlsafe_b64encode(little.tobytes()).decode().rstrip("=")


def unpack(values: object) -> NDArray[Any] | None:
    """All parameters (P,) that a text holds; None where it is no text that `pack` writes."""
    dtype = PACKED.get(values[:3]) if isinstance(values, str) else None
    if not isinstance(values, str) or dtype is None:
        return None
    text = values[3:]
    try:
        # unlike urlsafe_b64decode this takes no letter that is not one of the sixty-four
        plain = text.translate(_URLSAFE) + "=" * (-len(text) % 4)
        found: NDArray[Any] = np.frombuffer(base64.b64decode(plain, validate=True), dtype)
    except (binascii.Error, ValueError):
        return None
    return found


_URLSAFE = str.maketrans("-_+/", "+/  ")
