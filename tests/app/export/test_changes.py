"""Scripts of runs that were changed while they trained."""

import dataclasses
from typing import Any

import numpy as np
import pytest
from hypothesis import assume, given, settings
from hypothesis import strategies as st

import engine
from app.export import numpy_script
from engine.catalog.sections import SECTIONS, Section
from tests.app.export.conftest import BASE, assert_same, libraries, run, source
from tests.engine.strategies import knob_values, sections, spec_dicts

LIVE = [section for section in SECTIONS if section.live]
STEPS = 45
GENTLE = 0.02
"""A learning rate at which rounding does not grow."""


def edits(*changes: tuple[int, dict[str, Any]]) -> list[engine.Edit]:
    """Edits from pairs of a step and what changes there."""
    return [engine.Edit(step, made) for step, made in changes]


CHANGES: dict[str, tuple[dict[str, Any], list[engine.Edit]]] = {
    "numbers": (
        {"optimizer": {"kind": "momentum", "momentum": 0.5}},
        edits((30, {"optimizer.momentum": 0.9}), (44, {"optimizer.learning_rate": 0.03})),
    ),
    "a velocity that was not there": (
        {"optimizer": {"kind": "momentum", "momentum": 0}},
        edits((30, {"optimizer.momentum": 0.9})),
    ),
    "one optimizer after another": (
        {},
        edits(
            (10, {"optimizer.kind": "adam"}),
            (20, {"optimizer.beta1": 0.5, "optimizer.beta2": 0.9}),
            (30, {"optimizer.kind": "rmsprop", "optimizer.learning_rate": 0.005}),
            (40, {"optimizer.kind": "nadam"}),
        ),
    ),
    "corrections off": (
        {"optimizer": "amsgrad"},
        edits((20, {"optimizer.bias_correction": False}), (30, {"optimizer.kind": "lion"})),
    ),
    "another momentum of NAdam": (
        {"optimizer": "nadam"},
        edits((4, {"optimizer.beta1": 0.5})),
    ),
    "schedules": (
        {"schedule": {"kind": "step", "every": 0.1, "gamma": 0.99}},
        edits(
            (20, {"schedule.gamma": 0.98}),
            (33, {"schedule": {"kind": "cosine", "length": 3}}),
            (47, {"schedule.kind": "constant"}),
        ),
    ),
    "clipping": (
        {},
        edits(
            (10, {"clip": {"kind": "norm", "limit": 0.05}}),
            (20, {"clip.limit": 0.01}),
            (30, {"clip.kind": "value"}),
            (40, {"clip.kind": "none"}),
        ),
    ),
    "penalties": ({}, edits((10, {"penalty.l1": 0.01}), (20, {"penalty": {"l2": 0.1}}))),
    "activations": (
        {},
        edits(
            (10, {"layers.0.activation.kind": "relu", "layers.1.activation.kind": "sine"}),
            (20, {"layers.0.activation": {"kind": "leaky_relu", "slope": 0.2}}),
            (30, {"layers.0.activation.slope": 0.4}),
        ),
    ),
    "dropout": (
        {},
        edits((5, {"layers.0.dropout": 0.3}), (27, {"batch_size": 4}), (40, {"batches_seed": 3})),
    ),
    "batches in the middle of an epoch": (
        {},
        edits((3, {"batch_size": 4}), (11, {"shuffle": True}), (17, {"batches_seed": 9})),
    ),
    "augmentation in the middle of an epoch": (
        {"augmentation": {"rotation": 10}},
        edits(
            (3, {"augmentation.flip": "vertical"}),
            (12, {"augmentation": {"mixup": 0.3}}),
            (24, {"augmentation": {"jitter": 0.1, "scale": 0.1, "rotation": 5}}),
            (41, {"augmentation": {}}),
        ),
    ),
    "at the start and at the end": (
        {},
        edits((0, {"optimizer.kind": "adam"}), (60, {"layers.0.activation.kind": "sine"})),
    ),
    "a stop rule on the way": (
        {"optimizer": {"kind": "sgd", "learning_rate": 0.3}},
        edits((12, {"stop": {"kind": "plateau", "patience": 100}}), (40, {"stop.kind": "none"})),
    ),
}


@libraries
@pytest.mark.parametrize("name", CHANGES)
def test_a_change_gives_the_engines_numbers(name: str, library: str) -> None:
    values, made = CHANGES[name]
    assert_same(library, BASE | values, made)


@libraries
def test_a_run_goes_on_from_its_best_weights(library: str) -> None:
    stop = {"kind": "plateau", "patience": 4, "on": "train"}
    values = BASE | {"optimizer": {"kind": "sgd", "learning_rate": 0.3}, "stop": stop}
    values |= {"layers": [{"units": 4, "batch_norm": True}]}
    state = engine.replay(engine.RunSpec.from_dict(values), [], 1000)
    assert state.stops
    made = edits((state.step, {"optimizer.learning_rate": 0.1, "stop.patience": 100}))
    assert_same(library, values, made, state.step + 30)


PLACES = [
    ("layers.0.W", (1, 2)),
    ("layers.0.b", (3,)),
    ("layers.0.gamma", (0,)),
    ("layers.0.beta", (4,)),
    ("layers.1.W", (4, 0)),
    ("output.b", (0,)),
]


@libraries
@pytest.mark.parametrize("step", [0, 20, 40])
@pytest.mark.parametrize(("name", "place"), PLACES)
def test_a_parameter_set_by_hand(
    name: str, place: tuple[int, ...], step: int, library: str
) -> None:
    values = BASE | {"layers": [{"units": 5, "batch_norm": True}, {"units": 3}]}
    spec = engine.RunSpec.from_dict(values)
    state = engine.replay(spec, [], step)
    theta = state.theta.copy()
    (offset, shape) = next((at, shape) for known, at, shape in engine.layout(spec) if known == name)
    theta[0, offset + np.ravel_multi_index(place, shape)] = 0.75
    state, _ = engine.train(dataclasses.replace(state, theta=theta), 40 - step)
    path = ".".join(["theta", name, *map(str, place)])
    found = run(source(library, values, edits((step, {path: 0.75})), 40))
    for metric in ("train_loss", "test_loss"):
        assert found[metric] == pytest.approx(float(engine.metrics(state)[metric][0]), rel=1e-9)


@libraries
def test_changes_that_are_still_to_come_are_left_out(library: str) -> None:
    made = edits((10, {"optimizer.learning_rate": 0.5}), (20, {"optimizer.kind": "adam"}))
    assert source(library, BASE, made, 15) == source(library, BASE, made[:1], 15)


@libraries
def test_every_live_setting_changes_the_script_or_no_number(library: str) -> None:
    """A section that a script forgot would leave it as it is, though the run is another."""
    for section in LIVE:
        if section.path == "stop":
            continue
        for knob in section.knobs:
            path = ".".join(filter(None, [section.path.replace("*", "0"), knob.name]))
            value = next(value for value in knob.choices or (0.5, True) if value != knob.default)
            value = 3 if knob.type == "integer" else value if knob.type != "boolean" else True
            values = BASE | {"shuffle": path == "batches_seed"}
            made = edits((5, {path: value}))
            assert source(library, values, made, 9) != source(library, values, (), 9), path
            assert_same(library, values, made, 9)


@st.composite
def change(draw: st.DrawFn, section: Section, layer: int) -> dict[str, Any]:
    """Any change of a live section."""
    path = section.path.replace("*", str(layer))
    if section.family is None:
        knob = draw(st.sampled_from(section.knobs))
        return {".".join(filter(None, [path, knob.name])): draw(knob_values(knob))}
    chosen = draw(sections(section))
    if section.path == "optimizer":
        chosen["learning_rate"] = draw(st.floats(1e-6, GENTLE))
    return {path: chosen}


@st.composite
def changed_runs(draw: st.DrawFn) -> tuple[dict[str, Any], list[engine.Edit]]:
    """Any spec that trains gently, and changes to it while it trains."""
    values = draw(spec_dicts())
    values["dtype"] = "float64"
    values["initializer"] = {"kind": draw(st.sampled_from(["normal", "glorot", "he_uniform"]))}
    optimizer = values.setdefault("optimizer", {"kind": "sgd"})
    optimizer["learning_rate"] = draw(st.floats(1e-6, GENTLE))
    layers = len(values["layers"])
    # signs of rounding: what belongs to them is said in the header
    assume(not any(layer.get("batch_norm") for layer in values["layers"]))
    possible = [section for section in LIVE if layers or "*" not in section.path]
    made = []
    for step in sorted(draw(st.lists(st.integers(0, STEPS), max_size=5))):
        section = draw(st.sampled_from(possible))
        made.append(
            engine.Edit(step, draw(change(section, draw(st.integers(0, max(layers - 1, 0))))))
        )
    # where all points train, no stop rule can measure on others
    stops = any(path.startswith("stop") for edit in made for path in edit.changes)
    assume(not (stops and values["data"].get("train_share") == 1))
    return values, made


@libraries
@settings(max_examples=100)
@given(changed_runs())
def test_any_run_with_any_changes_gives_the_engines_numbers(
    library: str, drawn: tuple[dict[str, Any], list[engine.Edit]]
) -> None:
    values, made = drawn
    state = engine.replay(engine.RunSpec.from_dict(values), made, STEPS)
    assume(not state.failures)
    assume(np.isfinite(state.theta).all())
    # a stop rule may have ended it before; the changes then count from there
    assert_same(library, values, state.edits, state.step, tolerance=1e-6)


@libraries
def test_the_product_of_nadams_momenta_is_as_precise_as_the_run(library: str) -> None:
    # steps that depend on the signs of gradients alone show every digit of the rate
    signs = {"kind": "nadam", "learning_rate": 0.01, "epsilon": 1e-12, "beta2": 0.004}
    values = {"layers": [{"units": 5, "activation": "linear"}], "features": ["x1"]}
    assert_same(library, BASE | values | {"optimizer": signs}, [], 20, tolerance=1e-9)
    later = edits((10, {"optimizer": signs}))
    assert_same(library, BASE | values, later, 20, tolerance=1e-9)


@libraries
@pytest.mark.parametrize("optimizer", ["momentum", "adamw"])
def test_parameters_that_are_held_fast(optimizer: str, library: str) -> None:
    values = BASE | {
        "optimizer": {"kind": optimizer, "learning_rate": 0.02},
        "clip": {"kind": "norm", "limit": 0.05},
        "penalty": {"l1": 0.01, "l2": 0.01},
        "frozen": ["layers.0.W.1.2", "output.b.0"],
    }
    made = edits(
        (20, {"frozen": ["layers.0.b.3"], "theta.layers.0.b.3": 0.5, "theta.layers.1.W.0.1": -1}),
        (40, {"frozen": []}),
    )
    assert_same(library, values, made)


@libraries
def test_all_parameters_set_at_once(library: str) -> None:
    layers = [{"units": 3, "batch_norm": True}, {"units": 2}]
    values = BASE | {"layers": layers, "optimizer": {"kind": "momentum", "learning_rate": 0.02}}
    size = engine.parameters(engine.RunSpec.from_dict(values))
    numbers = np.random.default_rng(8).normal(size=size).tolist()
    made = edits((20, {"theta": numbers, "theta.layers.1.b.1": 0.125}), (31, {"theta": numbers}))
    assert_same(library, values, made)


@libraries
@pytest.mark.parametrize("varied", [{}, {"shuffle": True, "augmentation": {"mixup": 0.3}}])
@pytest.mark.parametrize("loss", ["cross_entropy", "logistic"])
def test_label_smoothing_that_changes(loss: str, varied: dict[str, Any], library: str) -> None:
    made = edits((15, {"loss.smoothing": 0.3}), (40, {"loss.smoothing": 0.0}))
    assert_same(library, BASE | {"loss": loss} | varied, made)


@pytest.mark.parametrize(
    "changes", [{"data.seed": 2}, {"loss.kind": "hinge"}, {"standardize": True}], ids=str
)
def test_a_run_of_two_problems_is_refused_in_words(changes: dict[str, Any]) -> None:
    spec = engine.RunSpec.from_dict(BASE | {"loss": "cross_entropy"})
    with pytest.raises(ValueError, match="this run changed them at step 7"):
        numpy_script.script(engine.Recipe(spec, edits=tuple(edits((7, changes)))), 20)
