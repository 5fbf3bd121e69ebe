"""The map of settings: its axes, what it says at each place, and how it agrees with races and theory."""

from typing import Any

import numpy as np
import pytest

from engine.race.descent import descend
from engine.race.race import advance_race, begin_race
from engine.race.rate_map import begin_rates, rates_axes, rates_of
from engine.race.spec import RaceSpec
from engine.race.theory import predicted

GRID = 12


def spec_of(kind: str = "sgd", **values: Any) -> RaceSpec:
    return RaceSpec.from_dict({"racers": [{"optimizer": kind}], **values})


def rates(spec: RaceSpec, grid: int = GRID) -> np.ndarray:
    return rates_of(spec, descend(begin_rates(spec, 0, grid), spec.steps))


def test_axes_reach_around_the_largest_curvature() -> None:
    # the ravine's is 20; a logarithmic axis, and momenta that fall
    learning_rates, momenta = rates_axes(spec_of(), 4)
    np.testing.assert_allclose(learning_rates, [0.0005, 0.005, 0.05, 0.5], rtol=1e-12)
    np.testing.assert_allclose(momenta, [0.99, 0.66, 0.33, 0], rtol=1e-12)
    # f_yy of Rosenbrock's is 200; at (0, 0) f_xx is 2
    learning_rates, _ = rates_axes(spec_of(surface="rosenbrock", starts=[[0, 0]]), 2)
    np.testing.assert_allclose(learning_rates, [0.01 / 200, 10 / 200], rtol=1e-6)
    # where it curves nowhere, or nobody knows how, 1 takes its place
    for text in ("x + y", "sqrt(x)"):
        flat = spec_of(surface={"kind": "formula", "text": text}, starts=[[-1, 0]])
        np.testing.assert_allclose(rates_axes(flat, 2)[0], [0.01, 10])
    # and a knob takes what the map offers
    steep = spec_of(surface={"kind": "ravine", "condition": 10_000})
    assert rates_axes(steep, 2)[0][0] == pytest.approx(1e-6)


@pytest.mark.parametrize("kind", ["sgd", "nesterov", "adam"])
def test_each_place_is_a_race_with_those_settings(kind: str) -> None:
    spec = spec_of(kind, steps=50, noise=0.1)
    found = rates(spec)
    learning_rates, momenta = rates_axes(spec, GRID)
    rule = "nesterov" if kind == "nesterov" else "momentum"
    for row, column in ((0, 0), (3, 7), (GRID - 1, 5)):
        settings = {"learning_rate": learning_rates[column], "momentum": momenta[row]}
        racing = spec.replace({"racers": [{"optimizer": {"kind": rule, **settings}}]})
        _, rows = advance_race(begin_race(racing), 50)
        assert found[row, column] == pytest.approx(rows.value[-1, 0], rel=1e-10)


def test_the_schedule_and_the_clip_of_the_racer_apply() -> None:
    plain = spec_of(steps=30)
    for part in ({"schedule": {"kind": "exponential", "gamma": 0.5}}, {"clip": "norm"}):
        changed = plain.replace({"racers": [{"optimizer": "sgd", **part}]})
        assert not np.isclose(rates(plain), rates(changed)).all()


def test_the_border_of_stability_is_where_theory_says() -> None:
    spec = spec_of(steps=4000)
    found = rates(spec)
    learning_rates, momenta = rates_axes(spec, GRID)
    for row, momentum in enumerate(momenta):
        for column, rate in enumerate(learning_rates):
            settings = {"kind": "momentum", "learning_rate": rate, "momentum": momentum}
            (racer,) = spec.replace({"racers": [{"optimizer": settings}]}).racers
            factor = predicted(racer, (1, 20))
            assert factor is not None
            # the factor to the power of 4,000 is what is left, or what it has grown to
            if factor > 1.2:
                assert np.isinf(found[row, column])
            elif factor < 0.999:
                assert found[row, column] < 1


def test_slices_change_nothing() -> None:
    spec = spec_of(steps=300, noise=0.5)
    descent = begin_rates(spec, 0, 8)
    for steps in (100, 7, 193):
        descent = descend(descent, steps)
    np.testing.assert_array_equal(rates_of(spec, descent), rates(spec, 8))


def test_a_racer_there_is_not_is_an_error() -> None:
    with pytest.raises(IndexError):
        begin_rates(spec_of(), 1, 8)
