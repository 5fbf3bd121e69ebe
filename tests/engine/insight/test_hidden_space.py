"""Where layers put points and lines: by PyTorch's singular values, by hand, and by a brute search."""

from typing import Any

import numpy as np
import pytest

import engine
from engine.insight import HiddenSpace, Inspection, hidden_space
from engine.insight.hidden_space import FARTHEST, ROOM, SIDE
from engine.spec.run_spec import RunSpec

DEEP = {"layers": [{"units": 8, "activation": "tanh"}] * 3, "dtype": "float64"}


def trained(values: dict[str, Any], steps: int = 0) -> engine.State:
    return engine.train(engine.start(RunSpec.from_dict(values)), steps)[0]


def look(values: dict[str, Any], steps: int = 0, **options: Any) -> HiddenSpace:
    return hidden_space(Inspection(trained(values, steps)), **options)


def activations(state: engine.State, points: Any) -> list[Any]:
    """Each hidden layer's activations (n, U), by PyTorch."""
    torch = pytest.importorskip("torch")
    found, a, theta = [], torch.tensor(points), torch.tensor(state.theta[0])
    arrays = engine.layout(state.spec)[:-2]
    for (_, w, shape), (_, b, (units,)) in zip(arrays[::2], arrays[1::2], strict=True):
        a = torch.tanh(a @ theta[w : w + shape[0] * shape[1]].reshape(shape) + theta[b : b + units])
        found.append(a)
    return found


def test_principal_axes_are_pytorchs() -> None:
    torch = pytest.importorskip("torch")
    state = trained(DEEP, 60)
    found = hidden_space(Inspection(state))
    points = engine.sample(state.spec).points[: 250 : found.every]
    for i, a in enumerate(activations(state, points), 1):
        around = a - a.mean(0)
        u, s, _ = torch.linalg.svd(around, full_matrices=False)
        assert found.share[i] == pytest.approx(float((s[:2] ** 2).sum() / (s**2).sum()))
        # the same picture but for a turn or a reflection: the same distances between all points
        theirs = u[:, :2] * s[:2]
        ours = torch.tensor(found.points[i])
        torch.testing.assert_close(torch.cdist(ours, ours), torch.cdist(theirs, theirs))
        np.testing.assert_allclose(
            found.spread[8 * (i - 1) : 8 * i], a.std(0, correction=0), rtol=1e-9
        )
    assert found.pairs.tolist() == [[0, 1], [-1, -1], [-1, -1], [-1, -1]]


def test_lines_are_where_points_of_the_lattice_go() -> None:
    state = trained(DEEP, 60)
    found = hidden_space(Inspection(state))
    points = engine.sample(state.spec).points[: 250 : found.every]
    axis = np.linspace(-6, 6, SIDE)
    lattice = np.array([[x1, x2] for x2 in axis for x1 in axis])
    mean = points.mean(axis=0)
    np.testing.assert_allclose(found.lines[0].reshape(-1, 2), lattice - mean)
    assert found.lines[0][0, 12].tolist() == pytest.approx([6 - mean[0], -6 - mean[1]])
    last, there = (activations(state, x)[-1].numpy() for x in (points, lattice))
    expected = (there - last.mean(axis=0)) @ found.axes[-1]
    np.testing.assert_allclose(found.lines[-1].reshape(-1, 2), expected, atol=1e-9)


def test_a_picture_keeps_near_to_the_last_one_and_to_the_layer_before() -> None:
    state = trained(DEEP, 60)
    found = hidden_space(Inspection(state))
    # somebody else's axes: turned by 100°, and one reflected
    turn = np.array([[np.cos(1.745), -np.sin(1.745)], [np.sin(1.745), np.cos(1.745)]])
    before = [found.axes[0], *(axes @ turn @ np.diag([1, -1]) for axes in found.axes[1:])]
    again = hidden_space(Inspection(state), before=before)
    for i in range(1, 4):
        ours, last = again.points[i], found.points[i] @ turn @ np.diag([1, -1])
        targets = last / np.linalg.norm(last) + again.points[i - 1] / np.linalg.norm(
            again.points[i - 1]
        )
        angles = np.linspace(0, 2 * np.pi, 721)
        best = max(
            np.sum(ours @ np.array([[np.cos(t), -np.sin(t)], [np.sin(t), np.cos(t)]]) @ m * targets)
            for t in angles
            for m in (np.eye(2), np.diag([1, -1]))
        )
        assert np.sum(ours * targets) == pytest.approx(best, rel=1e-4)


def test_nothing_flips_while_a_network_trains() -> None:
    state = trained(DEEP)
    before: tuple[Any, ...] = ()
    last = None
    for _ in range(40):
        found = hidden_space(Inspection(state), before=before)
        if last is not None:
            for now, then in zip(found.points[1:], last[1:], strict=True):
                assert np.sum(now * then) > 0.9 * np.linalg.norm(now) * np.linalg.norm(then)
        before, last = found.axes, found.points
        state, _ = engine.train(state, 5)


def test_two_units_are_axes_as_they_are() -> None:
    found = look({"layers": [{"units": 5}, {"units": 4}]}, pairs=[(4, 1), (2, 9)])
    assert found.pairs.tolist() == [[0, 1], [4, 1], [-1, -1]]
    assert found.axes[1].tolist() == np.eye(5)[:, [4, 1]].tolist()
    one = look({"layers": [{"units": 1}]})
    assert one.pairs[1].tolist() == [0, 0]
    assert not one.points[1][:, 1].any()
    assert one.share[1] == pytest.approx(1)


def test_a_line_is_found_where_there_is_one_and_told_where_there_is_none() -> None:
    apart = look({"data": {"kind": "gauss", "noise": 0}, "layers": []}).apart
    assert apart.tolist() == [1]
    ring = look({"data": "circle", "layers": []})
    points = engine.sample(RunSpec.from_dict({"data": "circle"}))
    x, second = points.points[: 250 : ring.every], points.labels[: 250 : ring.every] == 1
    best = 0.0
    for angle in np.linspace(0, np.pi, 90):
        along = x @ [np.cos(angle), np.sin(angle)]
        for cut in np.sort(along):
            share = np.mean((along > cut) == second)
            best = max(best, share, 1 - share)
    assert 0.5 < ring.apart[0] <= best + 1 / len(x)


def test_the_slope_over_values_is_that_of_least_squares() -> None:
    state = trained({"data": {"kind": "saddle", "noise": 0.2}, **DEEP}, 30)
    found = hidden_space(Inspection(state))
    drawn = engine.sample(state.spec)
    values = drawn.labels[: 250 : found.every]
    for i, a in enumerate(activations(state, drawn.points[: 250 : found.every]), 1):
        x = np.column_stack([a.numpy(), np.ones(len(a))])
        rest = values - x @ np.linalg.lstsq(x, values, rcond=None)[0]
        assert found.apart[i] == pytest.approx(1 - rest.var() / values.var(), abs=1e-6)
    assert found.right is None


def test_the_border_is_where_the_outputs_change_their_answer() -> None:
    state = trained({"data": "circle", "layers": [{"units": 2}], "dtype": "float64"}, 300)
    found = hidden_space(Inspection(state))
    sums = found.points[-1] @ found.border[0, :2] + found.border[0, 2]
    x = engine.sample(state.spec).points[: 250 : found.every]
    answers = engine.insight.predict(state, x)[0]
    np.testing.assert_array_equal(sums > 0, answers[:, 1] > answers[:, 0])
    assert found.right == round(250 * float(engine.metrics(state)["train_accuracy"][0]))


def test_frames_hold_their_points_and_what_is_near_of_their_lines() -> None:
    found = look({"layers": [{"units": 6, "activation": "relu"}] * 2}, 50)
    far = np.abs(found.points).max(axis=(1, 2))
    assert (found.reach >= ROOM * far * (1 - 1e-9)).all()
    assert (found.reach <= FARTHEST * far * (1 + 1e-9)).all()


@pytest.mark.parametrize(
    "values",
    [
        {"layers": []},
        {"layers": [], "features": ["x1"]},
        {"layers": [], "features": ["x1", "x2", "sin_x1"]},
        {"layers": [{"units": 16, "activation": "relu"}] * 8},
        {"data": {"kind": "blobs", "classes": 8}, "loss": "cross_entropy"},
        {"data": {"kind": "plane"}, "layers": [{"units": 1}, {"units": 2}]},
        {"data": {"points": 10, "train_share": 0.1}, "batch_size": 1},
    ],
)
def test_odd_networks_have_frames_as_well(values: dict[str, Any]) -> None:
    found = look(values, 3)
    count = 1 + len(RunSpec.from_dict(values).layers)
    assert len(found.points) == len(found.lines) == len(found.reach) == count
    assert np.isfinite(found.points).all()
    assert np.isfinite(found.border).all()
    assert ((found.apart >= 0) & (found.apart <= 1)).all()


def test_units_that_are_all_silent_have_no_spread() -> None:
    found = look({"layers": [{"units": 3, "activation": "relu"}], "initializer": "zeros"})
    assert np.isnan(found.share[1])
    assert not found.points[1].any()
    assert found.reach[1] == 1


def test_what_is_no_number_is_said_to_be_none() -> None:
    state = engine.start(RunSpec.from_dict({"layers": [{"units": 4, "activation": "relu"}] * 8}))
    state = engine.edit(state, {"theta": [1e30] * state.theta.size})
    found = hidden_space(Inspection(state))
    assert np.isfinite(found.reach[0])
    assert np.isnan(found.reach[-1])
    assert np.isnan(found.apart[-1])


def test_every_member_has_a_space_of_its_own() -> None:
    base = RunSpec.from_dict({"layers": [{"units": 4}]})
    state = engine.start([base, base.replace({"weights_seed": 2})])
    seen = Inspection(state)
    one, other = (hidden_space(seen, member) for member in (0, 1))
    assert not np.allclose(one.points[1], other.points[1])
    np.testing.assert_array_equal(one.points[0], other.points[0])
