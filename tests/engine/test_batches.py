"""Batches cover each epoch once, in an order that the seed alone decides."""

import numpy as np
import pytest

from engine.batches import Batches, steps_per_epoch
from engine.samples import sample, train_points
from engine.spec import RunSpec


def spec(**more: object) -> RunSpec:
    """A run of 37 training points with batches of 10."""
    return RunSpec.from_dict({"data": {"points": 74}, "dtype": "float64", "batch_size": 10} | more)


def points_of(batches: list[tuple[np.ndarray, np.ndarray]]) -> np.ndarray:
    """The inputs of all batches, in order, (N, 2)."""
    return np.concatenate([x[:2].T for x, _ in batches])


def test_the_last_batch_holds_what_is_left() -> None:
    batches = Batches([spec()]).epoch(0)
    assert [x.shape for x, _ in batches] == [(3, 10)] * 3 + [(3, 7)]
    assert all((x[-1] == 1).all() for x, _ in batches)
    assert steps_per_epoch(spec()) == 4
    np.testing.assert_array_equal(points_of(batches), sample(spec()).points[:37])


def test_shuffling_draws_a_new_order_each_epoch() -> None:
    batches = Batches([spec(shuffle=True)])
    first, second = points_of(batches.epoch(0)), points_of(batches.epoch(1))
    assert (first != second).any()
    np.testing.assert_array_equal(first, points_of(Batches([spec(shuffle=True)]).epoch(0)))
    everything = sample(spec()).points[:37]
    for points in (first, second):
        np.testing.assert_array_equal(np.sort(points, axis=0), np.sort(everything, axis=0))


@pytest.mark.parametrize("shuffle", [False, True])
def test_an_epoch_goes_on_from_any_point(shuffle: bool) -> None:
    batches = Batches([spec(shuffle=shuffle)])
    rest = points_of(batches.rest(3, 13))
    np.testing.assert_array_equal(rest, points_of(batches.epoch(3))[13:])


def test_a_batch_larger_than_the_data_is_the_data() -> None:
    assert [x.shape for x, _ in Batches([spec(batch_size=1000)]).epoch(0)] == [(3, 37)]


def test_members_with_one_order_share_its_array() -> None:
    alike = Batches([spec(), spec(weights_seed=5)]).epoch(0)[0][0]
    assert alike.shape == (1, 3, 10)
    differ = Batches([spec(shuffle=True), spec(shuffle=True, batches_seed=2)]).epoch(0)[0][0]
    assert differ.shape == (2, 3, 10)


@pytest.mark.parametrize(
    ("points", "share", "train"), [(10, 0.05, 1), (10, 0.95, 9), (500, 0.5, 250)]
)
def test_both_sides_have_a_point(points: int, share: float, train: int) -> None:
    made = RunSpec.from_dict({"data": {"points": points, "train_share": share}})
    assert train_points(made) == train
