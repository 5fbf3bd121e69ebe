"""Which formulas are quadratics, and what is known of them."""

import numpy as np
import pytest

from engine.catalog.surfaces.formula_parser import parse
from engine.catalog.surfaces.polynomial import Quadratic, quadratic


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("x^2 + 2*y^2", (1, 0, 2, 0, 0)),
        ("3 + x*(x - y)/2 - 4*y", (0.5, -0.5, 0, 0, -4)),
        ("(x - 2*y + 1)^2", (1, -4, 4, 2, -4)),
        ("-(x - 1)*(y + 2) + y²", (0, -1, 1, -2, 1)),
        ("(x + y)^1 * x", (1, 1, 0, 0, 0)),
        ("x^2*0 + y^2/sqrt(4)", (0, 0, 0.5, 0, 0)),
        ("0*x*y*x + y*y", (0, 0, 1, 0, 0)),
    ],
)
def test_quadratics_are_found(text: str, expected: tuple[float, ...]) -> None:
    found = quadratic(parse(text))
    assert found is not None
    assert (found.a, found.b, found.c, found.d, found.e) == pytest.approx(expected)


@pytest.mark.parametrize(
    "text",
    ["x + y", "3", "x^3 + y^2", "x^2*y", "sin(x) + y^2", "x^2/y", "2^x", "x^y", "x^0.5", "x^-2",
     "max(x^2, y^2)", "abs(x)^2", "1e300*1e8*x^2*y^2", "(x^2)^2",
     "1e308*x^2", "x^2 + 1e-300*y^2", "x^2 + 1e200*x + y^2"],
)  # fmt: skip
def test_others_are_not(text: str) -> None:
    assert quadratic(parse(text)) is None


def test_eigenvalues_are_those_of_the_hessian() -> None:
    rng = np.random.default_rng(4)
    for a, b, c, d, e in rng.normal(size=(50, 5)):
        found = Quadratic(a, b, c, d, e)
        hessian = np.array([[2 * a, b], [b, 2 * c]])
        expected = np.linalg.eigvalsh(hessian)
        np.testing.assert_allclose(found.eigenvalues, expected, rtol=1e-12, atol=1e-13)
        if expected[0] > 0:
            assert found.lowest is not None
            np.testing.assert_allclose(hessian @ found.lowest, [-d, -e], atol=1e-12)
        else:
            assert found.lowest is None


def test_a_valley_without_end_has_no_single_minimum() -> None:
    assert Quadratic(1, 2, 1, 0, 0).eigenvalues == (0, 4)
    assert Quadratic(1, 2, 1, 0, 0).lowest is None
