"""One look at a state: what is shared is what each would have found by itself, and found once."""

from typing import Any

import numpy as np
import pytest

import engine
from engine.core.arrays import Array
from engine.network.forward import Network
from engine.training.data import arrays

VIEW = engine.View(grid=12, neurons=8, evaluation=True, layers=True)


def trained(*specs: dict[str, Any]) -> engine.State:
    return engine.train(engine.start([engine.RunSpec.from_dict(each) for each in specs]), 30)[0]


STATES = [
    trained({}),
    trained(
        {"data": {"kind": "spiral", "points": 90}, "layers": [{"units": 6, "batch_norm": True}]}
    ),
    trained({}, {"weights_seed": 4}, {"optimizer": "adam", "data": {"seed": 3}}),
]


@pytest.mark.parametrize("state", STATES)
def test_what_is_shared_is_what_each_finds_alone(state: engine.State) -> None:
    seen = engine.insight.Inspection(state)
    alone = engine.metrics(state)
    assert list(seen.metrics) == list(alone)
    for name, values in alone.items():
        np.testing.assert_array_equal(seen.metrics[name], values)
    for member in range(len(state.specs)):
        view = engine.View(grid=12, neurons=8, evaluation=True, member=member)
        shared, single = engine.observe(state, view, seen), engine.observe(state, view)
        assert list(shared) == list(single)
        for name, array in single.items():
            np.testing.assert_array_equal(shared[name], array)
        for name, array in vars(engine.insight.evaluate(state, member)).items():
            np.testing.assert_array_equal(shared[name], array)


def test_points_are_evaluated_once_for_all_who_look(monkeypatch: pytest.MonkeyPatch) -> None:
    points, _ = arrays(STATES[0].spec)
    calls = []
    evaluate = Network.scores_and_outputs

    def counted(network: Network, inputs: Array) -> tuple[Array, Array]:
        if inputs is points:
            calls.append(network)
        return evaluate(network, inputs)

    monkeypatch.setattr(Network, "scores_and_outputs", counted)
    seen = engine.insight.Inspection(STATES[0])
    assert calls == []
    assert seen.metrics is seen.metrics
    engine.observe(STATES[0], VIEW, seen)
    engine.insight.evaluate(STATES[0], 0, seen)
    assert len(calls) == 1
