"""What looks at one network takes a state or a population, and says which numbers there are."""

from collections.abc import Callable
from typing import Any

import numpy as np
import pytest

import engine
from engine import insight, landscape, race

BASE = engine.RunSpec.from_dict({"data": "xor"})
STATE = engine.train(engine.start([BASE, BASE.replace({"weights_seed": 2})]), 20)[0]
AXES = {"layers.0.units": [3, 4], "weights_seed": [1, 2]}
MANY = engine.train(engine.start(BASE, AXES), 20)[0]
RACE = race.RaceSpec.from_dict({"steps": 10})

ViewRequest = Callable[[Any, Any], Any]
LOOKS: dict[str, ViewRequest] = {
    "evaluate": insight.evaluate,
    "layer_statistics": insight.layer_statistics,
    "next_step": insight.next_step,
    "probe": lambda state, member: insight.probe(state, (1, 2), member),
    "trace": lambda state, member: insight.trace(state, (1, 2), 0, member),
    "diagnose": lambda state, member: insight.diagnose(state, insight.record(state), member),
}
SINGLE: dict[str, ViewRequest] = {
    "plane_through": lambda state, member: landscape.plane_through(
        state, landscape.Trajectory.of([STATE]), landscape.Axes("random"), member
    ),
    "Landscape.of": lambda state, member: landscape.Landscape.of(
        state,
        landscape.plane_through(STATE, landscape.Trajectory.of([STATE]), landscape.Axes("random")),
        member=member,
    ),
    "Trajectory.of": lambda state, _: landscape.Trajectory.of([state]),
    "dump": lambda state, _: engine.dump(state),
}
RACERS: dict[str, Callable[[Any], Any]] = {
    "begin_basins": lambda racer: race.begin_basins(RACE, racer, 3),
    "begin_rates": lambda racer: race.begin_rates(RACE, racer, 3),
    "work_out": lambda racer: race.work_out(RACE, racer, 0),
}


@pytest.mark.parametrize("member", [2, -1, True, 1.0, "1", None, np.int64(-1), np.bool_(False)])
@pytest.mark.parametrize("look", [*LOOKS, "plane_through", "Landscape.of"])
def test_a_member_that_there_is_not_is_named(look: str, member: Any) -> None:
    with pytest.raises(
        engine.PositionError, match="member must be a whole number from 0 to 1, not"
    ):
        (LOOKS | SINGLE)[look](STATE, member)


@pytest.mark.parametrize("racer", [3, -1, True])
@pytest.mark.parametrize("look", RACERS)
def test_a_racer_that_there_is_not_is_named(look: str, racer: Any) -> None:
    with pytest.raises(IndexError, match="racer must be a whole number from 0 to 2, not"):
        RACERS[look](racer)
    with pytest.raises(IndexError, match="start must be 0, as there is only one, not 1"):
        race.work_out(RACE, 0, 1)


def test_a_view_of_a_member_that_there_is_not_is_refused_too() -> None:
    with pytest.raises(engine.PositionError, match="from 0 to 1, not 2"):
        engine.observe(STATE, engine.View(member=2))
    with pytest.raises(engine.PositionError, match="from 0 to 3, not 4"):
        engine.observe(MANY, engine.View(member=4))


def arrays(found: Any) -> list[np.ndarray]:
    """Every number of a result, for comparison."""
    if isinstance(found, np.ndarray):
        return [found]
    parts = vars(found).values() if hasattr(found, "__dict__") else found
    if isinstance(parts, str) or not np.iterable(parts):
        return []
    return [array for part in parts for array in arrays(part)]


@pytest.mark.parametrize("look", LOOKS)
def test_a_population_is_looked_at_in_the_order_of_its_combinations(look: str) -> None:
    for member, (group, place) in enumerate(MANY.places):
        found = arrays(LOOKS[look](MANY, member))
        expected = arrays(LOOKS[look](MANY.states[group], place))
        assert len(found) == len(expected)
        for one, other in zip(found, expected, strict=True):
            np.testing.assert_array_equal(one, other)
    with pytest.raises(
        engine.PositionError, match="member must be a whole number from 0 to 3, not"
    ):
        LOOKS[look](MANY, 4)


def test_a_population_is_observed_with_the_numbers_of_all() -> None:
    view = engine.View(grid=6, neurons=4, member=2, members=5, evaluation=True, layers=True)
    found = engine.observe(MANY, view)
    alone = engine.observe(
        engine.train(engine.start(MANY.specs[2]), 20)[0],
        engine.View(grid=6, neurons=4, evaluation=True, layers=True),
    )
    assert found.keys() == alone.keys() | {"boundaries"}
    for name in alone.keys() - {"metrics"}:
        np.testing.assert_allclose(found[name], alone[name], rtol=1e-3, atol=1e-4)
    numbers = engine.metrics(MANY)
    np.testing.assert_array_equal(found["metrics"], [numbers[name] for name in engine.METRICS])
    assert found["boundaries"].shape == (4, 5, 5)
    for member in range(4):
        mine = engine.observe(MANY, engine.View(grid=5, neurons=0, member=member))["boundary"]
        np.testing.assert_allclose(found["boundaries"][member], mine[0], atol=1e-6)


@pytest.mark.parametrize("look", SINGLE)
def test_what_takes_one_state_says_so(look: str) -> None:
    with pytest.raises(TypeError, match=r"takes a State, not a Population; .* as `states`"):
        SINGLE[look](MANY, 0)
