"""A spec reads what is valid, names everything that is not, and survives a round trip."""

import functools
import json
import pickle
from dataclasses import replace
from typing import Any, cast

import pytest
from hypothesis import given
from hypothesis import strategies as st

from engine.core.errors import Problem, SpecError
from engine.spec.live import is_live, keeps_shapes, live_changes
from engine.spec.run_spec import RunSpec
from tests.engine.strategies import spec_dicts


def problems(values: Any) -> dict[str, tuple[object, str]]:
    """What is wrong with these values, by path."""
    with pytest.raises(SpecError) as caught:
        RunSpec.from_dict(values)
    return {problem.path: (problem.value, problem.allowed) for problem in caught.value.problems}


def test_nothing_is_the_default_run() -> None:
    assert RunSpec.from_dict({}).to_dict() == {
        "data": {
            "kind": "circle",
            "points": 500,
            "noise": 0.0,
            "balance": 0.5,
            "train_share": 0.5,
            "seed": 1,
        },
        "augmentation": {
            "flip": "none",
            "rotation": 0.0,
            "scale": 0.0,
            "jitter": 0.0,
            "mixup": 0.0,
        },
        "features": ["x1", "x2"],
        "standardize": False,
        "layers": [
            {"units": 4, "activation": {"kind": "tanh"}, "batch_norm": False, "dropout": 0.0},
            {"units": 2, "activation": {"kind": "tanh"}, "batch_norm": False, "dropout": 0.0},
        ],
        "loss": {"kind": "squared_error"},
        "optimizer": {"kind": "sgd", "learning_rate": 0.03},
        "schedule": {"kind": "constant"},
        "clip": {"kind": "none"},
        "initializer": {"kind": "uniform", "limit": 0.5, "bias": 0.1},
        "penalty": {"l1": 0.0, "l2": 0.0},
        "stop": {"kind": "none"},
        "batch_size": 10,
        "shuffle": False,
        "weights_seed": 1,
        "batches_seed": 1,
        "dtype": "float32",
        "frozen": [],
    }
    assert RunSpec.from_dict() == RunSpec.from_dict({})


@given(spec_dicts())
def test_every_valid_spec_survives_json(values: dict[str, Any]) -> None:
    spec = RunSpec.from_dict(values)
    assert RunSpec.from_dict(json.loads(json.dumps(spec.to_dict()))) == spec
    assert pickle.loads(pickle.dumps(spec)) == spec  # noqa: S301
    assert hash(spec) == hash(RunSpec.from_dict(values))


def test_every_problem_is_named_at_once() -> None:
    found = problems(
        {
            "data": {"kind": "circle", "noise": 0.7, "points": "many", "colour": "red"},
            "features": ["x1", "x1", "x9"],
            "layers": [{"units": 0, "activation": {"kind": "relu6"}}, 7, {"unit": 3}],
            "optimizer": {"kind": "adm"},
            "batch_size": 2.5,
            "batchsize": 3,
        }
    )
    assert found["data.noise"] == (0.7, "a number from 0 to 0.5")
    assert found["data.points"] == ("many", "a whole number from 10 to 5000")
    assert found["data.colour"][1].startswith("no such setting here")
    assert found["features.1"] == ("x1", "each feature once")
    assert "x1_squared" in found["features.2"][1]
    assert found["layers.0.units"][0] == 0
    assert "did you mean relu?" in found["layers.0.activation.kind"][1]
    assert "layers.1" in found
    assert "did you mean units?" in found["layers.2.unit"][1]
    assert "did you mean adam?" in found["optimizer.kind"][1]
    assert found["batch_size"] == (2.5, "a whole number from 1 to 1000")
    assert "did you mean batch_size?" in found["batchsize"][1]
    assert len(found) == 12


@pytest.mark.parametrize("values", [[], "spec", 3, [1, 2]])
def test_a_spec_is_an_object(values: Any) -> None:
    assert problems(values) == {"": (values, "an object of settings")}


@pytest.mark.parametrize(
    ("values", "path"),
    [
        ({"layers": {}}, "layers"),
        ({"layers": [{}] * 17}, "layers"),
        ({"features": []}, "features"),
        ({"features": "x1"}, "features"),
        ({"data": []}, "data"),
        ({"penalty": 0.1}, "penalty"),
        ({"loss": {"kind": None}}, "loss.kind"),
    ],
)
def test_parts_of_the_wrong_form(values: Any, path: str) -> None:
    assert path in problems(values)


json_values = st.recursive(
    st.none() | st.booleans() | st.floats() | st.integers() | st.text(max_size=8),
    lambda inner: (
        st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=8), inner, max_size=3)
    ),
    max_leaves=8,
)
keys = st.sampled_from([*RunSpec.from_dict({}).to_dict(), "kind", "clipping"])


@given(st.dictionaries(keys, json_values, max_size=4))
def test_anything_else_is_a_spec_error(values: dict[str, Any]) -> None:
    try:
        spec = RunSpec.from_dict(values)
    except SpecError as error:
        found = error
    else:
        assert RunSpec.from_dict(spec.to_dict()) == spec
        return
    assert found.problems
    assert str(found)


DEEP: Any = functools.reduce(lambda inner, _: [inner], range(5000), cast("Any", 1))


@pytest.mark.parametrize("path", ["batch_size", "layers", "features", "loss.kind", "optimizer"])
@pytest.mark.parametrize(
    "value",
    [DEEP, [DEEP], {"kind": DEEP}, 10**5000, "x" * 5000],
    ids=["deep", "deep in a list", "deep kind", "huge", "long"],
)
def test_what_cannot_be_written_down_is_a_spec_error(path: str, value: Any) -> None:
    whole = {path: value} if "." not in path else {"loss": {"kind": value}}
    for build in (RunSpec.from_dict, RunSpec.from_dict({}).replace):
        with pytest.raises(SpecError) as caught:
            build(whole)
        assert len(str(caught.value)) < 1000
    with pytest.raises(SpecError):
        RunSpec.from_dict({}).replace({path: value})


def test_an_error_survives_pickling() -> None:
    with pytest.raises(SpecError) as caught:
        RunSpec.from_dict({"batch_size": 0})
    copy = pickle.loads(pickle.dumps(caught.value))  # noqa: S301
    assert copy.problems == caught.value.problems


def test_replace_changes_paths_and_checks_the_whole() -> None:
    spec = RunSpec.from_dict({})
    changed = spec.replace({"optimizer.learning_rate": 0.1, "layers.1.units": 7, "data.noise": 0.2})
    assert changed.optimizer["learning_rate"] == 0.1
    assert [layer.units for layer in changed.layers] == [4, 7]
    assert spec == RunSpec.from_dict({})
    with pytest.raises(SpecError) as caught:
        spec.replace({"optimizer.learning_rate": -1, "layers.5.units": 3, "nothing": 1})
    paths = {problem.path for problem in caught.value.problems}
    assert paths == {"optimizer.learning_rate", "layers.5.units", "nothing"}


def test_a_new_kind_keeps_what_a_person_set_and_defaults_the_rest() -> None:
    spec = RunSpec.from_dict({})
    adam = spec.replace({"optimizer.kind": "adam"})
    assert adam.optimizer["learning_rate"] == 0.01
    set_first = spec.replace({"optimizer.learning_rate": 0.2}).replace({"optimizer.kind": "adam"})
    assert set_first.optimizer["learning_rate"] == 0.2
    both = spec.replace({"optimizer.beta1": 0.5, "optimizer.kind": "adam"})
    assert both.optimizer["beta1"] == 0.5
    leaky = spec.replace({"layers.0.activation.kind": "leaky_relu"})
    assert leaky.layers[0].activation["slope"] == 0.01


@pytest.mark.parametrize(
    ("path", "live"),
    [
        ("optimizer.learning_rate", True),
        ("optimizer.kind", True),
        ("optimizer", True),
        ("batch_size", True),
        ("shuffle", True),
        ("penalty.l2", True),
        ("layers.3.activation.kind", True),
        ("layers.0.activation.slope", True),
        ("layers.0.units", False),
        ("layers.0.batch_norm", False),
        ("layers.0.dropout", True),
        ("layers", False),
        ("features", False),
        ("data.noise", False),
        ("loss.kind", False),
        ("loss.smoothing", True),
        ("frozen", True),
        ("theta.output.b.0", True),
        ("initializer.limit", False),
        ("weights_seed", False),
        ("dtype", False),
        ("nothing", False),
    ],
)
def test_which_changes_a_running_network_can_take(path: str, live: bool) -> None:
    assert is_live(path) is live


@given(spec_dicts(), spec_dicts())
def test_live_changes_keep_the_shape_of_everything(
    one: dict[str, Any], other: dict[str, Any]
) -> None:
    old = RunSpec.from_dict(one)
    live = {key: value for key, value in RunSpec.from_dict(other).to_dict().items() if is_live(key)}
    if old.normalizes:
        live["batch_size"] = max(live["batch_size"], 2)
    new = old.replace(live)
    assert live_changes(old, new)
    assert new.units == old.units
    assert new.data == old.data


def test_a_knob_can_be_live_where_its_section_is_not() -> None:
    spec = RunSpec.from_dict({"loss": "logistic"})
    assert live_changes(spec, spec.replace({"loss.smoothing": 0.2}))
    assert live_changes(spec, spec.replace({"frozen": ["output.b.0"]}))
    assert not live_changes(
        spec, spec.replace({"loss.smoothing": 0.2, "loss.kind": "cross_entropy"})
    )
    assert not live_changes(spec, spec.replace({"standardize": True}))
    assert keeps_shapes(spec, spec.replace({"standardize": True, "data.kind": "xor"}))
    assert not keeps_shapes(spec, spec.replace({"loss.kind": "hinge"}))


def test_the_loss_follows_data_that_it_cannot_learn() -> None:
    spec = RunSpec.from_dict({"loss": {"kind": "logistic", "smoothing": 0.1}})
    assert spec.replace({"data.kind": "xor"}).loss.kind == "logistic"
    assert spec.replace({"data.kind": "blobs"}).loss.kind == "squared_error"
    with pytest.raises(SpecError, match="for multi-class data one of squared_error"):
        spec.replace({"data.kind": "blobs", "loss.kind": "logistic"})
    assert "loss.kind" in problems({"data": {"kind": "blobs"}, "loss": {"kind": "logistic"}})


def test_the_loss_follows_the_number_of_classes_of_own_points() -> None:
    spec = RunSpec.from_dict({"loss": "logistic"})
    two, three = [[0, 0, 0], [1, 1, 1]], [[0, 0, 0], [1, 1, 1], [2, 2, 2]]
    mine = spec.replace({"data": {"kind": "custom", "rows": two}})
    assert mine.loss.kind == "logistic"
    assert mine.replace({"data.rows": three}).loss.kind == "squared_error"
    assert spec.replace({"data.kind": "custom", "data.rows": three}).task == "multi_class"


def test_a_value_that_the_new_kind_does_not_allow_is_not_kept() -> None:
    # a step schedule may end at a rate of 0, an exponential one decays by no less than a half
    spec = RunSpec.from_dict({"schedule": {"kind": "step", "gamma": 0.0}})
    assert spec.replace({"schedule.kind": "exponential"}).schedule["gamma"] >= 0.5
    spec = RunSpec.from_dict({"schedule": {"kind": "step", "gamma": 0.7}})
    assert spec.replace({"schedule.kind": "exponential"}).schedule["gamma"] == 0.7


def test_whether_a_name_is_unknown_is_no_matter_of_words() -> None:
    of_a_name = Problem("colour", "red", "one of data, loss", unknown=True).within("base")
    assert of_a_name.sentence == "base.colour: one of data, loss"
    of_a_value = Problem("colour", "red", "no such thing")
    assert of_a_value.sentence == "colour: 'red' is not allowed; expected no such thing"


def test_a_kind_where_none_belongs_is_a_spec_error() -> None:
    with pytest.raises(SpecError, match="no such setting"):
        RunSpec.from_dict({}).replace({"a_kind": {"kind": 1}, "a_kind.kind": 2})


@pytest.mark.parametrize("index", ["9" * 5000, "²", "٣", "-1", "1.5", ""])
def test_a_strange_index_is_a_spec_error(index: str) -> None:
    for path in (f"layers.{index}", f"layers.{index}.units"):
        with pytest.raises(SpecError):
            RunSpec.from_dict({}).replace({path: 3})


OWN = RunSpec.from_dict(
    {
        "data": {"kind": "custom", "rows": [[i % 7, -i % 5, i % 3] for i in range(2000)]},
        "layers": [{"units": 3}] * 16,
    }
)
TOUCHING = [
    {"optimizer.learning_rate": 0.1},
    {"optimizer.kind": "adam", "batch_size": 7},
    {"layers.3.dropout": 0.5},
    {"data.train_share": 0.3},
    {"data.seed": 9},
    {"frozen": ["layers.0.W.0.1"]},
]


@pytest.mark.parametrize("changes", TOUCHING, ids=str)
def test_a_change_reads_nothing_that_it_does_not_change(
    changes: dict[str, Any], monkeypatch: pytest.MonkeyPatch
) -> None:
    def fail(*_: object) -> None:
        raise AssertionError("own points were read again")

    monkeypatch.setattr("engine.catalog.datasets.custom._numbers", fail)
    monkeypatch.setattr("engine.catalog.datasets.custom.RowsKnob._wrong_parts", fail)
    changed = OWN.replace(changes)
    assert changed != OWN
    assert changed.data["rows"] is OWN.data["rows"]
    named = {path.partition(".")[0] for path in changes}
    for name in ("data", "optimizer", "loss", "schedule", "penalty"):
        assert name in named or getattr(changed, name) is getattr(OWN, name)
    assert all(
        new is old
        for i, (new, old) in enumerate(zip(changed.layers, OWN.layers, strict=True))
        if f"layers.{i}.dropout" not in changes
    )


@given(spec_dicts(), spec_dicts(), st.data())
def test_a_change_is_as_if_the_whole_were_read(
    values: dict[str, Any], others: dict[str, Any], data: st.DataObject
) -> None:
    spec, other = RunSpec.from_dict(values), RunSpec.from_dict(others)
    roots = data.draw(st.sets(st.sampled_from(sorted({*other.to_dict()} - {"frozen"})), max_size=4))
    changes = {root: other.to_dict()[root] for root in roots}
    whole = {**spec.to_dict(), **changes, "frozen": []}
    try:
        changed = spec.replace(changes)
    except SpecError as error:
        wrong = {problem.path: (problem.value, problem.allowed) for problem in error.problems}
        assert problems(whole) == wrong
        return
    whole["loss"] = changed.loss.to_dict() if "loss" not in roots else whole["loss"]
    assert replace(changed, frozen=()) == RunSpec.from_dict(whole)
    assert set(changed.frozen) <= set(spec.frozen)


def test_a_place_inside_own_points_can_be_changed() -> None:
    changed = OWN.replace({"data.rows.3.0": 2.5, "data.rows.4": [1, 2, 1]})
    rows = changed.data["rows"]
    assert rows[3] == (2.5, *OWN.data["rows"][3][1:])
    assert rows[4] == (1, 2, 1)
    assert rows[5:] == OWN.data["rows"][5:]
    with pytest.raises(SpecError, match=r"data\.rows\.3\.0"):
        OWN.replace({"data.rows.3.0": 101})


def test_changes_are_never_written_into() -> None:
    rows = [[0, 0, 0], [1, 1, 1]]
    changes = {"data.kind": "custom", "data.rows": rows, "data.rows.0.0": 5}
    assert RunSpec.from_dict({}).replace(changes).data["rows"] == ((5, 0, 0), (1, 1, 1))
    assert rows == [[0, 0, 0], [1, 1, 1]]


def test_own_points_are_one_object_in_a_process_wherever_they_come_from() -> None:
    # the rows that were read last are known; those of OWN may have been too long ago
    own = RunSpec.from_dict(OWN.to_dict())
    again = pickle.loads(pickle.dumps(own))  # noqa: S301 - our own
    assert again == own
    assert again.data["rows"] is own.data["rows"]
    assert RunSpec.from_dict(own.to_dict()).data["rows"] is own.data["rows"]
    assert json.dumps(again.to_dict()) == json.dumps(own.to_dict())
    # the classes stay whole numbers
    assert {type(label) for *_, label in again.data["rows"]} == {int}


def test_a_change_asked_for_again_is_told_apart_by_the_types_of_its_values() -> None:
    spec = RunSpec.from_dict({})
    assert spec.replace({"batch_size": 1}) is spec.replace({"batch_size": 1})
    with pytest.raises(SpecError):
        spec.replace({"batch_size": True})
    with pytest.raises(SpecError):
        spec.replace({"batch_size": "1"})
    assert spec.replace({"weights_seed": 0}).weights_seed == 0
    assert spec.replace({"shuffle": False}).shuffle is False
    with pytest.raises(SpecError):
        spec.replace({"shuffle": 0})
    other = spec.replace({"batch_size": 2})
    assert other.replace({"optimizer.learning_rate": 0.5}).batch_size == 2
    assert spec.replace({"optimizer.learning_rate": 0.5}).batch_size != 2
