"""What theory says of quadratics: by hand, by the eigenvalues of matrices, and beside races."""

import math
from typing import Any

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from engine.catalog.surfaces import SURFACES
from engine.race.quadratic import eigenvalues_of, stationary
from engine.race.race import advance_race, begin_race
from engine.race.spec import RaceSpec
from engine.race.theory import Theory, best_momentum, predicted, theory


def optimizer(kind: str, rate: float, momentum: float | None = None) -> dict[str, Any]:
    known = {} if momentum is None else {"momentum": momentum}
    return {"optimizer": {"kind": kind, "learning_rate": rate, **known}}


def told(steps: int = 300, **values: Any) -> Theory:
    race = begin_race(RaceSpec.from_dict({"steps": steps, **values}))
    race, _ = advance_race(race, steps)
    found = theory(race)
    assert found is not None
    return found


def typed(text: str) -> dict[str, Any]:
    return {"surface": {"kind": "formula", "text": text}}


def test_the_ravine_by_hand() -> None:
    # eigenvalues 1 and 9: κ = 9, η = 2/10, factor 8/10; with momentum η = 4/(3 + 1)², μ = ((3 − 1)/4)²
    found = told(surface={"kind": "ravine", "condition": 9})
    assert found.eigenvalues == (1, 9)
    assert found.condition == 9
    assert found.best_rate == pytest.approx(0.2, rel=1e-15)
    assert found.best_factor == pytest.approx(0.8, rel=1e-15)
    assert found.best_momentum is not None
    assert found.best_momentum.learning_rate == pytest.approx(0.25, rel=1e-15)
    assert found.best_momentum.momentum == pytest.approx(0.25, rel=1e-15)
    assert found.best_momentum.factor == pytest.approx(0.5, rel=1e-15)
    plain = found.to_dict()
    assert plain["eigenvalues"] == [1, 9]
    assert plain["best_momentum"] == {"learning_rate": 0.25, "momentum": 0.25, "factor": 0.5}
    assert plain["racers"][2] == {
        "predicted": None,
        "measured": found.racers[2].measured,
        "stable": None,
        "first": found.racers[2].first,
        "last": found.racers[2].last,
        "meeting": None,
    }


@given(
    st.sampled_from(("sgd", "momentum", "nesterov")),
    st.floats(1e-3, 3),
    st.floats(0, 1),
    st.floats(-2, 3),
    st.floats(0, 30),
)
def test_the_prediction_is_the_spectral_radius_of_the_step(
    kind: str, rate: float, momentum: float, low: float, more: float
) -> None:
    """(w, v) <- A (w, v) for f = ½λw², straight from the rules: v' = μv + λw, w' = w − η(…)."""
    momentum = 0 if kind == "sgd" else momentum
    racer = optimizer(kind, rate, None if kind == "sgd" else momentum)
    spec = RaceSpec.from_dict({"racers": [racer]})
    largest = 0.0
    for value in (low, low + more):
        v = np.array([value, momentum])
        ahead = {"nesterov": np.array([value, 0]) + momentum * v}.get(kind, v)
        step = np.array([np.array([1, 0]) - rate * ahead, v])
        largest = max(largest, np.abs(np.linalg.eigvals(step)).max())
    found = predicted(spec.racers[0], (low, low + more))
    # where two roots meet, their difference is the root of a rounding error
    assert found == pytest.approx(largest, abs=1e-6 * (1 + largest))


@pytest.mark.parametrize("condition", [4, 9, 20, 100])
def test_where_two_roots_meet_the_measure_is_that_of_t_times_r_to_the_t(condition: float) -> None:
    best = best_momentum(1, condition)
    racers = [optimizer("momentum", best.learning_rate, best.momentum)]
    surface = {"kind": "ravine", "condition": condition}
    for steps in (60, 200):
        (found,) = told(steps, surface=surface, racers=racers, starts=[[1, 1]]).racers
        assert found.meeting is not None
        assert found.measured == pytest.approx(found.meeting, rel=2e-3)
        assert found.measured > found.predicted * (1 + 0.3 / steps)  # type: ignore[operator]


def test_a_double_root_by_hand() -> None:
    # curvatures 1 and 9: z = ½ and −½, so along them the distance is (1 + t/2) ½ᵗ and (1 + 3t/2) ½ᵗ
    racers = [optimizer("momentum", 0.25, 0.25)]
    spec = {"surface": {"kind": "ravine", "condition": 9}, "racers": racers, "steps": 40}
    for start, c in (([1, 0], 0.5), ([0, 1], 1.5)):
        _, rows = advance_race(begin_race(RaceSpec.from_dict({**spec, "starts": [start]})), 40)
        t = np.arange(41)
        np.testing.assert_allclose(
            np.abs(rows.path[:, 0]).max(axis=1), (1 + c * t) * 0.5**t, rtol=1e-9
        )


def test_where_roots_are_apart_nothing_meets() -> None:
    for racer in (optimizer("sgd", 0.09), optimizer("momentum", 0.02, 0.9), optimizer("adam", 0.1)):
        assert told(300, racers=[racer]).racers[0].meeting is None


CASES = {
    "sgd": optimizer("sgd", 0.09),
    "sgd at its best": optimizer("sgd", 2 / 21),
    "sgd, diverging": optimizer("sgd", 0.11),
    "momentum, swinging": optimizer("momentum", 0.02, 0.9),
    "momentum, swinging slowly": optimizer("momentum", 0.0005, 0.95),
    "momentum, creeping": optimizer("momentum", 0.005, 0.3),
    "momentum, diverging": optimizer("momentum", 0.3, 0.5),
    "nesterov": optimizer("nesterov", 0.02, 0.9),
    "nesterov, creeping": optimizer("nesterov", 0.01, 0.2),
    "nesterov, diverging": optimizer("nesterov", 0.09, 0.9),
}


@pytest.mark.parametrize(
    "surface", ["ravine", {"kind": "ravine", "angle": 30}], ids=["straight", "turned"]
)
@pytest.mark.parametrize("racer", CASES.values(), ids=CASES)
def test_practice_follows_the_prediction(racer: dict[str, Any], surface: Any) -> None:
    (found,) = told(3000, surface=surface, racers=[racer], starts=[[2, 1]]).racers
    assert found.predicted is not None
    assert found.measured == pytest.approx(found.predicted, rel=3e-3)
    assert found.stable is (found.predicted < 1)


@pytest.mark.parametrize("steps", [60, 10_000], ids=["short", "down to the last digit"])
@pytest.mark.parametrize("kind", ["bowl", "booth", "matyas"])
def test_the_measure_is_robust(kind: str, steps: int) -> None:
    surface = SURFACES[kind]
    assert surface.eigenvalues is not None
    low, high = surface.eigenvalues({})
    racers = [optimizer("sgd", 1.9 / (low + high)), optimizer("momentum", 1 / high, 0.6)]
    for racer in told(steps, surface=kind, racers=racers).racers:
        assert racer.measured == pytest.approx(racer.predicted, rel=0.02)


def test_a_path_that_is_too_short_or_at_rest_is_not_measured() -> None:
    assert [r.measured for r in told(8).racers] == [None] * 3
    # η = 1/λ: there in one step
    there = told(100, **typed("x^2 + y^2"), racers=[optimizer("sgd", 0.5)])
    assert there.racers[0].predicted == 0
    assert there.racers[0].measured is None
    assert told(100, surface="bowl", starts=[[0, 0]]).racers[0].measured is None


def test_the_best_settings_are_reached_and_are_the_best() -> None:
    best = best_momentum(1, 20)
    found = told(
        400,
        racers=[optimizer("momentum", best.learning_rate, best.momentum), optimizer("sgd", 2 / 21)],
    )
    momentum, plain = found.racers
    # at the double root the factor is only approached, as n · factorⁿ
    assert momentum.predicted == pytest.approx(best.factor, rel=1e-7)
    assert plain.predicted == pytest.approx(19 / 21, rel=1e-15)
    assert plain.measured == pytest.approx(19 / 21, rel=1e-3)
    for rate in (0.9, 1.1):
        spec = RaceSpec.from_dict({"racers": [optimizer("sgd", rate * 2 / 21)]})
        assert (predicted(spec.racers[0], (1, 20)) or 0) > 19 / 21
        for momentum_share in (0.9, 1.1):
            racer = optimizer("momentum", rate * best.learning_rate, momentum_share * best.momentum)
            (other,) = RaceSpec.from_dict({"racers": [racer]}).racers
            assert (predicted(other, (1, 20)) or 0) > best.factor


def test_where_no_theory_applies_nothing_is_said() -> None:
    racers = [
        {"optimizer": "adam"},
        {"optimizer": "sgd", "schedule": "cosine"},
        {"optimizer": "sgd", "clip": "norm"},
    ]
    adam, scheduled, clipped = told(racers=racers).racers
    assert (adam.predicted, adam.stable) == (None, None)
    assert (scheduled.predicted, scheduled.stable) == (None, None)
    # clipping ends where the gradient is small
    assert clipped.predicted is not None
    race = begin_race(RaceSpec.from_dict({"surface": "rosenbrock", "steps": 20}))
    assert theory(advance_race(race, 20)[0]) is None


def test_a_saddle_has_no_best_rate_and_its_growth_is_measured() -> None:
    # y grows by 1 + 2η in every step
    found = told(300, surface="saddle", racers=[optimizer("sgd", 0.1)])
    assert found.eigenvalues == (-2, 2)
    assert (found.condition, found.best_rate, found.best_factor, found.best_momentum) == (None,) * 4
    (racer,) = found.racers
    assert racer.predicted == pytest.approx(1.2, rel=1e-12)
    assert racer.measured == pytest.approx(1.2, rel=1e-6)
    assert racer.stable is False


def test_a_valley_without_end_is_measured_by_nobody() -> None:
    # this saddle is too far away for a gradient to say how it curves here
    assert stationary(RaceSpec.from_dict(typed("x^2 + 3*x*y + y^2 + 1e90*y"))) is None
    found = told(100, **typed("x^2"), racers=[optimizer("sgd", 0.1)])
    assert found.eigenvalues == (0, 2)
    assert found.best_rate is None
    assert found.racers[0].measured is None
    assert found.racers[0].predicted == 1


@pytest.mark.parametrize(
    ("text", "place", "values"),
    [
        ("x^2 + 2*y^2", (0, 0), (2, 4)),
        ("(x-1)^2 - 3*(y+2)^2", (1, -2), (-6, 2)),
        ("x*y", (0, 0), (-1, 1)),
        # the Hessian ((2, 1), (1, 4))
        ("x^2 + x*y + 2*y^2 - x", (4 / 7, -1 / 7), (3 - math.sqrt(2), 3 + math.sqrt(2))),
    ],
)
def test_a_typed_quadratic_is_known(
    text: str, place: tuple[float, float], values: tuple[float, float]
) -> None:
    spec = RaceSpec.from_dict(typed(text))
    assert stationary(spec) == pytest.approx(place, abs=1e-12)
    assert eigenvalues_of(spec) == pytest.approx(values, rel=1e-12)
