"""Edits: every value that keeps theta's arrays can change under way, and replays bit for bit."""

from typing import Any

import numpy as np
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

import engine
from engine.spec.parameter_names import place

BASE = engine.RunSpec.from_dict(
    {"layers": [{"units": 3}, {"units": 2}], "loss": "cross_entropy", "dtype": "float64"}
)
CHANGES: list[dict[str, Any]] = [
    {"data.kind": "spiral"},
    {"data.kind": "xor", "data.noise": 0.2},
    {"data.points": 60},
    {"data.train_share": 0.8},
    {"data.seed": 9},
    {"standardize": True},
    {"features": ["x1", "radius"]},
    {"loss.kind": "hinge"},
    {"loss.kind": "cross_entropy", "loss.smoothing": 0.3},
    {"optimizer.kind": "adam"},
    {"optimizer.learning_rate": 0.2},
    {"layers.0.activation.kind": "relu"},
    {"layers.1.dropout": 0.4},
    {"batch_size": 7},
    {"shuffle": True},
    {"batches_seed": 5},
    {"augmentation.jitter": 0.3},
    {"penalty.l1": 0.01, "penalty.l2": 0.01},
    {"schedule.kind": "cosine"},
    {"clip.kind": "value"},
    {"frozen": ["layers.0.W.1.1"]},
    {"theta.output.W.1.0": 0.25},
    {"theta": np.linspace(-1, 1, engine.parameters(BASE)).tolist()},
    {"theta": [0.5] * engine.parameters(BASE), "theta.output.b.0": -1},
]
made = st.lists(st.tuples(st.integers(0, 90), st.sampled_from(CHANGES)), max_size=5)


def run(specs: Any, edits: list[tuple[int, dict[str, Any]]], cuts: list[int]) -> engine.State:
    """120 steps with these edits, trained in pieces that end at the cuts too."""
    state = engine.start(specs)
    stops = sorted({*cuts, *(step for step, _ in edits), 120})
    for stop in stops:
        state, _ = engine.train(state, stop - state.step)
        for step, changes in edits:
            if step == stop:
                state = engine.edit(state, changes)
    return state


@settings(max_examples=40, deadline=None, suppress_health_check=list(HealthCheck))
@given(made, st.lists(st.integers(0, 119), max_size=4))
def test_edits_replay_bit_for_bit_wherever_the_run_is_cut(
    edits: list[tuple[int, dict[str, Any]]], cuts: list[int]
) -> None:
    edits = sorted(edits, key=lambda edit: edit[0])
    state = run(BASE, edits, cuts)
    again = engine.replay(state.start_spec, state.edits, state.step)
    np.testing.assert_array_equal(again.theta, state.theta)
    assert (again.epoch, again.cursor, again.spec) == (state.epoch, state.cursor, state.spec)
    whole = run(BASE, edits, [])
    np.testing.assert_array_equal(whole.theta, state.theta)


@settings(max_examples=20, deadline=None, suppress_health_check=list(HealthCheck))
@given(made)
def test_a_population_is_edited_as_its_members_are_alone(
    edits: list[tuple[int, dict[str, Any]]],
) -> None:
    edits = sorted(edits, key=lambda edit: edit[0])
    specs = [BASE, BASE.replace({"optimizer.learning_rate": 0.1, "weights_seed": 3})]
    together = run(specs, edits, [])
    for member, spec in enumerate(specs):
        alone = run(spec, edits, [])
        np.testing.assert_allclose(together.theta[member], alone.theta[0], rtol=1e-12, atol=1e-12)


def test_other_points_end_the_pass_that_is_under_way() -> None:
    state, _ = engine.train(engine.start(BASE), 3)
    assert (state.epoch, state.cursor) == (0, 30)
    fewer = engine.edit(state, {"data.points": 100})
    assert (fewer.epoch, fewer.cursor) == (1, 0)
    noisy = engine.edit(state, {"data.noise": 0.2})
    assert (noisy.epoch, noisy.cursor) == (0, 30)
    after, _ = engine.train(fewer, engine.steps_per_epoch(fewer.spec))
    assert (after.epoch, after.cursor) == (2, 0)


def test_a_pass_that_an_edit_ends_is_an_epoch_to_the_stop_rules() -> None:
    few = BASE.replace({"stop": {"kind": "epochs", "epochs": 2}})
    state, _ = engine.train(engine.start(few), engine.steps_per_epoch(few) + 3)
    after = engine.edit(state, {"data.points": 100})
    assert [(stop.step, stop.reason) for stop in after.stops] == [(28, "2 epochs are done")]
    assert engine.train(after, 5)[1].steps == 0
    # a rule that looks at a step has looked there already
    ended, _ = engine.train(engine.start(BASE.replace({"stop": {"kind": "steps", "steps": 3}})), 9)
    assert (ended.step, len(ended.stops)) == (3, 1)
    assert engine.edit(ended, {"data.points": 100}).stops == ()


def test_a_schedule_begins_where_the_edit_leaves_the_run() -> None:
    state, _ = engine.train(engine.start(BASE), 3)
    edited = engine.edit(state, {"data.points": 100, "schedule.kind": "exponential"})
    assert edited.schedule_since == (1.0,)
    assert engine.learning_rate(edited) == pytest.approx(edited.spec.optimizer["learning_rate"])


@pytest.mark.parametrize(
    "changes",
    [
        {"data.seed": 2},
        {"features": ["x1", "radius"]},
        {"standardize": True},
        {"loss.smoothing": 0.1},
        {"layers.0.activation.kind": "relu"},
        {"stop.patience": 7},
        {"frozen": ["output.b.0"]},
        {"theta.output.b.0": 1},
    ],
    ids=str,
)
def test_best_weights_that_do_not_compare_any_more_are_forgotten(changes: dict[str, Any]) -> None:
    patient = BASE.replace({"stop": {"kind": "plateau"}})
    state, _ = engine.train(engine.start(patient), 200)
    assert state.best is not None
    assert engine.edit(state, {"optimizer.learning_rate": 0.2}).best is state.best
    assert engine.edit(state, changes).best is None


def test_going_back_to_the_best_weights_moves_nothing_frozen() -> None:
    rule = {"kind": "plateau", "patience": 3, "improvement": 10}
    state, _ = engine.train(engine.start(BASE.replace({"stop": rule})), 60)
    state = engine.edit(state, {"frozen": ["output.b.0"]})
    state = engine.edit(state, {"theta.output.b.0": 0.75})
    after, report = engine.train(state, 5000)
    assert "back to the weights" in report.stops[0].reason
    assert after.theta[0, place(BASE.arrays, "output.b.0")] == 0.75


def test_members_must_keep_as_many_points_as_each_other() -> None:
    rows = [[float(i), 1.0, i % 2] for i in range(20)]
    own = BASE.replace({"data": {"kind": "custom", "rows": rows}})
    state = engine.start([own, BASE.replace({"data.points": 20})])
    with pytest.raises(engine.SpecError, match="different numbers of points"):
        engine.edit(state, {"data.points": 40})
    assert engine.edit(state, {"data.noise": 0.1}).specs[1].data["noise"] == 0.1


@pytest.mark.parametrize(
    ("changes", "paths", "why"),
    [
        ({"layers.0.units": 4}, ["layers.0.units"], "changes the shape"),
        ({"features": ["x1"], "batch_size": 3}, ["features"], "changes the shape"),
        ({"data.kind": "blobs"}, ["data.kind"], "changes the shape"),
        ({"loss.kind": "logistic"}, ["loss.kind"], "changes the shape"),
        ({"dtype": "float32"}, ["dtype"], "changes the shape"),
        ({"layers.1.batch_norm": True}, ["layers.1.batch_norm"], "changes the shape"),
        ({"weights_seed": 5}, ["weights_seed"], "initial weights are drawn"),
        ({"initializer.kind": "he"}, ["initializer.kind"], "initial weights are drawn"),
        ({"initializer.limit": 0.1}, ["initializer.limit"], "initial weights are drawn"),
        ({"layers": []}, ["layers"], "changes the shape"),
    ],
)
def test_what_needs_a_new_start_is_refused_and_says_why(
    changes: dict[str, Any], paths: list[str], why: str
) -> None:
    state, _ = engine.train(engine.start(BASE), 5)
    with pytest.raises(engine.SpecError) as caught:
        engine.edit(state, changes)
    assert [problem.path for problem in caught.value.problems] == paths
    assert all(why in problem.allowed for problem in caught.value.problems)


def test_everything_that_is_refused_is_named_at_once() -> None:
    changes = {"layers.0.units": 4, "weights_seed": 5, "batch_size": 3, "theta.output.b.9": 0}
    with pytest.raises(engine.SpecError) as caught:
        engine.edit(engine.start(BASE), changes)
    paths = [problem.path for problem in caught.value.problems]
    assert paths == ["layers.0.units", "weights_seed", "theta.output.b.9"]


@pytest.mark.parametrize(
    ("steps", "said"),
    [
        ([5, 4], "edit 1 is at step 4, after step 5"),
        ([20, 15], "edit 1 is at step 15, after step 20"),
        ([-1], "from 0 on; edit 0 is at step -1"),
        ([2.5], "a whole number from 0; that of edit 0 is 2.5"),
        ([1, "2"], "a whole number from 0; that of edit 1 is '2'"),
        ([True], "a whole number from 0; that of edit 0 is True"),
    ],
)
def test_replay_takes_edits_in_their_order_only(steps: list[Any], said: str) -> None:
    edits = [engine.Edit(step, {"batch_size": 3}) for step in steps]
    with pytest.raises(ValueError, match=said):
        engine.replay(BASE, edits, 10)
