"""Recipes: what makes a run, changed and read as one value, and replayed bit for bit."""

import json
import pickle
from typing import Any

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

import engine
from engine import Recipe

SPEC = engine.RunSpec.from_dict({"layers": [{"units": 2}]})
SIZE = engine.parameters(SPEC)
ZEROS, ONES = [0.0] * SIZE, [1.0] * SIZE
FIRST, OTHER = "theta.layers.0.W.0.0", "theta.output.b.0"
RATE = "optimizer.learning_rate"
TWO = Recipe(SPEC, ({"optimizer.kind": "adam"}, {RATE: 0.5}))

CHANGES: list[dict[str, Any]] = [
    {RATE: 0.1},
    {RATE: 0.03},
    {"optimizer.kind": "adam"},
    {"optimizer.kind": "sgd", "schedule.kind": "step"},
    {"batch_size": 4, "shuffle": True},
    {"penalty.l2": 0.01, FIRST: 0.5},
    {"theta": ONES},
    {OTHER: -1.0},
    {"frozen": ["output.b.0"]},
]
FOR_ALL = [each for each in CHANGES if not any(path.startswith("optimizer") for path in each)]


def theta_of(changes: dict[str, Any]) -> Any:
    """All parameters that an edit sets, as a list."""
    found = engine.edited((SPEC,), changes) and changes.get("theta")
    return engine.edit(engine.start(SPEC), {"theta": found}).theta[0].tolist()


def test_without_variants_there_is_the_spec_alone() -> None:
    assert Recipe(SPEC).specs == Recipe(SPEC).specs_at(9) == (SPEC,)


def test_each_network_is_the_spec_with_its_differences() -> None:
    first, second = TWO.specs
    assert first == SPEC.replace({"optimizer.kind": "adam"})
    assert second == SPEC.replace({RATE: 0.5})


def test_what_networks_cannot_have_different_is_named() -> None:
    with pytest.raises(engine.SpecError) as caught:
        _ = Recipe(SPEC, ({}, {"data.noise": 0.1})).specs
    assert [problem.path for problem in caught.value.problems] == ["members.1.data.noise"]


@pytest.mark.parametrize("path", ["optimizer", "optimizer.kind", RATE])
def test_what_varies_cannot_be_changed_for_all(path: str) -> None:
    for change in (TWO.refuse_varied, lambda changes: TWO.with_change(5, changes)):
        with pytest.raises(engine.SpecError) as caught:
            change({"batch_size": 3, path: "sgd"})
        assert [problem.path for problem in caught.value.problems] == [path]


@pytest.mark.parametrize("path", ["optimizer.momentum", "optimizer.kinds", "batch_size"])
def test_what_does_not_vary_can(path: str) -> None:
    TWO.refuse_varied({path: 1})


def test_edits_change_what_is_shared_from_their_steps_on() -> None:
    edits = (
        engine.Edit(3, {"batch_size": 5, OTHER: 1.0}),
        engine.Edit(9, {"batch_size": 7, "penalty.l2": 0.5}),
    )
    recipe = TWO.with_edits(edits)
    assert recipe.edits == edits
    assert recipe.now.spec == SPEC.replace({"batch_size": 7, "penalty.l2": 0.5})
    assert recipe.now.variants == TWO.variants
    sizes = [[spec.batch_size for spec in recipe.specs_at(step)] for step in (0, 2, 3, 8, 9)]
    assert sizes == [[10, 10], [10, 10], [5, 5], [5, 5], [7, 7]]
    assert recipe.without_later(8).edits == edits[:1]
    assert recipe.without_later(9) is recipe
    assert recipe.with_edits(edits[1:]).now.spec.batch_size == 7


def test_at_the_start_settings_are_part_of_the_spec_and_parameters_are_one_edit() -> None:
    recipe = Recipe(SPEC)
    for changes in ({OTHER: 3, "batch_size": 4}, {"theta": ONES}, {FIRST: 2}):
        recipe = recipe.with_change(0, changes)
    assert recipe.spec.batch_size == 4
    (edit,) = recipe.edits
    assert (edit.step, edit.changes.keys(), edit.changes[FIRST]) == (0, {"theta", FIRST}, 2)
    assert theta_of({"theta": edit.changes["theta"]}) == ONES


def test_several_changes_at_one_step_are_one_where_that_comes_to_the_same() -> None:
    recipe = Recipe(SPEC)
    changes = ({"theta": ZEROS}, {"batch_size": 4}, {"theta": ONES}, {FIRST: 2}, {"batch_size": 5})
    for each in changes:
        recipe = recipe.with_change(9, each)
    (edit,) = recipe.edits
    assert edit.step == 9
    assert {**edit.changes, "theta": theta_of({"theta": edit.changes["theta"]})} == {
        "theta": ONES,
        FIRST: 2,
        "batch_size": 5,
    }
    apart = Recipe(SPEC)
    for each in changes:
        apart = apart.with_change(9, each, merge=False)
    assert len(apart.edits) == len(changes)
    assert apart.specs_at(9) == recipe.specs_at(9)


def test_of_a_kind_that_goes_and_comes_back_one_change_would_not_say_the_knobs() -> None:
    kinds = ({RATE: 0.7}, {"optimizer.kind": "adam"}, {"optimizer.kind": "sgd"})
    recipe = Recipe(SPEC)
    for each in kinds:
        recipe = recipe.with_change(9, each)
    assert recipe.now.spec == SPEC.replace(kinds[0]).replace(kinds[1]).replace(kinds[2])
    assert engine.replay(recipe.specs, recipe.edits, 9).spec == recipe.now.spec


def test_a_change_before_others_leaves_them() -> None:
    late = Recipe(SPEC).with_change(20, {RATE: 0.5})
    recipe = late.with_change(10, {RATE: 0.1, "batch_size": 4})
    assert [edit.step for edit in recipe.edits] == [10, 20]
    found = [recipe.specs_at(step)[0].optimizer["learning_rate"] for step in (9, 10, 20)]
    assert found == [0.03, 0.1, 0.5]


@settings(max_examples=60, deadline=None)
@given(
    steps=st.lists(st.tuples(st.integers(0, 12), st.sampled_from(CHANGES)), max_size=8),
    varied=st.booleans(),
)
def test_any_recipe_survives_json_and_replays_as_its_changes_did(
    steps: list[tuple[int, dict[str, Any]]], varied: bool
) -> None:
    base = Recipe(SPEC, TWO.variants if varied else ())
    changes = [
        (step, each)
        for step, each in sorted(steps, key=lambda s: s[0])
        if not varied or each in FOR_ALL
    ]
    recipe = base
    for step, each in changes:
        recipe = recipe.with_change(step, each)
    assert len(recipe.edits) <= len(changes)
    again = Recipe.from_dict(json.loads(json.dumps(recipe.to_dict())))
    assert again == recipe
    asked = {"spec": SPEC.to_dict(), "members": list(base.variants)}
    asked["edits"] = [{"step": step, "changes": each} for step, each in changes]
    assert Recipe.from_dict(asked) == recipe
    assert pickle.loads(pickle.dumps(recipe)) == recipe  # noqa: S301 - our own bytes
    rest = [engine.Edit(step, each) for step, each in changes if step > 0]
    begun = Recipe(recipe.spec, recipe.variants, recipe.without_later(0).edits)
    # one after the other, as they were made, from the same start
    wanted = engine.replay(begun.specs, [*begun.edits, *rest], 15)
    found = engine.replay(recipe.specs, recipe.edits, 15)
    np.testing.assert_array_equal(found.theta, wanted.theta)
    assert recipe.specs_at(15) == found.specs
    rebuilt = Recipe(recipe.spec, recipe.variants, recipe.edits)
    assert rebuilt.ends == recipe.ends, "what is passed on is what all edits make"


@pytest.mark.parametrize(
    ("values", "paths"),
    [
        ([], [""]),
        ({"spec": {"layers": 3, "nothing": 1}, "edits": 3}, ["nothing", "layers"]),
        ({"step": 3, "edit": []}, ["step", "edit"]),
        ({"members": {}}, ["members"]),
        ({"members": [{}, 3]}, ["members.1"]),
        ({"members": [{}, {"data.noise": 0.1}]}, ["members.1.data.noise"]),
        ({"edits": 3}, ["edits"]),
        ({"edits": [{"step": 1}, {"step": -1, "changes": []}]},
         ["edits.0", "edits.1.step", "edits.1.changes"]),
        ({"edits": [{"step": 5, "changes": {RATE: 1}}, {"step": 4, "changes": {RATE: "x", "layers": []}}]},
         ["edits.1.step", f"edits.1.changes.{RATE}"]),
        ({"edits": [{"step": 5, "changes": {"weights_seed": 3}}]}, ["edits.0.changes.weights_seed"]),
        ({"members": [{RATE: 1}], "edits": [{"step": 0, "changes": {RATE: 2}}]}, [f"edits.0.changes.{RATE}"]),
    ],
)  # fmt: skip
def test_what_is_wrong_is_named_by_its_path(values: Any, paths: list[str]) -> None:
    with pytest.raises(engine.SpecError) as caught:
        Recipe.from_dict(values)
    assert [problem.path for problem in caught.value.problems] == paths


def test_seeds_move_on_for_all_that_do_not_vary_in_them() -> None:
    varied = Recipe(SPEC, ({}, {"weights_seed": 9}))
    after = varied.reseeded(("weights", "batches"))
    assert [spec.weights_seed for spec in after.specs] == [2, 9]
    assert [spec.batches_seed for spec in after.specs] == [2, 2]
    assert after.spec.data["seed"] == 1


@pytest.mark.parametrize("member", [-1, 2])
def test_a_network_that_is_not_there_cannot_be_changed(member: int) -> None:
    with pytest.raises(engine.SpecError) as caught:
        TWO.with_variant(member, {RATE: 1})
    assert [problem.path for problem in caught.value.problems] == ["member"]
    with pytest.raises(engine.SpecError, match="this run has one network alone"):
        engine.Recipe(TWO.spec).with_variant(0, {RATE: 1})
