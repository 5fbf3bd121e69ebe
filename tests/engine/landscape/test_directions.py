"""Directions: filter normalization from its definition, principal ones against a decomposition by NumPy."""

import itertools

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

import engine
from engine.landscape.directions import (
    MOST,
    Direction,
    filter_normalized,
    independent,
    orthonormal,
    principal,
    random,
)

SPEC = engine.RunSpec.from_dict(
    {"layers": [{"units": 4, "batch_norm": True}, {"units": 3}], "loss": "cross_entropy"}
)


def weights_of(theta: np.ndarray) -> dict[str, np.ndarray]:
    """The arrays of a network by the layout that the engine tells the page."""
    return {
        name: theta[at : at + int(np.prod(shape))].reshape(shape)
        for name, at, shape in engine.layout(SPEC)
    }


def test_each_units_incoming_weights_have_the_norm_of_its_own() -> None:
    theta = engine.train(engine.start(SPEC), 50)[0].theta[0].astype(float)
    own = weights_of(theta)
    found = weights_of(filter_normalized(SPEC, theta, np.random.default_rng(1)))
    assert set(found) == set(own)
    for name, values in found.items():
        if not name.endswith(".W"):
            assert not values.any(), name
            continue
        for unit in range(values.shape[1]):
            norm = np.sqrt((own[name][:, unit] ** 2).sum())
            assert np.sqrt((values[:, unit] ** 2).sum()) == pytest.approx(norm)
            assert not np.allclose(values[:, unit], own[name][:, unit])


def test_a_unit_without_weights_is_not_moved() -> None:
    theta = engine.start(SPEC).theta[0].astype(float)
    at = {name: at for name, at, _ in engine.layout(SPEC)}["layers.1.W"]
    theta[at : at + 12 : 3] = 0  # what comes into the first unit of the second layer
    found = weights_of(filter_normalized(SPEC, theta, np.random.default_rng(1)))["layers.1.W"]
    assert not found[:, 0].any()
    assert found[:, 1:].all()


def test_a_seed_decides_random_directions() -> None:
    theta = engine.start(SPEC).theta[0].astype(float)
    first, again, other = (
        [each.vector for each in itertools.islice(random(SPEC, theta, seed), 4)]
        for seed in (1, 1, 2)
    )
    np.testing.assert_array_equal(first, again)
    for one, two in itertools.combinations([*first, *other], 2):
        assert not np.allclose(one, two)


@pytest.mark.parametrize("shape", [(40, 7), (7, 40), (5, 5), (3, 600)])
def test_principal_directions_are_those_of_a_singular_value_decomposition(
    shape: tuple[int, int],
) -> None:
    rng = np.random.default_rng(2)
    offsets = rng.normal(size=shape) @ np.diag(np.linspace(3, 0.5, shape[1]))
    _, _, expected = np.linalg.svd(offsets, full_matrices=False)
    found = [direction.vector for direction in principal(offsets)]
    assert len(found) == 2
    for mine, theirs in zip(found, expected, strict=False):
        assert abs(mine @ theirs) == pytest.approx(1, abs=1e-9)
        assert np.linalg.norm(mine) == pytest.approx(1)
        # the path comes from the negative side
        assert (offsets @ mine).sum() <= 0


def test_of_very_many_points_some_stand_for_all() -> None:
    # a parabola in a thousand dimensions: its plane is the same however many points show it
    rng = np.random.default_rng(4)
    plane, _ = np.linalg.qr(rng.normal(size=(1000, 2)))
    t = np.linspace(0, 1, 3 * MOST)
    offsets = np.stack([t - 1, (t - 1) ** 2], axis=1) @ plane.T
    found = np.stack([direction.vector for direction in principal(offsets)])
    np.testing.assert_allclose(np.linalg.norm(found @ plane, axis=1), 1, atol=1e-9)


@pytest.mark.parametrize(
    ("offsets", "count"), [(np.zeros((3, 5)), 0), (np.outer([1.0, -3, 2], [1, 2, 0, 0, 1]), 1)]
)
def test_there_are_no_more_principal_directions_than_the_points_have(
    offsets: np.ndarray, count: int
) -> None:
    assert len(principal(offsets)) == count
    assert len(principal(offsets.T)) == count


def test_what_is_zero_or_the_same_is_no_second_direction() -> None:
    vectors = [np.zeros(3), np.array([1.0, 2, 3]), np.array([-2.0, -4, -6]), np.array([1.0, 2, 4])]
    pair = independent(Direction(str(i), vector) for i, vector in enumerate(vectors))
    assert [direction.label for direction in pair] == ["1", "3"]
    with pytest.raises(ValueError, match="no two independent"):
        independent(Direction("", vector) for vector in vectors[:3])


@settings(max_examples=60)
@given(st.integers(2, 50), st.floats(1e-5, 1e3), st.integers(0, 1000))
def test_directions_are_made_orthonormal_however_close_they_are(
    size: int, apart: float, seed: int
) -> None:
    rng = np.random.default_rng(seed)
    first, other = rng.normal(size=(2, size))
    made = orthonormal(np.stack([first, 7 * first + apart * other]))
    np.testing.assert_allclose(made @ made.T, np.eye(2), atol=1e-12)
    assert abs(made[0] @ first) == pytest.approx(np.linalg.norm(first))
    # they span the same plane
    rest = other - made.T @ (made @ other)
    assert np.linalg.norm(rest) < 1e-4 * np.linalg.norm(other)
