"""How members are doing: converged, stuck, diverged, and since when, on races worked out by hand."""

import math
from typing import Any

import numpy as np
import pytest

from engine.catalog.surfaces import SURFACES
from engine.race.outcomes import FAR, WINDOW, Outcome, minima_of
from engine.race.race import Race, advance_race, begin_race
from engine.race.spec import RaceSpec


def race(steps: int, **values: Any) -> Race:
    spec = RaceSpec.from_dict({"steps": 10_000, "racers": [{"optimizer": sgd(0.1)}], **values})
    return advance_race(begin_race(spec), steps)[0]


def alone(steps: int, **values: Any) -> Outcome:
    """The only member of a race after so many steps."""
    (outcome,) = race(steps, **values).outcomes
    return outcome


def sgd(rate: float) -> dict[str, Any]:
    return {"kind": "sgd", "learning_rate": rate}


def typed(text: str) -> dict[str, Any]:
    return {"kind": "formula", "text": text}


def test_converged_is_the_first_step_within_the_tolerance() -> None:
    # on x² + 2y² from (1, 0) with η = 0.1, f = 0.64ⁿ: 0.64²⁰ = 1.3e-4 and 0.64²¹ = 8.5e-5
    values: dict[str, Any] = {"surface": "bowl", "starts": [[1, 0]], "tolerance": 1e-4}
    assert alone(21, **values).converged is None
    assert alone(22, **values).converged == 21
    assert alone(500, **values).converged == 21
    assert alone(500, **values).minimum == 0


def test_who_only_passes_has_not_converged() -> None:
    # momentum swings through: |x| is small many times before it stays small
    swinging = {"optimizer": {"kind": "momentum", "learning_rate": 0.1, "momentum": 0.9}}
    values: dict[str, Any] = {"surface": "bowl", "starts": [[1, 0]], "racers": [swinging]}
    run = begin_race(RaceSpec.from_dict({**values, "tolerance": 0.01, "steps": 400}))
    _, rows = advance_race(run, 400)
    within = rows.value[:, 0] <= 0.01
    first, last_outside = int(within.argmax()), int(np.flatnonzero(~within).max())
    assert first < last_outside
    assert alone(first + 1, **values, tolerance=0.01).converged == first
    assert alone(400, **values, tolerance=0.01).converged == last_outside + 1


def test_a_typed_quadratic_converges_by_its_value() -> None:
    # (x − 1)² with η = 0.1: the distance is 0.8ⁿ from 1 on, and 0.64ⁿ ≤ 1e-4 from 21 on
    found = alone(60, surface=typed("(x-1)^2 + y^2"), starts=[[2, 0]], tolerance=1e-4)
    assert found.converged == 21
    assert found.minimum == 0


def test_a_formula_converges_where_it_is_level_and_curves_up() -> None:
    # x⁴ + y² from (0, 1): the gradient 2y is 2 · 0.8ⁿ, at most 1e-3 from n = 35 on
    up = alone(60, surface=typed("x^4 + y^2"), starts=[[0, 1]], tolerance=1e-3)
    assert up.converged == math.ceil(math.log(1e-3 / 2) / math.log(0.8)) == 35
    assert up.minimum is None  # none is known
    # y² − x⁴ is as level at the origin, and goes down from there
    down = alone(60, surface=typed("y^2 - x^2 - x^4"), starts=[[0, 1]], tolerance=1e-3)
    assert down.converged is None


@pytest.mark.parametrize("kind", ["saddle", "monkey_saddle"])
def test_where_there_is_no_minimum_nobody_converges(kind: str) -> None:
    found = alone(300, surface=kind, starts=[[0, 0]])
    assert found.converged is None
    assert found.minimum is None
    assert found.stuck == 0


def test_a_saddle_holds_who_comes_straight_at_it() -> None:
    # on x² − y² from (1, 0): x = 0.8ⁿ, so that from n = 54 on all moves are below 1e-4 of a diagonal of
    # 3√2, and from 34 on the gradient 2x is within the tolerance
    values: dict[str, Any] = {"surface": "saddle", "starts": [[1, 0]]}
    still = math.ceil(math.log(1e-4 * 3 * math.sqrt(2)) / math.log(0.8))
    found = alone(1000, **values)
    assert found.stuck == pytest.approx(still, abs=1)
    assert found.diverged is None
    # a little beside it, it gets away: y grows by 1.2 in every step
    assert alone(1000, surface="saddle", starts=[[1, 1e-9]]).stuck is None


def test_a_local_minimum_holds_who_falls_into_it() -> None:
    found = alone(
        400, surface="rastrigin", starts=[[3.1, 0.05]], racers=[{"optimizer": sgd(0.001)}]
    )
    assert found.converged is None
    assert found.stuck is not None
    assert found.stuck < 100
    minima = minima_of(RaceSpec.from_dict({"surface": "rastrigin"}))
    assert minima[found.minimum].round(1).tolist() == [3.0, 0.0]


def test_who_creeps_is_stuck_and_who_gets_nearer_is_not() -> None:
    # on a bowl x shrinks by 1 − 2η in every step: in 100 steps by 1 % at η = 5e-5, by 2 % at 1e-4
    values: dict[str, Any] = {"surface": "bowl", "starts": [[1, 0]], "tolerance": 1e-9}
    creeping, walking = sgd(4.9e-5), sgd(5.1e-5)
    assert alone(300, **values, racers=[{"optimizer": creeping}]).stuck == 0
    assert alone(300, **values, racers=[{"optimizer": walking}]).stuck is None
    assert alone(WINDOW - 1, **values, racers=[{"optimizer": creeping}]).stuck is None
    assert alone(WINDOW + 1, **values, racers=[{"optimizer": creeping}]).stuck == 0


def test_adagrad_stalls_on_a_long_slope_without_a_minimum() -> None:
    # f = x: each step is η/√n, so that 100 of them from n on cover less than 1e-4 of the diagonal
    # 10√2 once 100 η/√n < 1.4e-3: with η = 0.001 from n = 5,000 on
    stalling = [{"optimizer": {"kind": "adagrad", "learning_rate": 0.001}}]
    early, late = (alone(n, surface=typed("x"), racers=stalling) for n in (4000, 7000))
    assert early.stuck is None
    assert late.stuck == pytest.approx(5000 - WINDOW / 2, rel=0.02)


def test_bouncing_on_the_spot_is_not_rest() -> None:
    # η = 2/λ: y goes from 1 to −1 and back for ever
    found = alone(500, surface="bowl", starts=[[0, 1]], racers=[{"optimizer": sgd(0.5)}])
    assert found.stuck is None
    assert found.converged is None


def test_who_grows_without_bound_is_diverging_while_still_finite() -> None:
    # η = 0.6 on 4y: |y| = 1.4ⁿ passes ten diagonals of 3√2 when n ≥ ln(42.4)/ln 1.4
    far = FAR * 3 * math.sqrt(2)
    found = alone(100, surface="bowl", starts=[[0, 1]], racers=[{"optimizer": sgd(0.6)}])
    assert found.diverged == math.ceil(math.log(far) / math.log(1.4))
    assert (found.failed, found.converged, found.stuck, found.minimum) == (None, None, None, None)
    later = alone(5000, surface="bowl", starts=[[0, 1]], racers=[{"optimizer": sgd(0.6)}])
    # f itself is finite up to 1e308; y, which is what fails, goes on to about 1.8e308
    assert later.failed == math.ceil(math.log(1.7976931348623157e308 / 4) / math.log(1.4)) + 1
    assert later.diverged == found.diverged
    assert later.stuck is None
    assert later.to_dict()["failed"] == {
        "step": later.failed,
        "cause": later.cause,
        "outside": False,
    }


def test_who_comes_back_has_not_diverged() -> None:
    # the first step throws it to y = 1 − 400; then the rate is 0.2 and y shrinks by 1 − 0.8 in every step
    schedule = {"kind": "cosine", "length": 1, "final": 0.002}
    racer = {"optimizer": sgd(100), "schedule": schedule}
    values: dict[str, Any] = {"surface": "bowl", "starts": [[0, 1]], "racers": [racer]}
    # ten diagonals are 42.4, and |y| is 399, 79.8, 16.0
    assert [alone(n, **values).diverged for n in (1, 2, 3, 4)] == [None, 1, 1, None]


def test_noise_does_not_count_as_slope() -> None:
    # at the bottom of x⁴ + y² only the noise moves it: the surface itself is level there
    values: dict[str, Any] = {"surface": typed("x^4 + y^2"), "starts": [[0, 0]], "tolerance": 0.01}
    shaken = [{"optimizer": sgd(1e-5)}]
    assert alone(50, **values, racers=shaken, noise=1).converged == 0


def test_known_minima_come_lowest_first() -> None:
    found = minima_of(RaceSpec.from_dict({"surface": "three_hump_camel"}))
    surface = SURFACES["three_hump_camel"]
    np.testing.assert_array_equal(found, [*surface.minima, *surface.local_minima])
    assert minima_of(RaceSpec.from_dict({"surface": "saddle"})).shape == (0, 2)


@pytest.mark.parametrize(
    "text", ["sqrt(x^2+y^2)", "√(x² + y²)", "(x²+y²)^(1/2)", "|x| + |y|", "max(|x|, |y|)"]
)
def test_who_stands_in_the_tip_of_a_cone_has_converged(text: str) -> None:
    # the slope is 1, so that with η = 0.25 the tip is reached in four steps from (1, 0), exactly
    found = alone(50, surface=typed(text), starts=[[1, 0]], racers=[{"optimizer": sgd(0.25)}])
    assert (found.failed, found.stuck, found.converged) == (None, None, 4)


SAME = {
    "stairs": ("sqrt(1+x^2) - 1 + sin(pi*x)^2/2 + y^2/2", [[4.4, 2], [2.2, -1], [0.2, 0.1]]),
    "three_hump_camel": ("2x^2 - 1.05x^4 + x^6/6 + xy + y^2", [[-2, 1.5], [0.3, 0.2], [2, -1]]),
    "styblinski_tang": ("(x^4-16x^2+5x + y^4-16y^2+5y)/2", [[4, 4], [-4, -4], [-4, 4]]),
    "himmelblau": ("(x^2+y-11)^2 + (x+y^2-7)^2", [[3, 3], [-3, 3], [-3, -3], [4, -2]]),
    "booth": ("(x+2y-7)^2 + (2x+y-5)^2", [[0, 0], [1, 3]]),
    "saddle": ("x^2 - y^2", [[1, 0]]),
    "monkey_saddle": ("x^3 - 3xy^2", [[0, 0]]),
}


@pytest.mark.parametrize("kind", SAME)
def test_one_rule_for_a_surface_and_for_its_formula(kind: str) -> None:
    """The lowest minima are converged, the higher ones stuck, whether or not anybody has listed them."""
    text, starts = SAME[kind]
    view = list(SURFACES[kind].view)
    values: dict[str, Any] = {"starts": starts, "view": view, "racers": [{"optimizer": sgd(0.01)}]}
    listed = race(3000, surface=kind, **values).outcomes
    written = race(3000, surface=typed(text), **values).outcomes

    def word(outcome: Outcome) -> str:
        return next(
            name
            for name in ("failed", "converged", "diverged", "stuck")
            if getattr(outcome, name) is not None
        )

    assert [word(outcome) for outcome in written] == [word(outcome) for outcome in listed]


def test_a_higher_minimum_of_a_formula_holds_and_the_lowest_is_where_to_go() -> None:
    # (x² − 1)² + x/4 has its minima near −1.03 and 0.97, of which the left one is lower by about ½
    values: dict[str, Any] = {
        "surface": typed("(x^2-1)^2 + x/4 + y^2"),
        "racers": [{"optimizer": sgd(0.05)}],
    }
    right = alone(600, **values, starts=[[0.9, 0]])
    left = alone(600, **values, starts=[[-0.9, 0]])
    assert (right.converged, right.stuck is None) == (None, False)
    assert (left.converged is None, left.stuck) == (False, None)


def test_a_lower_place_that_no_grid_knows_counts_once_somebody_has_been_there() -> None:
    # a hole of the width 0.02 beside a shallow bowl, between two points of the grid
    hole = typed("x^2/100 + y^2 - exp(-((x-3.1)^2 + y^2)*2500)")
    falling, resting = [3.1, 0.001], [0, 0.5]
    values: dict[str, Any] = {
        "surface": hole,
        "racers": [{"optimizer": sgd(1e-4)}],
        "tolerance": 0.01,
    }
    alone_, *_ = race(
        5000,
        **values,
        starts=[resting],
    ).outcomes
    both = race(5000, **values | {"starts": [falling, [0, 0]]}).outcomes
    assert both[0].converged is not None
    assert both[1].converged is None
    assert alone(5000, **values | {"starts": [[0, 0]]}).converged == 0
    assert alone_.failed is None


@pytest.mark.parametrize(
    ("text", "start", "rate", "step"),
    [
        # ln x at 1: the slope is 1/x, so that a step of 1.5 leads to −0.5
        ("ln(x) + y^2", [1, 0], 1.5, 1),
        # √x from 1 by ½ · 3 to −0.5
        ("√x + y^2", [1, 0], 3, 1),
        # x ln x + y: the slope at 1 is 1
        ("x ln(x) + y^2", [1, 0], 1.25, 1),
        # it begins where there is no logarithm
        ("ln(x) + y^2", [-1, 0], 0.1, 0),
    ],
)
def test_who_comes_to_where_f_has_no_value_has_left_its_domain(
    text: str, start: list[float], rate: float, step: int
) -> None:
    found = alone(200, surface=typed(text), starts=[start], racers=[{"optimizer": sgd(rate)}])
    assert (found.failed, found.cause) == (step, "left the domain of f")
    assert found.to_dict()["failed"]["outside"]
    assert (found.converged, found.stuck, found.diverged) == (None, None, None)
    # known as soon as the row is there, and not taken back
    early = alone(step + 1, surface=typed(text), starts=[start], racers=[{"optimizer": sgd(rate)}])
    assert early.failed == step
