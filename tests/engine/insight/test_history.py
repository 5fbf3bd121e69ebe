"""A history is recorded row by row, and a diagnosis takes it as it is."""

import numpy as np
import pytest

import engine
from engine.insight import COLUMNS, diagnose, record


def test_a_row_is_the_metrics_of_every_member() -> None:
    spec = engine.RunSpec.from_dict({"data": "xor"})
    state = engine.start([spec, spec.replace({"weights_seed": 2})])
    history = record(state)
    state, _ = engine.train(state, 30)
    history = record(state, history)
    assert history.shape == (2, 2, 7)
    now = engine.metrics(state)
    for column, name in enumerate(COLUMNS):
        np.testing.assert_array_equal(history[1, :, column], now[name])
    assert history[:, 0, 0].tolist() == [0, 30]


def test_a_diagnosis_is_that_of_the_members_own_rows() -> None:
    base = engine.RunSpec.from_dict({"data": "xor", "batch_size": 10})
    many = engine.start(base, {"layers": [[], [{"units": 8}]]})
    history = record(many)
    for _ in range(8):
        many, _ = engine.train(many, 50)
        history = record(many, history)
    straight = diagnose(many, history, member=0)
    assert [found.kind for found in straight] == ["linear"]
    assert diagnose(many, history[:, 0], member=0) == straight
    assert "linear" not in [found.kind for found in diagnose(many, history, member=1)]


def test_another_history_is_refused() -> None:
    spec = engine.RunSpec.from_dict({})
    state = engine.start(spec)
    history = record(state)
    two = engine.start([spec, spec])
    with pytest.raises(ValueError, match="the history of 2 networks is"):
        record(two, history)
    later = record(engine.train(state, 5)[0])
    with pytest.raises(ValueError, match="goes forward: its last row is of step 5, not before 0"):
        record(state, later)
    with pytest.raises(ValueError, match=r"history is \(n, 7\) of one network or \(n, 2, 7\)"):
        diagnose(two, history)
