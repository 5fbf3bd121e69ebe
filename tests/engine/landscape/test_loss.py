"""The loss over planes and along paths: that of the metrics, and that of a forward pass written out here."""

import pickle
from typing import Any

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

import engine
from engine.landscape.loss import losses
from engine.spec.parameter_names import place
from tests.engine.landscape.test_planes import KINDS, NAMES, TINY, axes, trained
from tests.engine.strategies import spec_dicts

SPEC = engine.RunSpec.from_dict(
    {
        "layers": [{"units": 5, "batch_norm": True, "dropout": 0.3}, {"units": 4}],
        "loss": "cross_entropy",
        "data": {"points": 200, "noise": 0.2, "train_share": 0.7},
        "penalty": {"l1": 0.003, "l2": 0.02},
        "dtype": "float64",
    }
)
RACE = engine.members(
    SPEC,
    [
        {},
        {"optimizer.kind": "adam", "optimizer.learning_rate": 0.01},
        {"weights_seed": 3, "penalty.l2": 0.1, "layers.1.activation.kind": "relu"},
    ],
)


@pytest.mark.parametrize("kind", KINDS)
@pytest.mark.parametrize("half", ["train", "test"])
def test_the_loss_at_the_networks_place_is_its_metric(kind: str, half: Any) -> None:
    state, trajectory = trained(RACE, [0, 30, 90])
    found = engine.metrics(state)
    for member in range(3):
        plane = engine.landscape.plane_through(state, trajectory, axes(kind), member)
        for penalty in (False, True):
            land = engine.landscape.Landscape.of(state, plane, half, penalty=penalty, member=member)
            land = pickle.loads(pickle.dumps(land))  # noqa: S301
            expected = found[f"{half}_loss"][member] + penalty * found["penalty"][member]
            assert land.losses(plane.center[None])[0] == pytest.approx(expected, rel=1e-9)


@settings(max_examples=40, deadline=None)
@given(spec_dicts())
def test_a_loss_is_the_metric_of_any_network(values: dict[str, Any]) -> None:
    state = engine.start(engine.RunSpec.from_dict(values))
    expected = engine.metrics(state)
    for half in ("train", "test"):
        found = losses(state.spec, state.theta, state.running, half)
        assert found == pytest.approx(expected[f"{half}_loss"], rel=1e-4)
        more = losses(state.spec, state.theta, state.running, half, penalty=state.spec)
        assert more - found == pytest.approx(expected["penalty"], rel=1e-3, abs=1e-4)


def written_out(state: engine.State, member: int, theta: np.ndarray) -> float:
    """The training loss of SPEC's network at theta (P,) by a forward pass in plain NumPy."""
    arrays = {
        name: theta[at : at + int(np.prod(shape))].reshape(shape)
        for name, at, shape in engine.layout(SPEC)
    }
    mean, variance = state.running[member].reshape(2, 5)
    scene = engine.scene(SPEC)
    x, labels = scene["points"][:140], scene["labels"][:140].astype(int)
    z = x @ arrays["layers.0.W"] + arrays["layers.0.b"]
    z = (z - mean) / np.sqrt(variance + 1e-5) * arrays["layers.0.gamma"] + arrays["layers.0.beta"]
    z = np.tanh(z) @ arrays["layers.1.W"] + arrays["layers.1.b"]
    scores = np.tanh(z) @ arrays["output.W"] + arrays["output.b"]
    p = np.exp(scores) / np.exp(scores).sum(axis=1, keepdims=True)
    return float(-np.log(p[np.arange(140), labels]).mean())


@pytest.mark.parametrize("kind", KINDS)
def test_losses_over_a_plane_are_those_of_a_plain_forward_pass(kind: str) -> None:
    state, trajectory = trained(RACE, [0, 30, 90])
    plane = engine.landscape.plane_through(state, trajectory, axes(kind), 1)
    places = plane.grid(9)
    found = engine.landscape.Landscape.of(state, plane, member=1).losses(places)
    a, b = places.T
    theta = plane.origin + np.outer(a, plane.directions[0]) + np.outer(b, plane.directions[1])
    expected = [written_out(state, 1, row) for row in theta]
    np.testing.assert_allclose(found, expected, rtol=1e-9)
    assert np.ptp(found) > 0.01


@settings(max_examples=20, deadline=None)
@given(st.lists(st.integers(1, 80), max_size=4), st.sampled_from(["float32", "float64"]))
def test_where_a_map_is_cut_never_changes_a_bit_of_it(cuts: list[int], dtype: str) -> None:
    state, trajectory = trained(SPEC.replace({"dtype": dtype}), [0, 20])
    plane = engine.landscape.plane_through(state, trajectory, engine.landscape.Axes("random"))
    land, places = engine.landscape.Landscape.of(state, plane, penalty=True), plane.grid(9)
    parts = [land.losses(part) for part in np.split(places, sorted(cuts))]
    np.testing.assert_array_equal(np.concatenate(parts), land.losses(places))


def test_losses_along_the_trajectory_are_the_metrics_of_each_step() -> None:
    state = engine.start(RACE)
    states, expected = [], []
    for _ in range(4):
        state, _ = engine.train(state, 11)
        states.append(state)
        expected.append(engine.metrics(state))
    trajectory = engine.landscape.Trajectory.of(states)
    assert trajectory.steps.tolist() == [11, 22, 33, 44]
    for half in ("train", "test"):
        found = engine.landscape.path_losses(state.specs, trajectory, half)
        np.testing.assert_allclose(found, [each[f"{half}_loss"] for each in expected], rtol=1e-12)


def test_along_the_trajectory_every_member_pays_the_penalty_of_the_ground_under_it() -> None:
    changes = [{"penalty.l2": 0.1}, {"penalty.l2": 0.7}, {"penalty.l1": 0.2}]
    state, trajectory = trained(engine.members(TINY, changes), [0, 5, 50])
    theta = state.theta[:, 0].astype(np.float64)  # the one weight; the other parameter is a bias
    data = engine.landscape.path_losses(state.specs, trajectory)[-1]
    for chosen, added in enumerate([0.05 * theta**2, 0.35 * theta**2, 0.2 * np.abs(theta)]):
        true = engine.landscape.path_losses(state.specs, trajectory, penalty=state.specs[chosen])[
            -1
        ]
        np.testing.assert_allclose(true, data + added, rtol=1e-6)
        # two parameters: the plane holds all, so the ground is the loss itself
        names = ("output.W.0.0", "output.b.0")
        plane = engine.landscape.plane_through(state, trajectory, axes("weights", names), chosen)
        ground = engine.landscape.Landscape.of(state, plane, penalty=True, member=chosen)
        np.testing.assert_allclose(ground.losses(plane.project(state.theta)[0]), true, rtol=1e-5)


def test_of_two_parameters_the_plane_is_all_there_is() -> None:
    specs = engine.members(TINY, [{}, {"optimizer.kind": "adam"}])
    state, trajectory = trained(specs, [0, 5, 50])
    true = engine.landscape.path_losses(state.specs, trajectory)
    for kind in KINDS:
        plane = engine.landscape.plane_through(
            state, trajectory, axes(kind, ("output.W.0.0", "output.b.0"))
        )
        places, away = plane.project(trajectory.theta)
        found = (
            engine.landscape.Landscape.of(state, plane).losses(places.reshape(-1, 2)).reshape(3, 2)
        )
        np.testing.assert_allclose(found, true, rtol=1e-5)
        np.testing.assert_allclose(away, 0, atol=1e-6)
        assert plane.explained is not None
        assert plane.explained.sum() == pytest.approx(1)


@pytest.mark.parametrize("dtype", ["float32", "float64"])
@pytest.mark.parametrize("loss", ["cross_entropy", "squared_error", "hinge"])
def test_what_overflows_is_infinite(loss: str, dtype: str) -> None:
    layers = [{"units": 3, "activation": "relu"}, {"units": 3, "activation": "relu"}]
    task = {"kind": "plane"} if loss == "squared_error" else {"kind": "circle"}
    values = {"layers": layers, "loss": loss, "dtype": dtype, "data": task}
    spec = engine.RunSpec.from_dict(values)
    large = 1e30 if dtype == "float32" else 1e300
    theta = np.full((3, engine.parameters(spec)), 0.1)
    # scores of opposite infinite signs, so that no score is the larger one
    theta[1] = large * (-1.0) ** np.arange(len(theta[1]))
    theta[2] = 1e39 if dtype == "float32" else np.inf
    found = losses(spec, theta, np.empty((3, 0), dtype), penalty=spec)
    assert np.isfinite(found[0])
    assert found[1:].tolist() == [np.inf, np.inf]


def test_a_line_through_the_network_is_a_row_of_its_plane() -> None:
    state, trajectory = trained(SPEC, [0, 40])
    plane = engine.landscape.plane_through(state, trajectory, axes("weights"))
    line = plane.line(31)
    land = engine.landscape.Landscape.of(state, plane, "test")
    found = land.losses(line)
    theta = np.repeat(state.theta, 31, axis=0)
    low, high = plane.ranges[0]
    theta[:, place(SPEC.arrays, NAMES[0])] = np.linspace(low, high, 31)
    running = np.repeat(state.running, 31, axis=0)
    np.testing.assert_allclose(found, losses(SPEC, theta, running, "test"), rtol=1e-12)
