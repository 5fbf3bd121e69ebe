"""Every surface: its gradient, its minima, its extremes, and the values others have published."""

import math
from typing import Any

import numpy as np
import pytest
from scipy.optimize import minimize

from engine.catalog.surfaces import SURFACES, Surface
from engine.race.noise import AMPLITUDE, gradient_noise

EACH = pytest.mark.parametrize("surface", SURFACES.values(), ids=lambda surface: surface.kind)
BOUNDED = [surface for surface in SURFACES.values() if surface.minimum is not None]
EACH_BOUNDED = pytest.mark.parametrize("surface", BOUNDED, ids=lambda surface: surface.kind)
EACH_QUADRATIC = pytest.mark.parametrize(
    "surface", [s for s in SURFACES.values() if s.quadratic], ids=lambda surface: surface.kind
)


def points(surface: Surface, n: int = 200) -> Any:
    """Random x and y in view, (2, n)."""
    x_min, x_max, y_min, y_max = surface.view
    return np.random.default_rng(1).uniform([[x_min], [y_min]], [[x_max], [y_max]], (2, n))


def value(kind: str, x: float, y: float, **knobs: float) -> float:
    surface = SURFACES[kind]
    return float(surface.value(np.array(x), np.array(y), surface.defaults | knobs))


def gradient(kind: str, x: float, y: float, **knobs: float) -> tuple[float, float]:
    surface = SURFACES[kind]
    dx, dy = surface.gradient(np.array(x), np.array(y), surface.defaults | knobs)
    return float(dx), float(dy)


def slope(f: Any, x: Any, h: float = 1e-3) -> Any:
    """df/dx by central differences of sixth order, whose error is far below 1e-6."""
    weights = {1: 45, 2: -9, 3: 1}
    return sum(w * (f(x + n * h) - f(x - n * h)) for n, w in weights.items()) / (60 * h)


@EACH
def test_gradient_is_the_slope(surface: Surface) -> None:
    x, y = points(surface)
    for k in (surface.defaults, surface.defaults | {"condition": 300.0, "angle": 35.0}):
        dx, dy = surface.gradient(x, y, k)
        length = np.hypot(dx, dy)
        ex = slope(lambda x, k=k: surface.value(x, y, k), x)
        ey = slope(lambda y, k=k: surface.value(x, y, k), y)
        error = np.hypot(dx - ex, dy - ey)
        assert (error < 1e-6 * np.maximum(length, 1e-2)).all(), error.max()


@EACH
def test_any_shape_goes(surface: Surface) -> None:
    x, y = points(surface, 12)
    k = surface.defaults
    for shape in [(12,), (3, 4), (12, 1)]:
        dx, dy = surface.gradient(x.reshape(shape), y.reshape(shape), k)
        assert surface.value(x.reshape(shape), y.reshape(shape), k).shape == shape
        assert dx.shape == dy.shape == shape
        np.testing.assert_array_equal(dx.ravel(), surface.gradient(x, y, k)[0])
    assert np.shape(surface.value(np.array(0.5), np.array(0.5), k)) == ()


@EACH
def test_the_points_are_left_as_they_are(surface: Surface) -> None:
    x, y = points(surface)
    surface.value(x, y, surface.defaults)
    for part in surface.gradient(x, y, surface.defaults):
        assert not np.shares_memory(part, x)
        assert not np.shares_memory(part, y)
    np.testing.assert_array_equal([x, y], points(surface))


@EACH
def test_finite_all_over_the_view_and_well_outside_it(surface: Surface) -> None:
    x_min, x_max, y_min, y_max = surface.view
    x, y = np.meshgrid(np.linspace(x_min, x_max, 101), np.linspace(y_min, y_max, 101))
    with np.errstate(all="raise", under="ignore"):
        for scale in (1, 1e6):
            assert np.isfinite(surface.value(scale * x, scale * y, surface.defaults)).all()
            assert np.isfinite(surface.gradient(scale * x, scale * y, surface.defaults)).all()


@EACH
def test_start_and_minima_are_in_view(surface: Surface) -> None:
    x_min, x_max, y_min, y_max = surface.view
    for x, y in (surface.start, *surface.minima, *surface.local_minima):
        assert x_min < x < x_max
        assert y_min < y < y_max
    assert (surface.minimum is None) == (not surface.minima)


@EACH
def test_something_happens_at_the_start(surface: Surface) -> None:
    k = surface.defaults
    x, y = (np.array(part) for part in surface.start)
    assert np.hypot(*surface.gradient(x, y, k)) > 0.05
    if surface.minimum is not None:
        assert surface.value(x, y, k) > surface.minimum + 0.1


@EACH_BOUNDED
def test_minima_are_minima(surface: Surface) -> None:
    assert surface.minimum is not None
    x, y = np.array(surface.minima).T
    k = surface.defaults
    np.testing.assert_allclose(surface.gradient(x, y, k), 0, atol=1e-12)
    np.testing.assert_allclose(surface.value(x, y, k), surface.minimum, rtol=1e-14, atol=1e-15)


@EACH_BOUNDED
def test_nothing_in_view_is_lower(surface: Surface) -> None:
    x_min, x_max, y_min, y_max = surface.view
    x, y = np.meshgrid(np.linspace(x_min, x_max, 401), np.linspace(y_min, y_max, 401))
    assert surface.minimum is not None
    heights = surface.value(x, y, surface.defaults)
    assert heights.min() >= surface.minimum - 1e-12
    # and nothing is as low but near one of the minima: they are all there
    away = np.min([np.hypot(x - a, y - b) for a, b in surface.minima], axis=0)
    lowest = heights[away < 0.03 * (x_max - x_min)].min()
    assert lowest < heights[away > 0.5].min()


@pytest.mark.parametrize("knob", ["condition", "angle", "steepness"])
def test_minima_stay_where_they_are_when_knobs_turn(knob: str) -> None:
    for surface in BOUNDED:
        assert surface.minimum is not None
        for choice in next((k.choices for k in surface.knobs if k.name == knob), ()):
            x, y = np.array(surface.minima).T
            k = surface.defaults | {knob: choice}
            np.testing.assert_allclose(surface.gradient(x, y, k), 0, atol=1e-12)
            np.testing.assert_allclose(surface.value(x, y, k), surface.minimum, atol=1e-15)


@EACH
def test_local_minima_are_lower_than_all_around_them(surface: Surface) -> None:
    angle = np.linspace(0, 2 * np.pi, 37)[:, None]
    if surface.local_minima:
        x, y = np.array(surface.local_minima).T
        k = surface.defaults
        np.testing.assert_allclose(surface.gradient(x, y, k), 0, atol=1e-11)
        ring = surface.value(x + 0.01 * np.cos(angle), y + 0.01 * np.sin(angle), k)
        assert (ring > surface.value(x, y, k)).all()
        assert surface.minimum is not None
        assert (surface.value(x, y, k) > surface.minimum + 1e-3).all()


@EACH_QUADRATIC
def test_eigenvalues_are_those_of_the_hessian(surface: Surface) -> None:
    for k in (surface.defaults, surface.defaults | {"condition": 7.0, "angle": -50.0}):
        # the gradient of a quadratic is linear, so that its differences are the Hessian
        at = [surface.gradient(np.array(x), np.array(y), k) for x, y in ((0, 0), (1, 0), (0, 1))]
        hessian = np.array([np.subtract(at[1], at[0]), np.subtract(at[2], at[0])], float)
        assert surface.eigenvalues is not None
        np.testing.assert_allclose(
            np.linalg.eigvalsh(hessian), surface.eigenvalues(k), rtol=1e-12, atol=1e-14
        )


@pytest.mark.parametrize(
    "surface", [s for s in SURFACES.values() if not s.quadratic and s.kind != "formula"]
)
def test_no_other_surface_is_quadratic(surface: Surface) -> None:
    x, y = points(surface, 2)
    k = surface.defaults
    middle = surface.gradient(np.array(x.mean()), np.array(y.mean()), k)
    ends = np.mean(surface.gradient(x, y, k), axis=1)
    assert not np.allclose(middle, ends, rtol=1e-6)


def test_each_member_may_have_its_own_knobs() -> None:
    ravine = SURFACES["ravine"]
    k = {"condition": np.array([1.0, 20.0, 300.0]), "angle": np.array([0.0, 30.0, -45.0])}
    x, y = np.array([0.5, -1.0, 2.0]), np.array([1.5, 0.3, -0.7])
    together = ravine.gradient(x, y, k)
    for m in range(3):
        alone = gradient("ravine", x[m], y[m], condition=k["condition"][m], angle=k["angle"][m])
        np.testing.assert_array_equal([part[m] for part in together], alone)


def test_the_worked_example() -> None:
    assert value("bowl", 1, 1) == 3
    assert gradient("bowl", 1, 1) == (2, 4)


def test_published_values_and_those_worked_by_hand() -> None:
    # of the library: global minima to the digits it gives
    assert value("six_hump_camel", 0.0898, -0.7126) == pytest.approx(-1.0316, abs=5e-5)
    assert value("styblinski_tang", -2.903534, -2.903534) == pytest.approx(-39.16617 * 2, abs=1e-4)
    assert value("himmelblau", -3.779310, -3.283186) == pytest.approx(0, abs=1e-9)
    assert value("beale", 3, 0.5) == value("booth", 1, 3) == value("matyas", 0, 0) == 0
    assert value("ackley", 0, 0) == value("rastrigin", 0, 0) == value("three_hump_camel", 0, 0) == 0
    # by hand, away from the minima
    assert value("ravine", 2, 1) == 12  # (4 + 20)/2
    assert value("ravine", 0, 3, angle=90.0) == pytest.approx(4.5)  # y is along it now
    assert value("matyas", 10, -10) == pytest.approx(100)  # 52 + 48
    assert value("booth", 0, 0) == 74  # 49 + 25
    assert value("saddle", 2, 1) == 3
    assert value("monkey_saddle", 2, 1) == 2  # 8 − 6
    assert value("rosenbrock", -1.2, 1) == pytest.approx(24.2)  # 4.84 + 100 · 0.1936
    assert value("beale", 0, 0) == pytest.approx(14.203125)  # 2.25 + 5.0625 + 6.890625
    assert value("himmelblau", 0, 0) == 170  # 121 + 49
    assert value("three_hump_camel", 1, 1) == pytest.approx(2 - 1.05 + 1 / 6 + 2)
    assert value("six_hump_camel", 1, 1) == pytest.approx(4 - 2.1 + 1 / 3 + 1)
    assert value("styblinski_tang", 1, 1) == -10
    assert value("rastrigin", 0.5, 1) == pytest.approx(0.25 + 20 + 1)
    assert value("ackley", 1, 1) == pytest.approx(20 * (1 - math.exp(-0.2)))
    assert value("plateau", 5, 0) == pytest.approx(0.5)
    assert value("stairs", 0.5, 1) == pytest.approx(math.sqrt(1.25) - 1 + 0.5 + 0.5)
    assert value("cliff", 0, 2) == pytest.approx(2 + 10 / 3 * math.log(50 / 49))


def test_ackley_is_a_cusp_whose_gradient_at_the_tip_is_given_as_zero() -> None:
    assert gradient("ackley", 0, 0) == (0, 0)
    # just beside it the slope of the cone, 20 · 0.2/√2 in any direction
    for x, y in ((1e-9, 0), (0, -1e-9), (6e-10, 8e-10), (1e-200, 0)):
        assert math.hypot(*gradient("ackley", x, y)) == pytest.approx(math.sqrt(8), rel=1e-6)


def test_the_plateau_is_flat_and_joins_its_slope_smoothly() -> None:
    assert gradient("plateau", 0, 0) == (0, 0)
    assert math.hypot(*gradient("plateau", 2, 2)) < 0.005
    for r in (3 - 1e-9, 3, 3 + 1e-9):
        assert gradient("plateau", r, 0)[0] == pytest.approx(6 * math.exp(-9), abs=1e-8)


def test_the_gradient_explodes_at_the_cliff_and_nowhere_else() -> None:
    assert gradient("cliff", -3, 0)[0] == pytest.approx(-2)
    assert gradient("cliff", 0.5, 0)[0] == pytest.approx(98, rel=1e-3)


def test_the_monkey_saddle_is_flat_to_second_order() -> None:
    h = 1e-5
    around = [gradient("monkey_saddle", h, 0), gradient("monkey_saddle", 0, h)]
    assert np.abs(around).max() / h < 1e-4


def test_noise_is_the_same_however_it_is_asked_for() -> None:
    whole = gradient_noise(3, 17, range(6))
    np.testing.assert_array_equal(gradient_noise(3, 17, [4, 1]), whole[[4, 1]])
    np.testing.assert_array_equal(gradient_noise(3, 17, range(600))[:6], whole)
    np.testing.assert_array_equal(gradient_noise(3, 17, [2, 2]), whole[[2, 2]])
    assert gradient_noise(3, 17, []).shape == (0, 2)
    assert not np.isclose(whole, gradient_noise(4, 17, range(6))).any()
    assert not np.isclose(whole, gradient_noise(3, 18, range(6))).any()


def test_noise_is_standard_normal() -> None:
    drawn = np.stack([gradient_noise(1, step, range(50)) for step in range(400)])
    n = drawn.size
    assert abs(drawn.mean()) < 4 / math.sqrt(n)
    assert abs(drawn.var() - 1) < 4 * math.sqrt(2 / n)
    # no two coordinates, members or steps have anything to do with each other
    for a, b in (
        (drawn[..., 0], drawn[..., 1]),
        (drawn[:, 1:], drawn[:, :-1]),
        (drawn[1:], drawn[:-1]),
    ):
        assert abs((a * b).mean()) < 4 / math.sqrt(a.size)


def test_without_amplitude_there_is_no_noise() -> None:
    assert AMPLITUDE.default == 0


@pytest.mark.parametrize("kind", sorted(SURFACES.keys() - {"formula"}))
def test_every_minimum_in_view_is_listed_and_nothing_else(kind: str) -> None:
    """A fine grid is the second opinion: where it is lower than at all eight neighbours there is one."""
    surface = SURFACES[kind]
    x_min, x_max, y_min, y_max = surface.view
    x, y = np.meshgrid(np.linspace(x_min, x_max, 1203), np.linspace(y_min, y_max, 1201))
    f = surface.value(x, y, surface.defaults)
    inner = f[1:-1, 1:-1]
    around = [
        f[1 + i : f.shape[0] - 1 + i, 1 + j : f.shape[1] - 1 + j]
        for i in (-1, 0, 1)
        for j in (-1, 0, 1)
        if i or j
    ]
    low = np.all([inner < other for other in around], axis=0)
    found = np.stack([x[1:-1, 1:-1][low], y[1:-1, 1:-1][low]], axis=1)
    listed = np.array([*surface.minima, *surface.local_minima]).reshape(-1, 2)
    if not len(listed):
        assert not len(found)
        return
    away = np.hypot(*(found[:, None] - listed).transpose(2, 0, 1))
    # where a valley is narrow the lowest point of the grid lies some way along it
    near = 0.02 * np.hypot(x_max - x_min, y_max - y_min)
    assert (away.min(axis=0) < near).all(), "listed, and not there"
    if kind not in (
        "rosenbrock",
        "beale",
    ):  # their valleys have dents between the points of any grid
        assert (away.min(axis=1) < near).all(), "there, and not listed"
        assert len(found) == len(listed)


def test_ackleys_local_minima_are_those_of_another_minimizer() -> None:
    def f(place: np.ndarray) -> float:
        x, y = place.tolist()
        cone = -20 * math.exp(-0.2 * math.sqrt((x * x + y * y) / 2))
        return cone - math.exp((math.cos(2 * math.pi * x) + math.cos(2 * math.pi * y)) / 2)

    minima = {(round(x), round(y)): (x, y) for x, y in SURFACES["ackley"].local_minima}
    assert (
        len(minima) == 120
    )  # every pair of whole numbers from −5 to 5 but the origin has one near it
    for start in ((1, 0), (0, -1), (2, 3), (-5, 5), (5, -4), (-3, -3)):
        found = minimize(f, start, method="Nelder-Mead", options={"xatol": 1e-9, "fatol": 1e-14})
        assert minima[start] == pytest.approx(found.x, abs=1e-7)
