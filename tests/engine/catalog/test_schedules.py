"""Schedules against values worked by hand, and their clock in a run."""

from typing import Any

import numpy as np
import pytest

import engine
from engine.catalog.schedules import SCHEDULES
from engine.core.registry import Knob

DEFAULT = engine.RunSpec.from_dict({})  # 25 steps make an epoch


@pytest.mark.parametrize(
    ("kind", "knobs", "expected"),
    [
        ("constant", {}, {0: 1, 1000: 1}),
        ("step", {"every": 10, "gamma": 0.5}, {0: 1, 9.99: 1, 10: 0.5, 19.9: 0.5, 30: 0.125}),
        ("step", {"every": 10, "gamma": 0}, {0: 1, 10: 0, 30: 0}),
        ("exponential", {"gamma": 0.9}, {0: 1, 0.5: 0.9**0.5, 2: 0.81}),
        ("inverse", {"half": 50}, {0: 1, 50: 0.5, 150: 0.25}),
        ("cosine", {"length": 90, "final": 0}, {0: 1, 30: 0.75, 45: 0.5, 60: 0.25, 90: 0, 500: 0}),
        ("cosine", {"length": 90, "final": 0.2}, {0: 1, 45: 0.6, 90: 0.2, 500: 0.2}),
        (
            "warmup_cosine",
            {"warmup": 10, "start": 0.1, "length": 90, "final": 0},
            {0: 0.1, 5: 0.55, 10: 1, 40: 0.75, 100: 0, 300: 0},
        ),
    ],
)
def test_values(kind: str, knobs: dict[str, float], expected: dict[float, float]) -> None:
    factor = SCHEDULES[kind].factor
    for t, value in expected.items():
        assert factor(t, knobs) == pytest.approx(value, rel=1e-12, abs=1e-15)


def ends(knob: Knob) -> tuple[float, ...]:
    """A knob's default and both ends."""
    assert isinstance(knob.default, int | float)
    assert knob.minimum is not None
    assert knob.maximum is not None
    return float(knob.default), knob.minimum, knob.maximum


@pytest.mark.parametrize("kind", SCHEDULES)
def test_factors_are_shares_and_members_may_differ(kind: str) -> None:
    record = SCHEDULES[kind]
    choices = [{knob.name: ends(knob)[i] for knob in record.knobs} for i in range(3)]
    columns = {name: np.array([[k[name]] for k in choices]) for name in record.defaults}
    for t in (0.0, 0.04, 1.0, 37.5, 1e3, 1e6):
        alone = [float(record.factor(t, knobs)) for knobs in choices]
        assert all(0 <= value <= 1 for value in alone)
        together = np.broadcast_to(record.factor(np.full((3, 1), t), columns), (3, 1))
        np.testing.assert_allclose(together[:, 0], alone, rtol=1e-12)


@pytest.mark.parametrize("kind", SCHEDULES)
def test_training_begins_above_zero(kind: str) -> None:
    record = SCHEDULES[kind]
    assert 0.1 <= record.factor(0.0, record.defaults) <= 1


def rates(state: engine.State, steps: int, every: int) -> list[float]:
    """The learning rate now and after each `every` of `steps` steps."""
    found = [float(engine.learning_rate(state)[0])]
    for _ in range(0, steps, every):
        state, _ = engine.train(state, every)
        found.append(float(engine.learning_rate(state)[0]))
    return found


def test_the_clock_runs_in_epochs() -> None:
    spec = DEFAULT.replace(
        {"optimizer.learning_rate": 0.8, "schedule.kind": "step", "schedule.every": 2}
    )
    assert rates(engine.start(spec), 100, 25) == [0.8, 0.8, 0.4, 0.4, 0.2]
    assert rates(engine.start(spec.replace({"batch_size": 125})), 8, 2) == [0.8, 0.8, 0.4, 0.4, 0.2]


def test_a_schedule_begins_when_it_is_chosen() -> None:
    state, _ = engine.train(engine.start(DEFAULT.replace({"optimizer.learning_rate": 0.8})), 260)
    state = engine.edit(state, {"schedule.kind": "cosine", "schedule.length": 4})
    quarter = 0.4 * (1 + 0.5**0.5)
    expected = [0.8, quarter, 0.4, 0.8 - quarter, 0, 0]
    np.testing.assert_allclose(rates(state, 125, 25), expected, rtol=1e-12)
    later, _ = engine.train(state, 50)
    longer = engine.edit(later, {"schedule.length": 8})  # same kind: the clock goes on
    assert engine.learning_rate(longer)[0] == pytest.approx(quarter, rel=1e-12)


def test_the_rate_that_is_shown_is_the_rate_that_acts() -> None:
    # SGD's step is η g: the same state under a constant rate of that size makes the same step
    values: dict[str, Any] = {"dtype": "float64", "schedule": {"kind": "inverse", "half": 0.5}}
    state, _ = engine.train(engine.start(engine.RunSpec.from_dict(values)), 40)
    rate = float(engine.learning_rate(state)[0])
    assert rate == pytest.approx(0.03 / (1 + 1.6 / 0.5), rel=1e-12)
    constant = engine.edit(state, {"schedule.kind": "constant", "optimizer.learning_rate": rate})
    one, other = (engine.train(start, 1)[0].theta for start in (state, constant))
    np.testing.assert_allclose(one, other, rtol=1e-13)


def test_members_on_their_own_schedules() -> None:
    specs = [
        DEFAULT.replace({"dtype": "float64", "schedule.kind": kind} | knobs)
        for kind, knobs in (
            ("constant", {}),
            ("cosine", {"schedule.length": 3.0}),
            ("cosine", {"schedule.length": 9.0, "penalty.l2": 0.1}),
            ("warmup_cosine", {"schedule.warmup": 2.0}),
        )
    ]
    together, _ = engine.train(engine.start(specs), 130)
    for member, spec in enumerate(specs):
        alone, _ = engine.train(engine.start(spec), 130)
        np.testing.assert_allclose(together.theta[member], alone.theta[0], rtol=0, atol=1e-12)
        assert engine.learning_rate(together)[member] == engine.learning_rate(alone)[0]


def test_a_rate_of_zero_stands_still() -> None:
    spec = DEFAULT.replace({"schedule.kind": "cosine", "schedule.length": 1, "penalty.l1": 0.1})
    state, _ = engine.train(engine.start(spec), 25)
    later, _ = engine.train(state, 50)
    np.testing.assert_array_equal(later.theta, state.theta)


def test_a_schedule_that_falls_to_zero_can_be_chosen_under_way() -> None:
    """Nobody asks for its factor before it begins: 0 to a negative power is none."""
    state, _ = engine.train(engine.start(engine.RunSpec.from_dict({})), 30)
    changes = {"schedule": {"kind": "step", "every": 1.0, "gamma": 0.0}}
    state = engine.edit(state, changes)
    per_epoch = engine.steps_per_epoch(state.spec)
    before, _ = engine.train(state, per_epoch)
    after, _ = engine.train(before, 10)
    assert not np.array_equal(before.theta, state.theta)
    np.testing.assert_array_equal(after.theta, before.theta)
