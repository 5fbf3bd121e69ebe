"""Sessions with several networks: they start, change, go back and come again as the engine has it."""

import io
import json
from typing import Any

import numpy as np
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

import engine
from app import protocol
from app.export import files
from app.session import status
from tests.app.session.test_session import RATE, Driver

MEMBERS: list[dict[str, Any]] = [
    {"optimizer.kind": "sgd"},
    {"optimizer.kind": "adam", "optimizer.learning_rate": 0.01},
    {"weights_seed": 7},
]
FAILING_MEMBER = {RATE: 10, "penalty.l2": 10}
COMMON: list[dict[str, Any]] = [
    {"batch_size": 3},
    {"penalty.l2": 0.01},
    {"layers.0.activation.kind": "relu"},
    {"theta.output.b.0": 0.5},
    {"theta": [0.1] * 25},
    {"frozen": ["output.b.0"]},
]


def specs(base: dict[str, Any] | None = None) -> tuple[engine.RunSpec, ...]:
    return engine.members(engine.RunSpec.from_dict(base or {}), MEMBERS)


def racing(**hello: Any) -> Driver:
    driver = Driver(**{"members": MEMBERS, **hello})
    driver.run()
    return driver


def told(driver: Driver) -> dict[str, Any]:
    """What the status says."""
    found: dict[str, Any] = json.loads(status.status(driver.session))
    return found


def test_one_network_for_each_trains_in_lockstep() -> None:
    driver = racing()
    driver.control("step", count=50)
    driver.run()
    expected, _ = engine.train(engine.start(specs()), 50)
    np.testing.assert_array_equal(driver.theta, expected.theta)
    assert told(driver)["members"] == MEMBERS
    assert told(driver)["failures"] == told(driver)["stops"] == [None, None, None]
    assert told(driver)["spec"] == engine.RunSpec.from_dict({}).to_dict()


def test_a_member_alone_is_still_the_spec_with_its_changes() -> None:
    driver = racing(members=[{RATE: 0.5}])
    assert told(driver)["spec"]["optimizer"]["learning_rate"] == 0.03
    assert driver.session.state.spec.optimizer["learning_rate"] == 0.5


@settings(max_examples=15, deadline=None, suppress_health_check=list(HealthCheck))
@given(
    st.lists(st.tuples(st.integers(0, 40), st.sampled_from(COMMON)), max_size=4),
    st.lists(st.integers(0, 150), min_size=1, max_size=6),
)
def test_every_step_comes_back_as_it_was_and_a_link_makes_it_again(
    legs: list[tuple[int, dict[str, Any]]], visits: list[int]
) -> None:
    driver = racing()
    for steps, changes in legs:
        if steps:
            driver.control("step", count=steps)
            driver.run()
        driver.control("set", changes=changes)
        driver.run()
    driver.control("step", count=15)
    driver.run()
    end, found = driver.step, told(driver)
    start = engine.members(engine.RunSpec.from_dict(found["start_spec"]), found["members"])
    for step in [*visits, end]:
        at = min(step, end)
        driver.control("seek", step=at)
        driver.run()
        wanted = engine.replay(start, driver.session.run.edits, at)
        np.testing.assert_array_equal(driver.theta, wanted.theta)
        assert driver.session.state.specs == wanted.specs
        assert driver.session.run.present.specs == wanted.specs
    again = Driver(
        spec=found["start_spec"], members=found["members"], edits=found["edits"], step=end
    )
    again.run()
    np.testing.assert_array_equal(again.theta, driver.theta)
    assert told(again)["spec"] == found["spec"]


@pytest.mark.parametrize("path", ["optimizer.kind", RATE, "optimizer", "weights_seed"])
def test_what_varies_is_not_changed_for_all(path: str) -> None:
    driver = racing()
    before = told(driver)
    with pytest.raises(engine.SpecError) as caught:
        driver.control("set", changes={path: 1})
    assert [problem.path for problem in caught.value.problems] == [path]
    assert told(driver) == before


def test_edits_of_a_link_are_refused_where_they_name_what_varies() -> None:
    edits = [{"step": 3, "changes": {"batch_size": 5}}, {"step": 4, "changes": {RATE: 0.1}}]
    with pytest.raises(engine.SpecError) as caught:
        Driver(members=MEMBERS, edits=edits)
    assert [problem.path for problem in caught.value.problems] == [f"edits.1.changes.{RATE}"]


def test_members_that_cannot_be_compared_are_refused_and_nothing_has_changed() -> None:
    with pytest.raises(engine.SpecError) as caught:
        Driver(members=[{}, {"data.noise": 0.2}])
    assert [problem.path for problem in caught.value.problems] == ["members.1.data.noise"]
    driver = racing()
    before = told(driver)
    with pytest.raises(engine.SpecError):
        driver.control("load", spec={}, members=[{"layers.0.units": 3}])
    assert told(driver) == before


def test_a_restart_keeps_the_members() -> None:
    driver = racing()
    driver.control("set", changes={"layers.0.units": 3})
    assert driver.session.run.number == 2
    assert driver.session.state.specs == specs({"layers": [{"units": 3}, {"units": 2}]})
    driver.control("step", count=5)
    driver.control("set", changes={"batch_size": 4})
    driver.run()
    driver.control("reset")
    assert driver.step == 0
    assert driver.session.run.present.spec.batch_size == 4
    assert driver.session.state.specs == driver.session.run.present.specs
    driver.control("load", spec={})
    assert len(driver.session.state.specs) == 1


def test_a_new_start_reseeds_all_that_do_not_vary_in_it() -> None:
    driver = racing()
    driver.control("new_start", seeds=["weights", "batches"])
    assert [spec.weights_seed for spec in driver.session.state.specs] == [2, 2, 7]
    assert [spec.batches_seed for spec in driver.session.state.specs] == [2, 2, 2]


def test_a_change_that_would_mean_something_else_to_a_member_starts_again() -> None:
    # 0.03 is what SGD has by default, so an SGD that becomes Adam would take Adam's default
    # instead, while a network that is made as Adam with 0.03 keeps it
    driver = racing(members=[{}, {RATE: 0.03}], spec={"optimizer": {"learning_rate": 0.2}})
    driver.control("step", count=5)
    driver.run()
    driver.control("set", changes={"optimizer.kind": "adam"})
    assert driver.session.run.number == 2
    rates = [spec.optimizer["learning_rate"] for spec in driver.session.state.specs]
    assert rates == [0.2, 0.03]


def test_training_goes_on_while_one_can_and_each_failure_is_told() -> None:
    driver = racing(members=[FAILING_MEMBER, {}])
    driver.control("step", count=400)
    driver.run()
    assert driver.step == 400
    found = told(driver)
    assert found["failure"] == found["failures"][0]
    assert found["failures"][0]["step"] <= 400
    assert found["failures"][1] is None
    assert found["phase"] == "paused"
    assert found["findings"] == []


def test_training_ends_when_none_can() -> None:
    driver = racing(members=[FAILING_MEMBER, {"stop": {"kind": "steps", "steps": 30}}])
    driver.control("play")
    driver.run(until=10_000)
    found = told(driver)
    assert found["phase"] == "paused"
    assert found["failures"][0]
    assert found["stops"] == [None, {"step": 30, "reason": found["stops"][1]["reason"]}]


def test_the_history_has_everyones_metrics() -> None:
    driver = racing()
    for _ in range(4):
        driver.control("step", count=10)
        driver.run()
    header, arrays = protocol.decode(status.history(driver.session))
    assert header["run"] == 1
    count = len(arrays["steps"])
    assert arrays["member_metrics"].shape == (3, 5, count)
    np.testing.assert_array_equal(arrays["member_metrics"][0], arrays["metrics"])
    at = arrays["steps"].tolist().index(20)
    wanted = engine.metrics(engine.train(engine.start(specs()), 20)[0])
    for row, name in enumerate(engine.METRICS):
        np.testing.assert_array_equal(arrays["member_metrics"][:, row, at], wanted[name])
    rates = driver.session.run.history.of_member(1)[:, -1]
    np.testing.assert_array_equal(rates, np.full(count, 0.01))


def test_the_picture_is_of_the_member_that_is_looked_at() -> None:
    driver = racing()
    driver.control("step", count=30)
    driver.control("view", grid=8, neurons=0, member=1, members=8, point=[1, 2])
    result = driver.take(driver.session.next(driver.now + 1))  # type: ignore[arg-type]
    header, arrays = protocol.decode(result.frame)
    state = result.state
    assert header["learning_rate"] == 0.01
    assert header["probe"]["scores"] == engine.insight.probe(state, (1, 2), 1).scores.tolist()
    np.testing.assert_array_equal(arrays["theta"], state.theta[1])
    assert arrays["metrics"].shape == (5, 3)
    assert arrays["boundaries"].shape == (3, 8, 8)
    np.testing.assert_array_equal(arrays["boundaries"][1], arrays["boundary"][0])


def test_a_member_that_there_is_not_is_refused_and_a_smaller_run_shows_its_first() -> None:
    driver = racing()
    with pytest.raises(engine.SpecError) as caught:
        driver.control("view", member=3)
    assert [problem.path for problem in caught.value.problems] == ["member"]
    driver.control("view", member=2, grid=8, neurons=0)
    driver.run()
    driver.control("load", spec={})
    driver.run()
    assert driver.session.shown == 0


@pytest.mark.parametrize("member", range(3))
def test_files_are_of_the_member_that_is_looked_at(member: int) -> None:
    driver = racing()
    driver.control("step", count=20)
    driver.run()
    driver.control("set", changes={"batch_size": 4})
    driver.control("step", count=20)
    driver.run()
    state, rows = driver.session.state, driver.session.run.history.of_member(member)
    weights = files.make(files.Export("weights", state, rows, member)).content
    with np.load(io.BytesIO(weights)) as saved:
        np.testing.assert_array_equal(saved["output.b"], state.theta[member][-1:])
    namespace: dict[str, Any] = {"__name__": "run"}
    script = files.make(files.Export("numpy", state, rows, member)).content.decode()
    exec(compile(script, "run.py", "exec"), namespace)  # noqa: S102 - our own script
    table = files.make(files.Export("metrics", state, rows, member)).content.decode()
    loss = float(table.splitlines()[-1].split(",")[2])
    assert loss == pytest.approx(engine.metrics(state)["train_loss"][member], rel=1e-6)


def test_the_trajectory_of_all_is_kept_and_the_same_the_second_time() -> None:
    driver = racing(view={"grid": 8, "neurons": 0, "trajectory": True})
    driver.control("step", count=200)
    driver.run()
    first = driver.session.run.recorder.trajectory(driver.session.state)
    assert first.theta.shape == (len(first.steps), 3, 25)
    assert first.steps[0] == 0
    assert first.steps[-1] == 200
    for step, theta in zip(first.steps.tolist(), first.theta, strict=True):
        np.testing.assert_array_equal(theta, engine.replay(specs(), [], step).theta)
    driver.control("seek", step=0)
    driver.run()
    assert driver.session.run.recorder.trajectory(driver.session.state).steps.tolist() == [0]
    driver.control("step", count=200)
    driver.run()
    again = driver.session.run.recorder.trajectory(driver.session.state)
    np.testing.assert_array_equal(again.steps, first.steps)
    np.testing.assert_array_equal(again.theta, first.theta)


def test_the_trajectory_turns_off_where_the_run_does() -> None:
    driver = racing(view={"grid": 8, "neurons": 0, "trajectory": True})
    driver.control("step", count=30)
    driver.run()
    driver.control("seek", step=12)
    driver.run()
    driver.control("set", changes={"theta": [0.1] * 25})
    driver.control("step", count=3)
    driver.run()
    trajectory = driver.session.run.recorder.trajectory(driver.session.state)
    assert trajectory.steps.tolist() == list(range(16))
    np.testing.assert_array_equal(trajectory.theta[12], np.full((3, 25), np.float32(0.1)))
    driver.control("reset")
    assert driver.session.run.recorder.trajectory(driver.session.state).steps.tolist() == [0]


def test_a_trajectory_asked_for_on_the_way_begins_there_or_where_one_goes_back_to() -> None:
    driver = racing()
    driver.control("step", count=100)
    driver.run()
    driver.control("view", grid=8, neurons=0, trajectory=True)
    driver.control("step", count=10)
    driver.run()
    trajectory = driver.session.run.recorder.trajectory(driver.session.state)
    assert trajectory.steps[0] == 100
    driver.control("seek", step=0)
    driver.control("seek", step=110)
    driver.run()
    driver.control("seek", step=0)
    driver.run()
    driver.control("step", count=110)
    driver.run()
    trajectory = driver.session.run.recorder.trajectory(driver.session.state)
    assert trajectory.steps.tolist()[:40] == list(range(40))
    assert {100, 110} <= set(trajectory.steps.tolist())


def test_one_network_is_changed_alone_and_all_start_again() -> None:
    driver = racing()
    driver.control("step", count=30)
    driver.run()
    driver.control("set", changes={"optimizer.kind": "rmsprop"}, member=1)
    assert (driver.step, driver.session.run.number) == (0, 2)
    said = told(driver)
    # 0.01 is what a person set of the kind before, and RMSprop keeps it
    assert said["members"][0] == MEMBERS[0]
    assert said["members"][1]["optimizer.kind"] == "rmsprop"
    assert said["specs"][1]["optimizer"]["learning_rate"] == 0.01
    assert said["specs"] == said["start_specs"]
    assert "data" not in said["specs"][1]
    driver.control("set", changes={"optimizer.kind": "rmsprop"}, member=1)
    assert driver.session.run.number == 2, "nothing is different"


@pytest.mark.parametrize(("member", "path"), [(3, "member"), (0, "members.0.data.noise")])
def test_what_one_network_cannot_have_is_refused(member: int, path: str) -> None:
    driver = racing()
    with pytest.raises(engine.SpecError) as caught:
        driver.control("set", changes={"data.noise": 0.4}, member=member)
    assert [problem.path for problem in caught.value.problems] == [path]
    assert told(driver)["members"] == MEMBERS


def test_specs_are_told_as_they_are_now_and_as_they_were_at_the_start() -> None:
    driver = racing()
    driver.control("step", count=10)
    driver.run()
    driver.control("set", changes={"penalty.l2": 0.25})
    said = told(driver)
    assert [spec["penalty"]["l2"] for spec in said["specs"]] == [0.25] * 3
    assert [spec["penalty"]["l2"] for spec in said["start_specs"]] == [0] * 3
    assert told(Driver())["specs"] == told(Driver())["start_specs"] == []
