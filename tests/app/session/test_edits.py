"""Changes at one step become one edit, as far as that comes to the same."""

from collections.abc import Mapping
from typing import Any

import numpy as np

import engine
from app.session import edits
from engine.spec.parameter_names import unpack

SPEC = engine.RunSpec.from_dict({"layers": [{"units": 2}]})
SIZE = engine.parameters(SPEC)
ZEROS, ONES = [0.0] * SIZE, [1.0] * SIZE
FIRST, OTHER = "theta.layers.0.W.0.0", "theta.output.b.0"


def begun(step: int) -> engine.State:
    return engine.train(engine.start(SPEC), step)[0]


def made(since: engine.State, *changes: dict[str, Any]) -> engine.State:
    """These changes one after the other, all at the same step."""
    state = since
    for each in changes:
        state = edits.make(state, each, since)
    again = engine.replay(state.start_spec, state.edits, state.step)
    np.testing.assert_array_equal(again.theta, state.theta)
    return state


def kept(state: engine.State) -> list[dict[str, object]]:
    """What the edits change, all parameters as a list."""
    return [with_list(edit.changes) for edit in state.edits]


def with_list(changes: Mapping[str, object]) -> dict[str, object]:
    found = unpack(changes.get("theta"))
    return {**changes, **({} if found is None else {"theta": found.tolist()})}


def test_all_parameters_take_the_place_of_single_ones_before() -> None:
    for step in (0, 7):
        state = made(begun(step), {FIRST: 5}, {"theta": ZEROS})
        assert kept(state) == [{"theta": ZEROS}]
        assert not state.theta.any()


def test_single_parameters_after_all_stay_beside_them() -> None:
    for step in (0, 7):
        state = made(begun(step), {OTHER: 5}, {"theta": ZEROS}, {FIRST: 2}, {"theta.output.b.0": 0})
        assert kept(state) == [{"theta": ZEROS, FIRST: 2}]
        assert state.theta.sum() == 2


def test_a_parameter_that_comes_back_to_what_it_was_before_all_were_set_stays() -> None:
    since = begun(7)
    before = float(since.theta[0, 0])
    state = made(since, {"theta": ZEROS}, {FIRST: before})
    assert kept(state) == [{"theta": ZEROS, FIRST: before}]
    assert state.theta[0, 0] == since.theta[0, 0]
    assert not state.theta[0, 1:].any()


def test_the_last_of_several_places_counts_and_the_old_one_is_none() -> None:
    since = begun(7)
    assert kept(made(since, {"theta": ZEROS}, {"theta": ONES})) == [{"theta": ONES}]
    back = made(since, {"theta": ZEROS}, {"theta": since.theta[0].tolist()})
    assert kept(back) == []


def test_a_setting_changed_with_all_parameters_is_one_edit() -> None:
    state = made(begun(7), {"theta": ONES}, {"batch_size": 5})
    assert kept(state) == [{"theta": ONES, "batch_size": 5}]
