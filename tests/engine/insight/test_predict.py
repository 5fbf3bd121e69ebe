"""What networks say at any points, held to PyTorch, to the metrics, and to what is said point by point."""

from typing import Any

import numpy as np
import pytest
from hypothesis import given, settings

import engine
from tests.engine.strategies import spec_dicts

POINTS = np.random.default_rng(3).uniform(-6, 6, (40, 2))


def trained(steps: int = 60, **values: Any) -> engine.State:
    return engine.train(engine.start(engine.RunSpec.from_dict(values)), steps)[0]


@settings(max_examples=40)
@given(spec_dicts())
def test_many_points_are_answered_as_single_ones(values: dict[str, Any]) -> None:
    state, _ = engine.train(engine.start(engine.RunSpec.from_dict(values)), 5)
    found = engine.predict(state, POINTS[:5])
    for point, said in zip(POINTS, found[0], strict=False):
        asked = engine.insight.probe(state, point)
        if asked.probabilities is not None:
            np.testing.assert_allclose(said, asked.probabilities, rtol=1e-6, atol=1e-12)
        else:
            middle, half = state.spec.target_scale
            np.testing.assert_allclose(said, middle + half * asked.scores[0], rtol=1e-6, atol=1e-9)
    if state.spec.classes:
        assert found.shape == (1, 5, state.spec.classes)
        np.testing.assert_allclose(found.sum(axis=-1), 1, rtol=1e-9)
    else:
        assert found.shape == (1, 5)


def test_the_accuracy_is_that_of_the_metrics() -> None:
    state = trained(400, data={"kind": "blobs"}, loss="cross_entropy")
    shown = engine.sample(state.spec)
    told = engine.predict(state, shown.points)[0].argmax(axis=-1)
    right = (told == shown.labels)[: shown.train].mean()
    assert right == engine.metrics(state)["train_accuracy"][0] > 0.5


def test_pytorch_says_the_same() -> None:
    torch = pytest.importorskip("torch")
    state = trained(data="xor", loss="logistic", dtype="float64", layers=[{"units": 5}])
    w, b, v, c = (
        torch.tensor(state.theta[0, begin : begin + int(np.prod(shape))].reshape(shape))
        for _, begin, shape in engine.layout(state.spec)
    )
    x = torch.tensor(POINTS)
    said = torch.sigmoid(torch.tanh(x @ w + b) @ v + c)[:, 0]
    found = engine.predict(state, POINTS)[0]
    np.testing.assert_allclose(found[:, 1], said.numpy(), rtol=1e-12)
    np.testing.assert_allclose(found[:, 0], 1 - said.numpy(), rtol=1e-9)


def test_values_are_in_the_units_of_the_data() -> None:
    rows = [[x, y, 500 + 30 * x] for x in range(-4, 5) for y in range(-4, 5)]
    data = {"kind": "custom_values", "rows": rows}
    spec = {"data": data, "layers": [], "optimizer": {"kind": "sgd", "learning_rate": 0.05}}
    state = trained(2000, **spec)
    said = engine.predict(state, [[-3, 1], [0, 0], [2, -2]])
    np.testing.assert_allclose(said, [[410, 500, 560]], rtol=1e-2)


def test_members_are_asked_together_and_each_with_its_own_rules() -> None:
    base = engine.RunSpec.from_dict({"data": "circle"})
    changes: list[dict[str, Any]] = [
        {},
        {"layers.0.activation.kind": "relu"},
        {"weights_seed": 9},
        {"layers.1.activation": {"kind": "leaky_relu", "slope": 0.3}},
    ]
    state, _ = engine.train(engine.start(engine.members(base, changes)), 30)
    found = engine.predict(state, POINTS)
    assert found.shape == (4, 40, 2)
    for member, change in enumerate(changes):
        alone, _ = engine.train(engine.start(base.replace(change)), 30)
        np.testing.assert_allclose(found[member], engine.predict(alone, POINTS)[0], rtol=1e-4)


def test_a_population_answers_in_the_order_of_its_combinations() -> None:
    base = engine.RunSpec.from_dict({"data": "xor"})
    many, _ = engine.train(
        engine.start(base, {"layers.0.units": [2, 5], "weights_seed": [1, 2]}), 9
    )
    found = engine.predict(many, POINTS)
    for spec, said in zip(many.specs, found, strict=True):
        alone, _ = engine.train(engine.start(spec), 9)
        np.testing.assert_allclose(said, engine.predict(alone, POINTS)[0], rtol=1e-5, atol=1e-7)
    mixed = engine.start(base, {"data.kind": ["xor", "blobs"]})
    with pytest.raises(ValueError, match=r"arrays of different shapes.*each of its `states`"):
        engine.predict(mixed, POINTS)


def test_no_points_get_no_answers() -> None:
    state = engine.start(engine.RunSpec.from_dict({"data": "xor"}))
    assert engine.predict(state, []).shape == engine.predict(state, np.empty((0, 2))).shape
    assert engine.predict(state, []).shape == (1, 0, 2)


@pytest.mark.parametrize(
    ("points", "reason"),
    [
        ([1.5, -2], r"array \(N, 2\)"),
        ([[1, 2, 3]], r"array \(N, 2\)"),
        ([[1, 2], [3]], r"array \(N, 2\)"),
        ([["a", "b"]], r"array \(N, 2\)"),
        ([[True, False]], r"array \(N, 2\)"),
        (None, r"array \(N, 2\)"),
        ([[0, 0], [1, np.inf]], r"point 1 is \[1.0, inf\]"),
    ],
)
def test_other_points_are_refused(points: Any, reason: str) -> None:
    with pytest.raises(ValueError, match=reason):
        engine.predict(engine.start(engine.RunSpec.from_dict({})), points)
