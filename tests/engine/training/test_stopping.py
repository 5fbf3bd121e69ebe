"""Stop rules stop where they say, whatever the slices, and keep what they promise."""

from typing import Any

import numpy as np
import pytest

import engine

BASE = engine.RunSpec.from_dict({"data": {"points": 100}})
"""Five steps an epoch."""


def run(stop: dict[str, Any], steps: int = 4000, **more: Any) -> tuple[engine.State, engine.Report]:
    """A run with this stop rule."""
    spec = BASE.replace({"stop": stop, **more})
    return engine.train(engine.start(spec), steps)


def test_after_steps() -> None:
    state, report = run({"kind": "steps", "steps": 37})
    assert state.step == report.steps == 37
    (stop,) = report.stops
    assert (stop.member, stop.step, stop.reason) == (0, 37, "37 steps are done")
    again, report = engine.train(state, 10)
    assert again.step == 37
    assert report == engine.Report(0, clipped=(0.0,))


def test_after_epochs() -> None:
    state, report = run({"kind": "epochs", "epochs": 7})
    assert (state.step, state.epoch, state.cursor) == (35, 7, 0)
    assert report.stops[0].reason == "7 epochs are done"


@pytest.mark.parametrize(
    ("kind", "knob", "goal", "sign"),
    [("target_loss", "loss", 0.1, -1), ("target_accuracy", "accuracy", 0.9, 1)],
)
@pytest.mark.parametrize("on", ["train", "test"])
def test_targets_stop_at_the_first_epoch_that_reaches_them(
    kind: str, knob: str, goal: float, sign: int, on: str
) -> None:
    state, report = run({"kind": kind, knob: goal, "on": on})
    metric = f"{on}_{knob}"
    assert sign * (engine.metrics(state)[metric][0] - goal) >= 0
    assert f"reached {goal:g}" in report.stops[0].reason
    free = engine.start(BASE)
    reached = []
    while free.step < state.step:
        free, _ = engine.train(free, 5)
        reached.append(sign * (engine.metrics(free)[metric][0] - goal) >= 0)
    assert reached == [False] * (len(reached) - 1) + [True]


OVERFIT = {
    "data": {"kind": "gauss", "points": 60, "noise": 0.5},
    "layers": [{"units": 16}, {"units": 16}],
    "optimizer": {"kind": "adam", "learning_rate": 0.02},
}


def test_a_plateau_stops_and_goes_back_to_the_best_weights() -> None:
    values = OVERFIT | {"stop": {"kind": "plateau", "patience": 20}}
    state, report = engine.train(engine.start(engine.RunSpec.from_dict(values)), 20_000)
    (stop,) = report.stops
    free = engine.start(engine.RunSpec.from_dict(OVERFIT))
    losses = []
    while free.step < stop.step:
        free, _ = engine.train(free, 3)
        losses.append(engine.metrics(free)["test_loss"][0])
    best = int(np.argmin(losses))
    assert len(losses) - 1 - best == 20
    assert f"epoch {best + 1}," in stop.reason
    assert engine.metrics(state)["test_loss"][0] == losses[best]
    assert losses[-1] > losses[best]


def test_a_plateau_can_keep_the_last_weights() -> None:
    stop = {"kind": "plateau", "patience": 20, "keep_best": False}
    state, _ = engine.train(
        engine.start(engine.RunSpec.from_dict(OVERFIT | {"stop": stop})), 20_000
    )
    free, _ = engine.train(engine.start(engine.RunSpec.from_dict(OVERFIT)), state.step)
    np.testing.assert_array_equal(free.theta, state.theta)


@pytest.mark.parametrize(
    "stop",
    [
        {"kind": "plateau", "patience": 3, "improvement": 0.01},
        {"kind": "target_loss", "loss": 0.2},
        {"kind": "steps", "steps": 77},
    ],
)
def test_slices_do_not_matter(stop: dict[str, Any]) -> None:
    whole, report = run(stop, 1000)
    spec = BASE.replace({"stop": stop})
    sliced, rng = engine.start(spec), np.random.default_rng(0)
    while not sliced.stops:
        sliced, _ = engine.train(sliced, int(rng.integers(1, 9)))
    assert sliced.stops == whole.stops == report.stops
    np.testing.assert_array_equal(sliced.theta, whole.theta)


def test_members_stop_one_by_one() -> None:
    specs = [
        BASE.replace({"stop": {"kind": "steps", "steps": 10}}),
        BASE,
        BASE.replace({"stop": {"kind": "epochs", "epochs": 6}}),
    ]
    state, report = engine.train(engine.start(specs), 50)
    assert [(stop.member, stop.step) for stop in report.stops] == [(0, 10), (2, 30)]
    assert state.step == 50
    for member, steps in enumerate((10, 50, 30)):
        alone, _ = engine.train(engine.start(BASE), steps)
        np.testing.assert_allclose(state.theta[member], alone.theta[0], rtol=1e-5)


def test_a_member_that_fails_at_once_makes_no_other_look_at_the_start() -> None:
    layers = [{"units": 4, "activation": "linear"}] * 8
    reached = BASE.replace({"layers": layers, "stop": {"kind": "target_loss", "loss": 100}})
    breaks = reached.replace({"initializer": {"kind": "normal", "std": 100}, "data.kind": "plane"})
    state, report = engine.train(engine.start([breaks, reached]), 30)
    assert [(failure.member, failure.step) for failure in state.failures] == [(0, 1)]
    # the end of the first epoch, as alone
    assert [(stop.member, stop.step) for stop in report.stops] == [(1, 5)]


def test_an_edit_lets_a_stopped_network_go_on() -> None:
    state, _ = run({"kind": "steps", "steps": 10})
    state = engine.edit(state, {"optimizer.learning_rate": 0.1})
    state, report = engine.train(state, 15)
    assert report.steps == 15
    assert state.step == 25


@pytest.mark.parametrize("stop", [{"kind": "steps", "steps": 10}, {"kind": "epochs", "epochs": 2}])
def test_a_count_that_is_passed_stops_nothing(stop: dict[str, Any]) -> None:
    state, _ = run(stop)
    assert state.step == 10
    onward, report = engine.train(engine.edit(state, {"penalty.l2": 0.01}), 100)
    assert report.steps == 100
    assert not onward.stops
