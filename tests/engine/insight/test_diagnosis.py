"""What goes wrong is said, what goes well is left alone, and the first cure works."""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

import numpy as np
import pytest

import engine
from engine.catalog.features import FEATURES
from engine.insight.diagnosis import remedies
from engine.training.data import raw_inputs
from engine.training.failures import advice

HEALTHY: list[dict[str, Any]] = [
    {"layers": [{"units": 8}, {"units": 4}], "optimizer": {"kind": "adam", "learning_rate": 0.01}},
    {"layers": [{"units": 8}], "optimizer": {"kind": "sgd", "learning_rate": 0.1}},
]


def layer(kind: str, units: int = 8, **rest: Any) -> dict[str, Any]:
    return {"units": units, "activation": {"kind": kind}, **rest}


def normal(std: float) -> dict[str, Any]:
    return {"kind": "normal", "std": std}


def own(scale: float, shift: float) -> dict[str, Any]:
    """Points told apart by a straight line, of any size and anywhere."""
    points = np.random.default_rng(5).uniform(-1, 1, (120, 2))
    rows = [[*(scale * x + shift).tolist(), int(x.sum() > 0)] for x in points]
    return {"kind": "custom", "rows": rows}


SIX = [layer("sigmoid")] * 6
NORMED = [layer("relu", batch_norm=True)] * 2
FOUR = {"kind": "custom", "rows": [[0, 0, 0], [0, 1, 1], [1, 0, 1], [1, 1, 0]]}
ADAM = {"kind": "adam", "learning_rate": 0.01}
TROUBLE: dict[str, dict[str, Any]] = {
    "linear": {"data": "xor", "layers": []},
    "linear with layers": {"data": "circle", "layers": [layer("linear")] * 2},
    "linear in regression": {"data": "saddle", "layers": []},
    "diverged": {
        "data": "plane",
        "layers": [layer("relu")] * 2,
        "optimizer": {"kind": "sgd", "learning_rate": 3},
    },
    "diverged at a usual rate": {
        "data": "plane",
        "layers": [layer("leaky_relu")] * 6,
        "initializer": normal(1),
    },
    "diverged on raw inputs": {
        "data": own(30, 60),
        "layers": [layer("leaky_relu")] * 3,
        "initializer": normal(1),
        "loss": "cross_entropy",
    },
    "over_penalty": {"data": "circle", "penalty": {"l2": 1}},
    "over_penalty by L1": {"data": "circle", "penalty": {"l1": 0.3}},
    "over_penalty by decay": {
        "data": "circle",
        "optimizer": {"kind": "adamw", "weight_decay": 5.0},
    },
    "inputs": {"data": own(30, 60), "layers": [layer("tanh")] * 2, "loss": "cross_entropy"},
    "inputs of ReLU": {"data": own(30, 60), "layers": [layer("relu")] * 2, "loss": "logistic"},
    "inputs far away": {
        "data": own(0.5, 90),
        "layers": [layer("relu")],
        "optimizer": ADAM,
        "loss": "cross_entropy",
    },
    "inputs near 0": {"data": own(0.02, 0), "layers": [layer("tanh")], "loss": "cross_entropy"},
    "symmetry": {
        "data": "circle",
        "layers": [layer("relu")],
        "initializer": {"kind": "zeros"},
        "loss": "cross_entropy",
    },
    "symmetry of tanh": {
        "data": "xor",
        "layers": [layer("tanh")] * 2,
        "initializer": {"kind": "zeros"},
    },
    "symmetry of equal weights": {
        "data": "circle",
        "layers": [layer("tanh")] * 2,
        "initializer": {"kind": "constant", "value": 0.5},
    },
    "small_batches": {
        "data": "xor",
        "layers": NORMED,
        "batch_size": 2,
        "loss": "cross_entropy",
        "optimizer": ADAM,
    },
    "small_batches of three": {
        "data": "spiral",
        "layers": NORMED,
        "batch_size": 3,
        "loss": "cross_entropy",
        "optimizer": ADAM,
    },
    "dead_units by their biases": {
        "data": "circle",
        "layers": [layer("relu")] * 2,
        "initializer": {"kind": "uniform", "limit": 0.5, "bias": -3},
    },
    "dead_units by the rate": {
        "data": "xor",
        "layers": [layer("relu")] * 2,
        "optimizer": {"kind": "sgd", "learning_rate": 3},
    },
    "dead_units by small weights": {
        "data": "xor",
        "layers": [layer("relu")] * 4,
        "initializer": normal(0.05),
    },
    "saturated": {"data": "circle", "layers": [layer("sigmoid")] * 2, "initializer": normal(10)},
    "saturated tanh": {"data": "spiral", "layers": [layer("tanh")] * 2, "initializer": normal(5)},
    "saturated outputs": {
        "data": "xor",
        "layers": [layer("leaky_relu")] * 2,
        "optimizer": {"kind": "sgd", "learning_rate": 3},
    },
    "vanishing": {"data": "xor", "layers": SIX, "initializer": normal(0.5)},
    "vanishing tanh": {
        "data": "xor",
        "layers": [layer("tanh")] * 6,
        "initializer": normal(0.05),
    },
    "plateau of too few neurons": {"data": "spiral"},
    "plateau of a low rate": {
        "data": "circle",
        "optimizer": {"kind": "sgd", "learning_rate": 1e-5},
    },
    "plateau of a tight clip": {
        "data": "circle",
        "layers": [layer("tanh")],
        "clip": {"kind": "norm", "limit": 1e-4},
    },
    "plateau of a clip by value": {
        "data": "xor",
        "layers": [layer("tanh")],
        "clip": {"kind": "value", "limit": 1e-4},
    },
    "plateau of a rate that fades": {
        "data": "circle",
        "layers": [layer("tanh")],
        "schedule": {"kind": "exponential", "gamma": 0.5},
    },
    "saturated by a velocity that lasts": {
        "data": "circle",
        "layers": [layer("tanh")],
        "optimizer": {"kind": "momentum", "momentum": 1.0},
    },
    "blind_inputs": {"data": "line", "features": ["x1_squared"]},
    "blind_inputs of half": {"data": "xor", "features": ["x1"], "optimizer": ADAM},
    "blind_inputs without a hidden layer": {"data": "line", "features": ["radius"], "layers": []},
    "blind_inputs in regression": {"data": "plane", "features": ["x2_squared"]},
    "plateau of dropout": {"data": "circle", "layers": [layer("tanh", dropout=0.8)] * 3},
    "over_fitting": {
        "data": {"kind": "circle", "points": 60, "noise": 0.3},
        "loss": "cross_entropy",
        "layers": [layer("tanh", 24)] * 2,
        "optimizer": {"kind": "adam", "learning_rate": 0.02},
    },
    "over_fitting with ReLU": {
        "data": {"kind": "moons", "points": 60, "noise": 0.4},
        "loss": "cross_entropy",
        "layers": [layer("relu", 32)] * 2,
        "optimizer": {"kind": "sgd", "learning_rate": 0.3},
    },
    "over_fitting in regression": {
        "data": {"kind": "ripple", "points": 60, "noise": 0.3},
        "layers": [layer("tanh", 24)] * 2,
        "optimizer": {"kind": "adam", "learning_rate": 0.02},
    },
    "few_points": {
        "data": FOUR,
        "layers": [layer("tanh")],
        "loss": "cross_entropy",
        "optimizer": {"kind": "adam", "learning_rate": 0.05},
        "batch_size": 4,
    },
    "few_points of a circle": {
        "data": {"kind": "circle", "points": 12},
        "layers": [layer("tanh")],
        "loss": "cross_entropy",
        "optimizer": {"kind": "adam", "learning_rate": 0.05},
    },
}
RESTART = {"diverged", "dead_units", "over_penalty", "saturated"}
"""What weights cannot learn their way back from."""
STEPS = 3000
READABLE = 165
"""So many characters are read at a glance, in the three lines that the page has for them."""


def looks(
    state: engine.State, rows: list[list[float]], steps: int, every: int = 50
) -> Iterator[tuple[engine.State, np.ndarray]]:
    """The run and its history as they are from time to time."""
    names, end = ("step", "epoch", *engine.METRICS), state.step + steps
    while True:
        found = engine.metrics(state)
        rows.append([float(found[name][0]) for name in names])
        yield state, np.array(rows)
        before = state.step
        state, _ = engine.train(state, every)
        if state.step in {before, end}:
            return


def watched(
    spec: engine.RunSpec, steps: int = 2000, every: int = 25
) -> tuple[engine.State, np.ndarray, list[str]]:
    """A run, its history, and the kinds of everything that was found on the way."""
    kinds = []
    for state, rows in looks(engine.start(spec), [], steps, every):
        kinds += [finding.kind for finding in engine.insight.diagnose(state, rows)]
    return state, rows, kinds


@dataclass(frozen=True)
class Seen:
    """A finding, and the run as it was when it was first made."""

    finding: engine.insight.Finding
    state: engine.State
    rows: np.ndarray


def first_seen(spec: engine.RunSpec, kind: str) -> Seen:
    """Train until a kind of trouble is found."""
    for state, rows in looks(engine.start(spec), [], STEPS):
        for finding in engine.insight.diagnose(state, rows):
            if finding.kind == kind:
                return Seen(finding, state, rows)
    raise AssertionError(f"{kind} was not found in {STEPS} steps")


def followed(spec: engine.RunSpec, seen: Seen) -> tuple[engine.State, np.ndarray]:
    """What comes of the first fix, made as the page makes it: on the running network, or from the start."""
    changes = seen.finding.fixes[0].changes
    other = spec.replace(changes)
    if seen.finding.restart or not engine.spec.live_changes(spec, other):
        *_, last = looks(engine.start(other), [], STEPS)
    else:
        *_, last = looks(engine.edit(seen.state, changes), seen.rows.tolist(), STEPS)
    return last


@pytest.mark.parametrize("seed", [1, 2])
@pytest.mark.parametrize("spec", HEALTHY, ids=["adam", "sgd"])
@pytest.mark.parametrize("kind", ["circle", "xor", "gauss", "moons", "blobs", "plane"])
def test_healthy_runs_are_left_alone(kind: str, spec: dict[str, Any], seed: int) -> None:
    values = {**spec, "data": {"kind": kind, "seed": seed}, "weights_seed": seed}
    _, _, kinds = watched(engine.RunSpec.from_dict(values), every=100)
    assert kinds == []


@pytest.mark.parametrize("trouble", TROUBLE)
@pytest.mark.parametrize("seed", [1, 2])
def test_trouble_is_found_said_and_cured_by_the_first_fix(trouble: str, seed: int) -> None:
    kind, *_ = trouble.split()
    spec = engine.RunSpec.from_dict({**TROUBLE[trouble], "weights_seed": seed})
    seen = first_seen(spec, kind)
    finding = seen.finding
    assert finding.title
    assert finding.text.endswith(".")
    assert len(finding.title) + len(finding.text) <= READABLE
    assert 1 <= len(finding.fixes) <= 3
    assert finding.restart or kind not in RESTART
    for fix in finding.fixes:
        assert fix.label
        assert spec.replace(fix.changes) != spec

    cured, after = followed(spec, seen)
    assert kind not in [each.kind for each in engine.insight.diagnose(cured, after)]
    if kind not in {"over_fitting", "few_points"}:
        assert after[-3:, 2].min() < seen.rows[-1, 2] or not np.isfinite(seen.rows[-1, 2])


@pytest.mark.parametrize("seed", [1, 2, 3])
@pytest.mark.parametrize("trouble", ["inputs far away", "symmetry", "small_batches"])
def test_what_follows_from_a_cause_is_not_named_beside_it(trouble: str, seed: int) -> None:
    spec = engine.RunSpec.from_dict({**TROUBLE[trouble], "weights_seed": seed})
    kind, *_ = trouble.split()
    assert set(watched(spec)[2]) == {kind}


@pytest.mark.parametrize("start", [{"kind": "zeros"}, {"kind": "constant", "value": 0.2}])
def test_equal_weights_of_a_deep_network_are_not_called_vanishing_gradients(
    start: dict[str, Any],
) -> None:
    spec = engine.RunSpec.from_dict({"data": "xor", "layers": SIX, "initializer": start})
    assert set(watched(spec)[2]) == {"symmetry"}


def test_all_zero_weights_are_a_matter_of_symmetry_and_their_fix_is_random_weights() -> None:
    finding = first_seen(engine.RunSpec.from_dict(TROUBLE["symmetry"]), "symmetry").finding
    assert finding.text.startswith("All weights start at zero")
    assert "symmetry" in finding.text
    assert finding.fixes[0].changes == {"initializer": {"kind": "he"}}


def test_inputs_are_named_with_the_numbers_they_lie_between() -> None:
    spec = engine.RunSpec.from_dict(TROUBLE["inputs"])
    finding = first_seen(spec, "inputs").finding
    points = np.array([row[:2] for row in spec.data["rows"]])
    train = points[: len(points) // 2]
    assert finding.fixes[0].changes == {"standardize": True}
    low, high = (float(word.strip(",")) for word in finding.text.split()[4:7:2])
    assert points.min() - 0.1 <= low < high <= points.max() + 0.1
    assert len(train) == 60


@pytest.mark.parametrize("kind", ["circle", "xor", "spiral", "plane"])
def test_the_built_in_points_and_their_squares_are_of_the_usual_size(kind: str) -> None:
    names = list(FEATURES)
    assert not raw_inputs(engine.RunSpec.from_dict({"data": kind, "features": names}))


def test_an_input_that_never_changes_is_none_to_scale() -> None:
    rows = [[90, x, int(x > 0)] for x in (-2, -1, 1, 2)]
    spec = engine.RunSpec.from_dict({"data": {"kind": "custom", "rows": rows}})
    assert not raw_inputs(spec)
    assert raw_inputs(spec.replace({"data.rows": [[x + 90, 0, y] for _, x, y in rows]}))


@pytest.mark.parametrize(
    ("trouble", "wanted"),
    [
        ("plateau of a tight clip", {"clip.limit": 1.0}),
        ("plateau of a rate that fades", {"schedule": {"kind": "constant"}}),
        ("saturated by a velocity that lasts", {"optimizer.momentum": 0.9}),
        ("blind_inputs of half", {"features": ["x2", "x1"]}),
    ],
)
def test_what_holds_a_run_back_is_the_first_thing_to_change(
    trouble: str, wanted: dict[str, Any]
) -> None:
    kind, *_ = trouble.split()
    seen = first_seen(engine.RunSpec.from_dict(TROUBLE[trouble]), kind)
    assert seen.finding.fixes[0].changes == wanted


@pytest.mark.parametrize(
    ("kind", "features"),
    [
        ("circle", ["x1_squared", "x2_squared"]),
        ("spiral", ["x1_x2", "x2", "cos_x2"]),
        ("rings", ["sin_x2", "x1_x2"]),
        ("spirals", ["x1_squared", "x2_squared", "x1", "cos_x2"]),
    ],
)
def test_inputs_from_which_a_network_can_learn_are_not_called_blind(
    kind: str, features: list[str]
) -> None:
    values = {"data": kind, "features": features, "optimizer": ADAM}
    _, _, kinds = watched(engine.RunSpec.from_dict(values), steps=400, every=50)
    assert "blind_inputs" not in kinds


@pytest.mark.parametrize("optimizer", ["sgd", "adam"])
def test_a_larger_network_alone_is_not_offered_where_steps_are_too_short(optimizer: str) -> None:
    values = {"data": "circle", "optimizer": {"kind": optimizer, "learning_rate": 1e-6}}
    seen = first_seen(engine.RunSpec.from_dict(values), "plateau")
    assert all(set(fix.changes) != {"layers"} for fix in seen.finding.fixes)


def test_a_fix_that_is_on_already_is_not_offered() -> None:
    normed = [{**each, "batch_norm": True} for each in SIX[:3]]
    spec = engine.RunSpec.from_dict({"layers": normed})
    fixes = remedies.offered(spec, remedies.flow(spec))
    assert "Turn on batch normalization" not in [fix.label for fix in fixes]
    two = engine.RunSpec.from_dict({"layers": SIX[:2]})
    labels = [fix.label for fix in remedies.offered(two, remedies.flow(two))]
    assert labels == ["Use tanh and Glorot weights", "Turn on batch normalization"]


@pytest.mark.parametrize("raw", [True, False])
def test_advice_after_a_failure_names_the_inputs_where_they_are_raw(raw: bool) -> None:
    spec = engine.RunSpec.from_dict({"data": own(30, 60) if raw else "plane"})
    assert any("Standardize" in tip for tip in advice(spec)) == raw


def test_at_most_three_are_said_and_none_before_training() -> None:
    spec = engine.RunSpec.from_dict({"data": "spiral", "layers": SIX, "penalty": {"l1": 1}})
    state, rows, _ = watched(spec, 1000)
    assert 1 <= len(engine.insight.diagnose(state, rows)) <= 3
    assert engine.insight.diagnose(engine.start(spec), rows[:1]) == ()


def test_a_history_of_another_shape_is_refused() -> None:
    state = engine.start(engine.RunSpec.from_dict({}))
    with pytest.raises(ValueError, match=r"\(n, 7\)"):
        engine.insight.diagnose(state, np.zeros((3, 8)))


@pytest.mark.parametrize("kind", ["custom", "custom_values"])
def test_more_points_are_not_offered_where_a_person_brings_their_own(kind: str) -> None:
    spec = engine.RunSpec.from_dict({"data": kind})
    for fixes in (remedies.generalization(spec), remedies.coverage(spec)):
        assert fixes
        for fix in fixes:
            assert "data.points" not in fix.changes
            assert spec.replace(fix.changes) != spec
