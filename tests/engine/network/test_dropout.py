"""Dropout's masks: their share, their scale, and what they are keyed by."""

import numpy as np
import pytest

import engine
from engine.network.dropout import BLOCK, Dropout, masks
from engine.spec.run_spec import RunSpec


def spec(rate: float = 0.3, **more: object) -> RunSpec:
    """A run with dropout in its first layer."""
    layers = [{"units": 50, "dropout": rate}, {"units": 3}]
    return RunSpec.from_dict({"layers": layers, "batch_size": 40, "dtype": "float64"} | more)


@pytest.mark.parametrize("rate", [0.1, 0.5, 0.9])
def test_the_share_of_silent_units_and_the_scale_of_the_others(rate: float) -> None:
    drawn = np.concatenate([masks(spec(rate), 0, step) for step in range(0, 10 * BLOCK, BLOCK)])
    assert drawn.shape == (10 * BLOCK, 50, 40)
    # 320,000 draws: three standard errors are below 0.003
    assert (drawn == 0).mean() == pytest.approx(rate, abs=0.003)
    np.testing.assert_allclose(np.unique(drawn), [0, 1 / (1 - rate)])
    assert drawn.mean() == pytest.approx(1, abs=0.03)


def test_masks_are_keyed_by_seed_step_and_layer() -> None:
    one = spec()
    np.testing.assert_array_equal(masks(one, 0, 3), masks(one, 0, 3))
    np.testing.assert_array_equal(masks(one, 0, 3), masks(one, 0, BLOCK - 1))
    assert (masks(one, 0, 3) != masks(one, 0, BLOCK)).any()
    assert (masks(one, 0, 3) != masks(one.replace({"batches_seed": 2}), 0, 3)).any()
    both = one.replace({"layers.1.units": 50, "layers.1.dropout": 0.3})
    assert (masks(both, 0, 3) != masks(both, 1, 3)).any()


def test_every_step_has_a_mask_of_its_own() -> None:
    dropout = Dropout([spec()], 0)
    seen = {dropout.mask(step, 40).tobytes() for step in range(3 * BLOCK)}
    assert len(seen) == 3 * BLOCK
    np.testing.assert_array_equal(dropout.mask(5, 7), dropout.mask(5, 40)[:, :7])


def test_evaluation_drops_nothing() -> None:
    state, _ = engine.train(engine.start(spec(0.5)), 50)
    off = engine.edit(state, {"layers.0.dropout": 0})
    assert engine.metrics(state)["test_loss"] == engine.metrics(off)["test_loss"]


def test_masks_of_many_seeds_and_neighbouring_steps_are_independent() -> None:
    kept = np.stack([masks(spec(0.3, batches_seed=seed), 0, 0) > 0 for seed in range(50)]) - 0.7
    # 50 seeds, 16 steps, 50 units, 40 points: 1.6 million draws of variance 0.21
    assert abs(kept.mean()) < 4 * np.sqrt(0.21 / kept.size)
    for one, other in ((kept[1:], kept[:-1]), (kept[:, 1:], kept[:, :-1])):
        assert abs((one * other).mean()) < 4 * 0.21 / np.sqrt(one.size)
