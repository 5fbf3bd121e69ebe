"""Frozen parameters stay, bit for bit, whatever trains the others."""

import numpy as np
import pytest

import engine
from engine.catalog.optimizers import OPTIMIZERS
from engine.spec.parameter_names import place

NAMES = ["layers.0.W.1.2", "layers.0.gamma.1", "layers.1.b.0", "output.W.0.0"]
BASE = engine.RunSpec.from_dict(
    {
        "layers": [{"units": 3, "batch_norm": True, "dropout": 0.3}, {"units": 2}],
        "penalty": {"l1": 0.0001, "l2": 0.02},
        "clip": {"kind": "norm", "limit": 0.1},
        "schedule": {"kind": "exponential"},
        "dtype": "float64",
    }
)


def places(spec: engine.RunSpec) -> list[int]:
    found = [place(spec.arrays, name) for name in NAMES]
    assert None not in found
    return found  # type: ignore[return-value]


@pytest.mark.parametrize(
    "penalty", [{}, {"l1": 0.01}, {"l2": 0.02}, {"l1": 0.01, "l2": 0.02}], ids=str
)
@pytest.mark.parametrize("kind", OPTIMIZERS)
def test_no_optimizer_or_penalty_moves_a_frozen_parameter(
    kind: str, penalty: dict[str, float]
) -> None:
    spec = BASE.replace({"optimizer.kind": kind, "penalty": penalty})
    state, _ = engine.train(engine.start(spec), 30)
    state = engine.edit(state, {"frozen": NAMES})
    after, _ = engine.train(state, 40)
    at = places(spec)
    np.testing.assert_array_equal(after.theta[0, at], state.theta[0, at])
    others = np.setdiff1d(np.arange(state.theta.shape[1]), at)
    assert (after.theta[0, others] != state.theta[0, others]).any()


def test_it_goes_on_when_it_is_let_go() -> None:
    state, _ = engine.train(engine.start(BASE.replace({"frozen": NAMES})), 20)
    after, _ = engine.train(engine.edit(state, {"frozen": []}), 20)
    at = places(BASE)
    assert (after.theta[0, at] != state.theta[0, at]).all()


def test_a_frozen_gradient_does_not_count_for_clipping() -> None:
    spec = engine.RunSpec.from_dict(
        {"layers": [], "batch_size": 250, "clip": {"kind": "norm", "limit": 0.01}}
    )
    state = engine.start(spec.replace({"frozen": ["output.W.0.0", "output.b.0"]}))
    after, _ = engine.train(state, 1)
    moved = np.abs(after.theta - state.theta)[0]
    # alone, the other weight gets the whole of the limit
    assert moved == pytest.approx([0, 0.01 * spec.optimizer["learning_rate"], 0], rel=1e-4)


def test_members_may_freeze_different_parameters_and_equal_themselves_alone() -> None:
    specs = [BASE.replace({"frozen": names}) for names in ([], NAMES[:1], NAMES)]
    together, _ = engine.train(engine.start(specs), 60)
    for member, spec in enumerate(specs):
        alone, _ = engine.train(engine.start(spec), 60)
        np.testing.assert_allclose(together.theta[member], alone.theta[0], rtol=1e-12, atol=1e-12)


def test_where_it_is_sliced_changes_nothing() -> None:
    spec = BASE.replace({"frozen": NAMES, "optimizer.kind": "adam"})
    whole, _ = engine.train(engine.start(spec), 97)
    state = engine.start(spec)
    for steps in (1, 13, 40, 43):
        state, _ = engine.train(state, steps)
    np.testing.assert_array_equal(state.theta, whole.theta)


def test_the_order_of_the_names_changes_nothing() -> None:
    assert BASE.replace({"frozen": NAMES[::-1]}) == BASE.replace({"frozen": NAMES})
    assert BASE.replace({"frozen": NAMES[::-1]}).to_dict()["frozen"] == NAMES


def test_a_change_of_shape_lets_go_what_is_no_more() -> None:
    spec = BASE.replace({"frozen": NAMES})
    assert spec.replace({"layers.0.units": 2}).frozen == (NAMES[1], NAMES[2], NAMES[3])
    assert spec.replace({"layers.0.batch_norm": False}).frozen == (NAMES[0], NAMES[2], NAMES[3])
    assert spec.replace({"layers": []}).frozen == ("output.W.0.0",)
    assert spec.replace({"optimizer.learning_rate": 1}).frozen == tuple(NAMES)
    with pytest.raises(engine.SpecError, match=r"frozen\.0"):
        spec.replace({"layers": [], "frozen": NAMES})


@pytest.mark.parametrize(
    ("frozen", "path", "allowed"),
    [
        ("output.b.0", "frozen", "a list of names"),
        (["output.b.0", "output.b.0"], "frozen.1", "once"),
        (["output.b.1"], "frozen.0", "output.b.0"),
        ([["output.b.0"]], "frozen.0", "the name of a parameter"),
    ],
)
def test_what_cannot_be_frozen_is_named(frozen: object, path: str, allowed: str) -> None:
    with pytest.raises(engine.SpecError) as caught:
        engine.RunSpec.from_dict({"frozen": frozen})
    (problem,) = caught.value.problems
    assert problem.path == path
    assert allowed in problem.allowed
