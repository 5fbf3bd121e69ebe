"""A run is a value: slicing, replaying, populations and failures."""

import gc
import pickle
import tracemalloc
from itertools import pairwise
from typing import Any

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

import engine
from engine.catalog.activations import ACTIVATIONS
from engine.catalog.clipping import CLIPS
from engine.catalog.losses import LOSSES
from engine.catalog.optimizers import OPTIMIZERS
from engine.catalog.schedules import SCHEDULES
from engine.training.batches import Batches
from engine.training.trainer import trainer_of
from tests.engine.strategies import spec_dicts

DEFAULT = engine.RunSpec.from_dict({})


def same(one: engine.State, other: engine.State) -> bool:
    """Whether two states are equal bit for bit."""
    arrays = zip(
        (one.theta, one.running, *one.slots.values()),
        (other.theta, other.running, *other.slots.values()),
        strict=True,
    )
    names = ("step", "epoch", "cursor", "specs", "slots_since", "schedule_since", "clipped")
    return (
        all(getattr(one, name) == getattr(other, name) for name in names)
        and tuple(one.slots) == tuple(other.slots)
        and all(a.tobytes() == b.tobytes() for a, b in arrays)
    )


@settings(max_examples=60)
@given(spec_dicts(), st.lists(st.integers(0, 40), max_size=6))
def test_slicing_never_changes_a_bit(values: dict[str, Any], slices: list[int]) -> None:
    begin = engine.start(engine.RunSpec.from_dict(values))
    whole, report = engine.train(begin, sum(slices))
    state = begin
    for steps in slices:
        state, _ = engine.train(state, steps)
    assert same(state, whole)
    assert report.steps == whole.step
    assert whole.step == sum(slices) or whole.failures or whole.stops
    assert all(np.isfinite(array).all() for array in (whole.theta, *whole.slots.values()))


def test_a_state_is_never_changed() -> None:
    begin = engine.start(DEFAULT)
    before = begin.theta.copy()
    engine.train(begin, 100)
    np.testing.assert_array_equal(begin.theta, before)
    with pytest.raises(ValueError, match="read-only"):
        begin.theta[0, 0] = 1


def test_epochs_count_passes_over_the_training_points() -> None:
    spec = DEFAULT.replace({"data.points": 74, "batch_size": 10})
    state, _ = engine.train(engine.start(spec), 4)
    assert (state.step, state.epoch, state.cursor) == (4, 1, 0)
    state, _ = engine.train(state, 2)
    assert (state.step, state.epoch, state.cursor) == (6, 1, 20)
    assert engine.epochs(state) == pytest.approx(1 + 20 / 37)


def test_steps_must_not_be_negative() -> None:
    with pytest.raises(ValueError, match="steps must be a whole number from 0, not -1"):
        engine.train(engine.start(DEFAULT), -1)


@pytest.mark.parametrize(
    "changes",
    [
        *({"optimizer.kind": kind} for kind in OPTIMIZERS),
        *({"schedule.kind": kind, "optimizer.kind": "adam"} for kind in SCHEDULES),
        *({"clip.kind": kind, "clip.limit": 0.05} for kind in CLIPS if kind != "none"),
    ],
    ids=lambda changes: "-".join(str(value) for value in changes.values()),
)
def test_edits_replay_bit_for_bit(changes: dict[str, Any]) -> None:
    state, _ = engine.train(engine.start(DEFAULT), 37)
    state = engine.edit(state, {**changes, "batch_size": 7})
    state, _ = engine.train(state, 21)
    state = engine.edit(
        state, {"optimizer.learning_rate": 0.02, "layers.0.activation.kind": "relu"}
    )
    state = engine.edit(state, {"penalty.l1": 0.01, "shuffle": True})
    state, _ = engine.train(state, 60)
    assert [change.step for change in state.edits] == [37, 58, 58]
    assert state.start_spec == DEFAULT
    again = engine.replay(state.start_spec, state.edits, state.step)
    assert same(again, state)
    assert again.edits == state.edits


def test_an_edit_that_needs_a_new_start_is_refused() -> None:
    state = engine.start(DEFAULT)
    with pytest.raises(engine.SpecError, match="needs a new start") as caught:
        engine.edit(state, {"layers.0.units": 5, "batch_size": 3})
    assert [problem.path for problem in caught.value.problems] == ["layers.0.units"]
    with pytest.raises(engine.SpecError):
        engine.edit(state, {"batch_size": 0})


def test_a_new_optimizer_starts_with_empty_memory_and_its_own_count() -> None:
    state, _ = engine.train(engine.start(DEFAULT), 50)
    switched = engine.edit(state, {"optimizer.kind": "adam", "optimizer.learning_rate": 0.01})
    assert all((slot == 0).all() for slot in switched.slots.values())
    stepped, _ = engine.train(switched, 1)
    # Adam's first step moves every parameter by the learning rate, whatever the gradient's size
    moved = np.abs(stepped.theta - switched.theta)
    assert np.median(moved) == pytest.approx(0.01, rel=1e-3)


@pytest.mark.parametrize("kind", OPTIMIZERS)
def test_a_population_equals_its_members_alone(kind: str) -> None:
    base = engine.RunSpec.from_dict({"dtype": "float64", "optimizer": {"kind": kind}})
    specs = [
        base,
        base.replace({"weights_seed": 3, "optimizer.learning_rate": 0.02}),
        base.replace({"optimizer.kind": "adam", "penalty.l2": 0.01}),
        base.replace({"data.kind": "xor", "data.seed": 4}),
        base.replace({"layers.0.activation.kind": "relu", "shuffle": True}),
    ]
    together, _ = engine.train(engine.start(specs), 203)
    for member, spec in enumerate(specs):
        alone, _ = engine.train(engine.start(spec), 203)
        np.testing.assert_allclose(together.theta[member], alone.theta[0], rtol=0, atol=1e-12)
        for name, value in engine.metrics(alone).items():
            assert engine.metrics(together)[name][member] == pytest.approx(value[0], abs=1e-12)


@pytest.mark.parametrize("section", ["optimizer", "schedule"])
def test_members_whose_rules_began_at_different_steps(section: str) -> None:
    base = engine.RunSpec.from_dict({"dtype": "float64"})
    kinds = list(OPTIMIZERS) if section == "optimizer" else list(SCHEDULES)
    for kind, before in pairwise(kinds):
        specs = [base.replace({f"{section}.kind": each}) for each in (kind, before)]

        def run(start: Any, kind: str = kind) -> engine.State:
            state, _ = engine.train(engine.start(start), 30)
            state = engine.edit(state, {f"{section}.kind": kind})
            return engine.train(state, 40)[0]

        together = run(specs)
        for member, spec in enumerate(specs):
            alone = run(spec)
            np.testing.assert_allclose(together.theta[member], alone.theta[0], rtol=0, atol=1e-12)
            assert together.slots_since[member] == alone.slots_since[0]
            assert together.schedule_since[member] == alone.schedule_since[0]


def test_no_members_are_refused() -> None:
    with pytest.raises(ValueError, match="at least one member"):
        engine.start([])


def test_members_of_other_shapes_are_refused() -> None:
    with pytest.raises(engine.SpecError, match=r"members\.1"):
        engine.start([DEFAULT, DEFAULT.replace({"layers.0.units": 5})])


EXPLOSIVE = engine.RunSpec.from_dict(
    {
        "optimizer": {"kind": "sgd", "learning_rate": 100},
        "layers": [{"units": 8, "activation": "relu"}] * 2,
        "penalty": {"l2": 1},
    }
)


def test_a_failure_names_its_step_and_keeps_the_last_finite_state() -> None:
    state, report = engine.train(engine.start(EXPLOSIVE), 5000)
    (failure,) = report.failures
    assert failure.step == state.step + 1
    assert report.steps == state.step < 5000
    assert np.isfinite(state.theta).all()
    assert any("learning rate" in tip for tip in failure.advice)
    # the same state, reached one step at a time, and no further
    slow = engine.start(EXPLOSIVE)
    while not slow.failures:
        slow, _ = engine.train(slow, 1)
    assert same(slow, state)
    assert slow.failures == state.failures
    stuck, report = engine.train(state, 10)
    assert same(stuck, state)
    assert report.steps == 0


def test_others_go_on_when_a_member_fails() -> None:
    calm = EXPLOSIVE.replace({"optimizer.learning_rate": 0.01})
    state, report = engine.train(engine.start([calm, EXPLOSIVE, calm]), 300)
    assert [failure.member for failure in report.failures] == [1]
    assert state.step == 300
    alone, _ = engine.train(engine.start(calm), 300)
    for member in (0, 2):
        np.testing.assert_allclose(state.theta[member], alone.theta[0], rtol=1e-5, atol=1e-7)
    assert np.isfinite(state.theta).all()


def test_an_edit_lets_a_failed_network_go_on() -> None:
    state, _ = engine.train(engine.start(EXPLOSIVE), 5000)
    state = engine.edit(state, {"optimizer.learning_rate": 1e-6, "penalty.l2": 0})
    assert state.failures == ()
    _, report = engine.train(state, 1)
    assert report.steps == 1 or report.failures


def test_l1_stops_at_zero_and_weights_can_leave_it() -> None:
    spec = DEFAULT.replace({"penalty.l1": 0.3})
    state, _ = engine.train(engine.start(spec), 400)
    weights = state.theta[0, [*range(8), *range(12, 20), 22, 23]]
    assert (weights == 0).sum() >= 12
    free = engine.edit(state, {"penalty.l1": 0})
    free, _ = engine.train(free, 400)
    assert engine.metrics(state)["penalty"][0] < 0.3
    assert (free.theta[0] != 0).sum() > (state.theta[0] != 0).sum()


def test_penalties_shrink_weights_by_hand() -> None:
    # one weight, one bias, nothing to learn from: only the penalty moves the weight
    values = {
        "features": ["x1"],
        "layers": [],
        "dtype": "float64",
        "optimizer": {"kind": "sgd", "learning_rate": 0.1},
        "batch_size": 1000,
    }
    plain = engine.RunSpec.from_dict(values)
    start = engine.start(plain).theta[0]
    w, b = engine.train(engine.start(plain), 1)[0].theta[0]
    l2 = engine.train(engine.start(plain.replace({"penalty.l2": 0.5})), 1)[0].theta[0]
    np.testing.assert_allclose(l2, [w - 0.1 * 0.5 * start[0], b], rtol=1e-13)
    l1 = engine.train(engine.start(plain.replace({"penalty.l1": 0.5})), 1)[0].theta[0]
    np.testing.assert_allclose(l1, [w - np.sign(w) * min(abs(w), 0.05), b], rtol=1e-14)
    assert start[0] != w


def test_states_survive_pickling() -> None:
    spec = DEFAULT.replace({"optimizer.kind": "adam"})
    state, _ = engine.train(engine.start(spec), 33)
    copy = pickle.loads(pickle.dumps(state))  # noqa: S301
    assert same(engine.train(copy, 10)[0], engine.train(state, 10)[0])


WIDE = {"layers.0.units": 128, "layers.1.units": 128, "batch_size": 50}


@pytest.mark.parametrize("members", [1, 3])
@pytest.mark.parametrize(
    "changes",
    [
        *({"optimizer.kind": kind} for kind in OPTIMIZERS),
        *({"schedule.kind": kind} for kind in SCHEDULES),
        *({"clip.kind": kind} for kind in CLIPS),
        *({"layers.0.activation.kind": kind} for kind in ACTIVATIONS),
        *({"loss.kind": kind} for kind in LOSSES),
        {"penalty.l1": 0.01, "penalty.l2": 0.01},
        {"layers.0.batch_norm": True, "layers.1.batch_norm": True},
        {"frozen": ["layers.0.b.0"]},
    ],
    ids=lambda changes: "-".join(map(str, changes.values())),
)
def test_a_step_makes_no_array(changes: dict[str, Any], members: int) -> None:
    spec = DEFAULT.replace({**WIDE, **changes})
    trainer = trainer_of(engine.start([spec] * members), list(range(members)))
    # five batches of one length an epoch, and all that is made once has been made
    assert [x.shape[-1] for x, _ in Batches([spec]).epoch(0)] == [50] * 5
    trainer.advance(20)
    peaks, stayed = [], []
    for _ in range(3):  # threads that other tests have left behind are counted too, now and then
        gc.disable()
        tracemalloc.start()
        try:
            before = tracemalloc.get_traced_memory()[0]
            tracemalloc.reset_peak()
            trainer.advance(20)
            after, peak = tracemalloc.get_traced_memory()
        finally:
            tracemalloc.stop()
            gc.enable()
        peaks.append(peak - before)
        stayed.append(after - before)
    # theta has 68,100 bytes a member and the sums of a layer 25,600; what NumPy needs to reduce an array,
    # or to walk through those of several members, is far less
    assert min(peaks) < (4000 if members == 1 else 10_000)
    # what stays are Python's own numbers, such as the step
    assert min(stayed) < 4000
