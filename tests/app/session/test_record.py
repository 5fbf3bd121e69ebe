"""What is written down of a run fits into the message that asks for it again."""

import json
from dataclasses import replace

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

import engine
from app.protocol import MAX_EDITS, MAX_TEXT, Hello, parse
from app.session import opening, record
from engine.spec.parameter_names import pack

RATE = "optimizer.learning_rate"


def hello(**keys: object) -> Hello:
    return Hello.model_validate({"type": "hello", "protocol": 1, **keys})


def rates(count: int) -> list[dict[str, object]]:
    return [{"step": i + 1, "changes": {RATE: 0.01 + i * 1e-6}} for i in range(count)]


def test_a_spec_is_written_as_it_is() -> None:
    rows = [[0.5, 1e-5, 0], [1, -2.25, 1]]
    for values in ({}, {"data": {"kind": "custom", "rows": rows}, "layers": []}):
        spec = engine.RunSpec.from_dict(values)
        assert json.loads(record.text(spec)) == json.loads(json.dumps(spec.to_dict()))


@given(st.lists(st.floats(allow_nan=False, allow_infinity=False)))
def test_a_browser_needs_no_more_bytes_than_are_counted(values: list[float]) -> None:
    edits = [engine.Edit(1, {RATE: value}) for value in values]
    counted = record._size(record.edits(edits).encode())
    # JavaScript writes numbers from 1e-7 to 1e21 without an exponent, and no others
    written = [
        np.format_float_positional(each, trim="-")
        if 1e-7 <= abs(each) < 1e21
        else repr(each).removesuffix(".0")
        for each in values
    ]
    longest = sum(len(f'{{"step":1,"changes":{{"{RATE}":{each}}}}},') for each in written)
    assert longest <= counted + 2


def test_too_many_edits_are_refused_with_their_number() -> None:
    recipe = engine.Recipe(engine.RunSpec.from_dict({}))
    made = tuple(engine.Edit(i + 1, {RATE: 0.1}) for i in range(MAX_EDITS + 1))
    record.check(replace(recipe, edits=made[:-1]))
    with pytest.raises(engine.SpecError, match="at most 1,000 changes"):
        record.check(replace(recipe, edits=made))


def test_what_could_not_be_asked_for_again_is_refused() -> None:
    recipe = engine.Recipe(engine.RunSpec.from_dict({"layers": [{"units": 40}] * 3}))
    whole = pack(np.zeros(engine.parameters(recipe.spec), np.float32))
    edits = [engine.Edit(i + 1, {"theta": whole}) for i in range(2 * record.ROOM // len(whole))]
    fitting = next(n for n in range(len(edits)) if not fits(recipe, edits[: n + 1]))
    message = {
        "type": "hello",
        "protocol": 1,
        "spec": recipe.spec.to_dict(),
        "edits": [{"step": each.step, "changes": dict(each.changes)} for each in edits[:fitting]],
    }
    text = json.dumps(message, separators=(",", ":"))
    assert MAX_TEXT - 3 * record.HEAD - len(whole) < len(text) < MAX_TEXT
    found = parse(text)
    assert isinstance(found, Hello)
    assert len(opening.plan(found).recipe.edits) == fitting


def fits(recipe: engine.Recipe, made: list[engine.Edit]) -> bool:
    try:
        record.check(replace(recipe, edits=tuple(made)))
    except engine.SpecError as error:
        return "to begin the run again" not in str(error)
    return True


def test_a_run_as_large_as_can_be_is_planned() -> None:
    rows = [[-i / 1000, i / 999, i % 3] for i in range(2000)]
    spec = {"data": {"kind": "custom", "rows": rows}, "layers": [{"units": 3}] * 16}
    found = opening.plan(hello(spec=spec, edits=rates(MAX_EDITS)))
    assert len(found.recipe.edits) == MAX_EDITS
    assert len(found.recipe.spec.data["rows"]) == 2000


@pytest.mark.parametrize(
    ("keys", "path"),
    [
        ({"spec": {"layers": 3}}, "layers"),
        (
            {"spec": {"layers": [{"units": 128}] * 16, "dtype": "float64"}, "members": [{}] * 8},
            "layers",
        ),
        (
            {
                "spec": {
                    "layers": [{"units": 128}] * 16,
                    "data": {"points": 4000},
                    "dtype": "float64",
                },
                "edits": [{"step": 3, "changes": {"batch_size": 1000, RATE: 0.1}}],
            },
            "edits.0.changes.batch_size",
        ),
    ],
)
def test_a_run_that_cannot_be_is_not_planned(keys: dict[str, object], path: str) -> None:
    with pytest.raises(engine.SpecError) as caught:
        opening.plan(hello(**keys))
    assert [problem.path for problem in caught.value.problems] == [path]
