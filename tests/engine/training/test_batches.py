"""Batches cover each epoch once, in an order that the seed alone decides."""

import numpy as np
import pytest

import engine
from engine.insight.next_step import next_step
from engine.spec.run_spec import RunSpec
from engine.training.batches import Batches, steps_per_epoch
from engine.training.data import sample, train_points


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


NORMAL = {"layers": [{"units": 2, "batch_norm": True, "dropout": 0.3}]}


@pytest.mark.parametrize(
    ("size", "lengths"),
    [
        (2, [2] * 17 + [3]),
        (4, [4] * 8 + [5]),
        (6, [6] * 5 + [7]),
        (36, [37]),
        (37, [37]),
        (10, [10, 10, 10, 7]),
        (35, [35, 2]),
    ],
)
@pytest.mark.parametrize("shuffle", [False, True])
def test_with_batch_normalization_a_single_last_point_joins_the_batch_before(
    size: int, lengths: list[int], shuffle: bool
) -> None:
    mine = spec(batch_size=size, shuffle=shuffle, **NORMAL)
    batches = Batches([mine]).epoch(2)
    assert [x.shape[1] for x, _ in batches] == lengths
    assert steps_per_epoch(mine) == len(lengths)
    plain = Batches([spec(batch_size=size, shuffle=shuffle)]).epoch(2)
    np.testing.assert_array_equal(points_of(batches), points_of(plain))
    for number in range(len(lengths)):
        rest = Batches([mine]).rest(2, sum(lengths[:number]))
        assert [x.shape[1] for x, _ in rest] == lengths[number:]


def test_a_point_that_joins_has_a_mask_and_counts_as_used() -> None:
    mine = spec(batch_size=6, stop={"kind": "plateau", "patience": 1000}, **NORMAL)
    state = engine.start(mine)
    for step in range(1, 13):
        upcoming = next_step(state)
        assert upcoming.batch == (7 if step % 6 == 0 else 6)
        mask = upcoming.masks[0]
        assert mask is not None
        assert mask.shape == (2, upcoming.batch)
        state, _ = engine.train(state, 1)
        np.testing.assert_array_equal(state.theta[0], upcoming.theta)
        assert (state.epoch, state.cursor) == (step // 6, step % 6 * 6)
    assert state.best is not None


def test_a_batch_size_changed_on_the_way_leaves_no_single_point() -> None:
    state, _ = engine.train(engine.start(spec(batch_size=9, **NORMAL)), 2)
    for size in (2, 3, 4, 5, 6, 9, 18, 30):
        changed, _ = engine.train(engine.edit(state, {"batch_size": size}), 40)
        assert not changed.failures
        (made,) = changed.edits
        again = engine.replay(state.start_specs[0], [made], 42)
        np.testing.assert_array_equal(changed.theta, again.theta)


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


@pytest.mark.parametrize("shuffle", [False, True])
def test_an_epochs_order_is_public_and_is_what_training_uses(shuffle: bool) -> None:
    mine = spec(shuffle=shuffle, batches_seed=7)
    batches, points = Batches([mine]), sample(mine).points
    for epoch in (0, 1, 12):
        order = engine.epoch_order(mine, epoch)
        np.testing.assert_array_equal(points_of(batches.epoch(epoch)), points[order])
        np.testing.assert_array_equal(np.sort(order), np.arange(37))
    assert shuffle == bool((engine.epoch_order(mine, 0) != engine.epoch_order(mine, 1)).any())


def test_a_shuffled_epoch_can_be_trained_by_hand() -> None:
    """Linear regression by the public order alone ends where the engine does."""
    mine = spec(
        shuffle=True, layers=[], data={"kind": "plane", "points": 74}, loss="squared_error",
        optimizer={"kind": "sgd", "learning_rate": 0.01},
    )  # fmt: skip
    state = engine.start(mine)
    w, b = state.theta[0, :2].copy(), float(state.theta[0, 2])
    drawn = sample(mine)
    for epoch in range(3):
        order = engine.epoch_order(mine, epoch)
        for begin in range(0, drawn.train, 10):
            chosen = order[begin : begin + 10]
            x, y = drawn.points[chosen], drawn.labels[chosen]
            error = x @ w + b - y
            w -= 0.01 * x.T @ error / len(chosen)
            b -= 0.01 * error.mean()
    state, _ = engine.train(state, 3 * steps_per_epoch(mine))
    np.testing.assert_allclose(state.theta[0], [*w, b], rtol=1e-12)


@pytest.mark.parametrize("epoch", [-1, 1.5, True, "0", None])
def test_an_epoch_is_a_whole_number(epoch: object) -> None:
    with pytest.raises(ValueError, match="epoch must be a whole number from 0, not"):
        engine.epoch_order(spec(), epoch)  # type: ignore[arg-type]
