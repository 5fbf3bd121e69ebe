"""Slices: what runs in the workers."""

import numpy as np
import pytest

import engine
from app import protocol
from app.session import slices
from app.session.slices import Slice, Start

SPEC = engine.RunSpec.from_dict({})


def job(target: int | None, budget: float = 10, **values: object) -> Slice:
    basis = {
        "state": engine.start(SPEC),
        "planned": (),
        "view": engine.View(grid=8, neurons=8),
        "pace": 0.0,
        "run": 3,
        "frame": 4,
        "rate": 5.0,
    }
    return Slice(target=target, budget=budget, **{**basis, **values})  # type: ignore[arg-type]


def test_a_scene_holds_the_points_and_the_features() -> None:
    started = slices.start(Start((SPEC,), 2))
    header, arrays = protocol.decode(started.scene)
    assert header == {
        "type": "scene",
        "run": 2,
        "task": "two_class",
        "classes": 2,
        "train": 250,
        "features": list(engine.catalog.FAMILIES["features"]),
        "class_names": [],
        "column_names": [],
        "target_scale": [0, 1],
    }
    assert arrays["points"].shape == (500, 2)
    assert arrays["labels"].shape == (500,)
    maps = dict(zip(header["features"], arrays["feature_maps"], strict=True))
    scale = dict(zip(header["features"], arrays["feature_scale"], strict=True))
    top_left = {name: maps[name][0, 0] * scale[name] / 127 for name in ("x1", "x2", "x1_x2")}
    assert top_left == pytest.approx({"x1": -6, "x2": 6, "x1_x2": -36})


def test_a_slice_stops_at_its_target_and_shows_the_result() -> None:
    result = slices.run_slice(job(30))
    expected, _ = engine.train(engine.start(SPEC), 30)
    assert result.state.step == 30
    header, arrays = protocol.decode(result.frame)
    assert header == {
        "type": "frame",
        "run": 3,
        "frame": 4,
        "step": 30,
        "epoch": 1.2,
        "rate": 5.0,
        "learning_rate": 0.03,
        "clipped": 0,
        "probe": None,
    }
    np.testing.assert_array_equal(arrays["theta"], expected.theta[0])
    losses = engine.metrics(expected)
    assert arrays["metrics"].shape == (5, 1)
    assert arrays["metrics"][0, 0] == losses["train_loss"][0]
    assert arrays["boundary"].shape == (1, 8, 8)
    assert arrays["neurons"].shape == (7, 8, 8)
    assert result.row[:3] == (30, 1.2, losses["train_loss"][0])


def test_a_slice_without_target_ends_with_its_budget() -> None:
    result = slices.run_slice(job(None, budget=0.25))
    assert result.state.step > slices.FIRST_STEPS
    assert result.pace > 0


def test_a_slice_makes_a_step_however_small_its_budget() -> None:
    assert slices.run_slice(job(None, budget=0, pace=1.0)).state.step == 1


def test_a_slice_to_where_it_is_only_looks() -> None:
    assert slices.run_slice(job(0)).state.step == 0


def test_numbers_beyond_those_of_the_wire_arrive_as_infinity() -> None:
    changes = {
        "data.kind": "plane",
        "layers": [],
        "optimizer.learning_rate": 0.2,
        "batch_size": 250,
    }
    state, _ = engine.train(engine.start(SPEC.replace(changes)), 247)
    result = slices.run_slice(job(None, state=state, budget=0, view=engine.View(layers=True)))
    _, arrays = protocol.decode(result.frame)
    assert np.isinf(arrays["layer_numbers"]).any()
    assert np.isfinite(arrays["theta"]).all()


def test_neurons_are_left_out_where_nobody_wants_them() -> None:
    result = slices.run_slice(job(0, view=engine.View(grid=8, neurons=0)))
    assert set(protocol.decode(result.frame)[1]) == {
        "metrics",
        "theta",
        "boundary",
        "boundary_scale",
    }


def test_planned_edits_are_made_at_their_steps_even_at_the_end() -> None:
    planned = tuple(
        engine.Edit(step, {"optimizer.learning_rate": rate})
        for step, rate in ((0, 0.5), (7, 0.1), (7, 0.2), (20, 0.3), (21, 0.4))
    )
    result = slices.run_slice(job(20, planned=planned))
    assert result.planned == planned[4:]
    assert [edit.step for edit in result.state.edits] == [0, 7, 7, 20]
    expected = engine.replay(SPEC, planned[:4], 20)
    np.testing.assert_array_equal(result.state.theta, expected.theta)
    assert result.state.spec == expected.spec


def test_an_edit_that_no_longer_fits_is_reported_not_made() -> None:
    planned = (engine.Edit(2, {"optimizer.momentum": 0.9}),)
    result = slices.run_slice(job(4, planned=planned))
    assert result.state.step == 4
    assert result.planned == ()
    assert [error.problems[0].path for error in result.refused] == ["optimizer.momentum"]


@pytest.mark.parametrize("target", [None, 10_000])
def test_a_slice_ends_where_training_fails(target: int | None) -> None:
    # each step multiplies every weight by 1 − 10 · 10
    spec = SPEC.replace({"optimizer.learning_rate": 10, "penalty.l2": 10})
    state = engine.start(spec)
    result = slices.run_slice(job(target, state=state, budget=5))
    assert result.ended
    assert result.state.failures[0].step == result.state.step + 1
    again = slices.run_slice(job(target, state=result.state, budget=5))
    assert again.ended
    assert again.state.step == result.state.step


def test_trainers_that_are_kept_change_no_bit_of_a_slice() -> None:
    trainers = engine.Trainers(2**24)
    states = [engine.start(SPEC), engine.start(SPEC)]
    for steps in (3, 40, 1, 130):
        target = states[0].step + steps
        plain = slices.run_slice(job(target, state=states[0]))
        kept = slices.run_slice(job(target, state=states[1]), trainers)
        assert plain.frame == kept.frame
        assert engine.dump(plain.state) == engine.dump(kept.state)
        states = [plain.state, kept.state]
    assert len(trainers) == 1


def test_training_gets_as_long_as_looking() -> None:
    few = slices.run_slice(job(None, budget=0, pace=1e-3, looking=0.0))
    more = slices.run_slice(job(None, budget=0, pace=1e-3, looking=0.05))
    assert few.state.step == 1
    assert more.state.step > 25
    assert few.looking > 0
