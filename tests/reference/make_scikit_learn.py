"""Writes scikit_learn.json: what scikit-learn makes of our data sets, as a second opinion for the tests.

    python -m tests.reference.make_scikit_learn

Run it again when a generator changes; the tests say so when the points are no longer those it has seen.
"""

import json
import warnings
from pathlib import Path
from typing import Any

import numpy as np
import sklearn
from sklearn.datasets import make_blobs, make_moons
from sklearn.exceptions import ConvergenceWarning
from sklearn.linear_model import ElasticNet, LinearRegression, LogisticRegression
from sklearn.metrics import log_loss, mean_squared_error
from sklearn.neural_network import MLPClassifier, MLPRegressor

from engine import RunSpec
from engine.catalog.datasets import DATASETS
from engine.catalog.features import compute
from engine.training.data import sample

HERE = Path(__file__).parent
MANY = 200_000


def moments(points: np.ndarray, labels: np.ndarray) -> list[dict[str, Any]]:
    """Mean, covariance and deciles of each class."""
    return [
        {
            "mean": mine.mean(axis=0).tolist(),
            "covariance": np.cov(mine.T).tolist(),
            "deciles": np.quantile(mine, np.arange(1, 10) / 10, axis=0).tolist(),
        }
        for mine in (points[labels == label] for label in np.unique(labels))
    ]


def generators() -> dict[str, Any]:
    """The distributions of scikit-learn's generators, in our units."""
    found: dict[str, Any] = {}
    for noise in (0.0, 0.25):
        points, labels = make_moons(MANY, noise=2 * noise / 3, random_state=0)
        found[f"moons {noise}"] = moments(3 * (points - [0.5, 0.25]), labels)
        angles = 2 * np.pi * np.arange(5) / 5
        centres = 3 * np.stack([np.sin(angles), np.cos(angles)], axis=1)
        spread = float(np.sqrt(0.5 + 3 * noise))
        points, labels = make_blobs(MANY, centers=centres, cluster_std=spread, random_state=0)
        found[f"blobs {noise}"] = moments(points, labels)
    return found


def split(data: dict[str, Any]) -> tuple[np.ndarray, np.ndarray, int]:
    """Our points, labels and number of training points."""
    mine = sample(RunSpec.from_dict({"data": data}))
    return mine.points, mine.labels, mine.train


def scores(kind: str) -> dict[str, Any]:
    """How well a linear model and a network of 16 and 16 tanh units do on one of our sets."""
    points, labels, train = split({"kind": kind})
    if DATASETS[kind].task == "regression":
        linear = LinearRegression()
        network = MLPRegressor(
            hidden_layer_sizes=(16, 16), activation="tanh", solver="lbfgs", max_iter=2000
        )
    else:
        linear = LogisticRegression(C=1e6, max_iter=10_000)
        network = MLPClassifier(
            hidden_layer_sizes=(16, 16), activation="tanh", solver="lbfgs", max_iter=2000
        )
    network.set_params(random_state=0, alpha=0)
    models = {"linear": linear, "network": network}
    return {"checksum": [float(np.abs(points).sum()), float(np.abs(labels).sum())]} | {
        name: [
            float(model.score(points[:train], labels[:train])),
            float(model.score(points[train:], labels[train:])),
        ]
        for name, model in models.items()
        if model.fit(points[:train], labels[:train])
    }


def minima() -> list[dict[str, Any]]:
    """Where convex losses have their minimum, to many digits."""
    found: list[dict[str, Any]] = []
    for kind in ("gauss", "line", "curve", "blobs", "quadrants"):
        data = {"kind": kind, "noise": 0.4}
        points, labels, train = split(data)
        model = LogisticRegression(C=np.inf, tol=1e-12, max_iter=100_000)
        model.fit(points[:train], labels[:train])
        loss = log_loss(labels[:train], model.predict_proba(points[:train]))
        found.append({"data": data, "loss": float(loss)})
        if DATASETS[kind].task == "two_class":
            found[-1]["parameters"] = [*model.coef_[0].tolist(), float(model.intercept_[0])]
    for kind in ("plane", "saddle"):
        data = {"kind": kind, "noise": 0.2}
        points, labels, train = split(data)
        line = LinearRegression().fit(points[:train], labels[:train])
        error = mean_squared_error(labels[:train], line.predict(points[:train]))
        parameters = [*line.coef_.tolist(), float(line.intercept_)]
        found.append({"data": data, "loss": float(error) / 2, "parameters": parameters})
    return found


PENALTIES = ({"l2": 10.0}, {"l2": 0.1}, {"l1": 0.3}, {"l1": 0.03}, {"l1": 0.1, "l2": 0.3})
INPUTS = ["x1", "x2", "x1_squared", "sin_x2"]


def penalized() -> list[dict[str, Any]]:
    """Where convex losses with penalties have their minimum: L + λ₁ Σ|w| + ½ λ₂ Σw², w without bias."""
    found: list[dict[str, Any]] = []
    for kind in ("plane", "gauss"):
        data = {"kind": kind, "noise": 0.2}
        points, labels, train = split(data)
        x, y = compute(tuple(INPUTS), points[:train]), labels[:train]
        x = (x - x.mean(axis=0)) / x.std(axis=0)
        for penalty in PENALTIES:
            l1, l2 = penalty.get("l1", 0.0), penalty.get("l2", 0.0)
            share = l1 / (l1 + l2)
            if kind == "plane":
                model = ElasticNet(alpha=l1 + l2, l1_ratio=share, tol=1e-14, max_iter=10**6)
                model.fit(x, y)
                w, b = model.coef_, model.intercept_
                loss = mean_squared_error(y, model.predict(x)) / 2
            else:
                model = LogisticRegression(
                    C=1 / (train * (l1 + l2)),
                    l1_ratio=share,
                    solver="saga",
                    tol=1e-13,
                    max_iter=10**6,
                    random_state=0,
                )
                model.fit(x, y)
                w, b = model.coef_[0], model.intercept_[0]
                loss = log_loss(y, model.predict_proba(x))
            parameters = [*w.tolist(), float(b)]
            price = l1 * np.abs(w).sum() + l2 / 2 * np.square(w).sum()
            minimum = {"loss": float(loss), "price": float(price), "parameters": parameters}
            found.append({"data": data, "penalty": penalty, **minimum})
    return found


def main() -> None:
    """Write the file."""
    warnings.simplefilter("ignore", ConvergenceWarning)
    drawn = [kind for kind in DATASETS if kind != "custom"]
    reference = {
        "made_with": f"scikit-learn {sklearn.__version__}",
        "generators": generators(),
        "scores": {kind: scores(kind) for kind in drawn},
        "minima": minima(),
        "inputs": INPUTS,
        "penalized": penalized(),
    }
    path = HERE / "scikit_learn.json"
    path.write_text(json.dumps(reference, indent=1) + "\n", encoding="utf-8")


if __name__ == "__main__":
    main()
