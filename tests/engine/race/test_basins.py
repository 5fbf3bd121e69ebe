"""Basins: which minimum each start of a grid leads to."""

from typing import Any

import numpy as np
import pytest

from engine.catalog.surfaces import SURFACES
from engine.race.basins import Basins, basins_of, begin_basins
from engine.race.descent import descend
from engine.race.heights import grid_points
from engine.race.race import advance_race, begin_race
from engine.race.spec import RaceSpec

HIMMELBLAU = "(x^2+y-11)^2 + (x+y^2-7)^2"


def typed(text: str) -> dict[str, str]:
    return {"kind": "formula", "text": text}


def spec_of(surface: Any, rate: float = 0.01, kind: str = "sgd", **values: Any) -> RaceSpec:
    racers = [{"optimizer": {"kind": kind, "learning_rate": rate}}]
    return RaceSpec.from_dict({"surface": surface, "racers": racers, **values})


def basins(spec: RaceSpec, grid: int, steps: int = 500) -> Basins:
    return basins_of(spec, descend(begin_basins(spec, 0, grid), steps))


def test_two_wells_part_where_the_surface_says_so() -> None:
    # f = (x² − 1)² + y²: SGD in small steps goes to 1 from x > 0 and to −1 from x < 0; x = 0 is the ridge
    spec = spec_of(typed("(x^2-1)^2 + y^2"), 0.02, view=[-1.5, 1.5, -1, 1])
    found = basins(spec, 9)
    left, right = (int(abs(found.minima - (x, 0)).sum(axis=1).argmin()) for x in (-1, 1))
    np.testing.assert_allclose(found.minima[[left, right]], [[-1, 0], [1, 0]], atol=1e-6)
    assert len(found.minima) == 2
    expected = [[left] * 4 + [-1] + [right] * 4] * 9
    np.testing.assert_array_equal(found.which, expected)
    np.testing.assert_allclose(found.value[:, 4], 1, atol=1e-6)
    np.testing.assert_allclose(np.delete(found.value, 4, axis=1), 0, atol=1e-6)


def test_row_0_is_at_the_top() -> None:
    # the bowl is left in view only: with no steps made, each start is at its own place
    spec = spec_of("bowl", view=[-1, 1, 0, 4])
    found = basins(spec, 3, steps=0)
    x, y = grid_points(spec.extent, 3)
    np.testing.assert_array_equal(found.value, x * x + 2 * y * y)
    np.testing.assert_array_equal(found.which, [[-1] * 3, [-1] * 3, [-1, 0, -1]])


def test_known_minima_are_told_apart() -> None:
    found = basins(spec_of("himmelblau"), 20)
    np.testing.assert_array_equal(found.minima, SURFACES["himmelblau"].minima)
    assert set(np.unique(found.which)) == {0, 1, 2, 3}
    # next to each minimum it is the one that is reached
    x, y = grid_points((-5.0, 5.0, -5.0, 5.0), 20)
    for index, (x0, y0) in enumerate(found.minima):
        assert found.which.flat[np.hypot(x - x0, y - y0).argmin()] == index


def test_minima_of_a_formula_are_found_where_ends_gather() -> None:
    known = basins(spec_of("himmelblau"), 20)
    found = basins(spec_of(typed(HIMMELBLAU)), 20)
    assert len(found.minima) == 4
    away = np.hypot(*(found.minima[:, None] - known.minima).transpose(2, 0, 1))
    np.testing.assert_allclose(away.min(axis=1), 0, atol=1e-6)
    same = np.append(away.argmin(axis=1), -1)  # the last is for −1
    np.testing.assert_array_equal(same[found.which], known.which)


def test_ends_on_their_way_are_at_no_minimum() -> None:
    # 20 steps of 1e-4 leave most starts on the walls of the valley
    valley = typed("(1-x)^2 + 100*(y-x^2)^2")
    found = basins(spec_of(valley, 1e-4, view=[-2, 2, -1, 3]), 16, steps=20)
    assert (found.which == -1).mean() > 0.5
    np.testing.assert_allclose(found.minima, np.ones((len(found.minima), 2)), atol=0.3)


def test_a_surface_without_minima_has_no_basins() -> None:
    # exp(y − x) curves along one direction alone, everywhere: its Hessian has no inverse
    for surface in ("saddle", typed("x^3 - 3*x*y^2"), typed("exp(y - x)")):
        found = basins(spec_of(surface), 8, steps=100)
        assert found.minima.shape == (0, 2)
        assert (found.which == -1).all()


def test_who_fails_reaches_nothing() -> None:
    # with η = 0.3 on 4y, y is thrown about by −0.2, and with η = 0.6 by −1.4
    calm, wild = (basins(spec_of("bowl", rate), 8, steps=3000) for rate in (0.3, 0.6))
    assert (calm.which == 0).all()
    # in the middle rows y is 3/14, not 0: every start fails
    assert (wild.which == -1).all()
    assert np.isinf(wild.value).all()


def test_each_start_goes_as_a_racer_does() -> None:
    spec = spec_of("rastrigin", 0.05, "adam", noise=0.2, steps=80)
    grid, place = 6, 15
    descent = descend(begin_basins(spec, 0, grid), 80)
    x, y = grid_points(spec.extent, grid)
    racing = spec.replace({"starts": [[x.flat[place], y.flat[place]]]})
    _, rows = advance_race(begin_race(racing), 80)
    np.testing.assert_allclose(descent.theta[place], rows.path[-1, 0], rtol=1e-12)


def test_slices_change_nothing() -> None:
    spec = spec_of("himmelblau", noise=0.5)
    whole = basins(spec, 8, 60)
    descent = begin_basins(spec, 0, 8)
    for steps in (13, 1, 46):
        descent = descend(descent, steps)
    np.testing.assert_array_equal(basins_of(spec, descent).value, whole.value)


def test_a_racer_there_is_not_is_an_error() -> None:
    with pytest.raises(IndexError):
        begin_basins(spec_of("bowl"), 1, 8)
