"""The curves that are kept."""

import numpy as np
from hypothesis import given
from hypothesis import strategies as st

from app.session.history import History


def row(step: float) -> tuple[float, ...]:
    return (step, step / 25, *np.arange(6) * step)


@given(st.lists(st.integers(0, 500), min_size=1, max_size=400), st.integers(4, 20))
def test_points_stay_in_order_and_bounded_and_the_last_is_the_newest(
    gaps: list[int], capacity: int
) -> None:
    history = History(capacity)
    steps = np.cumsum(gaps)
    for step in steps:
        history.append(row(float(step)))
        assert 1 <= len(history.rows) <= capacity
        assert history.rows[-1].tolist() == list(row(float(step)))
    kept = history.rows[:, 0]
    assert kept[0] == steps[0]
    assert (np.diff(kept) > 0).all()
    assert set(kept) <= set(steps)


def test_a_long_run_is_spread_evenly() -> None:
    history = History(100)
    for step in range(10_000):
        history.append(row(step))
    assert len(history.rows) >= 50
    assert np.diff(history.rows[:-1, 0]).max() <= 10_000 / 50 * 2


def test_a_new_run_begins_with_nothing() -> None:
    history = History(4)
    for step in range(20):
        history.append(row(step))
    history.clear()
    history.append(row(1))
    history.append(row(2))
    assert history.rows[:, 0].tolist() == [1, 2]


def test_what_is_cut_is_gone_and_what_is_known_is_not_added_again() -> None:
    history = History(100)
    for step in range(0, 50, 5):
        assert history.append(row(step))
    assert not history.append(row(20))
    assert not history.append(row(45))
    assert history.rows[-1, 0] == 45
    history.cut(22)
    assert history.rows[:, 0].tolist() == [0, 5, 10, 15, 20]
    assert history.append(row(21))
