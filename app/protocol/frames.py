"""Binary frames: a header of JSON text and typed arrays behind it."""

from __future__ import annotations

import json
import math
from collections.abc import Mapping, Sequence
from typing import Any

import numpy as np
from numpy.typing import NDArray

Array = NDArray[Any]
MAGIC = b"MLPF"
JSON = json.JSONEncoder(separators=(",", ":"), allow_nan=False)
"""One for all: `json.dumps` would make another for every value."""
DTYPES = {name: np.dtype("<" + name) for name in ("i1", "u1", "i2", "i4", "u4", "f4", "f8")}


def encode(header: Mapping[str, object], arrays: Mapping[str, Array]) -> bytes:
    """A binary frame: magic, header length, padded JSON header, then each array padded to 8 bytes.

    Raises ValueError for an array of a type that the wire does not know.
    """
    listed, parts = [], []
    for name, array in arrays.items():
        dtype = array.dtype.str[1:]
        if dtype not in DTYPES:
            raise ValueError(f"array {name} is {array.dtype}; the wire knows {', '.join(DTYPES)}")
        data = np.ascontiguousarray(array, DTYPES[dtype]).tobytes()
        listed.append([name, dtype, array.shape])
        parts += [data, bytes(-len(data) % 8)]
    text = JSON.encode({**header, "arrays": listed}).encode()
    text += b" " * (-len(text) % 8)
    return b"".join([MAGIC, len(text).to_bytes(4, "little"), text, *parts])


def file(
    reply_to: int | None,
    name: str,
    media: str,
    sections: Sequence[bytes],
    part: int = 0,
    done: bool = True,
) -> bytes:
    """A `file` frame: one part of a file, with what it adds to each section. Its bytes are one array."""
    header = {
        "type": "file",
        "id": reply_to,
        "name": name,
        "media": media,
        "part": part,
        "done": done,
        "sections": [len(section) for section in sections],
    }
    return encode(header, {"bytes": np.frombuffer(b"".join(sections), np.uint8)})


def decode(frame: bytes) -> tuple[dict[str, Any], dict[str, Array]]:
    """The header and the arrays of a binary frame; raises ValueError if it is not one."""
    if frame[:4] != MAGIC:
        raise ValueError("not a frame: it does not start with MLPF")
    at = 8 + int.from_bytes(frame[4:8], "little")
    header = json.loads(frame[8:at])
    arrays = {}
    for name, dtype, shape in header.pop("arrays"):
        array = np.frombuffer(frame, DTYPES[dtype], math.prod(shape), at).reshape(shape)
        arrays[name] = array
        at += array.nbytes + -array.nbytes % 8
    if at != len(frame):
        raise ValueError(f"the frame should have {at} bytes and has {len(frame)}")
    return header, arrays


def quantize(values: Array) -> tuple[Array, Array]:
    """Pictures (K, ...) as whole numbers q from −127 to 127 (i1) and a scale (f4) for each.

    value = scale · q / 127, where scale is the largest magnitude in the picture. Where a value is
    not finite the picture shows 0 for NaN and the largest finite number for infinity.
    """
    flat = np.asarray(values, np.float32).reshape(len(values), -1)
    scale = np.abs(flat).max(axis=1, initial=0)
    if not np.isfinite(scale).all():
        flat = np.nan_to_num(flat, nan=0)
        scale = np.abs(flat).max(axis=1, initial=0)
    q = np.rint(flat / np.where(scale > 0, scale, 1)[:, None] * 127)
    return q.astype(np.int8).reshape(np.shape(values)), scale.astype(np.float32)
