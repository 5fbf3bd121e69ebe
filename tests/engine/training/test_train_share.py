"""All points may train: then there is nothing to test on, and nothing that says otherwise."""

from typing import Any

import numpy as np
import pytest

import engine
from engine.training.data import train_points

XOR: dict[str, Any] = {
    "data": {
        "kind": "custom",
        "rows": [[0, 0, 0], [0, 1, 1], [1, 0, 1], [1, 1, 0]],
        "train_share": 1,
    },
    "layers": [{"units": 8}],
    "loss": "cross_entropy",
    "optimizer": {"kind": "adam", "learning_rate": 0.05},
    "batch_size": 4,
}


def read(**more: Any) -> engine.RunSpec:
    return engine.RunSpec.from_dict(XOR | more)


@pytest.mark.parametrize("seed", range(1, 11))
def test_four_points_that_all_train_are_all_learned(seed: int) -> None:
    state, _ = engine.train(engine.start(read(weights_seed=seed)), 3000)
    assert engine.metrics(state)["train_accuracy"] == [1]


@pytest.mark.parametrize(
    ("points", "share", "train"),
    [(10, 1, 10), (10, 0.99, 9), (5000, 0.9999, 4999), (10, 0.05, 1), (500, 0.5, 250)],
)
def test_below_a_share_of_1_at_least_one_point_tests(points: int, share: float, train: int) -> None:
    assert train_points(read(data={"points": points, "train_share": share})) == train


@pytest.mark.parametrize("kind", ["custom", "circle", "blobs", "plane"])
def test_what_is_said_of_test_points_is_no_number(kind: str) -> None:
    data = {"kind": kind, "train_share": 1}
    spec = engine.RunSpec.from_dict({"data": data, "layers": [{"units": 3, "batch_norm": True}]})
    state, _ = engine.train(engine.start(spec), 50)
    found = engine.metrics(state)
    assert np.isnan(found["test_loss"])
    assert np.isnan(found["test_accuracy"])
    assert np.isfinite(found["train_loss"])
    answers = engine.insight.evaluate(state)
    assert np.isnan(answers.losses).tolist() == [False, True, False, False]
    assert np.isnan(answers.mean_information[1]).all()
    assert np.isnan(answers.r_squared[1])
    if spec.classes:
        assert answers.confusion[0].sum() == spec.points
        assert answers.confusion[1].sum() == 0
    else:
        assert np.isfinite(answers.r_squared[0])
    assert engine.scene(spec)["train"] == spec.points


def test_many_networks_have_no_test_points_either() -> None:
    state = engine.start([read(weights_seed=seed) for seed in (1, 2, 3)])
    found = engine.metrics(engine.train(state, 10)[0])
    assert np.isnan(found["test_loss"]).tolist() == [True] * 3


def test_the_loss_of_no_points_is_no_number_on_a_plane_too() -> None:
    state, _ = engine.train(engine.start(read()), 5)
    plane = engine.landscape.plane_through(
        state, engine.landscape.Trajectory.of([state]), engine.landscape.Axes("random")
    )
    places = np.zeros((3, 2))
    assert np.isnan(
        engine.landscape.Landscape.of(state, plane, "test", penalty=True).losses(places)
    ).all()
    assert np.isfinite(engine.landscape.Landscape.of(state, plane, "train").losses(places)).all()


def test_a_stop_rule_measures_on_what_there_is() -> None:
    for kind in ("target_loss", "target_accuracy", "plateau"):
        with pytest.raises(engine.SpecError, match=r"stop\.on"):
            read(stop={"kind": kind, "on": "test"})
        assert read().replace({"stop.kind": kind}).stop["on"] == "train"
        assert read(stop={"kind": kind, "on": "train"}).stop["on"] == "train"
        split = read(data={"kind": "circle"}, stop={"kind": kind, "on": "test"})
        assert split.replace({"data.train_share": 1}).stop["on"] == "train"
    with pytest.raises(engine.SpecError, match=r"stop\.on"):
        read().replace({"stop": {"kind": "plateau", "on": "test"}})


def test_nobody_over_fits_who_is_not_tested() -> None:
    spec = engine.RunSpec.from_dict(
        {
            "data": {"kind": "circle", "points": 60, "noise": 0.3, "train_share": 1},
            "loss": "cross_entropy",
            "layers": [{"units": 24}, {"units": 24}],
            "optimizer": {"kind": "adam", "learning_rate": 0.02},
        }
    )
    state, rows = engine.start(spec), []
    for _ in range(80):
        found = engine.metrics(state)
        names = ("step", "epoch", *engine.METRICS)
        rows.append([float(found[name][0]) for name in names])
        state, _ = engine.train(state, 25)
        kinds = [finding.kind for finding in engine.insight.diagnose(state, np.array(rows))]
        assert "over_fitting" not in kinds
