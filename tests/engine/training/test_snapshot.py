"""Snapshots keep every bit of a state, and whatever is not one is refused with a reason."""

import hashlib
import json
import struct
from collections.abc import Callable
from dataclasses import fields, replace
from functools import cache
from typing import Any

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

import engine
from engine.training.snapshot import MAGIC, SnapshotError, dump, load
from engine.training.state import Best
from tests.engine.strategies import spec_dicts

HEAD = 48
"""Where the digest ends."""


def equal(one: Any, other: Any) -> bool:
    """Whether two values are of the same type and equal, arrays bit for bit, whatever they are made of."""
    if isinstance(one, np.ndarray):
        bits = [(a.shape, a.dtype, a.tobytes()) for a in (one, other)]
        return bits[0] == bits[1]
    if isinstance(one, engine.State | Best):
        one, other = ({f.name: getattr(v, f.name) for f in fields(v)} for v in (one, other))
    if isinstance(one, dict):
        return list(one) == list(other) and all(equal(one[key], other[key]) for key in one)
    if isinstance(one, tuple):
        return len(one) == len(other) and all(map(equal, one, other))
    return type(one) is type(other) and one == other


@cache
def full() -> engine.State:
    """A state in which no field is empty: a member stopped, another failed, a third waits."""
    base = engine.RunSpec.from_dict(
        {
            "layers": [{"units": 5, "activation": "relu", "batch_norm": True, "dropout": 0.2}],
            "optimizer": {"kind": "adam", "learning_rate": 0.01},
            "data": {"points": 84, "noise": 0.3},
            "shuffle": True,
        }
    )
    specs = [
        base.replace({"stop": {"kind": "plateau", "patience": 100}}),
        base.replace({"stop": {"kind": "steps", "steps": 30}}),
        base.replace({"stop": {"kind": "plateau", "patience": 1, "improvement": 0.1}}),
    ]
    state, _ = engine.train(engine.start(specs), 33)
    state = engine.edit(state, {"optimizer.beta1": 0.8, "penalty.l1": 0.001})
    state, _ = engine.train(state, 20)
    failure = engine.Failure(1, 44, "too large for float32", ("Lower the learning rate.",))
    return replace(state, failures=(failure,))


def test_every_field_survives() -> None:
    state = full()
    for field in fields(state):
        value = getattr(state, field.name)
        assert value is not None
        assert np.size(value), f"the test's state has nothing in {field.name}"
    back = load(dump(state))
    for field in fields(state):
        assert equal(getattr(back, field.name), getattr(state, field.name)), field.name
    assert dump(back) == dump(state)


@settings(max_examples=40)
@given(spec_dicts(), st.integers(0, 50), st.integers(0, 30))
def test_training_goes_on_bit_for_bit(values: dict[str, Any], before: int, after: int) -> None:
    state, _ = engine.train(engine.start(engine.RunSpec.from_dict(values)), before)
    back = load(dump(state))
    assert equal(back, state)
    assert equal(engine.train(back, after)[0], engine.train(state, after)[0])


def test_what_is_loaded_is_read_only() -> None:
    back = load(dump(full()))
    with pytest.raises(ValueError, match="read-only"):
        back.theta[0, 0] = 1


def test_members_that_share_a_spec_share_its_text() -> None:
    spec = engine.RunSpec.from_dict({})
    one, many = (dump(engine.start([spec] * members)) for members in (1, 100))
    parameters = 4 * engine.parameters(spec)
    assert len(many) < len(one) + 99 * parameters + 2000


def test_the_bytes_are_those_that_are_written_down() -> None:
    data = dump(engine.start(engine.RunSpec.from_dict({"features": ["x1"], "layers": []})))
    magic, version, length, digest = struct.unpack("<4sIQ32s", data[:HEAD])
    assert (magic, version, length) == (b"MLPS", 1, len(data))
    assert digest == hashlib.sha256(data[HEAD:]).digest()
    (size,) = struct.unpack("<Q", data[HEAD : HEAD + 8])
    header = json.loads(data[HEAD + 8 : HEAD + 8 + size])
    assert header["state"]["specs"] == header["state"]["start_specs"] == [0]
    assert header["arrays"][header["state"]["theta"]] == ["<f4", [1, 2]]
    theta = np.frombuffer(data, "<f4", 2, HEAD + 8 + size)
    np.testing.assert_array_equal(theta, load(data).theta[0])


@given(st.data())
def test_any_changed_byte_is_found(data: st.DataObject) -> None:
    written = bytearray(dump(full()))
    # the head is short, so that it would hardly be drawn
    place = data.draw(st.integers(0, HEAD + 16) | st.integers(0, len(written) - 1))
    written[place] ^= data.draw(st.integers(1, 255))
    with pytest.raises(SnapshotError):
        load(bytes(written))


@given(st.data())
def test_any_other_length_is_found(data: st.DataObject) -> None:
    written = dump(full())
    kept = data.draw(st.integers(0, HEAD + 16) | st.integers(0, len(written) - 1))
    with pytest.raises(SnapshotError):
        load(written[:kept])
    with pytest.raises(SnapshotError, match="too many bytes"):
        load(written + data.draw(st.binary(min_size=1, max_size=20)))


@given(st.binary(max_size=200))
def test_anything_else_is_refused(data: bytes) -> None:
    for foreign in (data, MAGIC + data):
        with pytest.raises(SnapshotError):
            load(foreign)


def test_refusals_say_why() -> None:
    written = dump(full())
    newer = written[:4] + struct.pack("<I", 2) + written[8:]
    cases = {
        "not a snapshot: it begins with b'PK": b"PK\x03\x04" + written,
        "not a snapshot": b"",
        "cut short: 10 bytes": written[:10],
        f"cut short: 1000 bytes where it says {len(written)}": written[:1000],
        "newer version, 2; this one reads version 1": newer,
        "contents do not match their digest": written[:-1] + b"\xff",
    }
    for reason, data in cases.items():
        with pytest.raises(SnapshotError, match=reason):
            load(data)


def forged(change: Callable[[dict[str, Any]], object]) -> bytes:
    """A snapshot with another header and a digest that is right: what only a person would make."""
    written = dump(full())
    (size,) = struct.unpack("<Q", written[HEAD : HEAD + 8])
    header = json.loads(written[HEAD + 8 : HEAD + 8 + size])
    change(header)
    text = json.dumps(header).encode()
    text += b" " * (-len(text) % 8)
    body = struct.pack("<Q", len(text)) + text + written[HEAD + 8 + size :]
    return struct.pack("<4sIQ32s", MAGIC, 1, HEAD + len(body), hashlib.sha256(body).digest()) + body


@pytest.mark.parametrize(
    ("path", "value"),
    [
        ("state", {}),
        ("state", None),
        ("state.step", "many"),
        ("state.step", True),
        ("state.future", 1),
        ("state.theta", -1),
        ("state.theta", 99),
        ("state.theta", 1),
        ("state.specs", []),
        ("state.specs", [0] * 1_000_000),
        ("state.start_specs", [0]),
        ("state.slots_since", [0]),
        ("state.slots", {}),
        ("state.best", {"loss": 0}),
        ("specs", {}),
        ("specs.0", {"batch_size": 0}),
        ("specs.0", {}),
        ("arrays", []),
        ("arrays.0", [[1], "<f4"]),
        ("arrays.0", ["|O8", [1]]),
        ("arrays.0.1", [10**9, 10**9, 10**9]),
        ("arrays.0.1", [-1]),
        ("arrays.0.1", [0] * 100),
    ],
    ids=str,
)
def test_a_forged_header_is_refused(path: str, value: object) -> None:
    def change(header: Any) -> None:
        *parents, name = [int(key) if key.isdigit() else key for key in path.split(".")]
        for key in parents:
            header = header[key]
        header[name] = value

    with pytest.raises(SnapshotError):
        load(forged(change))


def test_fields_that_an_older_version_had_not_take_their_defaults() -> None:
    older = forged(lambda header: [header["state"].pop(name) for name in ("stops", "best")])
    # the arrays of what is left out stay behind, unused
    back = load(older)
    assert (back.stops, back.best) == ((), None)
    assert equal(back.theta, full().theta)


def test_a_population_is_no_state() -> None:
    population: Any = engine.start(engine.RunSpec.from_dict({}), {"weights_seed": [1, 2]})
    with pytest.raises(TypeError, match="not a Population"):
        dump(population)
