"""How surfaces curve along a race: closed forms on quadratics, a Hessian by hand, and where steps grow."""

from typing import Any

import numpy as np
import pytest

from engine.race.curvature import along, curvature
from engine.race.race import PathChunk, advance_race, begin_race
from engine.race.spec import RaceSpec


def raced(racer: dict[str, Any], **race: Any) -> tuple[RaceSpec, PathChunk]:
    spec = RaceSpec.from_dict({"steps": 60, **race, "racers": [{"optimizer": racer}]})
    _, rows = advance_race(begin_race(spec), spec.steps)
    return spec, rows


def ravine(condition: float, angle: float = 30) -> dict[str, Any]:
    return {"surface": {"kind": "ravine", "condition": condition, "angle": angle}}


def start_along(angle: float, flat: float, steep: float) -> list[list[float]]:
    """A place that is so far from the minimum along the ravine and across it."""
    turn = np.deg2rad(angle)
    along_it = np.array([np.cos(turn), np.sin(turn)])
    across = np.array([-np.sin(turn), np.cos(turn)])
    return [(flat * along_it + steep * across).tolist()]


@pytest.mark.parametrize("rate", [0.03, 0.095, 0.1, 0.11])
def test_the_error_of_sgd_along_each_eigenvector_is_that_of_the_closed_form(rate: float) -> None:
    """|1 − ηλ|ᵏ of what it was, with λ = 1 along the ravine and 20 across it."""
    spec, rows = raced(
        {"kind": "sgd", "learning_rate": rate}, **ravine(20), starts=start_along(30, 2, 0.5)
    )
    k = np.arange(61)
    wanted = np.stack([2 * abs(1 - rate) ** k, 0.5 * abs(1 - 20 * rate) ** k], axis=1)
    found = curvature(spec, rows, 0).errors[:, 0]
    # what rounding brings across is not more than a trace of what is there along
    np.testing.assert_allclose(found, wanted, rtol=1e-9, atol=1e-11)
    (found_along,) = along(spec) or ()
    assert found_along is not None
    flat, steep = found_along
    assert (flat.factor, steep.factor) == pytest.approx((1 - rate, 1 - 20 * rate))
    assert (flat.limit, steep.limit) == pytest.approx((2, 0.1))


@pytest.mark.parametrize("kind", ["sgd", "momentum", "nesterov"])
@pytest.mark.parametrize("momentum", [0.3, 0.9])
@pytest.mark.parametrize(("direction", "value"), [(0, 1), (1, 20)], ids=["flat", "steep"])
def test_the_edge_is_where_steps_begin_to_grow(
    kind: str, momentum: float, direction: int, value: float
) -> None:
    """Along each direction by itself, from a start on its axis."""
    knobs = {} if kind == "sgd" else {"momentum": momentum}
    start = [0.0, 0.5] if direction else [0.5, 0.0]
    settings = ravine(20, angle=0) | {"starts": [start], "steps": 400}
    (found,) = along(raced({"kind": kind, "learning_rate": 0.01, **knobs}, **settings)[0]) or ()
    assert found is not None
    limit = found[direction].limit
    assert limit is not None
    for share, grows in ((0.97, False), (1.03, True)):
        spec, rows = raced({"kind": kind, "learning_rate": share * limit, **knobs}, **settings)
        seen = curvature(spec, rows, 0)
        np.testing.assert_allclose(seen.edges, value / share, rtol=1e-6)
        errors = seen.errors[:, 0, direction]
        assert (errors[-20:].max() > errors[:20].max()) == grows
        (after,) = along(spec) or ()
        assert after is not None
        assert (abs(after[direction].factor) > 1) == grows


def test_the_hessian_is_that_of_rosenbrock_by_hand() -> None:
    """f = (1 − x)² + 100 (y − x²)²: H = [[2 − 400 y + 1200 x², −400 x], [−400 x, 200]]."""
    spec, rows = raced({"kind": "adam", "learning_rate": 0.05}, surface="rosenbrock")
    found = curvature(spec, rows, 0)
    for (x, y), values in zip(rows.path[:, 0], found.eigenvalues[:, 0], strict=True):
        hessian = [[2 - 400 * y + 1200 * x * x, -400 * x], [-400 * x, 200]]
        np.testing.assert_allclose(values, np.linalg.eigvalsh(hessian), rtol=1e-5, atol=1e-3)
    assert np.isnan(found.edges).all()
    assert found.errors.shape == (61, 1, 0)
    assert along(spec) is None


def test_each_start_has_its_own_and_a_changing_rate_its_edge() -> None:
    racers = [
        {
            "optimizer": {"kind": "sgd", "learning_rate": 0.1},
            "schedule": {"kind": "step", "every": 5},
        },
        {"optimizer": "adam"},
    ]
    spec = RaceSpec.from_dict(
        {"surface": "bowl", "racers": racers, "starts": [[1, 1], [0.5, -1]], "steps": 12}
    )
    _, rows = advance_race(begin_race(spec), 12)
    found = curvature(spec, rows, 1)
    np.testing.assert_allclose(found.errors[0], [[0.5, 1], [0.5, 1]])
    np.testing.assert_allclose(found.edges[[0, 5, 10], 0], [20, 40, 80], rtol=1e-6)
    assert along(spec) == (None, None)
