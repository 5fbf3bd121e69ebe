"""Augmentations follow their formulas, are drawn anew in each epoch, and touch training points only."""

from typing import Any

import numpy as np
import pytest

import engine
from engine.catalog.augmentations import AUGMENTATIONS, augment
from engine.training.batches import Batches
from engine.training.data import arrays, sample

ON: dict[str, Any] = {"flip": "both", "rotation": 30.0, "scale": 0.3, "jitter": 0.2, "mixup": 0.4}
EACH = pytest.mark.parametrize("kind", AUGMENTATIONS)
LABEL_KEEPING = ("flip", "rotation", "scale", "jitter")


def spec(*kinds: str, **more: Any) -> engine.RunSpec:
    """A run with these augmentations on."""
    chosen = {kind: ON[kind] for kind in kinds}
    return engine.RunSpec.from_dict({"augmentation": chosen, "dtype": "float64"} | more)


def changed(kind: str, amount: Any, n: int = 20_000) -> tuple[np.ndarray, np.ndarray]:
    """Points even over a square, before and after one augmentation."""
    rng = np.random.default_rng(1)
    points = rng.uniform(1, 5, (n, 2))
    after, _ = AUGMENTATIONS[kind].change(rng, points, np.zeros((1, n)), amount)
    return points, after


@EACH
def test_a_record_has_one_knob_of_its_own_name_that_is_off(kind: str) -> None:
    record = AUGMENTATIONS[kind]
    assert [knob.name for knob in record.knobs] == [kind]
    default = engine.RunSpec.from_dict({})
    points, labels = engine.augmented(default, 3)
    np.testing.assert_array_equal(points, sample(default).points[:250])
    np.testing.assert_array_equal(labels, sample(default).labels[:250])


@EACH
def test_each_epoch_is_drawn_anew_and_can_be_drawn_again(kind: str) -> None:
    mine = spec(kind)
    first, second = engine.augmented(mine, 0)[0], engine.augmented(mine, 1)[0]
    assert (first != second).any(axis=1).mean() > 0.7
    np.testing.assert_array_equal(first, engine.augmented(mine, 0)[0])
    other = engine.augmented(mine.replace({"batches_seed": 2}), 0)[0]
    assert (first != other).any(axis=1).mean() > 0.7


@EACH
def test_arrays_that_are_passed_in_stay_as_they_are(kind: str) -> None:
    points, targets = np.ones((9, 2)), np.ones((1, 9))
    points.setflags(write=False)
    targets.setflags(write=False)
    amounts = {name: record.amount.default for name, record in AUGMENTATIONS.items()}
    augment(np.random.default_rng(0), points, targets, amounts | {kind: ON[kind]})
    assert (points == 1).all()
    assert (targets == 1).all()


@pytest.mark.parametrize("kind", LABEL_KEEPING)
def test_labels_stay(kind: str) -> None:
    for data in ("circle", "quadrants", "plane"):
        mine = spec(kind, data={"kind": data})
        np.testing.assert_array_equal(engine.augmented(mine, 2)[1], sample(mine).labels[:250])


@pytest.mark.parametrize(
    ("direction", "left_right", "up_down"),
    [("horizontal", 0.5, 0), ("vertical", 0, 0.5), ("both", 0.5, 0.5)],
)
def test_flip(direction: str, left_right: float, up_down: float) -> None:
    before, after = changed("flip", direction)
    np.testing.assert_array_equal(np.abs(after), before)
    assert (after < 0).mean(axis=0) == pytest.approx([left_right, up_down], abs=0.02)
    assert (after < 0).all(axis=1).mean() == pytest.approx(left_right * up_down, abs=0.02)


def test_rotation() -> None:
    before, after = changed("rotation", 40)
    np.testing.assert_allclose(np.hypot(*after.T), np.hypot(*before.T))
    turned = np.degrees(
        np.arctan2(after[:, 1], after[:, 0]) - np.arctan2(before[:, 1], before[:, 0])
    )
    assert np.abs(turned).max() <= 40
    assert turned.mean() == pytest.approx(0, abs=0.5)
    assert turned.std() == pytest.approx(40 / np.sqrt(3), rel=0.02)
    # anticlockwise is positive
    angle = np.radians(np.random.default_rng(5).uniform(-90, 90, 1))[0]
    one, _ = AUGMENTATIONS["rotation"].change(
        np.random.default_rng(5), np.array([[2.0, 0.0]]), np.zeros((1, 1)), 90
    )
    np.testing.assert_allclose(one, [[2 * np.cos(angle), 2 * np.sin(angle)]])


def test_scale() -> None:
    before, after = changed("scale", 0.25)
    factor = after / before
    np.testing.assert_allclose(factor[:, 0], factor[:, 1])
    assert factor.min() >= 0.75
    assert factor.max() <= 1.25
    assert factor.mean() == pytest.approx(1, abs=0.005)
    assert factor.std() == pytest.approx(0.25 / np.sqrt(3), rel=0.02)


def test_jitter() -> None:
    before, after = changed("jitter", 0.3)
    moves = after - before
    assert moves.mean(axis=0) == pytest.approx([0, 0], abs=0.01)
    assert np.cov(moves.T).ravel() == pytest.approx([0.09, 0, 0, 0.09], abs=0.003)


@pytest.mark.parametrize("alpha", [0.2, 1.0])
def test_mixup(alpha: float) -> None:
    n = 20_000
    rng = np.random.default_rng(2)
    # each point holds its own number, so that what was mixed can be read off
    points = np.stack([np.arange(n), np.square(np.arange(n, dtype=float))], axis=1).astype(float)
    targets = np.stack([np.arange(n, dtype=float), rng.choice([-1.0, 1.0], n)])
    mixed, soft = AUGMENTATIONS["mixup"].change(rng, points, targets, alpha)
    # points and targets are mixed with the same partner in the same share
    np.testing.assert_allclose(soft[0], mixed[:, 0], atol=1e-6)
    assert np.abs(soft[1]).max() <= 1
    # λa + (1 − λ)b and λa² + (1 − λ)b² give b and λ
    a, m, s = points[:, 0], mixed[:, 0], mixed[:, 1]
    far = np.abs(m - a) > 1
    partner = (s[far] - m[far] * a[far]) / (m[far] - a[far])
    np.testing.assert_allclose(partner, np.rint(partner), atol=0.01)
    share = (m[far] - partner) / (a[far] - partner)
    assert share.min() >= -1e-9
    # Beta(α, α) has mean ½ and variance 1/(4(2α + 1)); points that hardly moved are left out
    whole = np.ones(n)
    whole[far] = share
    assert whole.mean() == pytest.approx(0.5, abs=0.01)
    assert whole.var() == pytest.approx(1 / (4 * (2 * alpha + 1)), rel=0.03)


@pytest.mark.parametrize(
    ("data", "loss", "low", "high"),
    [
        ("circle", "squared_error", -1, 1),
        ("circle", "cross_entropy", 0, 1),
        ("circle", "logistic", 0, 1),
        ("blobs", "squared_error", -1, 1),
        ("blobs", "cross_entropy", 0, 1),
        ("blobs", "hinge", 0, 1),
    ],
)
def test_mixup_mixes_the_targets_of_every_loss(
    data: str, loss: str, low: float, high: float
) -> None:
    mine = spec("mixup", data={"kind": data}, loss=loss)
    batches = Batches([mine]).epoch(0)
    targets = np.concatenate([target for _, target in batches], axis=1)
    assert targets.min() >= low
    assert targets.max() <= high
    assert ((targets > low + 0.01) & (targets < high - 0.01)).any(axis=0).mean() > 0.2
    if len(targets) > 1:
        np.testing.assert_allclose(targets.sum(axis=0), arrays(mine)[1].sum(axis=0)[0], atol=1e-12)
    # what is shown is what is trained on
    points, labels = engine.augmented(mine, 0)
    np.testing.assert_allclose(np.concatenate([x[:2] for x, _ in batches], axis=1).T, points)
    if mine.task == "two_class":
        np.testing.assert_allclose((targets[-1] - low) / (high - low), labels)
    else:
        np.testing.assert_array_equal(targets.argmax(axis=0), labels)


def test_test_points_stay() -> None:
    plain, mine = spec(), spec(*ON)
    for one, other in zip(arrays(plain), arrays(mine), strict=True):
        np.testing.assert_array_equal(one, other)
    assert engine.augmented(mine, 0)[0].shape == (250, 2)
    start = engine.metrics(engine.start(mine))
    assert start["test_loss"] == engine.metrics(engine.start(plain))["test_loss"]


@pytest.mark.parametrize("shuffle", [False, True])
def test_slicing_never_changes_a_bit(shuffle: bool) -> None:
    mine = spec(*ON, data={"points": 74}, shuffle=shuffle, standardize=True, optimizer="adam")
    begin = engine.start(mine)
    whole, _ = engine.train(begin, 103)
    for steps in (1, 7):
        state = begin
        while state.step < 103:
            state, _ = engine.train(state, min(steps, 103 - state.step))
        assert state.theta.tobytes() == whole.theta.tobytes()


def test_augmentation_is_live_and_replays() -> None:
    assert engine.spec.is_live("augmentation.jitter")
    state, _ = engine.train(engine.start(spec()), 30)
    state = engine.edit(state, {"augmentation.jitter": 0.5, "augmentation.mixup": 0.2})
    state, _ = engine.train(state, 31)
    state = engine.edit(state, {"augmentation.flip": "horizontal"})
    state, _ = engine.train(state, 40)
    again = engine.replay(state.start_spec, state.edits, state.step)
    assert again.theta.tobytes() == state.theta.tobytes()
    plain, _ = engine.train(engine.start(spec()), 101)
    assert (state.theta != plain.theta).any()


def test_members_with_other_seeds_see_other_points() -> None:
    mine = spec("jitter", data={"points": 74})
    others = [mine, mine.replace({"batches_seed": 5}), spec(data={"points": 74}), mine]
    together, _ = engine.train(engine.start(others), 60)
    for member, other in enumerate(others):
        alone, _ = engine.train(engine.start(other), 60)
        np.testing.assert_allclose(together.theta[member], alone.theta[0], atol=1e-12)
    np.testing.assert_array_equal(together.theta[0], together.theta[3])
    assert (together.theta[0] != together.theta[1]).any()


def test_an_order_drawn_from_seed_0_is_not_no_order() -> None:
    mine = spec(batches_seed=0)
    batch, _ = Batches([mine, mine.replace({"shuffle": True})]).epoch(0)[0]
    assert batch.shape[0] == 2
    assert (batch[0] != batch[1]).any()


def test_turning_a_circle_helps_where_there_are_few_points() -> None:
    values: dict[str, Any] = {
        "layers": [{"units": 16}, {"units": 16}],
        "optimizer": {"kind": "adam", "learning_rate": 0.01},
    }
    ends = []
    for rotation in (0, 180):
        seeds = [
            engine.RunSpec.from_dict(
                values
                | {"data": {"kind": "circle", "points": 300, "train_share": 0.05, "seed": seed}}
                | {"augmentation": {"rotation": rotation}}
            )
            for seed in range(1, 9)
        ]
        ends.append(engine.metrics(engine.train(engine.start(seeds), 800)[0])["test_accuracy"])
    assert ends[1].mean() > ends[0].mean() + 0.02
    assert ends[1].mean() > 0.97
