"""scikit-learn's second opinion on our data sets, and on what there is to learn in them.

tests/reference/make_scikit_learn.py wrote down its numbers, so that these tests do without it.
"""

import json
from pathlib import Path
from typing import Any

import numpy as np
import pytest

import engine
from engine.catalog.datasets import DATASETS
from engine.training.data import sample

PATH = Path(__file__).parents[1] / "reference" / "scikit_learn.json"
REFERENCE = json.loads(PATH.read_text(encoding="utf-8"))
SCORES = pytest.mark.parametrize("kind", REFERENCE["scores"])


def trained(data: dict[str, Any], steps: int, **values: Any) -> tuple[engine.State, dict[str, Any]]:
    """A state after so many steps, and its metrics as plain numbers."""
    spec = engine.RunSpec.from_dict({"data": data, "dtype": "float64"} | values)
    state, _ = engine.train(engine.start(spec), steps)
    return state, {name: value[0] for name, value in engine.metrics(state).items()}


def fit(kind: str) -> str:
    """The loss that fits a data set."""
    return {"two_class": "logistic", "multi_class": "cross_entropy"}.get(
        DATASETS[kind].task, "squared_error"
    )


def test_every_generated_set_is_in_the_reference() -> None:
    assert set(REFERENCE["scores"]) == set(DATASETS) - {"custom", "custom_values"}


@SCORES
def test_the_points_are_those_that_the_reference_has_seen(kind: str) -> None:
    mine = sample(engine.RunSpec.from_dict({"data": {"kind": kind}}))
    sums = [np.abs(mine.points).sum(), np.abs(mine.labels).sum()]
    assert sums == pytest.approx(REFERENCE["scores"][kind]["checksum"], rel=1e-9), (
        "the generator has changed: run python -m tests.reference.make_scikit_learn"
    )


@pytest.mark.parametrize("name", REFERENCE["generators"])
def test_moons_and_blobs_are_distributed_as_scikit_learns(name: str) -> None:
    kind, noise = name.split()
    knobs: dict[str, Any] = {"noise": float(noise), "points": 5000, "train_share": 0.5}
    if kind == "blobs":
        knobs["classes"] = 5
    specs = [
        engine.RunSpec.from_dict({"data": {"kind": kind, "seed": seed, **knobs}})
        for seed in range(10)
    ]
    points = np.concatenate([sample(spec).points for spec in specs])
    labels = np.concatenate([sample(spec).labels for spec in specs])
    for label, expected in enumerate(REFERENCE["generators"][name]):
        mine = points[labels == label]
        np.testing.assert_allclose(mine.mean(axis=0), expected["mean"], atol=0.05)
        np.testing.assert_allclose(np.cov(mine.T), expected["covariance"], atol=0.08)
        deciles = np.quantile(mine, np.arange(1, 10) / 10, axis=0)
        np.testing.assert_allclose(deciles, expected["deciles"], atol=0.09)


@pytest.mark.parametrize("minimum", REFERENCE["minima"], ids=lambda m: m["data"]["kind"])
def test_a_linear_model_ends_where_scikit_learns_does(minimum: dict[str, Any]) -> None:
    kind = minimum["data"]["kind"]
    rate = 0.1 if DATASETS[kind].task == "regression" else 0.3
    state, found = trained(
        minimum["data"],
        12_000,
        layers=[],
        loss=fit(kind),
        batch_size=1000,
        optimizer={"kind": "sgd", "learning_rate": rate},
    )
    assert found["train_loss"] == pytest.approx(minimum["loss"], rel=1e-6)
    if "parameters" in minimum:
        np.testing.assert_allclose(state.theta[0], minimum["parameters"], atol=2e-4)


@SCORES
def test_what_a_straight_line_can_do(kind: str) -> None:
    expected = REFERENCE["scores"][kind]["linear"]
    if DATASETS[kind].task == "regression":
        assert (expected[0] > 0.999) == (kind == "plane")
        return
    _, found = trained(
        {"kind": kind},
        1500,
        layers=[],
        loss=fit(kind),
        batch_size=1000,
        optimizer={"kind": "sgd", "learning_rate": 0.3},
    )
    scores = [found["train_accuracy"], found["test_accuracy"]]
    np.testing.assert_allclose(scores, expected, atol=0.035)
    separable = kind in {"gauss", "line", "blobs", "quadrants"}
    assert (expected[0] == 1) == separable
    assert (scores[0] == 1) == separable


@SCORES
def test_a_network_learns_what_scikit_learns_learns(kind: str) -> None:
    expected = REFERENCE["scores"][kind]["network"]
    _, found = trained(
        {"kind": kind},
        3000,
        layers=[{"units": 16}, {"units": 16}],
        initializer="xavier",
        loss=fit(kind),
        batch_size=50,
        shuffle=True,
        optimizer={"kind": "adam", "learning_rate": 0.02},
    )
    if DATASETS[kind].task == "regression":
        spec = engine.RunSpec.from_dict({"data": {"kind": kind}})
        targets = sample(spec).labels[sample(spec).train :]
        assert 1 - 2 * found["test_loss"] / targets.var() > expected[1] - 0.06
    else:
        assert found["train_accuracy"] > expected[0] - 0.02
        assert found["test_accuracy"] > expected[1] - 0.04
