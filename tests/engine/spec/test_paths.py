"""A change at a dotted path lands where the path says, or says why it cannot."""

import pytest

from engine.core.errors import SpecError
from engine.spec.paths import apply, combined, general, value_at
from engine.spec.run_spec import RunSpec


@pytest.mark.parametrize(
    ("layers", "path", "said"),
    [
        (2, "layers.9.units", "no such position here; positions go from 0 to 1"),
        (2, "layers.2", "no such position here; positions go from 0 to 1"),
        (2, "layers.-1.units", "no such position here; positions go from 0 to 1"),
        (0, "layers.0.units", "no such position here; the list is empty"),
    ],
)
def test_a_path_to_a_layer_that_is_not_there_says_which_are(
    layers: int, path: str, said: str
) -> None:
    spec = RunSpec.from_dict({"layers": [{"units": 3}] * layers})
    with pytest.raises(SpecError) as caught:
        spec.replace({path: 3})
    assert str(caught.value) == f"{path}: {said}"


def test_a_change_writes_at_its_path_alone() -> None:
    values = RunSpec.from_dict({"layers": [{"units": 3}, {"units": 4}]}).to_dict()
    before = RunSpec.from_dict({"layers": [{"units": 3}, {"units": 4}]}).to_dict()
    assert apply(values, {"layers.1.units": 7, "optimizer.learning_rate": 0.5}) == []
    assert value_at(values, "layers.1.units") == 7
    assert value_at(values, "optimizer.learning_rate") == 0.5
    before["layers"][1]["units"] = 7
    before["optimizer"]["learning_rate"] = 0.5
    assert values == before


def test_a_kind_comes_before_the_settings_it_has() -> None:
    values = RunSpec.from_dict({"optimizer": {"kind": "sgd"}}).to_dict()
    # in whichever order the two are said
    assert apply(values, {"optimizer.beta1": 0.5, "optimizer.kind": "adam"}) == []
    assert values["optimizer"] == {"kind": "adam", "beta1": 0.5}


def test_an_earlier_change_is_left_out_where_a_later_one_leaves_nothing_of_it() -> None:
    earlier = {"optimizer.learning_rate": 0.1, "layers.0.units": 3, "batch_size": 5}
    assert combined(earlier, {"optimizer.kind": "adam"}) == {
        "layers.0.units": 3,
        "batch_size": 5,
        "optimizer.kind": "adam",
    }
    assert combined(earlier, {"layers": []}) == {
        "optimizer.learning_rate": 0.1,
        "batch_size": 5,
        "layers": [],
    }
    assert combined(earlier, {"batch_size": 6})["batch_size"] == 6


def test_nothing_stands_at_a_path_that_leads_nowhere() -> None:
    values = {"layers": [{"units": 3}], "batch_size": 5}
    assert value_at(values, "layers.0.units") == 3
    for path in ("layers.1.units", "layers.-1.units", "batch_size.units", "colour", "layers.x"):
        assert value_at(values, path) is None


def test_the_general_path_is_that_of_every_position() -> None:
    assert general("layers.12.activation.kind") == "layers.*.activation.kind"
    assert general("batch_size") == "batch_size"
