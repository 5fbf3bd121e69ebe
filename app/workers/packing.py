"""What goes through the pipe between the server and a worker: messages, each framed by its length.

A message is a pickle and the large arrays in it, which are neither copied into the pickle nor out of it:

    0   number n of arrays, unsigned 32-bit, little-endian
    4   n + 1 lengths, unsigned 64-bit: of the pickle, then of each array
    ..  the pickle, then the arrays
"""

from __future__ import annotations

import pickle
import struct
from collections.abc import Iterator, Sequence
from typing import Any

LARGE = 2**16
"""Bytes from which on an array travels beside the pickle."""
_COUNT = struct.Struct("<I")

Part = bytes | memoryview


def pack(value: object) -> list[Part]:
    """The parts of a message, to be sent one after the other. Raises what pickling raises."""
    large: list[memoryview] = []

    def stays(buffer: pickle.PickleBuffer) -> bool:
        view = buffer.raw()
        if view.nbytes >= LARGE:
            large.append(view)
        return view.nbytes < LARGE

    packed = pickle.dumps(value, pickle.HIGHEST_PROTOCOL, buffer_callback=stays)
    lengths = [len(packed), *(view.nbytes for view in large)]
    head = struct.pack(f"<I{len(lengths)}Q", len(large), *lengths)
    # one piece where all is small: one write, one read
    return [head + packed] if not large else [head + packed, *large]


def unpack(message: Sequence[memoryview]) -> Any:
    """The value of a message: its pickle, and its large arrays, which stay where they are, read-only."""
    packed, *large = message
    return pickle.loads(packed, buffers=[view.toreadonly() for view in large])  # noqa: S301 - our own


class Messages:
    """Puts together what comes in pieces."""

    def __init__(self) -> None:
        self._data = bytearray()

    def feed(self, data: bytes) -> Iterator[list[memoryview]]:
        """Each message that is complete with these bytes."""
        self._data += data
        while (lengths := self._lengths()) is not None:
            at = _COUNT.size + 8 * len(lengths)
            end = at + sum(lengths)
            if len(self._data) < end:
                return
            # what is behind it goes into an array of its own: that of the message is the message's now
            whole, self._data = self._data, self._data[end:]
            view, parts = memoryview(whole), []
            for length in lengths:
                parts.append(view[at : at + length])
                at += length
            yield parts

    def _lengths(self) -> tuple[int, ...] | None:
        """Those of the message that comes next; None while they are not here."""
        if len(self._data) < _COUNT.size:
            return None
        (large,) = _COUNT.unpack_from(self._data)
        if len(self._data) < _COUNT.size + 8 * (large + 1):
            return None
        return struct.unpack_from(f"<{large + 1}Q", self._data, _COUNT.size)
