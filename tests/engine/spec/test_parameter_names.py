"""Single parameters by their names: found where `layout` says, set by an edit, and nothing else touched."""

import base64
import math
import struct
from fractions import Fraction
from typing import Any

import numpy as np
import pytest
from hypothesis import given, settings

import engine
from engine.spec.parameter_names import names, pack, place, unpack
from tests.engine.strategies import spec_dicts

DEEP = engine.RunSpec.from_dict(
    {"layers": [{"units": 3, "batch_norm": True}, {"units": 2}], "data": {"kind": "blobs"}}
)


@settings(max_examples=50)
@given(spec_dicts())
def test_the_arrays_of_a_spec_are_those_of_its_layout(values: dict[str, Any]) -> None:
    spec = engine.RunSpec.from_dict(values)
    offset = 0
    for (name, at, shape), (mine, own) in zip(
        engine.layout(spec), spec.arrays.items(), strict=True
    ):
        assert (name, at, tuple(shape)) == (mine, offset, own)
        offset += math.prod(own)
    assert offset == engine.parameters(spec)


def test_every_parameter_has_one_name_and_a_place_of_its_own() -> None:
    expected = [
        ".".join([name, *map(str, index)])
        for name, _, shape in engine.layout(DEEP)
        for index in np.ndindex(*shape)
    ]
    assert names(DEEP.arrays) == expected
    assert [place(DEEP.arrays, name) for name in expected] == list(range(engine.parameters(DEEP)))


@pytest.mark.parametrize(
    "name",
    [
        "layers.0.W.0",
        "layers.0.W.2.0",
        "layers.0.W.0.3",
        "layers.0.W.00.1",
        "layers.0.W.-1.0",
        "layers.0.W.0.٣",
        "layers.1.gamma.0",
        "output.b",
        "output.b.0.0",
        "layers.0.W.1." + "9" * 5000,
        "",
        7,
    ],
)
def test_what_names_nothing_is_refused_with_what_there_is(name: object) -> None:
    assert place(DEEP.arrays, name) is None
    with pytest.raises(engine.SpecError, match=r"layers\.0\.gamma\.0–2"):
        engine.RunSpec.from_dict({**DEEP.to_dict(), "frozen": [name]})
    if isinstance(name, str):
        with pytest.raises(engine.SpecError, match="the name of a parameter"):
            engine.edit(engine.start(DEEP), {f"theta.{name}": 0.5})


def test_an_edit_sets_a_parameter_of_every_member_and_nothing_else() -> None:
    specs = [DEEP, DEEP.replace({"weights_seed": 2})]
    state, _ = engine.train(engine.start(specs), 20)
    changed = engine.edit(state, {"theta.layers.0.W.1.2": -2.5, "optimizer.learning_rate": 0.5})
    at = place(DEEP.arrays, "layers.0.W.1.2")
    assert at == 5
    assert (changed.theta[:, at] == np.float32(-2.5)).all()
    others = np.arange(changed.theta.shape[1]) != at
    np.testing.assert_array_equal(changed.theta[:, others], state.theta[:, others])
    assert changed.spec.optimizer["learning_rate"] == 0.5
    assert not changed.theta.flags.writeable


@pytest.mark.parametrize(
    "value", [math.nan, math.inf, 3.5e38, "0.5", None, True, [1], 10**400], ids=str
)
def test_a_value_must_be_a_finite_number(value: object) -> None:
    state = engine.start(DEEP)
    with pytest.raises(engine.SpecError, match="a number from") as caught:
        engine.edit(state, {"theta.output.b.0": value})
    assert [problem.path for problem in caught.value.problems] == ["theta.output.b.0"]


@pytest.mark.parametrize("value", [3.4e38, -3.4e38, 10**30, np.float32(0.1), Fraction(1, 3)])
def test_every_number_of_a_float32_is_taken(value: Any) -> None:
    changed = engine.edit(engine.start(DEEP), {"theta.output.b.0": value})
    assert changed.theta[0, place(DEEP.arrays, "output.b.0")] == np.float32(value)


def test_a_run_with_parameters_set_replays_bit_for_bit() -> None:
    state, _ = engine.train(engine.edit(engine.start(DEEP), {"theta.output.b.1": 3}), 33)
    state = engine.edit(state, {"theta.layers.1.W.0.0": 0, "batch_size": 7})
    state, _ = engine.train(state, 50)
    again = engine.replay(state.start_spec, state.edits, state.step)
    np.testing.assert_array_equal(again.theta, state.theta)
    loaded = engine.load(engine.dump(state))
    assert loaded.edits == state.edits


def test_all_parameters_are_set_at_once_and_single_ones_after_that() -> None:
    state, _ = engine.train(engine.start([DEEP, DEEP.replace({"weights_seed": 2})]), 20)
    size = engine.parameters(DEEP)
    numbers = np.linspace(-2, 3, size).tolist()
    changed = engine.edit(state, {"theta.output.b.0": 7, "theta": numbers, "batch_size": 5})
    expected = np.array(numbers, np.float32)
    expected[place(DEEP.arrays, "output.b.0")] = 7
    np.testing.assert_array_equal(changed.theta, np.stack([expected, expected]))
    assert changed.spec.batch_size == 5
    for name, slot in state.slots.items():
        np.testing.assert_array_equal(changed.slots[name], slot)
    assert not changed.theta.flags.writeable


def test_a_run_with_all_parameters_set_replays_bit_for_bit() -> None:
    rng = np.random.default_rng(3)
    state = engine.start(DEEP)
    for steps in (0, 33, 7):
        state, _ = engine.train(state, steps)
        numbers = rng.normal(size=engine.parameters(DEEP)).tolist()
        state = engine.edit(state, {"theta": numbers})
    state, _ = engine.train(state, 20)
    again = engine.replay(state.start_spec, state.edits, state.step)
    np.testing.assert_array_equal(again.theta, state.theta)
    loaded = engine.load(engine.dump(state))
    assert [edit.step for edit in loaded.edits] == [0, 33, 40]
    ahead = engine.replay(loaded.start_spec, loaded.edits, 80).theta
    np.testing.assert_array_equal(ahead, engine.train(state, 20)[0].theta)


@pytest.mark.parametrize("values", [None, 3, "12", {}, [], [0.0], [0.0] * 1000])
def test_all_parameters_are_as_many_numbers_as_there_are(values: object) -> None:
    with pytest.raises(engine.SpecError, match=f"a list of {engine.parameters(DEEP)}") as caught:
        engine.edit(engine.start(DEEP), {"theta": values})
    assert [problem.path for problem in caught.value.problems] == ["theta"]


def test_each_wrong_number_of_all_parameters_is_named() -> None:
    numbers: list[object] = [0.5] * engine.parameters(DEEP)
    numbers[2], numbers[5], numbers[6] = math.nan, "1", True
    with pytest.raises(engine.SpecError, match="a number from") as caught:
        engine.edited((DEEP,), {"theta": numbers, "theta.theta": 1})
    paths = [problem.path for problem in caught.value.problems]
    assert paths == ["theta.2", "theta.5", "theta.6", "theta.theta"]


def test_parameters_are_told_from_settings() -> None:
    changes = {"theta": [1], "batch_size": 3, "theta.output.b.0": 1, "thetas": 2}
    parts = engine.spec.split(changes)
    assert parts.settings == {"batch_size": 3, "thetas": 2}
    assert parts.values == {"theta": [1], "theta.output.b.0": 1}
    assert engine.spec.is_live("theta")
    assert engine.spec.is_live("theta.output.b.0")
    assert not engine.spec.is_live("thetas")


def test_all_parameters_as_text_are_their_bytes() -> None:
    values = [0.5, -1e-7, 2.0]
    for dtype, code in (("float32", "f"), ("float64", "d")):
        packed = pack(np.array(values, dtype))
        head, _, text = packed.partition(".")
        assert head == {"f": "f4", "d": "f8"}[code]
        padded = text + "=" * (-len(text) % 4)
        assert base64.urlsafe_b64decode(padded) == struct.pack(f"<3{code}", *values)
        np.testing.assert_array_equal(unpack(packed), np.array(values, dtype))


@pytest.mark.parametrize(
    "values", ["", "f4", "f2.AAAA", "f4.AAA", "f4.A===", "f4.AA AA", "f4.A+/A", "f4.é", 3, None, []]
)
def test_what_is_no_such_text_is_none(values: object) -> None:
    assert unpack(values) is None


@pytest.mark.parametrize("dtype", ["float32", "float64"])
def test_all_parameters_as_text_are_as_good_as_a_list(dtype: str) -> None:
    spec = DEEP.replace({"dtype": dtype})
    state, _ = engine.train(engine.start(spec), 20)
    values = engine.train(engine.start(spec.replace({"weights_seed": 5})), 7)[0].theta[0]
    as_text = engine.edit(state, {"theta": pack(values), "theta.output.b.0": 2})
    as_list = engine.edit(state, {"theta": values.tolist(), "theta.output.b.0": 2})
    np.testing.assert_array_equal(as_text.theta, as_list.theta)
    np.testing.assert_array_equal(as_text.theta[0, :-3], values[:-3])
    again = engine.replay(spec, as_text.edits, 30)
    np.testing.assert_array_equal(again.theta, engine.train(as_text, 10)[0].theta)


def test_numbers_of_the_text_that_are_none_are_named() -> None:
    values = np.zeros(engine.parameters(DEEP))
    values[2], values[5] = math.inf, math.nan
    with pytest.raises(engine.SpecError) as caught:
        engine.edited((DEEP,), {"theta": pack(values)})
    assert [problem.path for problem in caught.value.problems] == ["theta.2", "theta.5"]
