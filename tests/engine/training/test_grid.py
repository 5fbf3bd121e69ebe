"""A base and axes: every combination, grouped by architecture, each as it would be alone."""

from collections.abc import Sequence
from typing import Any

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

import engine
from engine.spec.live import shape
from tests.engine.strategies import spec_dicts

BASE = engine.RunSpec.from_dict({"data": {"points": 60}, "dtype": "float64"})


def test_every_combination_in_order() -> None:
    axes: dict[str, Sequence[Any]] = {
        "optimizer.learning_rate": [0.01, 0.1],
        "weights_seed": [1, 2, 3],
    }
    made = engine.start(BASE, axes)
    found = [(spec.optimizer["learning_rate"], spec.weights_seed) for spec in made.specs]
    assert found == [(0.01, 1), (0.01, 2), (0.01, 3), (0.1, 1), (0.1, 2), (0.1, 3)]
    assert len(made.states) == 1
    # members that share a seed share weights
    theta = made.states[0].theta
    np.testing.assert_array_equal(theta[:3], theta[3:])


def test_architectures_are_groups_and_members_equal_runs_alone() -> None:
    axes: dict[str, Sequence[Any]] = {
        "layers": [[{"units": 3}], [{"units": 5}], []],
        "optimizer": [{"kind": "sgd", "learning_rate": 0.1}, {"kind": "adam"}],
        "batch_size": [5, 10],
    }
    made = engine.start(BASE, axes)
    assert len(made.specs) == 12
    assert len(made.states) == 6
    made, report = engine.train(made, 37)
    assert report.steps == 37
    found = engine.metrics(made)
    assert found["train_loss"].shape == (12,)
    for place, spec in enumerate(made.specs):
        alone, _ = engine.train(engine.start(spec), 37)
        for name, values in engine.metrics(alone).items():
            assert found[name][place] == pytest.approx(values[0], abs=1e-12)


def test_members_of_other_tasks_keep_their_own_outputs() -> None:
    # both have one output and squared error, but two classes end in a tanh and a height in none
    made, _ = engine.train(engine.start(BASE, {"data.kind": ["circle", "plane"]}), 37)
    assert len(made.states) == 1
    for place, spec in enumerate(made.specs):
        alone, _ = engine.train(engine.start(spec), 37)
        np.testing.assert_allclose(made.states[0].theta[place], alone.theta[0], atol=1e-12)


GENTLE = {"kind": "momentum", "learning_rate": 0.001}
"""A rule that lets rounding stay as small as it is."""


@settings(max_examples=60)
@given(st.lists(spec_dicts(), min_size=2, max_size=4), st.booleans())
def test_whatever_members_have_of_their_own_they_are_as_alone(
    drawn: list[dict[str, Any]], in_lockstep: bool
) -> None:
    kinds = [drawn[0] if in_lockstep else values for values in drawn]
    specs = [engine.RunSpec.from_dict(_alike(*pair)) for pair in zip(drawn, kinds, strict=True)]
    groups: dict[tuple[object, ...], list[engine.RunSpec]] = {}
    for spec in specs:
        groups.setdefault(shape(spec), []).append(spec)
    assert len({spec.rules for spec in specs}) == 1 or not in_lockstep
    for members in groups.values():
        together, _ = engine.train(engine.start(members), 5)
        for member, spec in enumerate(members):
            alone, _ = engine.train(engine.start(spec), 5)
            size = max(1, np.abs(alone.theta).max())
            np.testing.assert_allclose(
                together.theta[member], alone.theta[0], rtol=0, atol=1e-12 * size
            )


def _alike(values: dict[str, Any], kinds: dict[str, Any]) -> dict[str, Any]:
    """The same numbers, with an architecture and batches that others share, and the kinds of another."""
    own = [*values["layers"], {}, {}]
    layers = [
        {**mine, "units": 3, "activation": theirs.get("activation", "tanh")}
        for mine, theirs in zip(own, kinds["layers"][:2], strict=False)
    ]
    same = {"batch_size": 20, "dtype": "float64", "optimizer": GENTLE, "stop": "none"}
    chosen = {name: kinds.get(name) for name in ("loss", "schedule", "clip")}
    data = {
        **kinds["data"],
        "seed": values["data"].get("seed", 1),
        "points": 60,
        "train_share": 0.5,
    }
    features = values["features"][:1]
    return {**values, **same, **chosen, "data": data, "layers": layers, "features": features}


def test_reports_number_members_by_combination() -> None:
    axes: dict[str, Sequence[Any]] = {
        "layers": [[{"units": 3}], [{"units": 5}]],
        "stop.steps": [10, 20],
    }
    base = BASE.replace({"stop.kind": "steps"})
    _, report = engine.train(engine.start(base, axes), 15)
    assert [(stop.member, stop.step) for stop in report.stops] == [(0, 10), (2, 10)]


def test_edits_reach_every_member_but_not_what_varies() -> None:
    made = engine.start(BASE, {"optimizer.learning_rate": [0.01, 0.1]})
    edited = engine.edit(made, {"penalty.l2": 0.1})
    assert [spec.penalty["l2"] for spec in edited.specs] == [0.1, 0.1]
    for path in ("optimizer.learning_rate", "optimizer"):
        with pytest.raises(engine.SpecError, match="does not vary"):
            engine.edit(made, {path: 0.2})


def test_problems_of_all_combinations_are_listed_once() -> None:
    with pytest.raises(engine.SpecError) as caught:
        engine.start(BASE, {"batch_size": [5, 0, -1], "data.noise": [0.1, 7]})
    found = {(problem.path, problem.value) for problem in caught.value.problems}
    assert found == {("batch_size", 0), ("batch_size", -1), ("data.noise", 7)}
    assert len(caught.value.problems) == 3


@pytest.mark.parametrize("values", [[], "sgd", 3, None])
def test_an_axis_is_a_list_of_values(values: object) -> None:
    with pytest.raises(engine.SpecError, match=r"axes\.optimizer\.kind"):
        engine.start(BASE, {"optimizer.kind": values})  # type: ignore[dict-item]


def test_too_many_combinations_are_refused() -> None:
    seeds = list(range(100))
    with pytest.raises(engine.SpecError, match="at most 4096 combinations"):
        engine.start(BASE, {"weights_seed": seeds, "data.seed": seeds})


def test_no_axes_is_one_run() -> None:
    made = engine.start(BASE, {})
    assert made.specs == (BASE,)


def test_each_combination_has_its_rate_and_its_share_of_clipped_updates() -> None:
    base = engine.RunSpec.from_dict({"clip": {"kind": "norm", "limit": 1e-4}})
    axes: dict[str, Sequence[Any]] = {
        "layers": [[{"units": 3}], []],
        "optimizer.learning_rate": [0.1, 0.2],
    }
    state, report = engine.train(engine.start(base, axes), 5)
    assert report.clipped == (1, 1, 1, 1)
    assert engine.learning_rate(state).tolist() == [0.1, 0.2, 0.1, 0.2]
