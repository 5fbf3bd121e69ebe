"""One point's numbers: by hand, by finite differences, and as the training step has them."""

import json
from dataclasses import replace
from typing import Any

import numpy as np
import pytest

import engine
from engine.catalog.activations import ACTIVATIONS
from engine.catalog.losses import LOSSES
from engine.insight.next_step import next_step
from engine.insight.trace import trace
from engine.network.forward import forward
from engine.training.data import Inputs

TASKS = {"two_class": "circle", "multi_class": "blobs", "regression": "plane"}
PAIRS = [(kind, TASKS[task]) for kind, record in LOSSES.items() for task in record.tasks]


def trained(steps: int = 40, **values: Any) -> engine.State:
    """A state some way into a run."""
    return engine.train(engine.start(engine.RunSpec.from_dict(values)), steps)[0]


def by_hand(theta: list[float], running: list[float], **layer: Any) -> engine.State:
    """A network of one rectifier and one tanh output, with these numbers in it."""
    layers = [{"units": 1, "activation": "relu", **layer}]
    state = trained(0, layers=layers, dtype="float64")
    return replace(state, theta=np.array([theta]), running=np.array([running]))


def test_every_number_worked_by_hand() -> None:
    # w = (½, −¼), b = ½ into a rectifier; 2 and −1 into tanh; the point (1, 2) is of class 1, so y = 1
    found = trace(by_hand([0.5, -0.25, 0.5, 2, -1], []), (1, 2), 1)
    hidden, output = found.layers
    assert hidden.x.tolist() == [1, 2]
    assert hidden.products.tolist() == [[0.5], [-0.5]]
    assert (hidden.sums, hidden.z, hidden.a, hidden.slope) == ([0.5], [0.5], [0.5], [1])
    assert hidden.norm is None
    assert output.products.tolist() == [[1]]
    assert (output.sums, output.a, output.slope) == ([0], [0], [1])
    assert (found.output, found.target, found.loss) == ([0], [1], 0.5)
    assert found.probabilities is not None
    assert found.probabilities.tolist() == [0.5, 0.5]
    # dL/do = o − y = −1, and tanh' = 1 − o² = 1
    assert (output.carried, output.d_a, output.d_z, output.delta) == (None, [-1], [-1], [-1])
    assert (output.d_weights.value, output.d_bias.value) == ([[-0.5]], [-1])
    assert hidden.carried is not None
    assert (hidden.carried, hidden.d_a, hidden.delta) == ([[-2]], [-2], [-2])
    assert hidden.d_weights.value.tolist() == [[-2], [-4]]
    assert hidden.d_bias.value == [-2]
    assert found.worst < 1e-8


def test_batch_normalization_worked_by_hand() -> None:
    # s = ½ with mean ¼ and σ = ½: x̂ = ½; γ = 2 and β = 1: z = 2; then 2 · 2 − 4 = 0
    state = by_hand([0.5, -0.25, 0.5, 2, 1, 2, -4], [0.25, 0.25 - 1e-5], batch_norm=True)
    found = trace(state, (1, 2), 1)
    hidden = found.layers[0]
    norm = hidden.norm
    assert norm is not None
    assert (norm.sigma, norm.x_hat, norm.factor, hidden.z) == ([0.5], [0.5], [4], [2])
    assert (hidden.d_a, hidden.d_z, hidden.delta) == ([-2], [-2], [-8])
    assert (norm.d_gamma.value, norm.d_beta.value) == ([-1], [-2])
    assert hidden.d_weights.value.tolist() == [[-8], [-16]]
    assert found.worst < 1e-8


@pytest.mark.parametrize("activation", ACTIVATIONS)
@pytest.mark.parametrize(("loss", "data"), PAIRS)
@pytest.mark.parametrize("batch_norm", [False, True])
def test_the_chain_rule_agrees_with_finite_differences(
    activation: str, loss: str, data: str, batch_norm: bool
) -> None:
    layers = [{"units": n, "activation": activation, "batch_norm": batch_norm} for n in (4, 3)]
    state = trained(layers=layers, loss=loss, data={"kind": data}, features=["x1", "x2", "x1_x2"])
    label = 0.7 if state.spec.task == "regression" else 1
    found = trace(state, (1.3, -2.1), label)
    assert found.worst < 1e-6
    assert found.worst == max(
        g.difference.max()
        for layer in found.layers
        for g in (
            layer.d_weights,
            layer.d_bias,
            *((layer.norm.d_gamma, layer.norm.d_beta) if layer.norm else ()),
        )
    )


@pytest.mark.parametrize("standardize", [False, True])
def test_it_is_the_network_that_trains(standardize: bool) -> None:
    state = trained(
        dtype="float64",
        batch_size=1,
        standardize=standardize,
        features=["x1", "x1_squared", "radius"],
        layers=[{"units": 4}, {"units": 3, "activation": "relu"}],
        loss="cross_entropy",
    )
    shown = engine.scene(state.spec)
    point, label = shown["points"][state.cursor], shown["labels"][state.cursor]
    found = trace(state, point, label)
    assert found.features == ("x1", "x1_squared", "radius")
    inputs = Inputs.of(state.spec).compute(point[None])
    outputs = forward(state.spec, state.theta, state.running, inputs)
    for layer, expected in zip(found.layers, outputs, strict=True):
        np.testing.assert_allclose(layer.a, expected[0, :, 0])
    gradient = [
        part.value.ravel() for layer in found.layers for part in (layer.d_weights, layer.d_bias)
    ]
    np.testing.assert_allclose(np.concatenate(gradient), next_step(state).gradient, atol=1e-14)


def test_products_and_carried_terms_add_up() -> None:
    found = trace(trained(layers=[{"units": 5}, {"units": 3}]), (2, 1), 0)
    for layer, above in zip(found.layers, [*found.layers[1:], None], strict=True):
        np.testing.assert_allclose(layer.products.sum(axis=0) + layer.bias, layer.sums)
        np.testing.assert_allclose(layer.d_z, layer.d_a * layer.slope)
        np.testing.assert_allclose(layer.d_weights.value, layer.x[:, None] * layer.delta)
        if above:
            assert layer.carried is not None
            np.testing.assert_allclose(layer.carried, above.weights * above.delta)
            np.testing.assert_allclose(layer.carried.sum(axis=1), layer.d_a)


def test_any_member_can_be_followed() -> None:
    specs = [engine.RunSpec.from_dict({"weights_seed": seed}) for seed in (1, 2)]
    together = engine.start(specs)
    found = trace(together, (1, 1), 1, member=1)
    assert found.loss == trace(engine.start(specs[1]), (1, 1), 1).loss
    assert found.loss != trace(together, (1, 1), 1).loss


def test_without_finite_differences() -> None:
    state = trained()
    found, checked = trace(state, (1, 1), 1, check=False), trace(state, (1, 1), 1)
    weights, expected = found.layers[0].d_weights, checked.layers[0].d_weights
    np.testing.assert_array_equal(weights.value, expected.value)
    assert np.isnan(weights.numeric).all()
    assert np.isnan(found.worst)


def test_as_json() -> None:
    state = trained(layers=[{"units": 3, "batch_norm": True}])
    found = trace(state, (1, 2), 0)
    values = json.loads(json.dumps(found.to_dict(), allow_nan=False))
    assert values["point"] == [1, 2]
    assert values["layers"][0]["d_weights"]["value"] == found.layers[0].d_weights.value.tolist()
    assert values["layers"][0]["norm"]["x_hat"] == found.layers[0].norm.x_hat.tolist()  # type: ignore[union-attr]
    assert values["layers"][1]["norm"] is None
    assert values["layers"][1]["carried"] is None
    unchecked = trace(state, (1, 2), 0, check=False).to_dict()
    assert unchecked["worst"] is None
    json.dumps(unchecked, allow_nan=False)


@pytest.mark.parametrize(
    ("point", "label", "reason"),
    [
        ((1, np.nan), 0, "two finite numbers"),
        ((1, 2, 3), 0, "two finite numbers"),
        ((1, 2), 2, "a class from 0 to 1, not 2"),
        ((1, 2), -1, "a class"),
        ((1, 2), 0.5, "a class"),
        ((1, 2), np.nan, "a class"),
    ],
)
def test_what_cannot_be_followed_is_refused(point: Any, label: float, reason: str) -> None:
    with pytest.raises(ValueError, match=reason):
        trace(trained(0), point, label)


def test_a_target_of_regression_is_any_finite_number() -> None:
    state = trained(0, data={"kind": "plane"})
    assert trace(state, (1, 2), -0.25).target.tolist() == [-0.25]
    with pytest.raises(ValueError, match="a finite number"):
        trace(state, (1, 2), np.inf)


def test_numbers_without_end_are_shown_as_they_are() -> None:
    state = trained(0, layers=[{"units": 3, "activation": "relu"}] * 3, data={"kind": "plane"})
    huge = replace(state, theta=np.full_like(state.theta, 1e38))
    json.dumps(trace(huge, (1e300, 1), 0.0).to_dict(), allow_nan=False)


def test_parameter_by_parameter() -> None:
    state = by_hand([0.5, -0.25, 0.5, 2, 1, 2, -4], [0.25, 0.25 - 1e-5], batch_norm=True)
    found = trace(state, (1, 2), 1).parameters()
    np.testing.assert_array_equal(found.theta, state.theta[0])
    # w x twice, b, γ x̂ and β; then w a and b
    np.testing.assert_allclose(found.terms, [0.5, -0.5, 0.5, 1, 1, 4, -4])
    np.testing.assert_allclose(found.carried, [-4, 2, np.nan, np.nan, np.nan, -2, np.nan])
    np.testing.assert_allclose(found.gradient.value, [-8, -16, -8, -1, -2, -2, -1])
    np.testing.assert_allclose(found.gradient.numeric, found.gradient.value, rtol=1e-8)


@pytest.mark.parametrize(("smoothing", "entropy"), [(0, 0), (0.3, 0.639031859650177)])
def test_what_a_loss_is_made_of(smoothing: float, entropy: float) -> None:
    # smoothed, the label is (0.1, 0.8, 0.1), of 0.1 ln 10 · 2 + 0.8 ln 1.25 nats
    loss = {"kind": "cross_entropy", "smoothing": smoothing}
    found = trace(trained(data={"kind": "blobs", "classes": 3}, loss=loss), (1, 2), 1)
    assert found.information is not None
    assert found.probabilities is not None
    assert found.information.entropy == pytest.approx(entropy, abs=1e-12)
    assert found.information.cross_entropy == pytest.approx(found.loss)
    total = found.information.entropy + found.information.kl_divergence
    assert total == pytest.approx(found.loss)
    if not smoothing:
        assert found.loss == pytest.approx(-np.log(found.probabilities[1]))


def test_numbers_have_no_information() -> None:
    assert trace(trained(data="plane"), (1, 2), 0.5).information is None
