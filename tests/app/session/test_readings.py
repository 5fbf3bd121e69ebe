"""What an open panel reads: with which frames it comes, and what is in it."""

from dataclasses import replace
from typing import Any

import numpy as np
import pytest

import engine
from app import protocol
from app.presets import PRESETS
from app.protocol.inspect import (
    InspectActivations,
    InspectGradients,
    InspectHiddenSpace,
    InspectWeights,
)
from app.session import readings, slices
from app.session.reading_schedule import PERIOD, SHARE, ReadingSchedule
from app.session.slices import Slice
from tests.app.session.test_session import Driver

SIX = {"layers": [{"units": 8, "activation": "sigmoid"}] * 6}
LAYERS, UNITS = 7, 49
GRADIENTS = {"grid": 8, "neurons": 0, "inspect": {"kind": "gradients"}}


def frame(
    inspect: Any, state: engine.State | None = None, *, training: bool = False
) -> tuple[dict[str, Any], Any, int]:
    """The header and the arrays of a picture at rest, and how many bytes it has."""
    state = state or engine.train(engine.start(engine.RunSpec.from_dict(SIX)), 20)[0]
    job = Slice(
        state=state,
        target=state.step,
        planned=(),
        view=engine.View(grid=8, neurons=0, training=training),
        pace=0.0,
        budget=1,
        run=1,
        frame=1,
        rate=0.0,
        inspect=inspect,
    )
    made = slices.run_slice(job).frame
    return *protocol.decode(made), len(made)


def test_a_reading_is_due_ten_times_a_second_and_whenever_a_run_rests() -> None:
    schedule = ReadingSchedule()
    assert schedule.due(100, wanted=True, playing=True)
    assert not schedule.due(100 + 0.9 * PERIOD, wanted=True, playing=True)
    assert schedule.overdue
    assert schedule.due(100 + PERIOD, wanted=True, playing=True)
    assert not schedule.overdue
    assert schedule.due(100 + PERIOD, wanted=True, playing=False)
    assert not schedule.due(200, wanted=False, playing=False)
    assert not schedule.overdue
    assert not schedule.due(100 + 4.9 * PERIOD, wanted=True, playing=True, slow=True)
    assert schedule.due(100 + 5 * PERIOD, wanted=True, playing=True, slow=True)


def test_readings_keep_a_worker_busy_for_a_tenth_of_its_time_at_most() -> None:
    schedule = ReadingSchedule()
    assert schedule.due(100, wanted=True, playing=True, slow=True)
    schedule.took = 0.3
    assert not schedule.due(102.9, wanted=True, playing=True, slow=True)
    assert schedule.due(103, wanted=True, playing=True, slow=True)
    assert schedule.due(103.1, wanted=True, playing=False, slow=True), "at rest it is read at once"
    schedule.took = PERIOD * SHARE / 2
    assert schedule.due(103.1 + PERIOD, wanted=True, playing=True)


def test_a_session_learns_what_a_reading_takes() -> None:
    driver = Driver(spec=SIX, view=GRADIENTS)
    driver.work()
    assert 0 < driver.session.readings.took < 1


def test_frames_of_closed_panels_are_as_they_were() -> None:
    header, arrays, _ = frame(None)
    assert "reading" not in header
    assert set(arrays) == {"metrics", "theta", "boundary", "boundary_scale"}


def test_gradients_are_those_of_the_engine_and_less_than_a_kilobyte() -> None:
    state, _ = engine.train(engine.start(engine.RunSpec.from_dict(SIX)), 20)
    header, arrays, size = frame(InspectGradients(kind="gradients"), state)
    flow = engine.insight.gradient_flow(state)
    total = pytest.approx(flow.total)
    assert header["reading"] == {"kind": "gradients", "batch": 10, "total": total}
    expected = [flow.gradients, flow.deltas, flow.slopes, flow.updates, flow.over]
    np.testing.assert_array_equal(arrays["flow"], np.array(expected, np.float32))
    np.testing.assert_array_equal(arrays["factors"], flow.factors.astype(np.float32))
    assert size - frame(None, state)[2] <= 1024


def test_the_sharpness_comes_where_it_is_asked_for_and_less_often() -> None:
    state, _ = engine.train(engine.start(engine.RunSpec.from_dict(SIX)), 20)
    wanted = InspectGradients(kind="gradients", sharpness=True)
    header, _, _ = frame(wanted, state)
    found = engine.insight.sharpness(state)
    assert header["reading"]["sharpness"] == pytest.approx(vars(found))
    assert readings.takes_long(wanted)
    assert not readings.takes_long(InspectGradients(kind="gradients"))
    lost = replace(state, theta=np.full_like(state.theta, np.nan))
    assert frame(wanted, lost)[0]["reading"]["sharpness"]["value"] is None


def test_activations_and_weights_come_layer_by_layer() -> None:
    header, arrays, _ = frame(InspectActivations(kind="activations"))
    assert header["reading"] == {"kind": "activations", "points": 125}
    shapes = {name: arrays[name].shape for name in ("reach", "outputs", "idle")}
    assert shapes == {"reach": (LAYERS,), "outputs": (LAYERS, 3), "idle": (UNITS,)}
    header, arrays, _ = frame(InspectWeights(kind="weights"))
    assert header["reading"] == {"kind": "weights"}
    assert arrays["sizes"][2].tolist() == [16, 64, 64, 64, 64, 64, 8]
    assert arrays["counts"].shape[:2] == (LAYERS, 2)


def test_a_hidden_space_is_the_engines_and_less_than_ten_kilobytes() -> None:
    state, _ = engine.train(engine.start(engine.RunSpec.from_dict(SIX)), 20)
    header, arrays, size = frame(InspectHiddenSpace(kind="hidden-space"), state)
    space = engine.insight.hidden_space(engine.insight.Inspection(state))
    assert header["reading"] == {"kind": "hidden-space", "every": 2, "right": space.right}
    places = arrays["places"] * (4 * arrays["reach"][:, None, None] / 32767)
    finest = 2 * space.reach.max() / 32767
    np.testing.assert_allclose(places[:, :125], space.points, atol=finest)
    np.testing.assert_allclose(places[:, 125:], space.lines.reshape(LAYERS, -1, 2), atol=finest)
    np.testing.assert_array_equal(arrays["border"], space.border.astype(np.float32))
    assert size - frame(None, state)[2] <= 10_000
    _, arrays, _ = frame(InspectHiddenSpace(kind="hidden-space", pairs=((1, 0), (99, 0))), state)
    assert arrays["pairs"][:3].tolist() == [[0, 1], [1, 0], [-1, -1]]


def test_two_weights_come_with_their_loss_while_the_network_has_them() -> None:
    state, _ = engine.train(engine.start(engine.RunSpec.from_dict(SIX)), 20)
    names = ("output.W.0.0", "output.W.3.0")
    header, arrays, size = frame(InspectWeights(kind="weights", pair=names), state)
    pair = engine.landscape.weight_pair(state, names)
    assert header["reading"] == {"kind": "weights", "pair": list(names), "pair_reach": pair.reach}
    np.testing.assert_array_equal(arrays["pair_loss"], pair.loss.astype(np.float32))
    np.testing.assert_allclose(
        arrays["pair_places"], [pair.place, pair.least, pair.with_penalty], rtol=1e-6
    )
    assert size - frame(None, state)[2] <= 5_000
    header, arrays, _ = frame(InspectWeights(kind="weights", pair=("output.W.0.0", "x")), state)
    assert header["reading"] == {"kind": "weights"}
    assert "pair_loss" not in arrays


@pytest.mark.parametrize(
    "wanted",
    [
        InspectGradients(kind="gradients", sharpness=True),
        InspectWeights(kind="weights", pair=("output.W.0.0", "output.W.1.0")),
    ],
)
def test_what_would_keep_a_worker_for_long_is_not_read_of_a_large_network(
    wanted: InspectGradients | InspectWeights,
) -> None:
    drawn = {"layers": [{"units": 16}] * 8}
    for values, is_too_large in ((drawn, False), ({"layers": [{"units": 128}] * 4}, True)):
        reading = frame(wanted, engine.start(engine.RunSpec.from_dict(values)))[0]["reading"]
        assert reading.get("too_large", False) == is_too_large
        assert ("sharpness" in reading or "pair" in reading) != is_too_large


def test_the_loss_over_two_weights_is_at_all_training_points_and_is_not_read_at_too_many() -> None:
    wanted = InspectWeights(kind="weights", pair=("output.W.0.0", "output.W.1.0"))
    for points, is_too_large in ((500, False), (5000, True)):
        values = {"layers": [{"units": 64}] * 2, "data": {"points": points}}
        reading = frame(wanted, engine.start(engine.RunSpec.from_dict(values)))[0]["reading"]
        assert reading.get("too_large", False) == is_too_large


def test_no_preset_is_too_large_for_a_reading() -> None:
    for preset in PRESETS.values():
        spec = preset.recipe.spec
        assert engine.landscape.weight_pair_seconds(spec) < readings.PAIR_SECONDS, preset.name
        assert engine.insight.sharpness_seconds(spec) < readings.SHARPNESS_SECONDS, preset.name


def test_a_hidden_space_that_is_no_number_can_be_read() -> None:
    state = engine.start(engine.RunSpec.from_dict(SIX))
    state = replace(state, theta=np.full_like(state.theta, np.nan))
    _, arrays, _ = frame(InspectHiddenSpace(kind="hidden-space"), state)
    assert np.isnan(arrays["reach"]).tolist() == [False] + 6 * [True]


def test_hidden_spaces_keep_steady_beside_the_last_one() -> None:
    state, _ = engine.train(engine.start(engine.RunSpec.from_dict(SIX)), 20)
    seen = engine.insight.Inspection(state)
    before = tuple(-axes for axes in engine.insight.hidden_space(seen).axes)
    inspect = InspectHiddenSpace(kind="hidden-space")
    read = readings.read(inspect, seen, 0, None, before)
    space = engine.insight.hidden_space(seen, before=before)
    np.testing.assert_array_equal(read.axes[1], space.axes[1])
    driver = Driver(view={"grid": 8, "neurons": 0, "inspect": {"kind": "hidden-space"}})
    driver.run()
    assert [len(axes) for axes in driver.session.readings.axes] == [2, 4, 2]
    driver.control("reset")
    assert driver.session.readings.axes == ()


def test_a_state_without_finite_gradients_can_be_read() -> None:
    state = engine.start(engine.RunSpec.from_dict(SIX))
    state = replace(state, theta=np.full_like(state.theta, np.nan))
    header, arrays, _ = frame(InspectGradients(kind="gradients"), state)
    assert header["reading"]["total"] is None
    assert np.isnan(arrays["flow"][0]).all()


def test_play_has_a_reading_in_some_of_its_frames_and_the_last_has_one() -> None:
    driver = Driver(view=GRADIENTS)
    driver.run()
    assert "reading" in driver.frames[-1]
    driver.frames.clear()
    driver.control("play")
    driver.run(seconds=1)
    with_reading = [each for each in driver.frames if "reading" in each]
    assert 8 <= len(with_reading) <= 11 < len(driver.frames)
    driver.control("pause")
    driver.run()
    assert "reading" in driver.frames[-1]


def test_steps_have_a_reading_each() -> None:
    driver = Driver(view=GRADIENTS)
    driver.run()
    driver.frames.clear()
    for _ in range(3):
        driver.control("step")
        driver.run()
    assert driver.frames
    assert all("reading" in each for each in driver.frames)


def test_a_panel_that_is_closed_reads_no_more() -> None:
    driver = Driver(view=GRADIENTS)
    driver.run()
    driver.control("view", grid=8, neurons=0)
    driver.run()
    assert "reading" not in driver.frames[-1]
    count = len(driver.frames)
    driver.control("pause")
    driver.run()
    assert len(driver.frames) == count


def test_activations_say_what_training_does_otherwise() -> None:
    layers = [{"units": 8, "batch_norm": True, "dropout": 0.25}, {"units": 4}]
    spec = engine.RunSpec.from_dict({"layers": layers})
    state = engine.train(engine.start(spec), 3)[0]
    asked = InspectActivations(kind="activations")
    header, arrays, _ = frame(asked, state)
    found = engine.insight.in_training(state)
    assert "training" not in header
    assert header["reading"]["batch"] == found.batch == 10
    normed = arrays["normed"]
    np.testing.assert_allclose(normed[0, :2], found.batch_statistics[0], rtol=1e-6)
    np.testing.assert_allclose(normed[0, 2:4], found.running_statistics[0], rtol=1e-6)
    np.testing.assert_allclose(normed[0, 4], found.apart[0], rtol=1e-6)
    assert np.isnan(normed[1:]).all()
    np.testing.assert_allclose(arrays["mask"], found.first, rtol=1e-6)

    header, shown, _ = frame(asked, state, training=True)
    assert header["training"] == 10
    assert not np.array_equal(shown["boundary"], arrays["boundary"])
    assert not np.array_equal(shown["outputs"], arrays["outputs"])
    for name in ("theta", "metrics", "normed", "mask"):
        np.testing.assert_array_equal(shown[name], arrays[name])


def test_a_network_that_trains_as_it_is_evaluated_has_nothing_to_tell_apart() -> None:
    header, arrays, _ = frame(InspectActivations(kind="activations"))
    assert "batch" not in header["reading"]
    assert not {"normed", "mask"} & set(arrays)
