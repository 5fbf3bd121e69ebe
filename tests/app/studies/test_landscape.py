"""Landscapes as studies: coarse and then finer, with the paths, and the way back from a place to weights."""

from typing import Any

import numpy as np
import pytest

import engine
from app.protocol import Place, ProtocolError
from app.studies import place
from app.studies.job import PlacedPlane
from app.studies.landscape import DrawMap, PathLosses
from engine.spec.parameter_names import unpack
from tests.app.session.test_session import Driver
from tests.app.stream.study_jobs import IMPATIENT, PATIENT, job_of, pieces, shown

MEMBERS = [{"optimizer.kind": "sgd"}, {"optimizer.kind": "adam"}]


@pytest.fixture(scope="module")
def driver() -> Driver:
    view = {"grid": 8, "neurons": 0, "trajectory": True}
    driver = Driver(chunk=1000, members=MEMBERS, view=view)
    driver.control("step", count=60)
    driver.run()
    return driver


def landscape(driver: Driver, budget: float = PATIENT, **what: Any) -> list[Any]:
    return shown(job_of({"kind": "landscape", **what}, driver.session), budget)


@pytest.mark.parametrize("budget", [IMPATIENT, PATIENT])
def test_pictures_come_coarse_and_then_finer(driver: Driver, budget: float) -> None:
    parts = landscape(driver, budget)
    assert [piece.arrays["loss"].shape for piece in parts] == [(14, 14), (26, 26), (51, 51)]
    state = driver.session.state
    trajectory = driver.session.run.recorder.trajectory(state)
    plane = engine.landscape.plane_through(state, trajectory, engine.landscape.Axes("pca"))
    wanted = engine.landscape.Landscape.of(state, plane).losses(plane.grid(51)).reshape(51, 51)
    np.testing.assert_array_equal(parts[-1].arrays["loss"], wanted.astype(np.float32))
    for piece in parts:
        assert piece.header == {
            "step": 60,
            "ranges": plane.ranges.tolist(),
            "explained": plane.explained.tolist(),  # type: ignore[union-attr]
            "labels": plane.labels,
        }


def test_the_paths_are_the_trajectory_and_their_losses_come_with_the_second_picture(
    driver: Driver,
) -> None:
    first, *rest = landscape(driver, IMPATIENT)
    trajectory = driver.session.run.recorder.trajectory(driver.session.state)
    specs = driver.session.state.specs
    assert np.isnan(first.arrays["true_loss"]).all()
    assert np.isnan(first.arrays["plane_loss"]).all()
    for piece in rest:
        arrays = piece.arrays
        assert arrays["path_steps"].tolist() == trajectory.steps.tolist()
        assert arrays["paths"].shape == (len(trajectory.steps), 2, 2)
        wanted = engine.landscape.path_losses(specs, trajectory).astype(np.float32)
        np.testing.assert_array_equal(arrays["true_loss"], wanted)
        # the plane goes through the first network: there it is the loss itself
        assert arrays["away"][-1, 0] == pytest.approx(0, abs=1e-9)
        assert arrays["plane_loss"][-1, 0] == pytest.approx(wanted[-1, 0], rel=1e-5)
        assert arrays["paths"][-1, 0].tolist() == pytest.approx([0, 0], abs=1e-9)


def test_a_line_has_the_loss_of_both_halves(driver: Driver) -> None:
    parts = landscape(driver, axes={"kind": "line"}, dimensions=1, size=21, member=1)
    state = driver.session.state
    trajectory = driver.session.run.recorder.trajectory(state)
    plane = engine.landscape.plane_through(state, trajectory, engine.landscape.Axes("line"), 1)
    for piece in parts:
        loss = piece.arrays["loss"]
        assert loss.shape == (2, 21)
        for row, half in zip(loss, ("train", "test"), strict=True):
            there = engine.landscape.Landscape.of(state, plane, half, member=1)  # type: ignore[arg-type]
            np.testing.assert_array_equal(row, there.losses(plane.line(21)).astype(np.float32))
    assert np.isfinite(parts[-1].arrays["true_loss"]).all()


def test_a_small_map_comes_twice_the_second_time_with_the_losses_of_the_paths(
    driver: Driver,
) -> None:
    first, second = landscape(driver, size=9)
    np.testing.assert_array_equal(first.arrays["loss"], second.arrays["loss"])
    assert np.isnan(first.arrays["true_loss"]).all()
    assert np.isfinite(second.arrays["true_loss"]).all()


def test_without_a_trajectory_the_path_is_the_present_point() -> None:
    alone = Driver()
    alone.run()
    *_, last = landscape(alone, axes={"kind": "random", "seed": 3}, half="test", penalty=True)
    assert last.arrays["path_steps"].tolist() == [0]
    assert last.header["explained"] is None
    metrics = engine.metrics(alone.session.state)
    assert last.arrays["true_loss"][0, 0] == pytest.approx(
        metrics["test_loss"][0] + metrics["penalty"][0], rel=1e-6
    )


def test_a_job_does_not_carry_the_trajectory_for_longer_than_it_needs(driver: Driver) -> None:
    found = pieces(job_of({"kind": "landscape"}, driver.session), IMPATIENT)
    survey, *rest = found
    assert isinstance(survey.rest, DrawMap)
    assert isinstance(survey.later, PathLosses)
    # pictures are drawn without it, and what of it has been measured is left behind
    left = [
        len(piece.rest.trajectory.steps) for piece in rest if isinstance(piece.rest, PathLosses)
    ]
    assert left == sorted(left, reverse=True)
    assert left[-1] < left[0]
    assert all(
        not hasattr(piece.rest, "trajectory") for piece in rest if isinstance(piece.rest, DrawMap)
    )


def test_a_map_is_cut_at_every_place_where_one_takes_all_the_time(driver: Driver) -> None:
    survey = job_of({"kind": "landscape"}, driver.session).work(IMPATIENT)
    assert survey.rest
    drawn = survey.rest.work(IMPATIENT).rest
    assert isinstance(drawn, DrawMap)
    assert drawn.found is not None
    assert drawn.found.shape == (1, 1)


@pytest.mark.parametrize(
    ("what", "path"),
    [
        ({"member": 2}, "member"),
        ({"axes": {"kind": "weights", "names": ["foo", "output.b.0"]}}, "axes.names.0"),
    ],
)
def test_what_is_wrong_with_a_landscape_is_named(driver: Driver, what: Any, path: str) -> None:
    with pytest.raises(engine.SpecError) as caught:
        landscape(driver, **what)
    assert [problem.path for problem in caught.value.problems] == [path]


def test_without_test_points_their_loss_is_refused_and_a_line_leaves_it_out() -> None:
    view = {"grid": 8, "neurons": 0}
    lone = Driver(chunk=1000, spec={"data": {"kind": "custom", "train_share": 1}}, view=view)
    lone.control("step", count=10)
    lone.run()
    with pytest.raises(engine.SpecError, match="none are left to test on"):
        landscape(lone, half="test")
    (*_, last) = landscape(lone, axes={"kind": "line"}, dimensions=1, size=9)
    assert np.isfinite(last.arrays["loss"][0]).all()
    assert np.isnan(last.arrays["loss"][1]).all()


# From a place to weights


def placed_in(driver: Driver) -> PlacedPlane:
    found = job_of({"kind": "landscape"}, driver.session).work(IMPATIENT).plane
    assert found
    return found


def at(a: float, b: float) -> Place:
    return Place(type="place", id=4, at=(a, b))


def test_a_place_stands_for_the_weights_that_the_plane_has_there(driver: Driver) -> None:
    placed = placed_in(driver)
    setting = place.setting(at(0.5, -1), placed, driver.session.state.spec)
    assert setting.id == 4
    wanted = placed.plane.origin + 0.5 * placed.plane.directions[0] - placed.plane.directions[1]
    theta = unpack(setting.changes["theta"])
    assert theta is not None
    np.testing.assert_array_equal(theta, wanted.astype(np.float32))
    other = Driver(members=MEMBERS)
    other.control("set", changes=setting.changes)
    np.testing.assert_array_equal(other.theta, np.stack([theta, theta]))


def test_a_place_of_no_landscape_is_refused_in_words(driver: Driver) -> None:
    spec = driver.session.state.spec
    with pytest.raises(ProtocolError, match="no landscape") as caught:
        place.setting(at(0, 0), None, spec)
    assert caught.value.reply_to == 4
    with pytest.raises(ProtocolError, match="changed its shape"):
        place.setting(at(0, 0), placed_in(driver), spec.replace({"layers.0.units": 5}))


def test_a_place_of_a_very_large_network_is_refused_in_words() -> None:
    large = Driver(spec={"layers": [{"units": 60}, {"units": 60}]})
    with pytest.raises(ProtocolError, match="parameters; at most"):
        place.setting(at(0, 0), placed_in(large), large.session.state.spec)
