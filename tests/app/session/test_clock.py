"""The clock of play."""

import pytest

from app.session.clock import BACKLOG, PlayClock


def test_the_first_step_comes_at_once_and_the_others_at_their_time() -> None:
    tempo = PlayClock(10)
    tempo.begin(now=100, step=7)
    assert tempo.goal(100, 7) == 8
    assert tempo.due(9) == pytest.approx(100.1)
    assert tempo.goal(100.09, 8) == 8
    assert tempo.goal(100.1, 8) == 9


def test_without_a_speed_it_goes_as_far_as_it_can() -> None:
    tempo = PlayClock(None)
    tempo.begin(100, 7)
    assert tempo.goal(101, 7) is None


def test_what_is_too_far_behind_is_let_go() -> None:
    tempo = PlayClock(100)
    tempo.begin(0, 0)
    most = int(BACKLOG * 100)
    assert tempo.goal(60, 0) == most
    assert tempo.goal(60, most) == most
    assert tempo.goal(60.01, most) == most + 1


def test_another_speed_counts_from_where_it_was_set() -> None:
    tempo = PlayClock(1)
    tempo.begin(0, 0)
    tempo.set_speed(100, now=5, step=6)
    assert tempo.goal(5.05, 6) == 11


def test_the_rate_is_that_of_the_last_second() -> None:
    tempo = PlayClock(None)
    tempo.begin(0, 0)
    assert tempo.rate(0) == 0
    for tick in range(1, 31):
        tempo.reach(tick / 10, tick * 5 if tick <= 20 else 100 + (tick - 20) * 50)
    assert tempo.rate(3) == pytest.approx(500)
    tempo.stop()
    assert tempo.rate(3) == 0


def rising(per_epoch: int = 25, step: int = 0) -> PlayClock:
    tempo = PlayClock("rising")
    tempo.set_epoch(per_epoch, 0, step)
    tempo.begin(0, step)
    return tempo


def played(tempo: PlayClock, seconds: float, step: int = 0) -> int:
    """The step after so many seconds of a machine that keeps up."""
    for frame in range(round(seconds * 60) + 1):
        step = tempo.goal(frame / 60, step) or step
    return step


def test_a_rising_speed_begins_with_two_epochs_a_second_and_doubles_every_four() -> None:
    # s(t) = 2e · 4 / ln 2 · (2^(t/4) − 1) with e steps to an epoch, the first step at once
    assert played(rising(), 1) == pytest.approx(288.54 * (2**0.25 - 1), abs=2)
    assert played(rising(), 4) == pytest.approx(288.54, abs=2)
    assert played(rising(), 12) == pytest.approx(7 * 288.54, rel=0.01)
    assert played(rising(1), 4) == pytest.approx(288.54 / 25, abs=2)


def test_a_rising_speed_depends_on_the_step_alone() -> None:
    tempo, begun_there = rising(), rising(step=1000)
    there = played(tempo, 9)
    tempo.begin(1000, 1000)
    assert tempo.due(1500) - 1000 == pytest.approx(begun_there.due(1500))
    tempo.begin(2000, 0)
    assert tempo.due(500) - 2000 == pytest.approx(rising().due(500)), "slow again at the start"
    assert there > 1000


def test_a_rising_speed_is_due_when_its_goal_is_reached() -> None:
    tempo = rising(7)
    for step in (2, 10, 100, 5000):
        due = tempo.due(step)
        assert rising(7).goal(due - 1e-3, step - 1) in (step - 1, None) or step > 1000
        assert tempo.goal(due, step - 1) == step


def test_a_rising_speed_never_runs_over() -> None:
    tempo = rising()
    goal = tempo.goal(1e9, 0)
    assert goal is not None
    assert goal <= 1 + 50 * BACKLOG


def test_a_run_whose_epochs_change_goes_on_from_where_it_is() -> None:
    tempo = rising(25)
    step = played(tempo, 2)
    tempo.set_epoch(250, 2, step)
    assert tempo.goal(2, step) == step
    assert tempo.goal(2.1, step) == pytest.approx(step + 50, abs=4)
