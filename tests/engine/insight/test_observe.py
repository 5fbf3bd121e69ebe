"""What is observed is what the network computes, the right way up."""

from dataclasses import fields, replace
from typing import Any

import numpy as np
import pytest

import engine
from engine.insight.evaluation import Evaluation
from engine.insight.layer_statistics import LayerStatistics
from engine.network.forward import forward


def trained(**values: object) -> engine.State:
    """A state some way into a run."""
    return engine.train(engine.start(engine.RunSpec.from_dict(values)), 400)[0]


def output_at(state: engine.State, *points: tuple[float, float]) -> np.ndarray:
    """The outputs (K, n) at points of the plane, features x1 and x2."""
    return forward(state.spec, state.theta[:1], state.running[:1], np.array(points).T)[-1][0]


def test_the_map_has_its_corners_where_they_belong() -> None:
    state = trained(data={"kind": "gauss"})
    seen = engine.observe(state, engine.View(grid=25, neurons=8))
    boundary = seen["boundary"]
    assert boundary.shape == (1, 25, 25)
    corners = output_at(state, (-6, 6), (6, 6), (-6, -6), (6, -6))[0]
    found = boundary[0][[0, 0, -1, -1], [0, -1, 0, -1]]
    np.testing.assert_allclose(found, corners, rtol=1e-5)
    # the second class of gauss is at the upper right
    assert boundary[0, 0, -1] > 0.5
    assert boundary[0, -1, 0] < -0.5


def test_neurons_are_every_unit_with_outputs_last() -> None:
    state = trained()
    seen = engine.observe(state, engine.View(grid=9, neurons=9))
    assert seen["neurons"].shape == (7, 9, 9)
    np.testing.assert_allclose(seen["neurons"][-1], seen["boundary"][0], atol=1e-6)
    assert "neurons" not in engine.observe(state, engine.View(grid=9, neurons=0))
    np.testing.assert_array_equal(seen["theta"], state.theta[0])


def test_cross_entropy_of_two_classes_shows_the_difference_of_probabilities() -> None:
    state = trained(loss="cross_entropy")
    found = engine.observe(state, engine.View(grid=5, neurons=0))["boundary"]
    f = output_at(state, (-6, 6))[:, 0]
    p = 1 / (1 + np.exp(f[0] - f[1]))
    assert found[0, 0, 0] == pytest.approx(2 * p - 1, abs=1e-5)


@pytest.mark.parametrize("loss", ["cross_entropy", "squared_error"])
def test_many_classes_show_a_probability_each(loss: str) -> None:
    state = trained(data={"kind": "blobs", "classes": 4}, loss=loss)
    found = engine.observe(state, engine.View(grid=20, neurons=0))["boundary"]
    assert found.shape == (4, 20, 20)
    np.testing.assert_allclose(found.sum(axis=0), 1, atol=1e-5)


def test_metrics_from_the_definition() -> None:
    state = trained(penalty={"l1": 0.001, "l2": 0.02}, data={"noise": 0.3})
    shown = engine.scene(state.spec)
    outputs = output_at(state, *map(tuple, shown["points"]))[0].astype(float)
    signs = 2 * shown["labels"] - 1
    losses = 0.5 * (outputs - signs) ** 2
    right = np.sign(outputs) == signs
    found = engine.metrics(state)
    assert found["train_loss"][0] == pytest.approx(losses[:250].mean(), rel=1e-5)
    assert found["test_loss"][0] == pytest.approx(losses[250:].mean(), rel=1e-5)
    assert found["train_accuracy"][0] == pytest.approx(right[:250].mean())
    assert found["test_accuracy"][0] == pytest.approx(right[250:].mean())
    weights = state.theta[0, [*range(8), *range(12, 20), 22, 23]].astype(float)
    expected = 0.001 * np.abs(weights).sum() + 0.01 * np.square(weights).sum()
    assert found["penalty"][0] == pytest.approx(expected, rel=1e-6)
    assert found["step"].tolist() == [400]
    assert found["epoch"].tolist() == [16]


def test_the_scene_shows_points_and_inputs() -> None:
    spec = engine.RunSpec.from_dict({"features": ["x1", "x2_squared"]})
    shown = engine.scene(spec, grid=7)
    assert shown["points"].shape == (500, 2)
    assert shown["train"] == 250
    # every feature of the catalogue has its map, chosen or not
    maps = dict(zip(shown["features"], shown["feature_maps"], strict=True))
    assert list(maps) == list(engine.catalog.FAMILIES["features"])
    np.testing.assert_allclose(maps["x1"][0], np.linspace(-6, 6, 7))
    np.testing.assert_allclose(maps["x2_squared"][:, 0], np.linspace(6, -6, 7) ** 2)


DETAILS = {
    "scores": {"scores"},
    "masks": {"masks"},
    "layers": {field.name for field in fields(LayerStatistics)},
    "evaluation": {field.name for field in fields(Evaluation)},
}


@pytest.mark.parametrize("detail", DETAILS)
def test_a_picture_holds_what_is_asked_for(detail: str) -> None:
    state = trained(layers=[{"units": 3, "dropout": 0.5, "batch_norm": True}, {"units": 2}])
    plain = engine.observe(state, engine.View(grid=9, neurons=0))
    assert set(plain) == {"metrics", "theta", "boundary"}
    seen = engine.observe(state, engine.View(grid=9, neurons=0, **{detail: True}))
    assert set(seen) - set(plain) == DETAILS[detail]
    assert all(isinstance(array, np.ndarray) for array in seen.values())


def test_scores_are_not_probabilities() -> None:
    state = trained(data={"kind": "blobs", "classes": 3}, loss="cross_entropy")
    seen = engine.observe(state, engine.View(grid=9, neurons=0, scores=True))
    t = np.exp(seen["scores"])
    np.testing.assert_allclose(seen["boundary"], t / t.sum(axis=0), rtol=1e-5)
    np.testing.assert_allclose(seen["scores"][:, 0, -1], output_at(state, (6, 6))[:, 0], rtol=1e-5)


def test_masks_of_the_next_update_are_ones_where_nothing_is_dropped() -> None:
    layers = [{"units": 3, "dropout": 0.5}, {"units": 2}]
    seen = engine.observe(trained(layers=layers), engine.View(masks=True))["masks"]
    assert seen.shape == (5, 10)
    assert set(seen[:3].ravel()) == {0, 2}
    assert (seen[3:] == 1).all()
    none = engine.observe(trained(layers=[]), engine.View(masks=True))["masks"]
    assert none.shape == (0, 10)


def test_a_picture_of_any_member() -> None:
    specs = [engine.RunSpec.from_dict({"weights_seed": seed}) for seed in (1, 2)]
    state, _ = engine.train(engine.start(specs), 20)
    view = engine.View(grid=9, neurons=9, member=1, scores=True, layers=True, evaluation=True)
    seen = engine.observe(state, view)
    alone = engine.train(engine.start(specs[1]), 20)[0]
    expected = engine.observe(alone, replace(view, member=0))
    assert seen["metrics"].shape == (5, 2)
    for name in set(expected) - {"metrics", "layer_counts"}:
        np.testing.assert_allclose(seen[name], expected[name], rtol=1e-3, atol=1e-4, err_msg=name)


@pytest.mark.parametrize(
    ("task", "maps"),
    [
        ({"data": {"kind": "circle"}}, 1),
        ({"data": {"kind": "blobs", "classes": 3}, "loss": "cross_entropy"}, 3),
        ({"data": {"kind": "plane"}}, 1),
    ],
)
def test_the_boundary_of_every_member(task: dict[str, Any], maps: int) -> None:
    base = engine.RunSpec.from_dict(task)
    # alike and unlike, so that some are evaluated together and some are not
    own: list[dict[str, Any]] = [
        {},
        {"layers.0.activation.kind": "relu"},
        {"weights_seed": 4},
        {"standardize": True},
    ]
    state, _ = engine.train(engine.start([base.replace(each) for each in own]), 30)
    seen = engine.observe(state, engine.View(grid=9, neurons=0, members=11))["boundaries"]
    assert seen.shape == (4 * maps, 11, 11)
    for member, found in enumerate(np.split(seen, 4)):
        alone = engine.observe(state, engine.View(grid=11, neurons=0, member=member))["boundary"]
        np.testing.assert_allclose(found, alone, rtol=1e-5, atol=1e-6)
        assert np.ptp(found) > 0


def test_metrics_of_members_are_those_of_each_alone() -> None:
    base = engine.RunSpec.from_dict({"penalty": {"l1": 0.01}, "data": {"noise": 0.2}})
    own: list[dict[str, Any]] = [
        {},
        {"layers.0.activation.kind": "sine"},
        {"weights_seed": 4, "penalty.l1": 0},
    ]
    specs = [base.replace(each) for each in own]
    found = engine.metrics(engine.start(specs))
    for member, spec in enumerate(specs):
        for name, values in engine.metrics(engine.start(spec)).items():
            assert found[name][member] == pytest.approx(values[0], rel=1e-6), name
    assert len(set(found["train_loss"])) == 3


@pytest.mark.parametrize("values", [{"members": 1}, {"members": -1}, {"members": 2.0}])
def test_a_side_of_the_members_maps_is_none_or_has_two_corners(values: dict[str, Any]) -> None:
    with pytest.raises(ValueError, match="members must be"):
        engine.View(**values)


def test_previews_are_the_first_points_of_the_run() -> None:
    knobs: dict[str, object] = {"points": 300, "noise": 0.2, "balance": 0.7, "seed": 3}
    found = engine.insight.previews(knobs)
    assert set(found) == set(engine.catalog.FAMILIES["datasets"])
    for kind, preview in found.items():
        spec = engine.RunSpec.from_dict({"data": {"kind": kind, **knobs}})
        shown = engine.scene(spec)
        points = np.column_stack([shown["points"], shown["labels"]])[:160]
        np.testing.assert_array_equal(preview.astype(points.dtype), points, err_msg=kind)
    with pytest.raises(engine.SpecError, match=r"data\.noise"):
        engine.insight.previews({"noise": 2})
