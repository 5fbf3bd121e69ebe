"""Edits: every value that keeps theta's arrays can change under way, and replays bit for bit."""

from typing import Any

import numpy as np
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

import engine

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


def test_the_best_weights_of_another_problem_are_forgotten() -> None:
    patient = BASE.replace({"stop": {"kind": "plateau"}})
    state, _ = engine.train(engine.start(patient), 200)
    assert state.best is not None
    assert engine.edit(state, {"optimizer.learning_rate": 0.2}).best is state.best
    assert engine.edit(state, {"data.seed": 2}).best is None


@pytest.mark.parametrize(
    ("changes", "paths", "why"),
    [
        ({"layers.0.units": 4}, ["layers.0.units"], "changes the shape"),
        ({"features": ["x1"], "batch_size": 3}, ["features"], "changes the shape"),
        ({"data.kind": "blobs"}, ["data.kind"], "changes the shape"),
        ({"loss.kind": "logistic"}, ["loss.kind"], "changes the shape"),
        ({"dtype": "float32"}, ["dtype"], "changes the shape"),
        ({"layers.1.batch_norm": True}, ["layers.1.batch_norm"], "changes the shape"),
        ({"weights_seed": 5}, ["weights_seed"], "first weights are drawn"),
        ({"initializer.kind": "he"}, ["initializer.kind"], "first weights are drawn"),
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


def test_replay_takes_edits_in_their_order_only() -> None:
    edits = [engine.Edit(5, {"batch_size": 3}), engine.Edit(4, {"batch_size": 4})]
    with pytest.raises(ValueError, match="in the order of their steps"):
        engine.replay(BASE, edits, 10)
    with pytest.raises(ValueError, match="in the order of their steps"):
        engine.replay(BASE, [engine.Edit(-1, {"batch_size": 3})], 10)
