"""Confusion, R², information and penalties, by hand and from their definitions."""

from typing import Any

import numpy as np
import pytest

import engine
from engine.catalog.losses import LOSSES
from engine.insight.evaluation import confusion, evaluate, r_squared
from engine.network.forward import forward
from engine.training.metrics import answers


def trained(**values: Any) -> engine.State:
    """A state some way into a run, in float64."""
    return engine.train(engine.start(engine.RunSpec.from_dict({"dtype": "float64"} | values)), 60)[
        0
    ]


def outputs_at_points(state: engine.State) -> np.ndarray:
    """The outputs (K, N) at all points, training points first; the inputs are x1 and x2."""
    points = engine.scene(state.spec)["points"]
    return forward(state.spec, state.theta, state.running, points.T)[-1][0]


def test_confusion_by_hand() -> None:
    labels = np.array([0, 0, 1, 2, 2, 2.0])
    told = np.array([0, 1, 1, 0, 2, 2])
    assert confusion(labels, told, 3).tolist() == [[1, 1, 0], [0, 1, 0], [1, 0, 2]]
    assert confusion(labels, told, 4)[3].tolist() == [0, 0, 0, 0]


def test_answers_by_sign_or_by_the_largest_output() -> None:
    assert answers(np.array([[-0.1, 0.2, 0.0]])).tolist() == [0, 1, 0]
    assert answers(np.array([[3.0, 0.1], [1.0, 0.2], [2.0, 0.0]])).tolist() == [0, 1]


def test_r_squared_by_hand() -> None:
    y = np.array([1.0, 2.0, 3.0])
    # Σ(y − mean)² = 2; off by ½ at each end: ½
    assert r_squared(y, np.array([1.5, 2.0, 2.5])) == pytest.approx(1 - 0.5 / 2)
    assert r_squared(y, y) == 1
    assert r_squared(y, np.full(3, 2.0)) == 0
    assert np.isnan(r_squared(np.ones(3), y))


@pytest.mark.parametrize(
    ("loss", "data"),
    [
        (kind, data)
        for kind, record in LOSSES.items()
        for task, data in (("two_class", "circle"), ("multi_class", "blobs"))
        if task in record.tasks
    ],
)
def test_confusion_agrees_with_accuracy(loss: str, data: str) -> None:
    state = trained(loss=loss, data={"kind": data, "noise": 0.4})
    found, numbers = evaluate(state), engine.metrics(state)
    for part, name in enumerate(("train", "test")):
        table = found.confusion[part]
        assert table.shape == (state.spec.classes,) * 2
        assert np.trace(table) / table.sum() == pytest.approx(numbers[f"{name}_accuracy"][0])
        assert found.losses[part] == pytest.approx(numbers[f"{name}_loss"][0])
    labels = engine.scene(state.spec)["labels"][:250]
    np.testing.assert_array_equal(
        found.confusion[0].sum(axis=1), [(labels == c).sum() for c in range(state.spec.classes)]
    )
    assert np.isnan(found.r_squared).all()


def test_information_is_entropy_and_the_surprise_at_the_label() -> None:
    state = trained(loss="cross_entropy", data={"kind": "blobs", "classes": 3, "noise": 0.3})
    found = evaluate(state)
    f = outputs_at_points(state)
    p = np.exp(f) / np.exp(f).sum(axis=0)
    labels = engine.scene(state.spec)["labels"].astype(int)
    surprise = -np.log(p[labels, np.arange(500)])
    np.testing.assert_allclose(found.information[0], -(p * np.log(p)).sum(axis=0), rtol=1e-9)
    # a label that is one class alone has no entropy, so both are the same
    np.testing.assert_allclose(found.information[1], surprise, rtol=1e-9)
    np.testing.assert_allclose(found.information[2], surprise, rtol=1e-9)
    np.testing.assert_allclose(found.mean_information[0], found.information[:, :250].mean(axis=1))
    np.testing.assert_allclose(found.mean_information[1], found.information[:, 250:].mean(axis=1))
    assert found.mean_information[0, 1] == pytest.approx(engine.metrics(state)["train_loss"][0])


@pytest.mark.parametrize("loss", ["cross_entropy", "logistic"])
def test_a_smoothed_label_has_an_entropy_of_its_own(loss: str) -> None:
    state = trained(loss={"kind": loss, "smoothing": 0.2})
    found, numbers = evaluate(state), engine.metrics(state)
    own = -(0.9 * np.log(0.9) + 0.1 * np.log(0.1))
    np.testing.assert_allclose(found.information[1] - found.information[2], own, rtol=1e-9)
    for part, name in enumerate(("train", "test")):
        assert found.mean_information[part, 1] == pytest.approx(numbers[f"{name}_loss"][0])


def test_penalties_apart() -> None:
    state = trained(penalty={"l1": 0.002, "l2": 0.01}, layers=[])
    w = state.theta[0, :2]
    expected = [0.002 * np.abs(w).sum(), 0.5 * 0.01 * np.square(w).sum()]
    np.testing.assert_allclose(evaluate(state).losses[2:], expected)
    assert engine.metrics(state)["penalty"][0] == pytest.approx(sum(expected))
    assert evaluate(trained()).losses[2:].tolist() == [0, 0]


def test_regression_has_r_squared_instead_of_classes() -> None:
    state = trained(data={"kind": "plane", "noise": 0.1})
    found = evaluate(state)
    y, o = engine.scene(state.spec)["labels"], outputs_at_points(state)[0]
    for part, half in enumerate((slice(250), slice(250, None))):
        residual = np.mean((y[half] - o[half]) ** 2) / np.var(y[half])
        assert found.r_squared[part] == pytest.approx(1 - residual)
    assert found.confusion.shape == (2, 0, 0)
    assert found.information.shape == (3, 0)
    assert np.isnan(found.mean_information).all()


SATURATED_ROWS = [[-3, 0, 0], [-2, 0, 0], [2, 0, 1], [3, 0, 1], [2.5, 0, 0], [-2.5, 0, 1]]


@pytest.mark.parametrize("dtype", ["float32", "float64"])
@pytest.mark.parametrize(
    ("loss", "theta", "expected"),
    [
        # each half has one point on the wrong side, with the score 20 · 2.5 = 50; the others have none to say
        ("logistic", [20, 0, 0], 50 / 3),
        # f₁ − f₀ = 2 · 50
        ("cross_entropy", [-20, 20, 0, 0, 0, 0], 100 / 3),
        ("hinge", [-20, 20, 0, 0, 0, 0], 100 / 3),
        # o = tanh f is 1 to the last bit, and −ln((1 − tanh 50)/2) = ln(1 + e¹⁰⁰)
        ("squared_error", [20, 0, 0], 100 / 3),
        ("logistic", [400, 0, 0], 1000 / 3),
    ],
)
def test_the_surprise_of_one_who_is_sure_and_wrong_is_finite(
    dtype: str, loss: str, theta: list[float], expected: float
) -> None:
    spec = engine.RunSpec.from_dict(
        {
            "data": {"kind": "custom", "rows": SATURATED_ROWS},
            "layers": [],
            "loss": loss,
            "dtype": dtype,
        }
    )
    found = evaluate(engine.edit(engine.start(spec), {"theta": theta}))
    np.testing.assert_allclose(found.mean_information[:, 1], expected, rtol=1e-6)
    np.testing.assert_allclose(found.mean_information[:, 2], expected, rtol=1e-6)
    if loss in ("logistic", "cross_entropy"):
        np.testing.assert_allclose(found.losses[:2], expected, rtol=1e-6)


@pytest.mark.parametrize("dtype", ["float32", "float64"])
@pytest.mark.parametrize("smoothing", [0, 0.1])
@pytest.mark.parametrize(
    ("loss", "data"),
    [("logistic", "moons"), ("cross_entropy", "moons"), ("cross_entropy", "blobs")],
)
def test_where_cross_entropy_is_the_loss_they_are_equal(
    loss: str, data: str, smoothing: float, dtype: str
) -> None:
    spec = engine.RunSpec.from_dict(
        {
            "data": {"kind": data, "noise": 0.4, "points": 100},
            "layers": [{"units": 24, "activation": "relu"}] * 3,
            "loss": {"kind": loss, "smoothing": smoothing},
            "optimizer": {"kind": "adam", "learning_rate": 0.03},
            "dtype": dtype,
        }
    )
    state = engine.start(engine.members(spec, [{"weights_seed": seed} for seed in (1, 2, 3)]))
    for _ in range(3):
        state, _ = engine.train(state, 400)
        numbers = engine.metrics(state)
        for member in range(3):
            found = evaluate(state, member)
            for half, name in enumerate(("train_loss", "test_loss")):
                assert found.losses[half] == pytest.approx(numbers[name][member], rel=1e-12)
                assert found.mean_information[half, 1] == pytest.approx(
                    found.losses[half], rel=1e-5, abs=1e-15
                )


def test_the_entropy_at_a_point_is_that_of_its_scores() -> None:
    # a lead of 60: H = ln(1 + e⁻⁶⁰) + 60 e⁻⁶⁰ / (1 + e⁻⁶⁰), and of 1 − p nothing is left
    h = 61 * np.exp(-60.0)
    for loss, theta in (("logistic", [20, 0, 0]), ("squared_error", [10, 0, 0])):
        spec = engine.RunSpec.from_dict({"layers": [], "loss": loss})
        state = engine.edit(engine.start(spec), {"theta": theta})
        for x1 in (3, -3):
            assert engine.insight.probe(state, (x1, 0)).entropy == pytest.approx(h, rel=1e-9)
