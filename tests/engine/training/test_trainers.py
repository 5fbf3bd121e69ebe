"""Trainers that are kept: the same bits as those made anew, whatever they trained before, and bounded."""

import pickle
from dataclasses import replace
from typing import Any

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

import engine
from engine import RunSpec, Trainers
from tests.engine.strategies import spec_dicts

MEGABYTE = 2**20


def unpickled(data: bytes) -> Any:
    return pickle.loads(data)  # noqa: S301 - our own


def assert_same(one: engine.State, other: engine.State) -> None:
    """Bit for bit."""
    assert engine.dump(one) == engine.dump(other)


def started(**values: Any) -> engine.State:
    return engine.start(RunSpec.from_dict(values))


@settings(max_examples=60, deadline=None)
@given(spec=spec_dicts(), slices=st.lists(st.integers(1, 9), min_size=1, max_size=6))
def test_slices_of_two_runs_in_turn_are_those_of_trainers_made_anew(
    spec: dict[str, Any], slices: list[int]
) -> None:
    """A trainer goes back and forth between two runs of the same spec that are at other steps."""
    trainers = Trainers(32 * MEGABYTE)
    first = engine.start(RunSpec.from_dict(spec))
    second, _ = engine.train(first, 13)
    plain = [first, second]
    kept = [first, second]
    for steps in slices:
        for i in range(2):
            plain[i], report = engine.train(plain[i], steps)
            kept[i], same = engine.train(kept[i], steps, trainers)
            assert_same(plain[i], kept[i])
            assert report == same


@pytest.mark.parametrize(
    "changes",
    [
        {"optimizer.kind": "adam"},
        {"optimizer.learning_rate": 0.2},
        {"schedule.kind": "cosine"},
        {"batch_size": 7},
        {"shuffle": True},
        {"layers.0.batch_norm": True},
        {"theta.output.b.0": 0.5},
        {"frozen": ["layers.0.W.0.1", "output.b.0"]},
        {"augmentation.jitter": 0.2},
        {"layers.0.dropout": 0.3},
        {"penalty.l1": 0.01},
        {"clip.kind": "norm"},
    ],
)
def test_changes_while_trainers_are_kept(changes: dict[str, Any]) -> None:
    trainers = Trainers(32 * MEGABYTE)
    plain = kept = started(optimizer={"kind": "momentum"}, batch_size=9)
    for turn in range(6):
        if turn == 2:
            if "layers.0.batch_norm" in changes:
                spec = kept.spec.replace(changes)
                plain = kept = engine.start(spec)
            else:
                plain, kept = engine.edit(plain, changes), engine.edit(kept, changes)
        plain, _ = engine.train(plain, 11)
        kept, _ = engine.train(kept, 11, trainers)
        assert_same(plain, kept)


def test_members_that_fail_or_are_stopped_leave_the_others_the_same() -> None:
    base = RunSpec.from_dict({"stop": {"kind": "steps", "steps": 9}})
    specs = [base, base.replace({"optimizer.learning_rate": 100}), base.replace({"stop.steps": 30})]
    specs.append(base.replace({"optimizer.kind": "adam", "stop.steps": 40}))
    trainers = Trainers(32 * MEGABYTE)
    plain = kept = engine.start(specs)
    for _ in range(20):
        plain, report = engine.train(plain, 4)
        kept, same = engine.train(kept, 4, trainers)
        assert_same(plain, kept)
        assert report == same


def test_populations_take_trainers_too() -> None:
    axes: dict[str, list[Any]] = {"optimizer.kind": ["sgd", "adam"], "batch_size": [5, 10]}
    plain = kept = engine.start(RunSpec.from_dict({}), axes)
    trainers = Trainers(32 * MEGABYTE)
    for _ in range(3):
        plain, _ = engine.train(plain, 7)
        kept, _ = engine.train(kept, 7, trainers)
    for one, other in zip(plain.states, kept.states, strict=True):
        assert_same(one, other)


def test_what_is_kept_is_bounded_and_the_last_used_stays() -> None:
    states = [started(weights_seed=seed) for seed in range(20)]
    trainers = Trainers(0)
    engine.train(states[0], 1, trainers)
    assert (len(trainers), trainers.size) == (0, 0)
    one = Trainers(MEGABYTE)
    engine.train(states[0], 1, one)
    few = Trainers(4 * one.size)
    for state in (*states, states[0], states[19]):
        engine.train(state, 1, few)
        assert few.size <= 4 * one.size
    assert len(few) == 4
    before = few.size
    engine.train(states[19], 1, few)
    assert few.size == before


def test_a_trainer_is_found_again_only_under_the_same_beginnings() -> None:
    trainers = Trainers(32 * MEGABYTE)
    state = started(optimizer={"kind": "adam"})
    engine.train(state, 3, trainers)
    # bias correction counts from another step: another trainer
    later = replace(state, slots_since=(-5,))
    assert_same(engine.train(later, 3)[0], engine.train(later, 3, trainers)[0])
    assert len(trainers) == 2


def test_what_was_trained_stays_as_it_was() -> None:
    trainers = Trainers(32 * MEGABYTE)
    state = started()
    first, _ = engine.train(state, 5, trainers)
    before = first.theta.copy()
    engine.train(first, 5, trainers)
    np.testing.assert_array_equal(first.theta, before)
    assert not first.theta.flags.writeable


def test_specs_that_travel_come_back_as_one_object() -> None:
    spec = RunSpec.from_dict({"data": {"kind": "custom", "rows": [[1, 2, 0], [2, 1, 1]] * 9}})
    sent = pickle.dumps((spec, spec.replace({"batch_size": 3})))
    (one, other), (again, _) = unpickled(sent), unpickled(sent)
    assert one == spec
    assert other.batch_size == 3
    assert one is again
    assert unpickled(pickle.dumps(one)) is one
