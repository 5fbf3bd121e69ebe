"""Values written as JSON and read back by their declared types."""

from __future__ import annotations

import json
import math
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

import numpy as np
import pytest

from engine.core.arrays import Array
from engine.spec.run_spec import RunSpec
from engine.training.serialize import Reader, Writer
from engine.words import N_, NC_, NN_, Message


@dataclass(frozen=True)
class Inner:
    """Something small."""

    name: str
    rate: float = 0.5


@dataclass(frozen=True)
class Outer:
    """One field of every kind there is."""

    spec: RunSpec
    array: Array
    numbers: tuple[int, ...]
    rates: tuple[float, ...]
    parts: Mapping[str, Inner]
    changes: Mapping[str, Any]
    some: Inner | None = None
    on: bool = False


SPEC = RunSpec.from_dict({})
OUTER = Outer(
    spec=SPEC,
    array=np.array([[1.0, np.nan]]),
    numbers=(1, -2),
    rates=(0.1, math.inf, -math.inf, 3.0),
    parts={"first": Inner("ε")},
    changes={"optimizer.learning_rate": 0.25, "data.kind": "xor"},
    some=Inner("here", 1e-300),
    on=True,
)


def test_every_kind_of_field_comes_back() -> None:
    writer = Writer()
    text = json.dumps(writer.write(OUTER), allow_nan=False)
    assert list(writer.specs) == [SPEC]
    back = Reader(list(writer.specs), writer.arrays).read(Outer, json.loads(text))
    assert back.array is writer.arrays[0]
    for name in ("spec", "numbers", "rates", "parts", "changes", "some", "on"):
        assert getattr(back, name) == getattr(OUTER, name), name


def test_numbers_of_numpy_become_plain_ones() -> None:
    written = Writer().write((np.float32(0.5), np.int64(3), np.bool_(True), np.float64("nan")))
    assert written == [0.5, 3, True, "nan"]
    assert [type(value) for value in written] == [float, int, bool, str]


def test_arrays_are_little_endian() -> None:
    writer = Writer()
    writer.write(np.array([1, 2], ">f8"))
    assert writer.arrays[0].dtype.str == "<f8"
    assert writer.arrays[0].tolist() == [1, 2]


@pytest.mark.parametrize("value", [object(), 1j, np.array(["text"]), np.array([None])])
def test_what_cannot_be_written_is_an_error(value: object) -> None:
    with pytest.raises(TypeError, match="cannot write"):
        Writer().write(value)


@pytest.mark.parametrize(
    ("hint", "value", "reason"),
    [
        (int, True, "expected int, not True"),
        (int, 1.0, "expected int"),
        (str, 1, "expected str"),
        (float, "many", "could not convert"),
        (Inner, {"rate": 1.0}, "Inner lacks name"),
        (Inner, {"name": "a", "size": 1}, "Inner has no size here"),
        (Inner, ["a"], "expected dict"),
        (RunSpec, 0, "out of range"),
        (RunSpec, -1, "-1 is no position"),
        (set[int], [1], "not known here"),
    ],
)
def test_what_cannot_be_read_is_an_error(hint: Any, value: Any, reason: str) -> None:
    with pytest.raises((ValueError, TypeError, LookupError), match=reason):
        Reader([], []).read(hint, value)


SAID = N_("{why}; it was {loss}", why=NN_("{count} epoch", "{count} epochs", 3), loss="0.1")


def read_message(value: Any) -> Message:
    found: Message = Reader([], []).read(str, value)
    return found


@pytest.mark.parametrize("message", [SAID, NC_("schedule", "Step"), N_("max{0, x}")])
def test_a_message_comes_back_with_what_it_was_made_of(message: Message) -> None:
    back = read_message(json.loads(json.dumps(Writer().write(message))))
    assert back == message
    assert all(getattr(back, name) == getattr(message, name) for name in Message.__slots__)


@pytest.mark.parametrize(
    "template", ["{why:>999999999}", "{why.__class__}", "{why!r}", "{other}", "{}", "{why}{why}"]
)
def test_a_message_has_no_holes_but_plain_ones(template: str) -> None:
    written = Writer().write(N_("{why}", why="so")) | {"template": template}
    with pytest.raises(ValueError, match="hole"):
        read_message(written)


@pytest.mark.parametrize(
    "wrong", [{"template": 5}, {"values": {"why": 0.5}}, {"number": "3"}, {"other": 1}]
)
def test_parts_of_a_message_have_their_types(wrong: dict[str, object]) -> None:
    with pytest.raises(TypeError, match="expected"):
        read_message(Writer().write(N_("{why}", why="so")) | wrong)
