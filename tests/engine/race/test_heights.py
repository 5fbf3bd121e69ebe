"""Maps of surfaces: which way round they are, and where there is no number."""

import numpy as np
import pytest

from engine.catalog.surfaces.formula_parser import FormulaError
from engine.race.heights import grid_points, surface_map
from engine.spec.reader import Choice


def formula(text: str) -> Choice:
    return Choice("formula", (("text", text),))


def test_row_0_is_at_the_top_and_column_0_at_the_left() -> None:
    # over x from 0 to 2 and y from 10 to 30
    view = (0.0, 2.0, 10.0, 30.0)
    expected = [[30, 31, 32], [20, 21, 22], [10, 11, 12]]
    np.testing.assert_array_equal(surface_map(formula("x + y"), view, 3), expected)
    x, y = grid_points(view, 3)
    np.testing.assert_array_equal(x[0], [0, 1, 2])
    np.testing.assert_array_equal(y[:, 0], [30, 20, 10])


def test_where_f_is_no_number_there_is_nan() -> None:
    found = surface_map(formula("1/x + sqrt(y)"), (-1.0, 1.0, -1.0, 1.0), 3)
    assert np.isnan(found).tolist() == [[False, True, False]] * 2 + [[True, True, True]]
    steep = Choice("rosenbrock", (("steepness", 1000.0),))
    assert (
        np.isnan(surface_map(steep, (-1e300, 1.0, -1.0, 1.0), 3)).tolist()
        == [[True, True, False]] * 3
    )


def test_what_is_wrong_is_said() -> None:
    with pytest.raises(FormulaError):
        surface_map(formula("x +"), (0.0, 1.0, 0.0, 1.0), 3)
    with pytest.raises(KeyError, match="did you mean bowl"):
        surface_map(Choice("bowel", ()), (0.0, 1.0, 0.0, 1.0), 3)
