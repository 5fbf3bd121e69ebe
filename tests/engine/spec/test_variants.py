"""Members of a comparison: what they may have different, and that all else is the same for them."""

from typing import Any

import numpy as np
import pytest

import engine
from engine.spec.variants import vary

BASE = engine.RunSpec.from_dict(
    {
        "layers": [{"units": 5, "dropout": 0.2}, {"units": 3}],
        "loss": "cross_entropy",
        "data": {"kind": "xor", "points": 120, "noise": 0.1},
        "batch_size": 16,
        "shuffle": True,
        "augmentation": {"jitter": 0.1},
        "dtype": "float64",
    }
)
OWN: list[dict[str, Any]] = [
    {},
    {"optimizer.kind": "momentum"},
    {"optimizer": {"kind": "adam", "learning_rate": 0.01}},
    {"optimizer": {"kind": "adam", "learning_rate": 0.05}},
    {"optimizer.learning_rate": 0.3, "schedule.kind": "cosine"},
    {"clip": {"kind": "norm", "limit": 0.1}},
    {"penalty.l2": 0.1},
    {"layers.0.dropout": 0, "layers.1.activation.kind": "relu"},
    {"initializer.kind": "xavier", "weights_seed": 5},
    {"frozen": ["layers.0.W.1.2"], "stop": {"kind": "steps", "steps": 20}},
]


def test_what_is_not_named_is_as_in_the_base() -> None:
    specs = engine.members(BASE, OWN)
    assert specs[0] == BASE
    assert [spec.to_dict() for spec in specs] == [BASE.replace(own).to_dict() for own in OWN]
    assert engine.members(BASE, []) == ()


def test_members_that_name_no_seed_start_from_the_same_weights() -> None:
    state = engine.start(engine.members(BASE, OWN))
    for member, own in enumerate(OWN):
        same = np.array_equal(state.theta[member], state.theta[0])
        assert same == ("weights_seed" not in own), own


def test_each_member_goes_as_it_goes_alone() -> None:
    specs = engine.members(BASE, OWN)
    together, report = engine.train(engine.start(specs), 61)
    assert [(stop.member, stop.step) for stop in report.stops] == [(9, 20)]
    for member, spec in enumerate(specs):
        alone, _ = engine.train(engine.start(spec), 61)
        np.testing.assert_allclose(
            together.theta[member], alone.theta[0], rtol=1e-12, atol=1e-12, err_msg=str(OWN[member])
        )


def test_members_that_are_alike_see_the_same_batches() -> None:
    # the same optimizer in three trainers: two whose neighbours differ, and one of its own
    rate: dict[str, Any] = {"optimizer.learning_rate": 0.1}
    own = [rate, rate | {"schedule.kind": "cosine"}, rate, rate | {"clip.kind": "norm"}, rate]
    own[3]["clip.limit"] = 1000  # never reached, so that it goes as the others do
    state, _ = engine.train(engine.start(engine.members(BASE, own)), 50)
    np.testing.assert_array_equal(state.theta[0], state.theta[2])
    np.testing.assert_array_equal(state.theta[0], state.theta[4])
    np.testing.assert_allclose(state.theta[3], state.theta[0], rtol=1e-12, atol=1e-12)
    assert not np.allclose(state.theta[1], state.theta[0])


@pytest.mark.parametrize(
    ("change", "paths"),
    [
        ({"data.noise": 0.3}, ["data.noise"]),
        ({"data.kind": "spiral", "optimizer.kind": "adam"}, ["data.kind"]),
        ({"features": ["x1"]}, ["features"]),
        ({"standardize": True}, ["standardize"]),
        ({"loss.smoothing": 0.2}, ["loss.smoothing"]),
        ({"batch_size": 8, "dtype": "float32"}, ["batch_size", "dtype"]),
        ({"layers.0.units": 4, "layers.0.activation.kind": "relu"}, ["layers.0.units"]),
        ({"layers.1.batch_norm": True}, ["layers.1.batch_norm"]),
        ({"layers": []}, ["layers"]),
        ({"optimizer.kind": "adamm"}, ["optimizer.kind"]),
        ({"theta.output.b.0": 1}, ["theta.output.b.0"]),
        ({"theta": [1]}, ["theta"]),
        ({"frozen": ["layers.7.b.0"]}, ["frozen.0"]),
    ],
)
def test_what_makes_another_problem_or_network_is_refused(
    change: dict[str, Any], paths: list[str]
) -> None:
    with pytest.raises(engine.SpecError) as caught:
        engine.members(BASE, [{}, change, {"optimizer.learning_rate": -1}])
    found = [problem.path for problem in caught.value.problems]
    assert found == [*(f"members.1.{path}" for path in paths), "members.2.optimizer.learning_rate"]


def test_a_value_that_the_base_has_too_is_no_difference() -> None:
    specs = engine.members(BASE, [{"data.noise": 0.1, "layers.0.units": 5, "batch_size": 16}])
    assert specs == (BASE,)


def test_a_comparison_is_a_run_like_any_other() -> None:
    specs = engine.members(BASE, OWN[:5])
    state, _ = engine.train(engine.start(specs), 25)
    state = engine.edit(state, {"data.noise": 0.3, "penalty.l1": 0.001})
    numbers = np.linspace(-1, 1, engine.parameters(BASE)).tolist()
    state, _ = engine.train(engine.edit(engine.train(state, 10)[0], {"theta": numbers}), 15)
    again = engine.replay(state.start_specs, state.edits, state.step)
    np.testing.assert_array_equal(again.theta, state.theta)
    assert len({row.tobytes() for row in state.theta}) == 5
    loaded = engine.load(engine.dump(state))
    assert (loaded.specs, loaded.start_specs) == (state.specs, state.start_specs)
    np.testing.assert_array_equal(engine.train(loaded, 9)[0].theta, engine.train(state, 9)[0].theta)
    for member in range(5):
        alone = engine.replay(specs[member], state.edits, state.step)
        mine = engine.insight.probe(state, (1, -2), member).probabilities
        its = engine.insight.probe(alone, (1, -2)).probabilities
        assert mine is not None
        assert its is not None
        np.testing.assert_allclose(mine, its, atol=1e-9)
        traced = engine.insight.trace(state, (1, -2), 1, member).to_dict()
        assert traced["loss"] == pytest.approx(
            engine.insight.trace(alone, (1, -2), 1).to_dict()["loss"]
        )


def test_each_member_has_its_own_trouble() -> None:
    base = engine.RunSpec.from_dict({"layers": [{"units": 4, "activation": "relu"}]})
    base = base.replace({"data.kind": "plane", "optimizer.learning_rate": 0.001})
    state, report = engine.train(
        engine.start(engine.members(base, [{}, {"optimizer.learning_rate": 50}])), 200
    )
    assert [failure.member for failure in report.failures] == [1]
    history = np.zeros((0, 7))
    assert engine.insight.diagnose(state, history, 0) == ()
    assert [found.kind for found in engine.insight.diagnose(state, history, 1)] == ["diverged"]


def test_an_edit_that_parts_the_members_is_refused() -> None:
    state = engine.start(engine.members(BASE, OWN))
    with pytest.raises(engine.SpecError, match=r"layers\.0\.units"):
        engine.edit(state, {"layers.0.units": 9})
    with pytest.raises(engine.SpecError, match=r"optimizer\.learning_rate"):
        engine.edit(state, {"optimizer.learning_rate": -1})


def test_one_member_is_changed_as_its_own_spec_is_and_named_as_shortly_as_that_can_be() -> None:
    base = engine.RunSpec.from_dict({})
    varied = vary(base, [{}, {"optimizer.kind": "adam"}], 1, {"optimizer.kind": "rmsprop"})
    assert varied == ({}, {"optimizer.kind": "rmsprop"})
    # the rate that was set stays, and can be said by what was said before
    set_by_hand = {"optimizer.kind": "adam", "optimizer.learning_rate": 0.5}
    (kept,) = vary(base, [set_by_hand], 0, {"optimizer.kind": "momentum"})
    (spec,) = engine.members(base, [kept])
    assert spec == base.replace(set_by_hand).replace({"optimizer.kind": "momentum"})
    assert kept["optimizer.learning_rate"] == 0.5
    assert vary(base, [{}, {"penalty.l2": 0.1}], 1, {"penalty.l2": 0}) == ({}, {"penalty.l2": 0})


def test_a_change_of_one_member_that_cannot_be_is_named_as_its_own() -> None:
    base = engine.RunSpec.from_dict({})
    for path, value in (("optimizer.learning_rate", -1), ("data.noise", 0.4), ("nothing", 1)):
        with pytest.raises(engine.SpecError) as caught:
            vary(base, [{}, {}], 1, {path: value})
        assert [problem.path for problem in caught.value.problems] == [f"members.1.{path}"]
