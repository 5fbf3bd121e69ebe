"""Clipping: the limit holds, the direction too, and it is told how often it acted."""

from typing import Any

import numpy as np
import pytest

import engine
from engine.catalog.clipping import CLIPS, Clipping, clip

KINDS = [kind for kind in CLIPS if kind != "none"]
DEFAULT = engine.RunSpec.from_dict({})


def clipped(kind: str, g: Any, limit: Any, dtype: str = "float64") -> tuple[np.ndarray, list[int]]:
    """The clipped gradient, and for each member whether that changed it."""
    array = np.array(g, dtype)
    work = Clipping(limit, array)
    clip(CLIPS[kind], array, work)
    return array, work.counts[:, 0].tolist()


def test_by_value() -> None:
    found, acts = clipped("value", [[3, -0.5, -4], [0.5, -1, 0.2]], 1.0)
    np.testing.assert_array_equal(found, [[1, -0.5, -1], [0.5, -1, 0.2]])
    assert acts == [1, 0]


def test_by_norm() -> None:
    # (3, −4) has length 5: shortened to 2 it is (1.2, −1.6); (0, 1.5) is short enough
    found, acts = clipped("norm", [[3, -4], [0, 1.5]], 2.0)
    np.testing.assert_allclose(found, [[1.2, -1.6], [0, 1.5]], rtol=1e-15)
    assert acts == [1, 0]


@pytest.mark.parametrize("kind", KINDS)
def test_members_have_their_own_limits(kind: str) -> None:
    found, acts = clipped(kind, [[3.0], [3.0], [3.0]], np.array([[1.0], [2.0], [4.0]]))
    np.testing.assert_allclose(found, [[1], [2], [3]], rtol=1e-15)
    assert acts == [1, 1, 0]


@pytest.mark.parametrize("kind", KINDS)
def test_a_gradient_within_the_limit_keeps_every_bit(kind: str) -> None:
    g = np.random.default_rng(0).normal(size=(3, 20))
    found, acts = clipped(kind, g, 20.0)
    np.testing.assert_array_equal(found, g)
    assert acts == [0, 0, 0]
    assert not clipped(kind, np.zeros((1, 4)), 1e-4)[0].any()


@pytest.mark.parametrize("kind", KINDS)
@pytest.mark.parametrize("dtype", ["float32", "float64"])
@pytest.mark.parametrize("size", [1e-20, 0.5, 1e18, 1e30, 3e38])
def test_exploding_gradients(kind: str, dtype: str, size: float) -> None:
    found, acts = clipped(kind, [[0.6 * size, -0.8 * size]], 1.0, dtype)
    expected = [[0.6, -0.8]] if kind == "norm" else [[1, -1]]
    short = [[0.6 * size, -0.8 * size]]
    np.testing.assert_allclose(found, expected if size > 1 else short, rtol=1e-6)
    assert acts == [size > 1]


@pytest.mark.parametrize("kind", KINDS)
def test_nan_stays_nan(kind: str) -> None:
    with np.errstate(invalid="ignore"):
        found, _ = clipped(kind, [[np.nan, 1.0]], 1.0)
    assert np.isnan(found[0, 0])


WILD: dict[str, Any] = {
    "optimizer": {"kind": "sgd", "learning_rate": 1},
    "layers": [{"units": 8, "activation": "relu"}] * 2,
}


@pytest.mark.parametrize("kind", KINDS)
def test_no_sgd_step_is_longer_than_the_limit(kind: str) -> None:
    spec = engine.RunSpec.from_dict(WILD | {"clip": {"kind": kind, "limit": 0.05}})
    state = engine.start(spec)
    for _ in range(60):
        before = state.theta
        state, report = engine.train(state, 1)
        step = state.theta - before
        size = np.abs(step).max() if kind == "value" else np.linalg.norm(step)
        assert size <= 0.05 * (1 + 1e-5)
        assert report.clipped == (1.0,) or size < 0.05


def test_the_report_says_how_often_it_acted() -> None:
    base = engine.RunSpec.from_dict(WILD)
    specs = [
        base,
        base.replace({"clip.kind": "norm", "clip.limit": 1e-4}),
        base.replace({"clip.kind": "norm", "clip.limit": 1000}),
        base.replace({"clip.kind": "norm", "clip.limit": 0.2}),
    ]
    state, first = engine.train(engine.start(specs), 30)
    state, second = engine.train(state, 70)
    whole, report = engine.train(engine.start(specs), 100)
    assert first.clipped[:3] == second.clipped[:3] == (0, 1, 0)
    assert 0 < report.clipped[3] < 1
    assert state.clipped == whole.clipped
    assert whole.clipped[1] == 100
    assert report.clipped[3] == pytest.approx(0.3 * first.clipped[3] + 0.7 * second.clipped[3])
    assert engine.train(whole, 0)[1].clipped == (0, 0, 0, 0)


def test_a_failure_does_not_count_steps_twice() -> None:
    calm = engine.RunSpec.from_dict({"clip": {"kind": "norm", "limit": 0.1}})
    wild = calm.replace({"optimizer.learning_rate": 100, "penalty.l2": 10})
    state, report = engine.train(engine.start([calm, wild]), 100)
    assert [failure.member for failure in report.failures] == [1]
    slow = engine.start([calm, wild])
    for _ in range(100):
        slow, _ = engine.train(slow, 1)
    assert slow.clipped == state.clipped
    assert 0 < state.clipped[1] < report.failures[0].step <= state.step


@pytest.mark.parametrize("kind", KINDS)
def test_members_with_mixed_clipping_equal_members_alone(kind: str) -> None:
    base = engine.RunSpec.from_dict({"dtype": "float64", "optimizer": {"kind": "momentum"}})
    specs = [
        base,
        base.replace({"clip.kind": kind, "clip.limit": 0.05}),
        base.replace({"clip.kind": kind, "clip.limit": 0.2, "weights_seed": 2}),
    ]
    together, _ = engine.train(engine.start(specs), 150)
    for member, spec in enumerate(specs):
        alone, _ = engine.train(engine.start(spec), 150)
        np.testing.assert_allclose(together.theta[member], alone.theta[0], rtol=0, atol=1e-12)
        assert together.clipped[member] == alone.clipped[0]


@pytest.mark.parametrize("kind", ["value", "norm"])
@pytest.mark.parametrize("optimizer", ["sgd", "adam"])
def test_a_gradient_of_zero_is_left_as_it_is(kind: str, optimizer: str) -> None:
    """Zero weights have no gradient but that of the last bias: its norm is no divisor."""
    spec = engine.RunSpec.from_dict(
        {
            "layers": [{"units": 4, "activation": "relu"}],
            "loss": "cross_entropy",
            "initializer": "zeros",
            "clip": {"kind": kind, "limit": 1},
            "optimizer": {"kind": optimizer, "learning_rate": 0.1},
            "batch_size": 100,
        }
    )
    state, _ = engine.train(engine.start(spec), 50)
    assert not state.failures
    assert state.clipped == (0,)
