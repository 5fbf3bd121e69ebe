"""The Hessian by differences, beside second derivatives worked out by hand."""

import numpy as np

from engine.race.hessian import hessians
from engine.race.spec import RaceSpec

PLACES = np.array([[0.5, -0.3], [1.2, 0.8], [-1.0, 2.0]])


def test_hessians_are_second_derivatives() -> None:
    # f = (1 − x)² + 100 (y − x²)²: f_xx = 2 − 400 y + 1200 x², f_xy = −400 x, f_yy = 200
    found = hessians(RaceSpec.from_dict({"surface": "rosenbrock"}), PLACES)
    x, y = PLACES.T
    np.testing.assert_allclose(found[:, 0, 0], 2 - 400 * y + 1200 * x * x, rtol=1e-6)
    np.testing.assert_allclose(found[:, 0, 1], -400 * x, rtol=1e-6)
    np.testing.assert_array_equal(found[:, 0, 1], found[:, 1, 0])
    np.testing.assert_allclose(found[:, 1, 1], 200, rtol=1e-6)


def test_where_there_is_no_gradient_there_is_no_hessian() -> None:
    formula = {"kind": "formula", "text": "sqrt(x) + y^2"}
    found = hessians(RaceSpec.from_dict({"surface": formula}), PLACES)
    assert np.isfinite(found).all(axis=(1, 2)).tolist() == [True, True, False]
