"""Time travel: any step of a run comes back bit for bit, from what little is kept of it."""

from typing import Any

import numpy as np
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

import engine
from app.session.checkpoints import Checkpoints
from tests.app.session.test_session import FAILING, RATE, Driver

LIVE: list[dict[str, Any]] = [
    {RATE: 0.1},
    {"optimizer.kind": "adam"},
    {"batch_size": 3},
    {"layers.0.activation.kind": "relu"},
    {"theta.output.b.0": 0.5},
    {"frozen": ["output.b.0"]},
]


class Traveller(Driver):
    """Remembers the bits of every step that a picture was made of."""

    def __init__(self, **hello: Any) -> None:
        super().__init__(**hello)
        self.run()

    def to(self, step: int) -> None:
        self.control("seek", step=step)
        self.run()
        assert self.session.phase == "paused"

    @property
    def bits(self) -> tuple[bytes, ...]:
        state = self.session.state
        slots = (state.slots[name].tobytes() for name in sorted(state.slots))
        return (state.theta.tobytes(), *slots, repr(state.spec).encode())


@settings(max_examples=40, deadline=None, suppress_health_check=list(HealthCheck))
@given(
    st.lists(st.tuples(st.integers(1, 40), st.sampled_from(LIVE)), max_size=4),
    st.lists(st.integers(0, 160), min_size=1, max_size=8),
)
def test_every_step_comes_back_as_it_was(
    legs: list[tuple[int, dict[str, Any]]], visits: list[int]
) -> None:
    driver = Traveller()
    for steps, changes in legs:
        driver.control("step", count=steps)
        driver.run()
        driver.control("set", changes=changes)
        driver.run()
    driver.control("step", count=20)
    driver.run()
    end, edits = driver.step, driver.session.run.edits
    start = driver.session.state.start_spec
    for step in [*visits, end]:
        driver.to(min(step, end))
        wanted = engine.replay(start, edits, min(step, end))
        np.testing.assert_array_equal(driver.session.state.theta, wanted.theta)
        assert driver.session.state.spec == wanted.spec
        assert driver.session.run.edits == edits
        assert driver.session.run.reached == end


def test_going_on_passes_the_same_states_and_goes_beyond_them() -> None:
    driver = Traveller()
    driver.control("step", count=60)
    driver.run()
    driver.control("set", changes={RATE: 0.2})
    driver.control("step", count=60)
    driver.run()
    at_120 = driver.bits
    rows = driver.session.run.history.rows.copy()
    driver.to(15)
    assert [edit.step for edit in driver.session.run.planned] == [60]
    assert driver.session.state.spec.optimizer["learning_rate"] == 0.03
    driver.control("step", count=105)
    driver.run()
    assert driver.bits == at_120
    np.testing.assert_array_equal(driver.session.run.history.rows, rows)
    driver.to(150)
    assert (driver.step, driver.session.run.reached) == (150, 150)


@pytest.mark.parametrize("leave", ["set", "drop_edits"])
def test_a_change_in_the_past_forgets_what_came_after(leave: str) -> None:
    driver = Traveller()
    driver.control("step", count=60)
    driver.run()
    driver.control("set", changes={RATE: 0.2})
    driver.control("step", count=40)
    driver.run()
    driver.to(30)
    curves = driver.session.seen.curves
    if leave == "set":
        driver.control("set", changes={"batch_size": 5})
    else:
        driver.control("drop_edits")
    assert driver.session.run.reached == 30
    assert driver.session.seen.curves > curves
    assert driver.session.run.history.rows[-1, 0] <= 30
    assert len(driver.session.run.planned) == (1 if leave == "set" else 0)
    driver.run()
    driver.control("step", count=50)
    driver.run()
    spec = driver.session.state.spec
    assert spec.optimizer["learning_rate"] == (0.2 if leave == "set" else 0.03)
    again = engine.replay(driver.session.state.start_spec, driver.session.state.edits, 80)
    np.testing.assert_array_equal(driver.session.state.theta, again.theta)


def test_failures_and_stops_are_those_of_the_step_that_is_shown() -> None:
    driver = Traveller(spec=FAILING)
    driver.control("step", count=500)
    driver.run()
    failure = driver.session.state.failures[-1]
    assert failure is not None
    driver.to(1)
    assert not driver.session.state.failures
    driver.to(driver.session.run.reached)
    assert driver.session.state.failures[-1] == failure

    stopped = Traveller(spec={"stop": {"kind": "steps", "steps": 25}})
    stopped.control("step", count=100)
    stopped.run()
    assert stopped.session.state.stops
    stopped.to(7)
    assert not stopped.session.state.stops
    stopped.to(25)
    assert stopped.session.state.stops


def test_what_is_kept_is_bounded_and_spread_over_the_run() -> None:
    spec = engine.RunSpec.from_dict({})
    state = engine.start(spec)
    size = len(engine.dump(state))
    checkpoints = Checkpoints(state, capacity=10 * size)
    for _ in range(300):
        state, _ = engine.train(state, 10)
        due = checkpoints.due(0.0)
        checkpoints.follow(state, engine.dump(state) if state.step >= due else b"")
    kept = [checkpoints.before(step).step for step in range(0, 3000, 50)]
    assert checkpoints.reached == 3000
    assert len(set(kept)) >= 4
    gaps = [step - before for step, before in zip(range(0, 3000, 50), kept, strict=True)]
    assert min(gaps) >= 0
    assert max(gaps) <= 3000 / 2


def test_a_new_start_takes_the_next_of_the_seeds_it_is_told() -> None:
    driver = Traveller()
    driver.control("new_start", seeds=["data", "batches"])
    spec = driver.session.state.spec
    assert (spec.data["seed"], spec.batches_seed, spec.weights_seed) == (2, 2, 1)
    driver.control("new_start")
    assert driver.session.state.spec.weights_seed == 2
