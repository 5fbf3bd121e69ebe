"""A state as bytes and back: versioned, checked, and nothing in it is ever executed.

For whoever keeps a state outside of its process: `dump` it, and what `load` gives goes on bit for bit. The
server keeps its checkpoints so, the states along a run from which a seek trains on: as bytes they travel from
a worker as they are, and are counted to the byte in what a session may hold.

All numbers little-endian:

    0   magic         MLPS in ASCII
    4   version       unsigned 32-bit
    8   length        unsigned 64-bit: of the whole snapshot
    16  digest        SHA-256 of everything behind it
    48  header size   unsigned 64-bit: of the header, a multiple of 8
    56  header        JSON in UTF-8, padded at the end with spaces
    ..  arrays        in the header's order, row-major, each padded with zero bytes to a multiple of 8

The header has `state`, the fields of the state by name as `engine.training.serialize` writes them; `specs`,
each distinct spec once; and `arrays`, a list of [dtype, shape]. So a field that is added to `State` is kept
here too, and where an older snapshot lacks it, it takes its default.
"""

from __future__ import annotations

import hashlib
import json
import math
import struct

import numpy as np

from engine.core.arrays import Array, read_only
from engine.core.errors import SpecError
from engine.core.registry import one_of
from engine.network.layout import parameters
from engine.spec.run_spec import RunSpec
from engine.training.run import start
from engine.training.serialize import DTYPES, Reader, Writer
from engine.training.state import State, expect_state
from engine.words import N_, NN_

MAGIC = b"MLPS"
VERSION = 1
_HEAD = struct.Struct("<4sIQ32s")
_SIZE = struct.Struct("<Q")


class SnapshotError(ValueError):
    """Bytes are not a snapshot that this version can read; the text says what is wrong with them."""


def dump(state: State) -> bytes:
    """The whole state as bytes; equal states give equal bytes. Raises TypeError for anything else.

    A population is several states: dump each of its `states`, and keep its `axes` and `places`.

    >>> import engine
    >>> state = engine.start(engine.RunSpec.from_dict({}))
    >>> engine.load(engine.dump(state)).theta.tobytes() == state.theta.tobytes()
    True
    """
    expect_state("dump", state)
    writer = Writer()
    tree = writer.write(state)
    header = {
        "state": tree,
        "specs": [spec.to_dict() for spec in writer.specs],
        "arrays": [[array.dtype.str, array.shape] for array in writer.arrays],
    }
    text = json.dumps(header, allow_nan=False, ensure_ascii=False, separators=(",", ":")).encode()
    text += b" " * _padding(len(text))
    parts = [_SIZE.pack(len(text)), text]
    for array in writer.arrays:
        parts += [array.tobytes(), bytes(_padding(array.nbytes))]
    body = b"".join(parts)
    digest = hashlib.sha256(body).digest()
    return _HEAD.pack(MAGIC, VERSION, _HEAD.size + len(body), digest) + body


def load(data: bytes) -> State:
    """The state that was dumped, bit for bit.

    Raises SnapshotError where the bytes are damaged, cut short, of a newer version or no snapshot at all.
    """
    body = _checked_body(data)
    try:
        state = _state(body)
        _check_arrays(state)
    except SpecError as error:
        raise SnapshotError(
            N_("this version does not take the spec in the snapshot: {error}", error=str(error))
        ) from error
    except SnapshotError:
        raise
    except (
        ValueError,
        TypeError,
        LookupError,
        OverflowError,
        RecursionError,
        struct.error,
    ) as error:
        raise SnapshotError(
            N_("the snapshot does not hold a state: {error}", error=str(error))
        ) from error
    return state


def _checked_body(data: bytes) -> bytes:
    """What stands behind the digest, once it is known to be what was written."""
    if data[:4] != MAGIC[: len(data)] or not data:
        raise SnapshotError(
            N_(
                "not a snapshot: it begins with {found}, not {magic}",
                found=repr(bytes(data[:4])),
                magic=repr(MAGIC),
            )
        )
    if len(data) < _HEAD.size:
        raise SnapshotError(
            NN_(
                "the snapshot is cut short: {count} byte, fewer than its head has",
                "the snapshot is cut short: {count} bytes, fewer than its head has",
                len(data),
            )
        )
    _, version, length, digest = _HEAD.unpack_from(data)
    if version != VERSION:
        if version > VERSION:
            raise SnapshotError(
                N_(
                    "the snapshot is of a newer version, {version}; this one reads version {own}",
                    version=version,
                    own=VERSION,
                )
            )
        raise SnapshotError(
            N_(
                "the snapshot is of an unknown version, {version}; this one reads version {own}",
                version=version,
                own=VERSION,
            )
        )
    if length != len(data):
        if len(data) < length:
            raise SnapshotError(
                N_(
                    "the snapshot is cut short: {found} bytes where it says {said}",
                    found=len(data),
                    said=length,
                )
            )
        raise SnapshotError(
            N_(
                "the snapshot has too many bytes: {found} where it says {said}",
                found=len(data),
                said=length,
            )
        )
    body = data[_HEAD.size :]
    if hashlib.sha256(body).digest() != digest:
        raise SnapshotError(N_("the snapshot is damaged: its contents do not match their digest"))
    return body


def _state(body: bytes) -> State:
    (size,) = _SIZE.unpack_from(body)
    header = json.loads(body[_SIZE.size : _SIZE.size + size])
    specs = [RunSpec.from_dict(values) for values in header["specs"]]
    reader = Reader(specs, _arrays(header["arrays"], body, _SIZE.size + size))
    state: State = reader.read(State, header["state"])
    return state


def _arrays(described: list[tuple[str, list[int]]], body: bytes, offset: int) -> list[Array]:
    """The arrays from `offset` to the end, read-only."""
    found = []
    for dtype, shape in described:
        if dtype not in DTYPES:
            raise SnapshotError(
                N_(
                    "the snapshot holds an array of {dtype}; expected {allowed}",
                    dtype=repr(dtype),
                    allowed=one_of(DTYPES),
                )
            )
        array = np.frombuffer(body, dtype, math.prod(shape), offset).reshape(shape).copy()
        found.append(read_only(array))
        offset += array.nbytes + _padding(array.nbytes)
    if offset != len(body):
        raise SnapshotError(
            N_("the snapshot's arrays end at {end} of {bytes} bytes", end=offset, bytes=len(body))
        )
    return found


def _check_arrays(state: State) -> None:
    """Refuse a state whose arrays do not fit its specs, as no dump can be."""
    members, shape = len(state.specs), (len(state.specs), parameters(state.spec))
    # before `start` makes arrays, see that they are no larger than those that are here
    if state.theta.shape != shape or members != len(state.start_specs):
        raise SnapshotError(
            N_(
                "the snapshot's weights are {found}; its specs need {needed}",
                found=str(state.theta.shape),
                needed=str(shape),
            )
        )
    fresh = start(state.specs)
    expected = {"theta": fresh.theta, "running": fresh.running, **fresh.slots}
    found = {"theta": state.theta, "running": state.running, **state.slots}
    kinds = [{name: (a.shape, a.dtype) for name, a in each.items()} for each in (expected, found)]
    counts = {len(each) for each in (state.slots_since, state.schedule_since, state.clipped)}
    if kinds[0] != kinds[1] or counts != {members}:
        raise SnapshotError(N_("the snapshot's arrays do not fit its specs"))


def _padding(size: int) -> int:
    """How many bytes are missing to a multiple of 8."""
    return -size % 8
