"""Strategies of search: where trials lie, how many a budget pays for, and which of them go on."""

import itertools

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from scipy.stats import qmc

from engine.catalog.strategies import STRATEGIES, Draw, cost_of, most_trials, survivors
from engine.catalog.strategies.spread import grid_levels

EACH = pytest.mark.parametrize("kind", STRATEGIES)


def draw(trials: int, knobs: int, seed: int = 1) -> Draw:
    numbers = np.random.default_rng(seed).random((trials, 2 * knobs))
    return Draw(numbers, (None,) * knobs)


@EACH
def test_trials_lie_in_the_cube_as_often_as_is_said(kind: str) -> None:
    record = STRATEGIES[kind]
    for trials, knobs in itertools.product((1, 7, 20), (1, 3)):
        count = record.fits(trials, (None,) * knobs)
        places = record.place(draw(count, knobs), record.defaults)
        assert places.shape == (count, knobs)
        assert ((places >= 0) & (places < 1)).all()
        assert sum(record.rounds(count, record.defaults)) == count <= trials


def test_a_grid_by_hand() -> None:
    # three and two values of the knobs, at the middles of thirds and halves
    record = STRATEGIES["grid"]
    found = record.place(draw(6, 2), {"shift": False})
    sixths = [
        [1 / 6, 1 / 4],
        [1 / 6, 3 / 4],
        [1 / 2, 1 / 4],
        [1 / 2, 3 / 4],
        [5 / 6, 1 / 4],
        [5 / 6, 3 / 4],
    ]
    np.testing.assert_allclose(found, sixths)


def test_a_shifted_grid_is_the_same_grid_elsewhere() -> None:
    record, made = STRATEGIES["grid"], draw(16, 2)
    moved = record.place(made, {"shift": True}) - record.place(made, {"shift": False})
    np.testing.assert_allclose(moved, np.broadcast_to(moved[0], moved.shape), atol=1e-15)
    np.testing.assert_allclose(moved[0], (made.random[0, :2] - 0.5) / 4)


@given(st.integers(1, 500), st.lists(st.none() | st.integers(1, 9), min_size=1, max_size=4))
def test_a_grid_is_as_large_as_fits(trials: int, levels: list[int | None]) -> None:
    counts = grid_levels(trials, tuple(levels))
    assert np.prod(counts) <= trials
    for i, (count, most) in enumerate(zip(counts, levels, strict=True)):
        assert most is None or count <= most
        # one more value of this knob would be too many trials, or there is none
        assert count == most or np.prod(counts[:i] + counts[i + 1 :]) * (count + 1) > trials


def test_a_latin_hypercube_has_one_trial_in_each_stratum() -> None:
    found = STRATEGIES["latin_hypercube"].place(draw(50, 3), {})
    for column in found.T:
        np.testing.assert_array_equal(np.sort(np.floor(column * 50)), np.arange(50))


def test_a_latin_hypercube_is_more_even_than_chance() -> None:
    def unevenness(kind: str) -> float:
        cubes = [STRATEGIES[kind].place(draw(30, 2, seed), {}) for seed in range(20)]
        return float(np.mean([qmc.discrepancy(cube) for cube in cubes]))

    assert unevenness("latin_hypercube") < 0.6 * unevenness("random")


def test_the_box_shrinks_around_the_best_and_moves_where_it_lies_at_an_edge() -> None:
    narrow = STRATEGIES["coarse_to_fine"].narrow
    assert narrow is not None
    box = np.array([[0.0, 0.0, 0.2], [1.0, 1.0, 0.6]])
    limits = np.array([[-1.0, 0.0, -1.0], [2.0, 2.0, 2.0]])
    found = narrow(box, np.array([0.5, 0.02, 0.58]), limits, {"shrink": 0.4})
    # the first shrinks to 0.4; the second cannot leave its limits; the third is 0.02 from an edge of 0.6
    np.testing.assert_allclose(found, [[0.3, 0.0, 0.38], [0.7, 1.0, 0.78]])


def test_rungs_and_their_cost_by_hand() -> None:
    halving, knobs = STRATEGIES["halving"], {"eta": 2, "rungs": 3}
    assert halving.rungs(100, knobs) == (25, 50, 100)
    # 8 up to 25, 4 up to 50, 2 up to 100
    assert survivors(8, 3, 2) == [8, 4, 2]
    assert cost_of(halving, 8, 100, knobs) == 8 * 25 + 4 * 25 + 2 * 50
    assert most_trials(halving, 400, 100, knobs) == 8
    assert most_trials(halving, 399, 100, knobs) == 7
    # where rungs would be the same, there are fewer
    assert halving.rungs(3, {"eta": 4, "rungs": 6}) == (1, 3)


@EACH
@given(budget=st.integers(0, 3000), updates=st.integers(1, 100))
def test_a_budget_pays_for_as_many_trials_as_fit(kind: str, budget: int, updates: int) -> None:
    record = STRATEGIES[kind]
    trials = most_trials(record, budget, updates, record.defaults)
    assert cost_of(record, trials, updates, record.defaults) <= budget or trials == 0
    assert cost_of(record, trials + 1, updates, record.defaults) > budget
