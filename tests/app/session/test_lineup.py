"""The networks of a run: what they share, and what each has different from it."""

import pytest

import engine
from app.session.lineup import Cast

SPEC = engine.RunSpec.from_dict({})
TWO = Cast(SPEC, ({"optimizer.kind": "adam"}, {"optimizer.learning_rate": 0.5}))


def test_without_members_there_is_the_spec_alone() -> None:
    assert Cast(SPEC).specs == (SPEC,)


def test_each_member_is_the_spec_with_its_changes() -> None:
    first, second = TWO.specs
    assert first == SPEC.replace({"optimizer.kind": "adam"})
    assert second == SPEC.replace({"optimizer.learning_rate": 0.5})


def test_what_members_cannot_have_different_is_named() -> None:
    with pytest.raises(engine.SpecError) as caught:
        _ = Cast(SPEC, ({}, {"data.noise": 0.1})).specs
    assert [problem.path for problem in caught.value.problems] == ["members.1.data.noise"]


@pytest.mark.parametrize("path", ["optimizer", "optimizer.kind", "optimizer.learning_rate"])
def test_what_varies_cannot_be_changed_for_all(path: str) -> None:
    with pytest.raises(engine.SpecError) as caught:
        TWO.refuse_varied({"batch_size": 3, path: "sgd"})
    assert [problem.path for problem in caught.value.problems] == [path]


@pytest.mark.parametrize("path", ["optimizer.momentum", "optimizer.kinds", "batch_size"])
def test_what_does_not_vary_can(path: str) -> None:
    TWO.refuse_varied({path: 1})


def test_edits_change_what_is_shared() -> None:
    edits = [
        engine.Edit(3, {"batch_size": 5, "theta.output.b.0": 1.0}),
        engine.Edit(9, {"batch_size": 7, "penalty.l2": 0.5}),
    ]
    after = TWO.after(edits)
    assert after.spec == SPEC.replace({"batch_size": 7, "penalty.l2": 0.5})
    assert after.members == TWO.members
