"""How weights are spread, counted by hand."""

import numpy as np
import pytest

import engine
from engine.insight import weight_spread
from engine.insight.activation_flow import BARS
from engine.spec.run_spec import RunSpec

SPEC = RunSpec.from_dict({"layers": [{"units": 3}]})
NUMBERS = [0.6, 0, -0.005, 0.4, -0.3, 0.0, 9, 9, 9, 0.011, -0.02, 2, 9]
"""2 × 3 weights, 3 biases, 3 weights, a bias."""


def test_weights_are_counted_and_biases_are_not() -> None:
    state = engine.edit(engine.start(SPEC), {"theta": NUMBERS})
    found = weight_spread(state)
    assert found.weights.tolist() == [6, 3]
    assert found.zeros.tolist() == [2, 0]
    assert found.small.tolist() == [3, 0]
    assert found.reach.tolist() == [1, 2]
    assert found.counts.sum(axis=2).tolist() == [[6, 6], [3, 3]]
    assert found.counts[0, 0].nonzero()[0].tolist() == [11, 15, 16, 22, 25]
    expected = np.sqrt(0.6**2 + 0.005**2 + 0.4**2 + 0.3**2)
    assert found.norms[0, 0] == pytest.approx(expected, rel=1e-6)
    begun = engine.start(SPEC).theta[0].astype(float)
    assert found.norms[0, 1] == pytest.approx(np.linalg.norm(begun[:6]), rel=1e-6)


def test_at_the_start_both_are_the_same() -> None:
    found = weight_spread(engine.start(SPEC))
    np.testing.assert_array_equal(found.counts[:, 0], found.counts[:, 1])
    np.testing.assert_array_equal(found.norms[:, 0], found.norms[:, 1])
    assert found.counts.shape == (2, 2, BARS)


def test_what_is_no_number_is_left_out() -> None:
    state = engine.edit(engine.start(SPEC), {"theta": [3e38] * 13})
    found = weight_spread(state)
    assert found.reach.tolist() == [1e30, 1e30]
    assert found.counts[:, 0, -1].tolist() == [6, 3]
    assert np.isfinite(found.norms).all()


def test_members_begin_from_weights_of_their_own() -> None:
    specs = [SPEC, SPEC.replace({"weights_seed": 5})]
    together, alone = weight_spread(engine.start(specs), 1), weight_spread(engine.start(specs[1]))
    np.testing.assert_array_equal(together.counts, alone.counts)
    with pytest.raises(engine.PositionError):
        weight_spread(engine.start(specs), 2)
