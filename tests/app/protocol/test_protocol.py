"""The wire against literal bytes and against everything that people and programs may send."""

import json
import pickle
import re
from pathlib import Path
from typing import Any, get_args

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from app import protocol
from app.problems import problem
from app.protocol import MODELS, Code, ProtocolError
from app.protocol.studies import What
from app.studies.job import Chunk, QueuedStudy, work
from engine import RunSpec, SpecError

ROOT = Path(__file__).parents[3]
GOLDEN = ROOT / "tests" / "golden"
DOCS = (ROOT / "docs" / "protocol.md").read_text(encoding="utf-8")

GOOD: list[dict[str, Any]] = [
    {"type": "hello", "protocol": 1},
    {
        "type": "hello",
        "id": 1,
        "protocol": 1,
        "session": "a",
        "spec": {"layers": []},
        "edits": [{"step": 3, "changes": {"batch_size": 5}}],
        "step": 7,
        "playing": True,
        "speed": None,
        "view": {"grid": 8, "neurons": 0},
    },
    {"type": "play"},
    {"type": "pause", "id": 0},
    {"type": "step"},
    {"type": "step", "count": 1_000_000, "unit": "epoch"},
    {"type": "speed", "steps_per_second": None},
    {"type": "speed", "steps_per_second": 1},
    {"type": "reset"},
    {"type": "new_start"},
    {"type": "set", "changes": {"optimizer.learning_rate": 0.1}},
    {"type": "load", "spec": {}, "edits": []},
    {"type": "view", "grid": 200, "neurons": 64},
    {"type": "ack", "frame": 0},
    {"type": "hello", "protocol": 1, "members": [{"optimizer.kind": "adam"}, {}]},
    {"type": "load", "spec": {}, "members": []},
    {"type": "view", "member": 7, "members": 64, "trajectory": True},
    {"type": "view", "inspect": {"kind": "gradients"}},
    {"type": "view", "inspect": {"kind": "gradients", "sharpness": True}},
    {"type": "view", "inspect": None},
    {"type": "place", "at": [1, -2.5]},
    {"type": "study", "id": 3, "what": {"kind": "surface", "surface": {"kind": "ravine"}}},
    {"type": "study", "what": {"kind": "race", "race": {}}},
    {"type": "study", "what": {"kind": "arithmetic", "race": {}, "racer": 7, "start": 3}},
    {"type": "study", "what": {"kind": "curvature", "race": {}, "start": 3}},
    {"type": "study", "what": {"kind": "basins", "race": {}, "grid": 128}},
    {"type": "study", "what": {"kind": "rates", "race": {}, "grid": 64}},
    {"type": "study", "what": {"kind": "race_file", "race": {}, "file": "csv"}},
    {"type": "study", "what": {"kind": "search", "search": {}}},
    {"type": "study", "what": {"kind": "landscape"}},
    {
        "type": "study",
        "what": {
            "kind": "landscape",
            "axes": {"kind": "weights", "names": ["output.b.0", "output.W.0.0"]},
            "half": "test",
            "penalty": True,
            "size": 101,
            "dimensions": 1,
            "member": 7,
        },
    },
]

BAD: list[tuple[dict[str, Any], str, str]] = [
    ({}, "type", "one of hello, play"),
    ({"type": "foo"}, "type", "one of hello, play"),
    ({"type": ["play"]}, "type", "one of hello, play"),
    ({"type": "play", "speed": 3}, "speed", "no such key; one of id"),
    ({"type": "play", "id": "one"}, "id", "a whole number"),
    ({"type": "play", "id": True}, "id", "a whole number"),
    ({"type": "play", "id": -1}, "id", "a whole number"),
    ({"type": "hello"}, "protocol", "a whole number"),
    ({"type": "hello", "protocol": "1"}, "protocol", "a whole number"),
    ({"type": "hello", "protocol": 1, "session": "x" * 65}, "session", "the name of a session"),
    ({"type": "hello", "protocol": 1, "step": -1}, "step", "0 or more"),
    ({"type": "hello", "protocol": 1, "spec": []}, "spec", "an object"),
    ({"type": "hello", "protocol": 1, "playing": 1}, "playing", "true or false"),
    ({"type": "hello", "protocol": 1, "view": {"grid": 1}}, "view.grid", "from 8 to 200"),
    ({"type": "hello", "protocol": 1, "edits": [{"step": 1}]}, "edits.0.changes", "spec paths"),
    (
        {"type": "hello", "protocol": 1, "edits": [{"step": 1.5, "changes": {"a": 1}}]},
        "edits.0.step",
        "a whole number",
    ),
    ({"type": "step", "count": 0}, "count", "from 1 to 1,000,000"),
    ({"type": "step", "count": 1e3}, "count", "from 1 to 1,000,000"),
    ({"type": "step", "count": 10**30}, "count", "from 1 to 1,000,000"),
    ({"type": "step", "unit": "year"}, "unit", '"step" or "epoch"'),
    ({"type": "speed"}, "steps_per_second", "from 0.1 to 1,000,000"),
    ({"type": "speed", "steps_per_second": 0.01}, "steps_per_second", "from 0.1 to 1,000,000"),
    ({"type": "speed", "steps_per_second": "fast"}, "steps_per_second", "or null"),
    ({"type": "set", "changes": {}}, "changes", "spec paths"),
    ({"type": "set", "changes": [1]}, "changes", "spec paths"),
    ({"type": "load"}, "spec", "an object"),
    ({"type": "view", "grid": 201}, "grid", "from 8 to 200"),
    ({"type": "view", "neurons": 7}, "neurons", "from 8 to 64"),
    ({"type": "ack"}, "frame", "the number of a frame"),
    ({"type": "hello", "protocol": 1, "members": [{}] * 9}, "members", "up to 8 objects"),
    ({"type": "hello", "protocol": 1, "members": ["adam"]}, "members.0", "an object of spec"),
    ({"type": "load", "spec": {}, "members": {}}, "members", "up to 8 objects"),
    ({"type": "view", "member": 8}, "member", "from 0 to 7"),
    ({"type": "view", "members": 7}, "members", "from 8 to 64"),
    ({"type": "view", "trajectory": 1}, "trajectory", "true or false"),
    ({"type": "place"}, "at", "a place [a, b]"),
    ({"type": "place", "at": [1]}, "at.1", "a number from -100 to 100"),
    ({"type": "place", "at": [1, 2, 3]}, "at", "a place [a, b]"),
    ({"type": "place", "at": [1, "2"]}, "at.1", "a number from -100 to 100"),
    ({"type": "view", "point": [1, 101]}, "point.1", "a number from -100 to 100"),
    ({"type": "new_start", "seeds": ["luck"]}, "seeds.0", '"weights", "data" or "batches"'),
    ({"type": "new_start", "seeds": []}, "seeds", "a list of one or more"),
    ({"type": "place", "at": [1, 101]}, "at.1", "from -100 to 100"),
    ({"type": "study"}, "what", "an object with a kind"),
    ({"type": "study", "what": 3}, "what", "an object with a kind"),
    ({"type": "study", "what": {}}, "what.kind", "one of surface, race, arithmetic"),
    ({"type": "study", "what": {"kind": 3}}, "what.kind", "one of surface, race"),
    ({"type": "study", "what": {"kind": "foo"}}, "what.kind", "one of surface, race"),
    ({"type": "study", "what": {"kind": "race"}}, "what.race", "a race: an object"),
    ({"type": "study", "what": {"kind": "race", "race": []}}, "what.race", "a race: an object"),
    ({"type": "study", "what": {"kind": "search"}}, "what.search", "a search: an object"),
    (
        {"type": "study", "what": {"kind": "race", "race": {}, "grid": 8}},
        "what.grid",
        "no such key; one of kind, race",
    ),
    (
        {"type": "study", "what": {"kind": "surface", "surface": {}, "grid": 201}},
        "what.grid",
        "from 16 to 200",
    ),
    (
        {"type": "study", "what": {"kind": "surface", "surface": {}, "view": [0, 1, 2, 1e7]}},
        "what.view.3",
        "a number from -1,000,000 to 1,000,000",
    ),
    (
        {"type": "study", "what": {"kind": "basins", "race": {}, "racer": 8}},
        "what.racer",
        "counted from 0",
    ),
    (
        {"type": "study", "what": {"kind": "landscape", "axes": {"kind": "foo"}}},
        "what.axes.kind",
        "one of pca, networks, random, line, weights",
    ),
    (
        {"type": "study", "what": {"kind": "landscape", "axes": {"kind": "random", "seed": -1}}},
        "what.axes.seed",
        "from 0 to 2,147,483,647",
    ),
    (
        {
            "type": "study",
            "what": {"kind": "landscape", "axes": {"kind": "weights", "names": ["a"]}},
        },
        "what.axes.names.1",
        "the name of a parameter",
    ),
    ({"type": "study", "what": {"kind": "landscape", "size": 8}}, "what.size", "from 9 to 101"),
    (
        {"type": "study", "what": {"kind": "landscape", "dimensions": 3}},
        "what.dimensions",
        "1 or 2",
    ),
]


@pytest.mark.parametrize("message", GOOD, ids=json.dumps)
def test_good_messages_are_read(message: dict[str, Any]) -> None:
    read = protocol.parse(json.dumps(message)).model_dump(exclude_unset=True)
    assert json.loads(json.dumps(read)) == message


@pytest.mark.parametrize(("message", "path", "allowed"), BAD, ids=json.dumps)
def test_bad_messages_name_the_field_and_what_is_allowed(
    message: dict[str, Any], path: str, allowed: str
) -> None:
    with pytest.raises(ProtocolError) as caught:
        protocol.parse(json.dumps(message))
    error = json.loads(caught.value.reply())
    assert error["code"] == "bad_message"
    assert [problem["path"] for problem in error["problems"]] == [path]
    assert allowed in error["problems"][0]["allowed"]
    assert path in error["message"]
    assert "input_value" not in error["message"]


def test_every_wrong_field_is_named_and_the_id_is_repeated() -> None:
    with pytest.raises(ProtocolError) as caught:
        protocol.parse('{"type": "view", "id": 4, "grid": 1, "neurons": 1, "colour": "red"}')
    error = json.loads(caught.value.reply())
    assert error["id"] == 4
    assert {problem["path"] for problem in error["problems"]} == {"grid", "neurons", "colour"}
    assert {problem["value"] for problem in error["problems"]} == {1, "red"}
    assert [each["path"] for each in error["problems"] if "unknown" in each] == ["colour"]


def test_an_unknown_setting_is_told_from_a_wrong_value() -> None:
    with pytest.raises(SpecError) as caught:
        RunSpec.from_dict({"batch_size": 0, "colour": "red"})
    error = protocol.spec_error(caught.value)
    assert {each["path"]: each.get("unknown") for each in error.problems} == {
        "batch_size": None,
        "colour": True,
    }
    assert "batch_size must be a whole number from 1 to 1000, not 0." in error.message
    assert "colour: no such setting here; one of data, " in error.message


@pytest.mark.parametrize(
    "text",
    [
        "",
        "nul",
        "[]",
        "3",
        '"play"',
        "{",
        '{"type": "play"',
        "[" * 60_000,
        '{"a":' * 10_000,
        '{"type": "speed", "steps_per_second": NaN}',
        '{"type": "speed", "steps_per_second": Infinity}',
        '{"type": "speed", "steps_per_second": 1e999}',
        '{"type": "set", "changes": {"optimizer.learning_rate": -1e999}}',
        '{"type": "set", "changes": {"layers": [[1e999]]}}',
        '{"type": "step", "count": ' + "9" * 60_000 + "}",
        '{"type": "\\ud800"}',
        "\ufeff{}",
    ],
    ids=lambda text: text[:40],
)
def test_what_is_no_json_is_refused(text: str) -> None:
    with pytest.raises(ProtocolError) as caught:
        protocol.parse(text)
    assert caught.value.code == "bad_json"


@pytest.mark.parametrize(
    "message",
    [
        {"type": "set", "changes": {f"a{i}": 1 for i in range(5000)}},
        {"type": "set", "changes": {"layers." + "9" * 60_000: 1}},
        {"type": "load", "spec": {"features": [f"x{i}" for i in range(6000)]}},
        {"type": "load", "spec": {"layers": [{f"a{i}": 1 for i in range(70)}]}},
    ],
    ids=lambda message: str(message)[:50],
)
def test_what_would_take_long_to_object_to_is_refused_at_once(message: dict[str, Any]) -> None:
    with pytest.raises(ProtocolError) as caught:
        protocol.parse(json.dumps(message))
    assert caught.value.code == "too_large"


def test_an_error_names_the_first_problems_only() -> None:
    spec = {"layers": [{f"a{i}": 1 for i in range(60)}] * 16}
    with pytest.raises(SpecError) as caught:
        RunSpec.from_dict(spec)
    assert len(caught.value.problems) > 900
    assert len(protocol.spec_error(caught.value).problems) == protocol.MAX_PROBLEMS
    with pytest.raises(ProtocolError) as refused:
        protocol.parse(json.dumps({"type": "load", "spec": {}, "edits": [{}] * 15_000}))
    assert len(refused.value.problems) <= protocol.MAX_PROBLEMS


LONG = '{"type": "set", "changes": {"data.rows": [' + "[1, 2, 0], " * 30_000 + "[1, 2, 1]]}"


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ('{"type": "set", "id": 7, "changes": {"optimizer.learning_rate": 1e999}}', "bad_json"),
        ('{"type": "speed", "steps_per_second": NaN, "id": 7}', "bad_json"),
        ('{"type": "speed", "steps_per_second": Infinity, "id": 7}', "bad_json"),
        (LONG + ', "id": 7}', "too_large"),
        ('{"id": 7, ' + LONG[1:] + "}", "too_large"),
        (LONG + ', "id": 7, "b": {"c": 1}}', "too_large"),
        (LONG + ', "id": 7', "too_large"),
        (LONG[:-5] + ', "id": 7}', "too_large"),
        ('{"type": "set", "id": 7, "changes": {', "bad_json"),
        ('{"id":7,"type":"set","changes":{"a":}}', "bad_json"),
        ('{"type":"set","changes":{"a":},"id":7}', "bad_json"),
        ('{"type": "nothing", "id": 7}', "bad_message"),
        ('{"id": 7}', "bad_message"),
        ('{"type": "play", "id": 7, "colour": "red"}', "bad_message"),
        ('{"type": "step", "count": "3", "id": 7}', "bad_message"),
        (
            json.dumps({"type": "set", "id": 7, "changes": dict.fromkeys(map(str, range(99)), 1)}),
            "too_large",
        ),
    ],
    ids=lambda value: value[:30] + "…" + value[-12:],
)
def test_what_is_refused_is_answered_with_its_id_wherever_it_can_be_read(
    text: str, code: str
) -> None:
    with pytest.raises(ProtocolError) as caught:
        protocol.parse(text)
    error = json.loads(caught.value.reply())
    assert (error["code"], error["id"]) == (code, 7)


@pytest.mark.parametrize(
    "text",
    [
        '{"type": "set", "id": "7", "changes": {}}',
        '{"type": "set", "id": -7, "changes": {}}',
        '{"type": "set", "id": 7.5, "changes": {}}',
        '{"type": "set", "id": true, "changes": {}}',
        '{"type": "set", "changes": {"id": 7, "a": }}',
        '{"type": "set", "id": 99999999999999999999}',
        '[{"id": 7}]',
        "",
    ],
)
def test_what_is_no_id_is_none(text: str) -> None:
    with pytest.raises(ProtocolError) as caught:
        protocol.parse(text)
    assert json.loads(caught.value.reply())["id"] is None


def test_an_error_survives_its_way_from_a_worker() -> None:
    error = ProtocolError.about("bad_message", [problem("a.b", 3, "a name")], 7)
    again = pickle.loads(pickle.dumps(error))  # noqa: S301 - our own
    assert again.reply() == error.reply()


def test_text_that_is_json_already_goes_into_a_message_as_it_is() -> None:
    text = protocol.dump("status", a=[1, "é"], b=protocol.Written('{"c":[0.5]}'), d=None)
    assert json.loads(text) == {"type": "status", "a": [1, "é"], "b": {"c": [0.5]}, "d": None}
    with pytest.raises(ValueError, match="JSON"):
        protocol.dump("status", a=float("nan"))


def test_text_is_limited_in_bytes_not_letters() -> None:
    with pytest.raises(ProtocolError) as caught:
        protocol.parse('{"type": "' + "é" * 140_000 + '"}')
    assert caught.value.code == "too_large"


def test_long_values_are_not_repeated() -> None:
    with pytest.raises(ProtocolError) as caught:
        protocol.parse(json.dumps({"type": "step", "count": "x" * 60_000}))
    assert len(caught.value.reply()) < 1500


json_values = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(), inner, max_size=3),
    max_leaves=8,
)
finite = st.floats(-(2.0**100), 2.0**100, width=32, allow_subnormal=False)
KEYS = sorted({name for model in MODELS.values() for name in model.model_fields} - {"type"})


@given(
    st.sampled_from(sorted(MODELS)),
    st.dictionaries(st.sampled_from([*KEYS, "other"]), json_values, max_size=5),
)
def test_nothing_but_protocol_errors_comes_of_any_message(kind: str, keys: dict[str, Any]) -> None:
    replies = []
    try:
        protocol.parse(json.dumps({**keys, "type": kind}))
    except ProtocolError as error:
        replies.append(error.reply())
    for reply in replies:
        assert json.loads(reply)["message"]
        assert len(reply) < 10_000


@given(st.text())
def test_nothing_but_protocol_errors_comes_of_any_text(text: str) -> None:
    with pytest.raises(ProtocolError):
        protocol.parse(text)


def golden(name: str) -> tuple[dict[str, Any], dict[str, Any]]:
    expected = json.loads((GOLDEN / f"{name}.json").read_text())
    arrays = {
        name: np.array(
            [np.nan if value is None else float(value) for value in array["data"]],
            array["dtype"],
        ).reshape(array["shape"])
        for name, array in expected["arrays"].items()
    }
    return expected["header"], arrays


@pytest.mark.parametrize("name", ["frame", "study"])
def test_the_golden_frames_are_read_as_what_they_are(name: str) -> None:
    header, found = protocol.decode((GOLDEN / f"{name}.bin").read_bytes())
    expected_header, expected = golden(name)
    assert header == expected_header
    assert found.keys() == expected.keys()
    for key, array in found.items():
        assert array.dtype == expected[key].dtype
        np.testing.assert_array_equal(array, expected[key])


@pytest.mark.parametrize("name", ["frame", "study"])
def test_the_golden_frames_are_written_byte_for_byte(name: str) -> None:
    assert protocol.encode(*golden(name)) == (GOLDEN / f"{name}.bin").read_bytes()


def test_a_study_is_sent_as_the_golden_one() -> None:
    class Fixed:
        def work(self, _budget: float) -> Chunk:
            _, arrays = golden("study")
            return Chunk(self, {"step": 30}, arrays)

    made = work(QueuedStudy(7, "landscape", 0, Fixed()))
    assert made.frame == (GOLDEN / "study.bin").read_bytes()


def test_the_document_shows_the_golden_frame() -> None:
    lines = re.findall(r"^[0-9a-f]{4}  ((?:[0-9a-f]{2} +){16})", DOCS, re.MULTILINE)
    assert bytes.fromhex("".join(lines)) == (GOLDEN / "frame.bin").read_bytes()


def test_the_document_names_every_message_and_error_code() -> None:
    for name, model in MODELS.items():
        row = re.search(rf"^\| `{name}` \|(.*)$", DOCS, re.MULTILINE)
        assert row, name
        for field in set(model.model_fields) - {"type", "id"}:
            assert f"`{field}`" in row[1], (name, field)
    for code in get_args(Code):
        assert f"`{code}`" in DOCS


def test_the_document_names_every_kind_of_study_and_its_keys() -> None:
    (union, *_) = get_args(What)
    for model in get_args(union):
        kind = get_args(model.model_fields["kind"].annotation)[0]
        row = re.search(rf"^\| `{kind}` \|(.*)$", DOCS, re.MULTILINE)
        assert row, kind
        for field in set(model.model_fields) - {"kind"}:
            assert f"`{field}`" in row[1], (kind, field)


@pytest.mark.parametrize("frame", [b"", b"MLPX" + bytes(8), b"MLPF\x08\0\0\0{}      "])
def test_decoding_what_is_no_frame_fails(frame: bytes) -> None:
    with pytest.raises((ValueError, KeyError)):
        protocol.decode(frame)


def test_only_types_of_the_wire_are_written() -> None:
    with pytest.raises(ValueError, match="the wire knows"):
        protocol.encode({}, {"a": np.zeros(1, np.int64)})


@given(st.lists(st.lists(finite, min_size=4, max_size=4), min_size=1, max_size=3))
def test_quantized_values_are_within_half_a_level(values: list[list[float]]) -> None:
    pictures = np.array(values, np.float32).reshape(-1, 2, 2)
    q, scale = protocol.quantize(pictures)
    assert q.dtype == np.int8
    assert q.shape == pictures.shape
    assert scale.shape == (len(pictures),)
    back = scale[:, None, None] * q / 127
    level = np.maximum(scale[:, None, None], 1e-37) / 127
    assert (np.abs(back - pictures) <= 0.5001 * level).all()


def test_what_is_not_finite_is_shown_at_the_ends() -> None:
    q, _ = protocol.quantize(np.array([[[np.inf, -np.inf, np.nan, 1.0]]]))
    assert q.ravel().tolist() == [127, -127, 0, 0]


@pytest.mark.parametrize(
    "number",
    [
        "0",
        "7",
        "123456789012345",
        "9007199254740992",
        "9007199254740993",
        "01",
        "-1",
        "1.0",
        "1e3",
        "٣",
        "",
    ],
)
@pytest.mark.parametrize(
    "form",
    [
        '{{"type":"ack","frame":{}}}',
        '{{"type": "ack", "frame": {}}}',
        '{{"frame":{},"type":"ack"}}',
        '{{"type":"ack","frame":{}}}\n',
        '{{"type":"ack","frame":{},"id":3}}',
        '{{"type":"ack","frame":{},"frame":2}}',
    ],
)
def test_an_acknowledgement_is_read_alike_in_every_form(form: str, number: str) -> None:
    """What a page sends after every frame is read by a shorter way, which lets in nothing else."""
    text = form.format(number)
    try:
        expected = protocol.READER.validate_json(text)
    except ValueError:
        with pytest.raises(ProtocolError):
            protocol.parse(text)
    else:
        found = protocol.parse(text)
        assert (type(found), found.model_dump()) == (type(expected), expected.model_dump())
        assert found.model_fields_set == expected.model_fields_set
