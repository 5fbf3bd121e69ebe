"""The clock of play."""

import pytest

from app.session.clock import BACKLOG, Tempo


def test_the_first_step_comes_at_once_and_the_others_at_their_time() -> None:
    tempo = Tempo(10)
    tempo.begin(now=100, step=7)
    assert tempo.goal(100, 7) == 8
    assert tempo.due(9) == pytest.approx(100.1)
    assert tempo.goal(100.09, 8) == 8
    assert tempo.goal(100.1, 8) == 9


def test_without_a_speed_it_goes_as_far_as_it_can() -> None:
    tempo = Tempo(None)
    tempo.begin(100, 7)
    assert tempo.goal(101, 7) is None


def test_what_is_too_far_behind_is_let_go() -> None:
    tempo = Tempo(100)
    tempo.begin(0, 0)
    most = int(BACKLOG * 100)
    assert tempo.goal(60, 0) == most
    assert tempo.goal(60, most) == most
    assert tempo.goal(60.01, most) == most + 1


def test_another_speed_counts_from_where_it_was_set() -> None:
    tempo = Tempo(1)
    tempo.begin(0, 0)
    tempo.set_speed(100, now=5, step=6)
    assert tempo.goal(5.05, 6) == 11


def test_the_rate_is_that_of_the_last_second() -> None:
    tempo = Tempo(None)
    tempo.begin(0, 0)
    assert tempo.rate(0) == 0
    for tick in range(1, 31):
        tempo.reach(tick / 10, tick * 5 if tick <= 20 else 100 + (tick - 20) * 50)
    assert tempo.rate(3) == pytest.approx(500)
    tempo.stop()
    assert tempo.rate(3) == 0
