"""The session as a pure state machine: no socket, no clock, no process."""

from dataclasses import replace
from typing import Any

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from pydantic import TypeAdapter

import engine
from app import protocol
from app.protocol import Hello
from app.session import opening, slices
from app.session.session import Phase, Session
from app.session.slices import Slice, Sliced

RATE = "optimizer.learning_rate"
FAILING = {"optimizer": {"kind": "sgd", "learning_rate": 10}, "penalty": {"l2": 1}}
CONTROL: TypeAdapter[Any] = TypeAdapter(protocol.Control)


class Driver:
    """Runs a session's slices at once, on a clock of its own. Each takes `chunk` steps at most."""

    def __init__(self, chunk: int = 10, **hello: Any) -> None:
        self.now = 100.0
        self.chunk = chunk
        self.frames: list[dict[str, Any]] = []
        small = {"grid": 8, "neurons": 0}
        message = {"type": "hello", "protocol": 1, "view": small, **hello}
        asked = Hello.model_validate(message)
        self.session = Session(asked, opening.plan(asked))
        self.start()

    def start(self) -> None:
        starting = self.session.starting
        assert starting is not None
        self.session.started(slices.start(starting), self.now)

    def control(self, kind: str, **keys: Any) -> None:
        message = protocol.READER.validate_python({"type": kind, **keys})
        if isinstance(message, protocol.Load):
            self.session.load(opening.plan(message))
        else:
            self.session.apply(message, self.now)  # type: ignore[arg-type]
        if self.session.starting:
            self.start()

    def work(self) -> Slice | float | None:
        """Ask once, and do what is asked."""
        asked = self.session.next(self.now)
        if isinstance(asked, Slice):
            self.take(asked)
        return asked

    def take(self, asked: Slice) -> Sliced:
        begin = engine.load(asked.state) if isinstance(asked.state, bytes) else asked.state
        most = begin.step + self.chunk
        stop = most if asked.target is None else min(asked.target, most)
        result = slices.run_slice(replace(asked, target=stop, budget=60))
        if result.frame:
            self.frames.append(protocol.decode(result.frame)[0])
        self.session.take(result, self.now)
        return result

    def run(self, seconds: float = 60.0, until: int | None = None) -> None:
        """Let time pass until nothing is asked for, or this step is reached, or time is up."""
        end = self.now + seconds
        while self.now <= end and (until is None or self.step < until):
            asked = self.work()
            if asked is None:
                return
            if isinstance(asked, Slice):
                self.now += 0.001
            else:
                assert asked > self.now
                self.now = asked

    @property
    def step(self) -> int:
        return self.session.state.step

    @property
    def theta(self) -> Any:
        return self.session.state.theta


def expected(steps: int, edits: list[tuple[int, dict[str, Any]]] | None = None) -> Any:
    spec = engine.RunSpec.from_dict({})
    made = [engine.Edit(step, changes) for step, changes in edits or []]
    return engine.replay(spec, made, steps).theta


def test_a_new_session_is_paused_and_shows_itself_once() -> None:
    driver = Driver()
    driver.run()
    assert driver.session.phase is Phase.PAUSED
    assert [frame["step"] for frame in driver.frames] == [0]
    assert driver.session.run.number == 1


@pytest.mark.parametrize("count", [1, 7, 1234])
def test_a_step_trains_exactly_so_much_over_several_slices(count: int) -> None:
    driver = Driver(chunk=100)
    driver.control("step", count=count)
    driver.run()
    assert driver.step == count
    assert driver.session.phase is Phase.PAUSED
    assert len(driver.frames) >= count // 100
    np.testing.assert_array_equal(driver.theta, expected(count))


def test_an_epoch_is_one_pass_over_the_training_points() -> None:
    driver = Driver()
    driver.control("step", count=3, unit="epoch")
    driver.run()
    assert driver.step == 3 * 25
    assert driver.session.state.epoch == 3


def test_steps_asked_for_at_once_add_up() -> None:
    driver = Driver()
    for _ in range(5):
        driver.control("step", count=3)
    driver.run()
    assert driver.step == 15


def test_a_step_pauses_play() -> None:
    driver = Driver()
    driver.control("play")
    driver.run(until=30)
    begin = driver.step
    driver.control("step")
    driver.run()
    assert driver.step == begin + 1
    assert driver.session.phase is Phase.PAUSED


def test_play_goes_on_until_paused_and_then_shows_no_rate() -> None:
    driver = Driver()
    driver.control("play")
    driver.run(seconds=2)
    assert driver.frames[-1]["rate"] > 0
    driver.control("pause")
    driver.run()
    assert driver.frames[-1]["rate"] == 0
    step = driver.step
    driver.run(seconds=1)
    assert driver.step == step


def test_frames_are_at_most_sixty_a_second() -> None:
    driver = Driver()
    driver.control("play")
    driver.run(seconds=1)
    assert 58 <= len(driver.frames) <= 61


@pytest.mark.parametrize(("speed", "seconds"), [(0.1, 100), (1, 30), (7, 9), (100, 4), (3000, 2)])
def test_play_keeps_its_speed(speed: float, seconds: float) -> None:
    driver = Driver(chunk=1000, speed=speed)
    driver.control("play")
    driver.run(seconds=seconds)
    assert abs(driver.step - seconds * speed) <= 1 + speed / 60


def test_the_rate_is_that_of_the_last_second() -> None:
    driver = Driver(chunk=1000)
    driver.control("speed", steps_per_second=600)
    driver.control("play")
    driver.run(seconds=3)
    assert driver.frames[-1]["rate"] == pytest.approx(600, rel=0.05)


def test_the_first_step_of_slow_play_comes_at_once() -> None:
    driver = Driver(speed=0.1)
    driver.run()
    driver.control("play")
    driver.run(seconds=1)
    assert driver.step == 1


def test_slow_play_asks_again_when_the_next_step_is_due() -> None:
    driver = Driver(speed=0.5)
    driver.control("play")
    assert isinstance(driver.work(), Slice)
    driver.now += 0.1
    assert driver.work() == pytest.approx(102)


def test_what_could_not_be_trained_in_time_is_let_go() -> None:
    driver = Driver(speed=100)
    driver.control("play")
    driver.run(seconds=1)
    step = driver.step
    driver.now += 60
    driver.run(seconds=0.02)
    assert driver.step - step <= 30


def test_live_changes_go_on_with_the_run_from_the_step_they_are_made_at() -> None:
    driver = Driver()
    driver.control("play")
    driver.run(until=50)
    at = driver.step
    driver.control("set", changes={RATE: 0.3})
    driver.run(until=at + 40)
    assert driver.session.run.number == 1
    assert driver.session.phase is Phase.PLAYING
    assert [edit.step for edit in driver.session.state.edits] == [at]
    np.testing.assert_array_equal(driver.theta, expected(driver.step, [(at, {RATE: 0.3})]))


def test_a_change_while_paused_is_shown() -> None:
    driver = Driver()
    driver.run()
    shown = len(driver.frames)
    driver.control("set", changes={"penalty.l2": 0.1})
    driver.run()
    assert len(driver.frames) == shown + 1


def test_changes_before_the_first_step_are_part_of_the_start() -> None:
    driver = Driver(
        edits=[{"step": 0, "changes": {RATE: 0.1}}, {"step": 5, "changes": {RATE: 0.2}}]
    )
    driver.control("set", changes={"optimizer.kind": "adam"})
    driver.control("set", changes={"batch_size": 20})
    state = driver.session.state
    assert state.edits == ()
    assert [edit.step for edit in driver.session.run.planned] == [5]
    assert state.spec == state.start_spec
    assert state.spec.optimizer.kind == "adam"
    assert state.spec.batch_size == 20
    driver.control("step", count=30)
    driver.run()
    replayed = engine.replay(state.spec, [engine.Edit(5, {RATE: 0.2})], 30)
    np.testing.assert_array_equal(driver.theta, replayed.theta)


@pytest.mark.parametrize(
    ("changes", "merged"),
    [
        ([{RATE: 0.1}, {RATE: 0.2}], {RATE: 0.2}),
        ([{RATE: 0.1}, {"penalty.l2": 0.1}], {RATE: 0.1, "penalty.l2": 0.1}),
        (
            [{"optimizer.kind": "adam"}, {"optimizer.beta1": 0.5}, {"optimizer.kind": "momentum"}],
            {"optimizer.kind": "momentum"},
        ),
        ([{"optimizer.kind": "adam"}, {RATE: 0.2}], {"optimizer.kind": "adam", RATE: 0.2}),
    ],
)
def test_changes_at_one_step_are_one_edit(
    changes: list[dict[str, Any]], merged: dict[str, Any]
) -> None:
    driver = Driver()
    driver.control("step", count=10)
    driver.run()
    for change in changes:
        driver.control("set", changes=change)
    assert [(edit.step, dict(edit.changes)) for edit in driver.session.state.edits] == [
        (10, merged)
    ]
    driver.control("step", count=10)
    driver.run()
    np.testing.assert_array_equal(driver.theta, expected(20, [(10, merged)]))


def test_a_change_that_is_taken_back_leaves_no_trace() -> None:
    driver = Driver(spec={"optimizer": {"kind": "momentum"}})
    driver.control("step", count=10)
    driver.run()
    driver.control("set", changes={"optimizer.kind": "adam"})
    driver.control("set", changes={"optimizer.kind": "momentum"})
    state = driver.session.state
    assert state.edits == ()
    driver.control("step", count=10)
    driver.run()
    np.testing.assert_array_equal(driver.theta, engine.replay(state.start_spec, [], 20).theta)


def test_setting_what_is_set_changes_nothing() -> None:
    driver = Driver()
    driver.control("step", count=5)
    driver.run()
    driver.control("set", changes={RATE: 0.03, "layers.0.units": 4})
    assert driver.session.state.edits == ()
    assert driver.step == 5


@pytest.mark.parametrize("playing", [True, False])
def test_changes_of_shape_start_again_and_go_on_as_before(playing: bool) -> None:
    driver = Driver()
    driver.control("step", count=5)
    driver.run()
    if playing:
        driver.control("play")
        driver.run(seconds=0.5)
    driver.control("set", changes={"layers.0.units": 6, RATE: 0.1})
    assert driver.session.run.number == 2
    assert driver.step == 0
    assert driver.session.state.edits == ()
    assert driver.session.state.start_spec.optimizer["learning_rate"] == 0.1
    assert driver.session.phase is (Phase.PLAYING if playing else Phase.PAUSED)
    driver.run(seconds=0.5)
    assert (driver.step > 0) is playing
    assert driver.frames[-1]["run"] == 2


def test_reset_keeps_settings_and_weights_and_drops_edits() -> None:
    driver = Driver()
    driver.run()
    before = driver.theta
    driver.control("play")
    driver.run(until=20)
    driver.control("set", changes={RATE: 0.3})
    driver.control("reset")
    assert driver.step == 0
    assert driver.session.phase is Phase.PAUSED
    assert driver.session.state.edits == ()
    assert driver.session.state.start_spec.optimizer["learning_rate"] == 0.3
    np.testing.assert_array_equal(driver.theta, before)


def test_a_new_start_has_other_weights() -> None:
    driver = Driver()
    before = driver.theta
    driver.control("new_start")
    assert driver.session.state.spec.weights_seed == 2
    assert not np.array_equal(driver.theta, before)


def test_seeds_do_not_run_out() -> None:
    driver = Driver(spec={"weights_seed": 2**31 - 1})
    driver.control("new_start")
    assert driver.session.state.spec.weights_seed == 0


def test_a_lost_run_is_sought_again_and_goes_on() -> None:
    edits = [{"step": 20, "changes": {RATE: 0.3}}, {"step": 45, "changes": {RATE: 0.1}}]
    driver = Driver(edits=edits, step=45, playing=True, speed=10)
    assert driver.session.phase is Phase.SEEKING
    driver.run(until=45)
    assert driver.session.phase is Phase.PLAYING
    assert driver.session.run.planned == ()
    made = [(20, {RATE: 0.3}), (45, {RATE: 0.1})]
    np.testing.assert_array_equal(driver.theta, expected(45, made))
    assert driver.session.state.spec.optimizer["learning_rate"] == 0.1
    driver.run(until=50)
    np.testing.assert_array_equal(driver.theta, expected(driver.step, made))


def test_seeking_ends_paused_where_it_was() -> None:
    driver = Driver(step=33)
    driver.run()
    assert driver.step == 33
    assert driver.session.phase is Phase.PAUSED


def test_seeking_can_be_stopped() -> None:
    driver = Driver(step=1000, playing=True)
    driver.run(until=30)
    driver.control("pause")
    driver.run()
    assert driver.step < 1000
    assert driver.session.phase is Phase.PAUSED


def test_playing_is_restored_at_step_zero_too() -> None:
    assert Driver(playing=True).session.phase is Phase.PLAYING


@given(
    st.lists(st.integers(1, 40), min_size=1, max_size=12),
    st.lists(st.tuples(st.integers(0, 60), st.floats(0.001, 0.5)), max_size=4),
)
def test_how_a_run_is_sliced_never_changes_a_bit_of_it(
    chunks: list[int], edits: list[tuple[int, float]]
) -> None:
    made = [(step, {RATE: rate}) for step, rate in sorted(edits)]
    driver = Driver(edits=[{"step": step, "changes": changes} for step, changes in made])
    driver.control("step", count=60)
    while driver.step < 60:
        driver.chunk = chunks[len(driver.frames) % len(chunks)]
        driver.now += 1
        driver.work()
    np.testing.assert_array_equal(driver.theta, expected(60, made))
    # of several at a step the last counts
    later = {step: changes for step, changes in made if step > 0}
    assert {edit.step: edit.changes for edit in driver.session.state.edits} == later
    assert len(driver.session.state.edits) == len(later)


def test_edits_of_a_link_are_made_when_training_reaches_them() -> None:
    driver = Driver(chunk=100)
    driver.control("load", spec={}, edits=[{"step": 30, "changes": {RATE: 0.5}}])
    driver.control("step", count=29)
    driver.run()
    assert len(driver.session.run.planned) == 1
    driver.control("step")
    driver.run()
    assert driver.session.run.planned == ()
    assert driver.session.state.spec.optimizer["learning_rate"] == 0.5


@pytest.mark.parametrize("chunk", [1, 7, 100])
def test_a_load_goes_to_a_step_of_the_new_run(chunk: int) -> None:
    made = [(30, {RATE: 0.5}), (80, {RATE: 0.01})]
    edits = [{"step": step, "changes": changes} for step, changes in made]
    driver = Driver(chunk=chunk, spec={"data": {"kind": "xor"}})
    driver.control("play")
    driver.run(until=5)
    driver.control("load", spec={}, edits=edits, step=60)
    driver.run()
    assert (driver.step, driver.session.phase) == (60, Phase.PAUSED)
    np.testing.assert_array_equal(driver.theta, expected(60, made[:1]))
    assert len(driver.session.run.planned) == 1
    driver.control("load", spec={}, edits=edits, step=60, playing=True)
    driver.run(until=100)
    assert driver.session.phase is Phase.PLAYING
    np.testing.assert_array_equal(driver.theta, expected(driver.step, made))
    driver.control("load", spec={})
    driver.run()
    assert (driver.step, driver.session.phase) == (0, Phase.PAUSED)


@pytest.mark.parametrize(
    ("spec", "edits", "path"),
    [
        ({"layers": 3}, [], "layers"),
        ({}, [{"step": 1, "changes": {"foo.bar": 1}}], "edits.0.changes.foo.bar"),
        ({}, [{"step": 1, "changes": {"layers.0.units": 3}}], "edits.0.changes.layers.0.units"),
        (
            {},
            [{"step": 5, "changes": {RATE: 0.1}}, {"step": 4, "changes": {RATE: 0.1}}],
            "edits.1.step",
        ),
        (
            {},
            [{"step": 1, "changes": {RATE: 0.1}}, {"step": 2, "changes": {RATE: "fast"}}],
            f"edits.1.changes.{RATE}",
        ),
    ],
)
def test_a_wrong_load_names_what_is_wrong_and_changes_nothing(
    spec: dict[str, Any], edits: list[dict[str, Any]], path: str
) -> None:
    driver = Driver()
    driver.control("step", count=5)
    driver.run()
    with pytest.raises(engine.SpecError) as caught:
        driver.control("load", spec=spec, edits=edits)
    assert [problem.path for problem in caught.value.problems] == [path]
    assert driver.step == 5
    assert driver.session.starting is None
    with pytest.raises(engine.SpecError):
        Driver(spec=spec, edits=edits)


def test_a_wrong_change_changes_nothing() -> None:
    driver = Driver()
    driver.control("play")
    with pytest.raises(engine.SpecError):
        driver.control("set", changes={RATE: -1, "layers.0.units": 9})
    assert driver.session.phase is Phase.PLAYING
    assert driver.session.state.spec == engine.RunSpec.from_dict({})


def failed() -> Driver:
    driver = Driver(spec=FAILING, chunk=1000)
    driver.control("play")
    driver.run(seconds=5)
    return driver


def test_training_that_leaves_the_finite_numbers_pauses_and_says_so() -> None:
    driver = failed()
    assert driver.session.phase is Phase.PAUSED
    assert driver.session.state.failures
    assert driver.session.state.failures[-1].step == driver.step + 1
    assert np.isfinite(driver.theta).all()
    driver.control("play")
    driver.run()
    assert driver.session.phase is Phase.PAUSED


def test_reset_and_load_clear_a_failure() -> None:
    ways: list[tuple[str, dict[str, Any]]] = [
        ("reset", {}),
        ("load", {"spec": {}}),
        ("new_start", {}),
    ]
    for kind, keys in ways:
        driver = failed()
        driver.control(kind, **keys)
        assert not driver.session.state.failures


def test_a_live_change_lets_a_failed_run_go_on() -> None:
    driver = failed()
    driver.control("set", changes={RATE: 0.01})
    assert not driver.session.state.failures
    begin = driver.step
    driver.control("play")
    driver.run(until=begin + 50)
    assert driver.session.phase is Phase.PLAYING


def test_a_stop_rule_pauses_and_says_why_and_a_change_lets_it_go_on() -> None:
    driver = Driver(spec={"stop": {"kind": "steps", "steps": 25}})
    driver.control("play")
    driver.run(seconds=5)
    assert driver.step == 25
    assert driver.session.phase is Phase.PAUSED
    assert driver.session.state.stops
    assert driver.session.state.stops[-1].step == 25
    driver.control("set", changes={"stop.kind": "none"})
    driver.control("step", count=5)
    driver.run()
    assert driver.step == 30
    assert not driver.session.state.stops


def test_seeking_a_failed_run_ends_where_it_failed() -> None:
    driver = Driver(spec=FAILING, step=100_000)
    driver.run()
    assert driver.session.phase is Phase.PAUSED
    assert driver.session.state.failures


def test_a_view_is_shown_at_once() -> None:
    driver = Driver()
    driver.run()
    driver.control("view", grid=20, neurons=0)
    asked = driver.session.next(driver.now + 1)
    assert isinstance(asked, Slice)
    assert asked.view == engine.View(20, 0)
    assert asked.target == driver.step


def test_a_result_that_never_came_is_computed_again() -> None:
    driver = Driver()
    driver.control("step", count=25)
    assert isinstance(driver.session.next(driver.now), Slice)  # its browser left, nobody took it
    driver.session.show()
    driver.run()
    assert driver.step == 25
    np.testing.assert_array_equal(driver.theta, expected(25))


@pytest.mark.parametrize("chunk", [10, 100_000])
def test_the_history_is_that_of_the_run_however_fast_it_went(chunk: int) -> None:
    driver = Driver(chunk=chunk)
    driver.control("step", count=50)
    driver.run()
    rows = driver.session.run.history.rows
    assert rows[:, 0].tolist() == list(range(1, 51))
    first = engine.start([driver.session.state.start_spec])
    wanted = engine.metrics(engine.train(first, 20)[0])
    assert rows[19, 2:7].tolist() == [wanted[name][0] for name in engine.METRICS]
    driver.control("seek", step=2000)
    driver.run()
    steps = driver.session.run.history.rows[:, 0]
    assert steps[50:].tolist() == [*range(60, 2001, 10)], "about 200 on a long way"
    driver.control("reset")
    driver.run()
    assert driver.session.run.history.rows[:, 0].tolist() == [0]


def test_trouble_is_looked_for_where_a_run_comes_to_rest_however_soon_that_is() -> None:
    straight = {"data": {"kind": "xor"}, "layers": []}
    driver = Driver(chunk=10_000, spec=straight)
    driver.run()
    driver.control("step", count=40, unit="epoch")  # one slice, right after the last look
    driver.run()
    assert [finding.kind for finding in driver.session.diagnosis.findings] == ["linear"]
