"""Planes: which directions they have, what they show, and that there always is one."""

from dataclasses import replace
from typing import Any

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

import engine
from engine.landscape.planes import BOUND
from engine.spec.parameter_names import place

SPEC = engine.RunSpec.from_dict(
    {"layers": [{"units": 4}, {"units": 3}], "loss": "cross_entropy", "dtype": "float64"}
)
KINDS = ("pca", "random", "line", "weights")
NAMES = ("layers.0.W.1.2", "output.b.0")


def trained(specs: Any, steps: list[int]) -> tuple[engine.State, engine.landscape.Trajectory]:
    """A run and its trajectory through these steps."""
    state = engine.start(specs)
    states = []
    for step in steps:
        state, _ = engine.train(state, step - state.step)
        states.append(state)
    return state, engine.landscape.Trajectory.of(states)


def axes(kind: Any, names: tuple[str, ...] = NAMES) -> engine.landscape.Axes:
    return engine.landscape.Axes(kind, names=names if kind == "weights" else ())


RACE = engine.members(
    SPEC, [{"optimizer.learning_rate": 0.1}, {"optimizer.kind": "adam"}, {"weights_seed": 2}]
)


def test_pca_is_the_singular_value_decomposition_around_the_final_weights() -> None:
    state, trajectory = trained(RACE, [0, 3, 10, 40, 120])
    plane = engine.landscape.plane_through(
        state, trajectory, engine.landscape.Axes("pca"), member=1
    )
    offsets = (trajectory.theta - state.theta[1]).reshape(15, -1)
    _, sizes, directions = np.linalg.svd(offsets, full_matrices=False)
    np.testing.assert_allclose(np.abs(plane.directions @ directions[:2].T), np.eye(2), atol=1e-8)
    assert plane.explained is not None
    np.testing.assert_allclose(plane.explained, sizes[:2] ** 2 / (sizes**2).sum(), rtol=1e-8)
    np.testing.assert_array_equal(plane.origin, state.theta[1])
    assert plane.center.tolist() == [0, 0]
    assert plane.labels == ("First principal direction", "Second principal direction")


def test_a_line_goes_from_start_to_end() -> None:
    state, trajectory = trained(SPEC, [0, 50, 200])
    plane = engine.landscape.plane_through(state, trajectory, engine.landscape.Axes("line"))
    way = state.theta[0] - trajectory.theta[0, 0]
    length = np.sqrt((way**2).sum())
    np.testing.assert_allclose(plane.directions[0], way / length, atol=1e-12)
    np.testing.assert_allclose(plane.directions @ plane.directions.T, np.eye(2), atol=1e-12)
    places, away = plane.project(trajectory.theta[[0, -1], 0])
    np.testing.assert_allclose(places, [[-length, 0], [0, 0]], atol=1e-9)
    np.testing.assert_allclose(away, 0, atol=1e-9)
    share = ((trajectory.theta[:, 0] - state.theta[0]) @ way / length) ** 2
    total = ((trajectory.theta[:, 0] - state.theta[0]) ** 2).sum()
    assert plane.explained is not None
    assert plane.explained[0] == pytest.approx(share.sum() / total)


def test_random_directions_are_on_the_scale_of_each_units_weights() -> None:
    state, trajectory = trained(SPEC, [0, 200])
    plane = engine.landscape.plane_through(
        state, trajectory, engine.landscape.Axes("random", seed=7)
    )
    other = engine.landscape.plane_through(
        state, trajectory, engine.landscape.Axes("random", seed=8)
    )
    assert not np.allclose(plane.directions, other.directions)
    for direction in plane.directions:
        for name, at, shape in engine.layout(SPEC):
            mine, own = (
                each[at : at + int(np.prod(shape))].reshape(shape)
                for each in (direction, state.theta[0])
            )
            expected = np.linalg.norm(own, axis=0) if name.endswith(".W") else 0
            norm = np.linalg.norm(mine, axis=0) if name.endswith(".W") else mine
            np.testing.assert_allclose(norm, expected, rtol=1e-9)


def test_two_weights_are_shown_at_their_own_values() -> None:
    state, trajectory = trained(SPEC, [0, 30])
    plane = engine.landscape.plane_through(state, trajectory, axes("weights"))
    assert plane.labels == NAMES
    found = [place(SPEC.arrays, name) for name in NAMES]
    at = [each for each in found if each is not None]
    assert len(at) == len(NAMES)
    np.testing.assert_allclose(plane.center, state.theta[0, at])
    theta = plane.at(np.array([0.25, -3.0]))
    assert theta[at].tolist() == [0.25, -3]
    others = np.delete(np.arange(theta.size), at)
    np.testing.assert_array_equal(theta[others], state.theta[0, others])
    np.testing.assert_allclose(plane.project(trajectory.theta[:, 0])[0], trajectory.theta[:, 0, at])


@pytest.mark.parametrize("kind", KINDS)
def test_a_place_is_the_nearest_point_of_the_plane(kind: str) -> None:
    state, trajectory = trained(RACE, [0, 20, 60])
    plane = engine.landscape.plane_through(state, trajectory, axes(kind), member=2)
    np.testing.assert_allclose(plane.at(plane.center), state.theta[2], atol=1e-12)
    places, away = plane.project(trajectory.theta)
    assert (places.shape, away.shape) == ((3, 3, 2), (3, 3))
    offset = (trajectory.theta - plane.origin).reshape(9, -1)
    nearest, rest, *_ = np.linalg.lstsq(plane.directions.T, offset.T)
    np.testing.assert_allclose(places.reshape(9, 2), nearest.T, atol=1e-8)
    np.testing.assert_allclose(away.ravel() ** 2, rest, atol=1e-8)
    back, nothing = plane.project(plane.at(places))
    np.testing.assert_allclose(back, places, atol=1e-9)
    np.testing.assert_allclose(nothing, 0, atol=1e-9)


@pytest.mark.parametrize("kind", KINDS)
def test_all_paths_are_in_view(kind: str) -> None:
    state, trajectory = trained(RACE, [0, 20, 400])
    plane = engine.landscape.plane_through(state, trajectory, axes(kind))
    places = plane.project(trajectory.theta)[0].reshape(-1, 2)
    low, high = plane.ranges[:, 0], plane.ranges[:, 1]
    assert high[0] - low[0] == pytest.approx(high[1] - low[1])
    edge = 0.1 * (high - low)
    assert (places >= low + edge).all()
    assert (places <= high - edge).all()


def test_members_that_failed_are_not_in_view() -> None:
    specs = engine.members(SPEC, [{}, {"optimizer.learning_rate": 0.1}])
    state, trajectory = trained(specs, [0, 50])
    theta = trajectory.theta.copy()
    theta[1, 1] = 1e9
    trajectory = engine.landscape.Trajectory(trajectory.steps, theta, trajectory.running)
    failed = engine.State(**{**vars(state), "failures": (engine.Failure(1, 51, "NaN", ()),)})
    for kind in KINDS:
        plane = engine.landscape.plane_through(failed, trajectory, axes(kind))
        assert np.abs(plane.ranges).max() < 100
        assert (
            np.abs(engine.landscape.plane_through(state, trajectory, axes(kind)).ranges).max() > 100
        )


TINY = engine.RunSpec.from_dict({"features": ["x1"], "layers": []})
"""A network of one weight and one bias."""
DEGENERATE = {
    "never trained": (SPEC, [0]),
    "standing still": (SPEC, [0, 0, 0]),
    "one step": (SPEC, [0, 1]),
    "identical members": ([SPEC, SPEC], [0, 40]),
    "all zero": (SPEC.replace({"initializer": {"kind": "zeros", "bias": 0}}), [0]),
    "two parameters": (TINY, [0, 9, 30]),
    "two parameters at rest": (TINY, [0]),
    "two parameters of zero": (TINY.replace({"initializer": {"kind": "zeros", "bias": 0}}), [0]),
    "a straight path": (SPEC.replace({"frozen": []}), [0, 1]),
}


@pytest.mark.parametrize("kind", KINDS)
@pytest.mark.parametrize("case", DEGENERATE)
def test_there_is_a_plane_whatever_the_paths_are(case: str, kind: str) -> None:
    specs, steps = DEGENERATE[case]
    state, trajectory = trained(specs, steps)
    names = ("output.W.0.0", "output.b.0")
    check_plane(state, trajectory, axes(kind, names))


numbers = st.sampled_from([0.0, 1e-200, 1e-30, -1e-3, 0.1, 1.0, -2.0, 1e6, 3e38, -1e250])


@settings(max_examples=100, deadline=None)
@given(st.sampled_from(KINDS), st.lists(st.lists(numbers, min_size=2, max_size=2), min_size=1))
def test_there_is_a_plane_through_any_two_numbers(kind: str, rows: list[list[float]]) -> None:
    theta = np.array(rows)[:, None]
    trajectory = engine.landscape.Trajectory(
        np.arange(len(rows)), theta, np.zeros((len(rows), 1, 0))
    )
    state = engine.State(**{**vars(engine.start(TINY)), "theta": theta[-1]})
    check_plane(state, trajectory, axes(kind, ("output.W.0.0", "output.b.0")))


def check_plane(
    state: engine.State, trajectory: engine.landscape.Trajectory, chosen: engine.landscape.Axes
) -> None:
    """What every plane is like."""
    plane = engine.landscape.plane_through(state, trajectory, chosen)
    lengths = np.linalg.norm(plane.directions, axis=1, keepdims=True)
    assert np.linalg.matrix_rank(plane.directions / lengths) == 2
    assert np.isfinite(plane.ranges).all()
    assert (plane.ranges[:, 0] < plane.ranges[:, 1]).all()
    places, away = plane.project(trajectory.theta)
    assert np.isfinite(places).all()
    assert np.isfinite(away).all()
    assert (places >= plane.ranges[:, 0]).all()
    assert (places <= plane.ranges[:, 1]).all()
    own = state.theta[0].astype(float).clip(-BOUND, BOUND)
    np.testing.assert_allclose(plane.at(plane.center), own, atol=1e-12 * max(1, np.abs(own).max()))
    if plane.explained is not None:
        assert (plane.explained >= 0).all()
        assert plane.explained.sum() <= 1 + 1e-9


def test_paths_that_go_nowhere_are_not_explained() -> None:
    for steps in ([0], [0, 0, 0], [0, 1]):
        state, trajectory = trained(SPEC, steps)
        plane = engine.landscape.plane_through(state, trajectory, engine.landscape.Axes("pca"))
        assert (plane.explained is None) == (steps[-1] == 0)


def test_maps_begin_at_the_top_left() -> None:
    state, trajectory = trained(SPEC, [0])
    plane = engine.landscape.plane_through(state, trajectory, engine.landscape.Axes("random"))
    (left, right), (bottom, top) = plane.ranges
    places = plane.grid(5).reshape(5, 5, 2)
    np.testing.assert_allclose(places[0, 0], [left, top])
    np.testing.assert_allclose(places[0, -1], [right, top])
    np.testing.assert_allclose(places[-1, 0], [left, bottom])
    np.testing.assert_allclose(places[2, 2], [(left + right) / 2, (bottom + top) / 2])
    line = plane.line(7)
    np.testing.assert_allclose(line[[0, -1]], [[left, 0], [right, 0]], atol=1e-12)


@pytest.mark.parametrize("size", range(9, 102))
def test_maps_get_finer_up_to_the_size_that_is_asked_for(size: int) -> None:
    found = engine.landscape.map_sizes(size)
    assert found[-1] == size
    assert list(found) == sorted(set(found))
    assert found[0] <= min(size, 25)
    # the last costs most of the time
    assert sum(side**2 for side in found[:-1]) < size**2


@pytest.mark.parametrize(
    ("values", "path"),
    [
        ({"kind": "spiral"}, "axes.kind"),
        ({"kind": "random", "seed": -1}, "axes.seed"),
        ({"kind": "random", "seed": True}, "axes.seed"),
        ({"kind": "weights"}, "axes.names"),
        ({"kind": "weights", "names": ("output.b.0",)}, "axes.names"),
    ],
)
def test_axes_say_what_is_wrong_with_them(values: dict[str, Any], path: str) -> None:
    with pytest.raises(engine.SpecError) as caught:
        engine.landscape.Axes(**values)
    assert [problem.path for problem in caught.value.problems] == [path]


@pytest.mark.parametrize(
    ("names", "paths"),
    [
        (("output.b.9", "layers.7.W.0.0"), ["axes.names.0", "axes.names.1"]),
        (("output.b.0", "output.b.0"), ["axes.names.1"]),
    ],
)
def test_parameters_that_the_network_lacks_are_named(
    names: tuple[str, str], paths: list[str]
) -> None:
    state, trajectory = trained(SPEC, [0])
    with pytest.raises(engine.SpecError) as caught:
        engine.landscape.plane_through(
            state, trajectory, engine.landscape.Axes("weights", names=names)
        )
    assert [problem.path for problem in caught.value.problems] == paths


FOUR = engine.members(SPEC, [{"weights_seed": seed} for seed in (1, 2, 3, 4)])


@pytest.mark.parametrize("three", [(0, 1, 2), (3, 0, 2), (1, 3, 2)])
def test_a_plane_through_three_networks_holds_all_three(three: tuple[int, int, int]) -> None:
    state, trajectory = trained(FOUR, [0, 40])
    axes_of_three = engine.landscape.Axes("networks", members=three)
    plane = engine.landscape.plane_through(state, trajectory, axes_of_three, member=2)
    places, away = plane.project(state.theta)
    assert away[list(three)].max() < 1e-12
    (left_out,) = {0, 1, 2, 3} - set(three)
    assert away[left_out] > 0.5
    np.testing.assert_allclose(plane.directions @ plane.directions.T, np.eye(2), atol=1e-12)
    np.testing.assert_allclose(places[three[0]], 0, atol=1e-12)
    np.testing.assert_allclose(plane.center, places[2], atol=1e-12)
    low, high = plane.ranges.T
    assert (places[list(three)] > low).all()
    assert (places[list(three)] < high).all()
    # so the ground is their own loss there
    ground = engine.landscape.Landscape.of(state, plane, member=2)
    true = engine.metrics(state)["train_loss"]
    np.testing.assert_allclose(ground.losses(places)[list(three)], true[list(three)], rtol=1e-9)
    first, second, third = (number + 1 for number in three)
    assert plane.labels == (f"From network {first} to network {second}", f"Towards network {third}")


def test_three_networks_that_are_one_have_a_plane_all_the_same() -> None:
    state, trajectory = trained(engine.members(SPEC, [{}, {}, {}]), [0])
    plane = engine.landscape.plane_through(
        state, trajectory, engine.landscape.Axes("networks", members=(0, 1, 2))
    )
    np.testing.assert_allclose(plane.directions @ plane.directions.T, np.eye(2), atol=1e-12)
    np.testing.assert_allclose(plane.project(state.theta)[1], 0, atol=1e-12)


def test_a_wild_network_can_be_left_out_of_the_axes() -> None:
    specs = engine.members(
        SPEC, [{}, {"optimizer.kind": "adam"}, {"optimizer.learning_rate": 30.0}]
    )
    state, trajectory = trained(specs, [0, 20, 200])
    everyone = engine.landscape.plane_through(state, trajectory, engine.landscape.Axes("pca"))
    two = engine.landscape.plane_through(
        state, trajectory, engine.landscape.Axes("pca", members=(0, 1))
    )
    alone, short = trained(specs[:2], [0, 20, 200])
    expected = engine.landscape.plane_through(alone, short, engine.landscape.Axes("pca"))
    np.testing.assert_allclose(two.directions, expected.directions, atol=1e-8)
    np.testing.assert_allclose(two.ranges, expected.ranges, rtol=1e-8)
    assert np.ptp(everyone.ranges[0]) > 3 * np.ptp(two.ranges[0])


def test_principal_directions_point_the_same_way_as_in_the_picture_before() -> None:
    state, trajectory = trained(RACE, [0, 3, 10, 40, 120])
    first = engine.landscape.plane_through(state, trajectory, engine.landscape.Axes("pca"))
    for turned in (first.directions * [[-1], [1]], -first.directions, first.directions):
        like = replace(first, directions=turned)
        found = engine.landscape.plane_through(
            state, trajectory, engine.landscape.Axes("pca"), like=like
        )
        np.testing.assert_allclose(found.directions, turned, atol=1e-12)
        np.testing.assert_allclose(
            found.project(trajectory.theta)[0],
            first.project(trajectory.theta)[0] * np.sign((turned * first.directions).sum(axis=1)),
            atol=1e-9,
        )


@pytest.mark.parametrize(
    ("values", "path"),
    [
        ({"kind": "networks"}, "axes.members"),
        ({"kind": "networks", "members": (0, 1)}, "axes.members"),
        ({"kind": "networks", "members": (0, 1, 1)}, "axes.members"),
    ],
)
def test_a_plane_through_networks_needs_three(values: dict[str, Any], path: str) -> None:
    with pytest.raises(engine.SpecError) as caught:
        engine.landscape.Axes(**values)
    assert [problem.path for problem in caught.value.problems] == [path]


def test_networks_that_are_not_there_are_named() -> None:
    state, trajectory = trained(RACE, [0])
    with pytest.raises(engine.SpecError) as caught:
        engine.landscape.plane_through(
            state, trajectory, engine.landscape.Axes("networks", members=(0, 1, 7))
        )
    (problem,) = caught.value.problems
    assert (problem.path, problem.value) == ("axes.members.2", 7)
    assert problem.allowed == "a whole number from 0 to 2, the number of a network"
