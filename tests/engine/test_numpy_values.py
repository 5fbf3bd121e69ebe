"""Wherever lists and numbers are taken, NumPy's arrays and scalars are, with the same result."""

import json
from typing import Any

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

import engine
from tests.engine.race.strategies import race_dicts
from tests.engine.strategies import spec_dicts

SCALARS: dict[type, Any] = {bool: np.bool_, int: np.int64, float: np.float64, str: np.str_}


def boxed(value: Any) -> Any:
    """The same value in NumPy's types, as far as they have it."""
    if type(value) in SCALARS:
        return SCALARS[type(value)](value)
    if isinstance(value, dict):
        return {key: boxed(part) for key, part in value.items()}
    if isinstance(value, list) and value and not any(isinstance(part, dict) for part in value):
        kinds = {type(part) for part in value}
        # an array makes one kind of different ones: numbers would become text, ragged rows nothing
        if len(kinds) == 1 and (kinds != {list} or len({len(part) for part in value}) == 1):
            return np.array(value)
    return [boxed(part) for part in value] if isinstance(value, list) else value


def text(spec: engine.RunSpec | engine.race.RaceSpec) -> str:
    """The spec as a link or a file has it: what is not plain cannot be written, or is written otherwise."""
    return repr(spec) + json.dumps(spec.to_dict())


@settings(max_examples=60)
@given(spec_dicts())
def test_a_spec_in_numpys_types_is_the_same_spec(values: dict[str, Any]) -> None:
    read = engine.RunSpec.from_dict(boxed(values))
    assert text(read) == text(engine.RunSpec.from_dict(values))
    assert text(engine.RunSpec.from_dict({}).replace(boxed(values))) == text(
        engine.RunSpec.from_dict({}).replace(values)
    )


@settings(max_examples=40)
@given(race_dicts())
def test_a_race_in_numpys_types_is_the_same_race(values: dict[str, Any]) -> None:
    read = engine.race.RaceSpec.from_dict(boxed(values))
    assert text(read) == text(engine.race.RaceSpec.from_dict(values))


@pytest.mark.parametrize(
    ("path", "value"),
    [
        ("batch_size", np.float64(2.5)),
        ("batch_size", np.bool_(True)),
        ("shuffle", boxed(1)),
        ("optimizer.learning_rate", np.float32("nan")),
        ("optimizer.learning_rate", np.array([0.1])),
        ("features", np.array([1, 2])),
        ("layers", np.array(3)),
        ("data", {"kind": "custom", "rows": np.zeros((4, 2))}),
        ("data", {"kind": "custom", "rows": np.array([[0, 0, True], [1, 1, False]], object)}),
    ],
)
def test_what_no_list_may_say_no_array_may(path: str, value: Any) -> None:
    plain = json.loads(json.dumps(value, default=lambda array: array.tolist()))
    with pytest.raises(engine.SpecError) as here:
        engine.RunSpec.from_dict({}).replace({path: value})
    with pytest.raises(engine.SpecError) as there:
        engine.RunSpec.from_dict({}).replace({path: plain})
    assert str(here.value) == str(there.value)


ROWS = np.random.default_rng(1).normal(size=(30, 2))


def test_own_points_may_be_an_array() -> None:
    table = np.column_stack([ROWS, ROWS[:, 0] > 0])
    asked = {"data": {"kind": "custom", "rows": table}}
    listed = {"data": {"kind": "custom", "rows": table.tolist()}}
    assert text(engine.RunSpec.from_dict(asked)) == text(engine.RunSpec.from_dict(listed))
    mixed = {"data": {"kind": "custom", "rows": [tuple(row) for row in table.astype(np.float32)]}}
    single = {"data": {"kind": "custom", "rows": table.astype(np.float32).tolist()}}
    assert text(engine.RunSpec.from_dict(mixed)) == text(engine.RunSpec.from_dict(single))


def test_axes_of_a_population_may_be_arrays() -> None:
    spec = engine.RunSpec.from_dict({})
    axes = {"optimizer.learning_rate": np.geomspace(0.01, 1, 3), "weights_seed": np.arange(1, 3)}
    listed = {path: values.tolist() for path, values in axes.items()}
    found, expected = engine.start(spec, axes), engine.start(spec, listed)
    assert found.specs == expected.specs
    assert json.dumps(found.axes) == json.dumps(listed)
    with pytest.raises(engine.SpecError, match="a list of one or more values"):
        engine.start(spec, {"weights_seed": np.array([])})


def test_edits_may_hold_arrays_and_are_kept_plain() -> None:
    state = engine.start(engine.RunSpec.from_dict({}))
    theta = np.linspace(-1, 1, state.theta.shape[1], dtype=np.float32)
    changes = {"theta": theta, "theta.output.b.0": np.float32(0.5), "batch_size": np.int64(5)}
    edited = engine.edit(state, changes)
    listed = engine.edit(state, {"theta": theta.tolist(), "theta.output.b.0": 0.5, "batch_size": 5})
    assert edited.theta.tobytes() == listed.theta.tobytes()
    assert json.dumps(edited.edits[0].changes) == json.dumps(listed.edits[0].changes)
    assert engine.load(engine.dump(edited)).edits == listed.edits
    again = engine.replay(state.spec, [engine.Edit(boxed(0), changes)], boxed(7))
    assert again.theta.tobytes() == engine.train(listed, 7)[0].theta.tobytes()
    assert type(again.step) is int
    with pytest.raises(engine.SpecError, match="a list of"):
        engine.edit(state, {"theta": theta[:-1]})
    with pytest.raises(engine.SpecError, match="a number from"):
        engine.edit(state, {"theta": np.full_like(theta, np.nan)})


@settings(max_examples=10)
@given(st.integers(0, 40))
def test_steps_may_be_numpys(steps: int) -> None:
    begin = engine.start(engine.RunSpec.from_dict({}))
    found, report = engine.train(begin, boxed(steps))
    assert (type(found.step), type(report.steps)) == (int, int)
    assert found.theta.tobytes() == engine.train(begin, steps)[0].theta.tobytes()


def test_points_starts_and_planes_may_be_arrays() -> None:
    state, _ = engine.train(engine.start(engine.RunSpec.from_dict({"data": "xor"})), 20)
    point = np.array([1.5, -2])
    assert (
        engine.insight.probe(state, point).scores == engine.insight.probe(state, [1.5, -2]).scores
    )
    traced = engine.insight.trace(state, point, boxed(1))
    assert traced.to_dict() == engine.insight.trace(state, (1.5, -2), 1).to_dict()
    view = engine.View(grid=boxed(8), member=boxed(0), scores=boxed(True))
    assert repr(view) == repr(engine.View(grid=8, member=0, scores=True))
    trajectory = engine.landscape.Trajectory.of([state])
    weights: Any = np.array(["layers.0.W.0.0", "output.b.0"])
    axes = engine.landscape.Axes("weights", boxed(2), weights)
    assert axes == engine.landscape.Axes("weights", 2, tuple(weights.tolist()))
    plane = engine.landscape.plane_through(state, trajectory, axes)
    ground = engine.landscape.Landscape.of(state, plane)
    places: Any = [[0, 1]]
    np.testing.assert_array_equal(ground.losses(places), ground.losses(np.array([[0.0, 1.0]])))
    spec = engine.race.RaceSpec.from_dict({"starts": np.array([[1.0, 2.0], [0.5, 0.5]])})
    assert spec.points == ((1.0, 2.0), (0.5, 0.5))
