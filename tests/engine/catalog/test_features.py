"""Features are their formulas."""

import math

import numpy as np
import pytest

from engine.catalog.features import FEATURES, compute

X1, X2 = 1.5, -2.0
EXPECTED = {
    "x1": 1.5,
    "x2": -2.0,
    "x1_squared": 2.25,
    "x2_squared": 4.0,
    "x1_x2": -3.0,
    "sin_x1": math.sin(1.5),
    "sin_x2": math.sin(-2.0),
    "cos_x1": math.cos(1.5),
    "cos_x2": math.cos(-2.0),
    "radius": 2.5,
}


@pytest.mark.parametrize("name", FEATURES)
def test_formula(name: str) -> None:
    assert compute((name,), np.array([[X1, X2]]))[0, 0] == pytest.approx(EXPECTED[name])


def test_many_features_of_many_points() -> None:
    points = np.random.default_rng(0).normal(size=(3, 5, 2))
    found = compute(("x2", "x1_x2"), points)
    assert found.shape == (3, 5, 2)
    np.testing.assert_array_equal(found[..., 1], points.prod(axis=-1))
