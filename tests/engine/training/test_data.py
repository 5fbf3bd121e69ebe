"""What the network is given of a point is the same in training, testing and on every map."""

import numpy as np
import pytest

import engine
from engine.catalog.features import FEATURES
from engine.network.forward import forward
from engine.training.data import Inputs, arrays, sample

ALL = list(FEATURES)


def spec(**more: object) -> engine.RunSpec:
    """A standardized run with every feature."""
    return engine.RunSpec.from_dict(
        {"features": ALL, "standardize": True, "dtype": "float64", "data": {"kind": "gauss"}} | more
    )


def test_standardized_training_points_have_mean_0_and_variance_1() -> None:
    inputs, _ = arrays(spec(data={"kind": "gauss", "train_share": 0.3}))
    train = inputs[:, :150]
    np.testing.assert_allclose(train.mean(axis=1), 0, atol=1e-12)
    np.testing.assert_allclose(train.var(axis=1), 1)
    assert np.abs(inputs[:, 150:].mean(axis=1)).max() > 1e-3


def test_one_transformation_for_training_points_test_points_and_maps() -> None:
    mine = spec()
    plain, _ = arrays(mine.replace({"standardize": False}))
    inputs, _ = arrays(mine)
    slope = (inputs[:, 1] - inputs[:, 0]) / (plain[:, 1] - plain[:, 0])
    shift = inputs[:, 0] - slope * plain[:, 0]
    np.testing.assert_allclose(inputs, slope[:, None] * plain + shift[:, None], atol=1e-9)
    maps = engine.scene(mine, grid=5)["feature_maps"]
    bare = engine.scene(mine.replace({"standardize": False}), grid=5)["feature_maps"]
    expected = slope[:, None, None] * bare + shift[:, None, None]
    np.testing.assert_allclose(maps, expected, rtol=1e-5, atol=1e-5)


def test_the_decision_map_agrees_with_the_points() -> None:
    mine = spec(layers=[])
    state, _ = engine.train(engine.start(mine), 300)
    shown = engine.observe(state, engine.View(grid=13, neurons=0))["boundary"][0]
    # row 0 is the top: x2 = 6; the grid has a point at every whole number
    at = Inputs.of(mine).compute(np.array([[2.0, 3.0], [-4.0, 1.0]]))
    outputs = forward(mine, state.theta, state.running, at)[-1][0, 0]
    np.testing.assert_allclose(shown[[3, 5], [8, 2]], outputs, rtol=1e-12)
    assert engine.metrics(state)["test_accuracy"][0] > 0.99


def test_augmented_points_are_standardized_like_the_points_themselves() -> None:
    mine = spec(augmentation={"jitter": 2})
    plain = Inputs.of(mine).compute(sample(mine).points)
    np.testing.assert_allclose(arrays(mine)[0], plain)
    state, report = engine.train(engine.start(mine), 60)
    assert report.steps == 60
    assert np.isfinite(state.theta).all()


@pytest.mark.parametrize("x2", [0.0, 0.1, 100.0])
def test_a_feature_that_is_the_same_everywhere_becomes_0(x2: float) -> None:
    rows = [[i / 7, x2, i % 2] for i in range(20)]
    mine = spec(features=["x1", "x2"], data={"kind": "custom", "rows": rows})
    inputs, _ = arrays(mine)
    np.testing.assert_allclose(inputs[1], 0, atol=1e-9)


def test_standardizing_needs_a_new_start() -> None:
    assert not engine.spec.is_live("standardize")


def test_standardizing_helps_where_features_differ_in_size() -> None:
    values = {
        "data": {
            "kind": "custom",
            "rows": [[(i - 20) / 100, 90 + i % 7, int(i > 20)] for i in range(41)],
        },
        "optimizer": {"kind": "sgd", "learning_rate": 0.01},
        "loss": "logistic",
        "layers": [],
    }
    ends = [
        engine.metrics(
            engine.train(
                engine.start(engine.RunSpec.from_dict(values | {"standardize": standardize})), 1000
            )[0]
        )["train_loss"][0]
        for standardize in (False, True)
    ]
    assert ends[1] < 0.5 * ends[0]
