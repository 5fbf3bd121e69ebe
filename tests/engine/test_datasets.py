"""Data sets follow their formulas, keep their counts and their seeds."""

import numpy as np
import pytest

from engine.batches import sample
from engine.datasets import DATASETS
from engine.spec import RunSpec

EACH = pytest.mark.parametrize("kind", DATASETS)


def draw(kind: str, **knobs: float) -> tuple[np.ndarray, np.ndarray]:
    """Points and labels of a data set."""
    mine = sample(RunSpec.from_dict({"data": {"kind": kind, "points": 2000, **knobs}}))
    return mine.points, mine.labels


@EACH
@pytest.mark.parametrize("noise", [0, 0.25, 0.5])
def test_shapes_labels_and_seeds(kind: str, noise: float) -> None:
    points, labels = draw(kind, noise=noise)
    assert points.shape == (2000, 2)
    assert np.isfinite(points).all()
    record = DATASETS[kind]
    if record.task != "regression":
        assert set(np.unique(labels)) == set(range(record.classes))
    again, same = draw(kind, noise=noise)
    np.testing.assert_array_equal(points, again)
    np.testing.assert_array_equal(labels, same)
    assert (draw(kind, noise=noise, seed=2)[0] != points).any()


@EACH
@pytest.mark.parametrize("points", [10, 11, 57])
@pytest.mark.parametrize("balance", [0.05, 0.5, 0.95])
def test_few_points_and_any_balance(kind: str, points: int, balance: float) -> None:
    where, labels = draw(kind, points=points, balance=balance)
    assert where.shape == (points, 2)
    if DATASETS[kind].task != "regression":
        assert len(np.unique(labels)) == DATASETS[kind].classes


@EACH
def test_balance_is_the_share_of_the_second_class(kind: str) -> None:
    if DATASETS[kind].classes != 2:
        pytest.skip("two classes only")
    assert draw(kind, balance=0.2)[1].mean() == pytest.approx(0.2, abs=0.001)
    assert draw(kind, balance=0.5)[1].mean() == pytest.approx(0.5, abs=0.001)


@EACH
def test_points_are_shuffled(kind: str) -> None:
    labels = draw(kind)[1]
    assert abs(labels[:1000].mean() - labels[1000:].mean()) < 0.2


def test_circle() -> None:
    points, labels = draw("circle")
    r = np.hypot(*points.T)
    assert r[labels == 1].max() <= 2.5
    assert r[labels == 0].min() >= 3.5
    assert r.max() <= 5
    # radii are uniform, not areas
    assert r[labels == 1].mean() == pytest.approx(1.25, abs=0.06)
    noisy = draw("circle", noise=0.5)
    np.testing.assert_array_equal(noisy[0], points)
    assert 0.05 < (noisy[1] != labels).mean() < 0.5


def test_xor() -> None:
    points, labels = draw("xor")
    assert (np.abs(points) >= 0.3).all()
    assert (np.abs(points) <= 5.3).all()
    np.testing.assert_array_equal(labels, (points.prod(axis=1) >= 0).astype(float))
    noisy, wrong = draw("xor", noise=0.5)
    assert 0.05 < (wrong != (noisy.prod(axis=1) >= 0)).mean() < 0.5


@pytest.mark.parametrize("noise", [0.0, 0.5])
def test_gauss(noise: float) -> None:
    points, labels = draw("gauss", noise=noise)
    for label, centre in ((0, -2), (1, 2)):
        mine = points[labels == label]
        assert mine.mean(axis=0) == pytest.approx([centre, centre], abs=0.3)
        assert mine.var(axis=0) == pytest.approx([0.5 + 7 * noise] * 2, rel=0.15)


def test_spiral() -> None:
    points, labels = draw("spiral")
    for label, start in ((1, 0.0), (0, np.pi)):
        arm = points[labels == label]
        arm = arm[np.argsort(np.hypot(*arm.T))]
        i = np.arange(1000)
        r, t = 5 * i / 1000, 1.75 * 2 * np.pi * i / 1000 + start
        np.testing.assert_allclose(arm, np.stack([r * np.sin(t), r * np.cos(t)], axis=1), atol=1e-9)
    noisy = draw("spiral", noise=0.5)[0]
    assert np.abs(np.sort(np.hypot(*noisy.T)) - np.sort(np.hypot(*points.T))).max() < 0.8


def test_blobs_take_their_number_of_classes() -> None:
    for classes in (3, 5, 8):
        labels = draw("blobs", classes=classes)[1]
        counts = np.bincount(labels.astype(int))
        assert len(counts) == classes
        assert counts.max() - counts.min() <= 1
