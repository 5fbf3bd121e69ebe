"""The trajectory: which points of a run are kept, and that there are never too many."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

import engine
from app.session.trajectory import MOST_POINTS, RESOLUTION, Point, TrajectoryRecorder, due, is_due

SPEC = engine.RunSpec.from_dict({"layers": [{"units": 2}]})
BEGIN = engine.start(SPEC)


def at(step: int, size: int = 1) -> Point:
    return Point(step, np.full((1, size), step, np.float32), np.empty((1, 0), np.float32))


def kept(recorder: TrajectoryRecorder, last: int = 10**9) -> list[int]:
    """The steps that are known, without the state itself, which is always the last."""
    state = engine.start(SPEC)
    object.__setattr__(state, "step", last)
    object.__setattr__(state, "theta", recorder._points[min(recorder._points)].theta)
    return [int(step) for step in recorder.trajectory(state).steps[:-1]]


def test_every_step_is_kept_at_first_then_every_second_then_every_fourth() -> None:
    steps = [0]
    while steps[-1] < 40:
        steps.append(due(steps[-1], 4) or 0)
    assert steps == [*range(9), 10, 12, 14, 16, 20, 24, 28, 32, 40]


@given(st.integers(0, 10**6), st.sampled_from([1, 2, 8, RESOLUTION]))
def test_the_next_step_that_is_kept_is_the_first_one_that_is(step: int, resolution: int) -> None:
    following = due(step, resolution)
    assert following is not None
    assert is_due(following, resolution)
    between = range(step + 1, min(following, step + 200))
    assert not any(is_due(each, resolution) for each in between)


@given(st.integers(0, 10**9))
def test_what_a_coarser_trajectory_keeps_a_finer_one_has(step: int) -> None:
    if is_due(step, RESOLUTION // 2):
        assert is_due(step, RESOLUTION)


def test_nothing_is_kept_at_resolution_0() -> None:
    assert due(5, 0) is None
    assert not is_due(0, 0)


def run(recorder: TrajectoryRecorder, last: int, size: int = 1) -> None:
    """Pass over a run as slices do."""
    step: int | None = 0
    while step is not None and step <= last:
        recorder.add(at(step, size))
        step = due(step, recorder.resolution)


@pytest.mark.parametrize("last", [50, 1000, 100_000, 5_000_000])
def test_there_are_never_too_many_points_and_the_first_is_one_of_them(last: int) -> None:
    recorder = TrajectoryRecorder()
    recorder.switch(on=True)
    run(recorder, last)
    steps = kept(recorder)
    assert len(steps) <= MOST_POINTS
    assert steps[0] == 0
    assert len(steps) > min(last, MOST_POINTS) // 3
    gaps = np.diff(steps)
    assert gaps[0] == 1
    assert (np.diff(gaps) >= 0).all()  # further and further apart


def test_large_networks_keep_fewer_points_and_the_largest_none() -> None:
    recorder = TrajectoryRecorder(capacity=40_000)
    recorder.switch(on=True)
    run(recorder, 1000, size=1000)  # 4,000 bytes each
    steps = kept(recorder)
    assert steps[0] == 0
    assert steps[-1] == 512
    assert 5 <= len(steps) <= 10
    recorder = TrajectoryRecorder(capacity=7_000)
    recorder.switch(on=True)
    run(recorder, 10, size=1000)
    assert recorder._points == {}


def test_the_trajectory_ends_at_the_state_and_begins_where_it_was_asked_for() -> None:
    state, _ = engine.train(BEGIN, 517)
    recorder = TrajectoryRecorder()
    recorder.switch(on=True, state=state)
    later, _ = engine.train(state, 3)
    recorder.add(Point.of(later))
    end, _ = engine.train(later, 5)
    trajectory = recorder.trajectory(end)
    assert trajectory.steps.tolist() == [517, 520, 525]
    for point, each in zip(trajectory.theta, (state, later, end), strict=True):
        np.testing.assert_array_equal(point, each.theta)
    assert trajectory.running.shape == (3, 1, 0)


def test_without_recording_the_trajectory_is_the_state_alone() -> None:
    recorder = TrajectoryRecorder()
    recorder.add(at(3))
    recorder.leave(BEGIN)
    recorder.begin(BEGIN)
    assert recorder.trajectory(BEGIN).steps.tolist() == [0]
    recorder.switch(on=True, state=BEGIN)
    recorder.switch(on=False)
    assert recorder._points == {}


def test_what_comes_after_the_state_is_not_its_trajectory_but_is_kept() -> None:
    recorder = TrajectoryRecorder()
    recorder.switch(on=True, state=BEGIN)
    states = [BEGIN]
    for _ in range(10):
        states.append(engine.train(states[-1], 1)[0])
        recorder.add(Point.of(states[-1]))
    assert recorder.trajectory(states[4]).steps.tolist() == [0, 1, 2, 3, 4]
    assert recorder.trajectory(states[10]).steps.tolist() == list(range(11))


def test_a_change_forgets_what_came_after_and_takes_itself_in() -> None:
    recorder = TrajectoryRecorder()
    recorder.switch(on=True, state=BEGIN)
    states = [BEGIN]
    for _ in range(10):
        states.append(engine.train(states[-1], 1)[0])
        recorder.add(Point.of(states[-1]))
    changed = engine.edit(states[4], {"theta.output.b.0": 9.0})
    recorder.leave(changed)
    after, _ = engine.train(changed, 1)
    trajectory = recorder.trajectory(after)
    assert trajectory.steps.tolist() == [0, 1, 2, 3, 4, 5]
    np.testing.assert_array_equal(trajectory.theta[4], changed.theta)
