"""The wire: every message and every byte, as docs/protocol.md has them. Nothing else knows them.

Control is JSON text both ways; what is drawn goes to the browser as binary frames of typed arrays.
"""

from __future__ import annotations

import json
import math
from collections.abc import Iterable, Mapping
from itertools import islice
from typing import Annotated, Any, Literal, get_args

import numpy as np
from numpy.typing import NDArray
from pydantic import BaseModel, ConfigDict, Field, JsonValue, TypeAdapter, ValidationError
from pydantic_core import from_json

from app.problems import ProblemDict, explain, problem, sentences
from engine.problems import SpecError

VERSION = 1
MAX_TEXT = 256 * 1024
"""The longest text message answered, in bytes: 2,000 points of one's own and 1,000 edits fit."""
MAX_KEYS = 64
"""The most keys of an object, and names in a list."""
MAX_NAME = 100
"""The longest key, in letters."""
MAX_PROBLEMS = 20
"""The most problems one `error` names."""

TAKEN_OVER, NO_HELLO, OTHER_PROTOCOL, TRY_LATER = 4000, 4001, 4002, 1013

Phase = Literal["paused", "playing", "stepping", "seeking"]
Seed = Literal["weights", "data", "batches"]
What = Literal["weights", "metrics", "numpy", "pytorch"]
Code = Literal[
    "bad_json",
    "binary_not_expected",
    "too_large",
    "bad_message",
    "bad_spec",
    "hello_first",
    "internal",
]


class ProtocolError(ValueError):
    """What a client said that cannot be done; becomes an `error` message."""

    def __init__(
        self,
        code: Code,
        message: str,
        problems: list[ProblemDict] | None = None,
        reply_to: int | None = None,
    ) -> None:
        super().__init__(message)
        self.code, self.message = code, message
        self.problems, self.reply_to = problems or [], reply_to

    @classmethod
    def about(
        cls, code: Code, problems: Iterable[ProblemDict], reply_to: int | None = None
    ) -> ProtocolError:
        """An error that says what these problems, or the first of them, are."""
        named = list(islice(problems, MAX_PROBLEMS))
        return cls(code, sentences(named), named, reply_to)

    def reply(self) -> str:
        """The `error` message as JSON text."""
        return dump(
            "error", id=self.reply_to, code=self.code, message=self.message, problems=self.problems
        )


def spec_error(error: SpecError, reply_to: int | None = None) -> ProtocolError:
    """The engine's objections to a spec in the terms of the wire."""
    problems = (problem(p.path or "spec", p.value, p.allowed) for p in error.problems)
    return ProtocolError.about("bad_spec", problems, reply_to)


# What the browser says. The description of each field says what is allowed, in words for people.


class _Strict(BaseModel):
    model_config = ConfigDict(extra="forbid", strict=True, frozen=True, allow_inf_nan=False)


_SPEED = "a number of steps per second from 0.1 to 1,000,000, or null for as fast as it goes"
_CHANGES = "an object of spec paths and their new values"

Changes = Annotated[dict[str, JsonValue], Field(min_length=1, description=_CHANGES)]
Speed = Annotated[float, Field(ge=0.1, le=1e6)]


class EditMessage(_Strict):
    """A live change and the step it is made at."""

    step: int = Field(ge=0, le=2**53, description="a whole number of steps, 0 or more")
    changes: Changes


_FLAG = "true or false"
_POINT = "null, or a point [x1, x2] of two numbers from -100 to 100"

Coordinate = Annotated[float, Field(strict=True, ge=-100, le=100)]


class ViewMessage(_Strict):
    """What frames should hold: points a side of the boundary and of each neuron's picture (0: none)."""

    grid: int = Field(48, ge=8, le=200, description="a whole number from 8 to 200")
    neurons: Literal[0] | Annotated[int, Field(ge=8, le=64)] = Field(
        16, description="0, or a whole number from 8 to 64"
    )
    layers: bool = Field(False, description=_FLAG)
    masks: bool = Field(False, description=_FLAG)
    evaluation: bool = Field(False, description=_FLAG)
    scores: bool = Field(False, description=_FLAG)
    augmented: bool = Field(False, description=_FLAG)
    point: tuple[Coordinate, Coordinate] | None = Field(None, strict=False, description=_POINT)


Spec = Annotated[dict[str, JsonValue], Field(description="a spec: an object")]
Edits = Annotated[
    tuple[EditMessage, ...],
    Field(
        strict=False,
        fail_fast=True,
        description='a list of {"step", "changes"} in the order of their steps',
    ),
]


class _Message(_Strict):
    id: int | None = Field(None, ge=0, le=2**53, description="a whole number from 0 to 2^53")


class Hello(_Message):
    type: Literal["hello"]
    protocol: int = Field(description="a whole number: the version of the protocol, 1")
    session: str | None = Field(None, max_length=64, description="the name of a session, a text")
    spec: Spec | None = Field(None, description="a spec: an object")
    edits: Edits = ()
    step: int = Field(0, ge=0, le=2**53, description="a whole number of steps, 0 or more")
    playing: bool = Field(False, description="true or false")
    speed: Speed | None = Field(None, description=_SPEED)
    view: ViewMessage | None = Field(None, description="an object of what frames should hold")


class Play(_Message):
    type: Literal["play"]


class Pause(_Message):
    type: Literal["pause"]


class Step(_Message):
    type: Literal["step"]
    count: int = Field(1, ge=1, le=1_000_000, description="a whole number from 1 to 1,000,000")
    unit: Literal["step", "epoch"] = Field("step", description='"step" or "epoch"')


class SetSpeed(_Message):
    type: Literal["speed"]
    steps_per_second: Speed | None = Field(description=_SPEED)


class Seek(_Message):
    type: Literal["seek"]
    step: int = Field(ge=0, le=2**53, description="a whole number of steps, 0 or more")


class DropEdits(_Message):
    type: Literal["drop_edits"]


class Reset(_Message):
    type: Literal["reset"]


class NewStart(_Message):
    type: Literal["new_start"]
    seeds: tuple[Seed, ...] = Field(
        ("weights",),
        strict=False,
        min_length=1,
        max_length=3,
        description='a list of some of "weights", "data" and "batches"',
    )


class Set(_Message):
    type: Literal["set"]
    changes: Changes


class Load(_Message):
    type: Literal["load"]
    spec: Spec
    edits: Edits = ()


class SetView(_Message, ViewMessage):
    type: Literal["view"]


class Export(_Message):
    type: Literal["export"]
    what: What = Field(description='"weights", "metrics", "numpy" or "pytorch"')


class Ack(_Message):
    type: Literal["ack"]
    frame: int = Field(ge=0, le=2**53, description="the number of a frame that was sent")


Control = (
    Play
    | Pause
    | Step
    | SetSpeed
    | Seek
    | DropEdits
    | Reset
    | NewStart
    | Set
    | Load
    | SetView
    | Export
)
Message = Hello | Control | Ack
READER: TypeAdapter[Message] = TypeAdapter(Annotated[Message, Field(discriminator="type")])
MODELS = {get_args(model.model_fields["type"].annotation)[0]: model for model in get_args(Message)}


def parse(text: str) -> Message:
    """Read one message. Raises ProtocolError that names every wrong field and what is allowed."""
    size = len(text.encode())
    if size > MAX_TEXT:
        said = f"The message has {size} bytes; at most {MAX_TEXT} are allowed."
        raise ProtocolError("too_large", said)
    try:
        value = from_json(text, allow_inf_nan=False)
    except ValueError as error:
        raise ProtocolError("bad_json", f"The message is not JSON: {error}.") from error
    if not isinstance(value, dict):
        raise ProtocolError("bad_json", "The message must be a JSON object.")
    _examine(value)
    try:
        return READER.validate_json(text)
    except ValidationError as error:
        given = value.get("id")
        known = given if type(given) is int and 0 <= given <= 2**53 else None
        raise ProtocolError.about("bad_message", explain(error, MODELS), known) from None


def _examine(value: JsonValue) -> None:
    """Refuse what would take long to object to piece by piece, and numbers past all bounds (1e999)."""
    if isinstance(value, dict):
        if len(value) > MAX_KEYS or any(len(key) > MAX_NAME for key in value):
            said = f"An object may have {MAX_KEYS} keys of {MAX_NAME} letters."
            raise ProtocolError("too_large", said)
        for each in value.values():
            _examine(each)
    elif isinstance(value, list):
        if sum(isinstance(each, str) for each in value) > MAX_KEYS:
            raise ProtocolError("too_large", f"A list may have {MAX_KEYS} names.")
        for each in value:
            _examine(each)
    elif isinstance(value, float) and not math.isfinite(value):
        raise ProtocolError("bad_json", "The message holds a number too large to be one.")


def dump(kind: str, **keys: object) -> str:
    """One message from the server as JSON text. NaN and infinity are errors here."""
    return json.dumps({"type": kind, **keys}, separators=(",", ":"), allow_nan=False)


def finite(value: float) -> float | None:
    """A number as JSON has it: null where it is none."""
    return value if math.isfinite(value) else None


# Binary frames.

Array = NDArray[Any]
MAGIC = b"MLPF"
DTYPES = {name: np.dtype("<" + name) for name in ("i1", "u1", "i4", "u4", "f4", "f8")}


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
    text = json.dumps({**header, "arrays": listed}, separators=(",", ":"), allow_nan=False).encode()
    text += b" " * (-len(text) % 8)
    return b"".join([MAGIC, len(text).to_bytes(4, "little"), text, *parts])


def file(reply_to: int | None, name: str, media: str, content: bytes) -> bytes:
    """A `file` frame: its bytes are one array."""
    header = {"type": "file", "id": reply_to, "name": name, "media": media}
    return encode(header, {"bytes": np.frombuffer(content, np.uint8)})


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
    if not np.isfinite(flat).all():
        flat = np.nan_to_num(flat, nan=0)
    scale = np.abs(flat).max(axis=1, initial=0)
    q = np.rint(flat / np.where(scale > 0, scale, 1)[:, None] * 127)
    return q.astype(np.int8).reshape(np.shape(values)), scale.astype(np.float32)
