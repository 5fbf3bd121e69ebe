"""What goes wrong is said, what goes well is left alone, and the first cure works."""

from typing import Any

import numpy as np
import pytest

import engine

HEALTHY: list[dict[str, Any]] = [
    {"layers": [{"units": 8}, {"units": 4}], "optimizer": {"kind": "adam", "learning_rate": 0.01}},
    {"layers": [{"units": 8}], "optimizer": {"kind": "sgd", "learning_rate": 0.1}},
]
RELU = {"units": 8, "activation": {"kind": "relu"}}
SIX = [{"units": 8, "activation": {"kind": "sigmoid"}}] * 6
TROUBLE: dict[str, dict[str, Any]] = {
    "linear": {"data": "xor", "layers": []},
    "diverged": {
        "data": "plane",
        "layers": [RELU, RELU],
        "optimizer": {"kind": "sgd", "learning_rate": 3},
    },
    "diverged at a usual rate": {
        "data": "plane",
        "layers": [{"units": 8, "activation": {"kind": "leaky_relu"}}] * 6,
        "initializer": {"kind": "normal", "std": 1},
    },
    "over_penalty": {"data": "circle", "penalty": {"l2": 1}},
    "dead_units": {
        "data": "circle",
        "layers": [RELU, RELU],
        "initializer": {"kind": "uniform", "limit": 0.5, "bias": -3},
    },
    "vanishing": {"data": "xor", "layers": SIX, "initializer": {"kind": "normal", "std": 0.5}},
}


def watched(
    spec: engine.RunSpec, steps: int = 2000, every: int = 25
) -> tuple[engine.State, np.ndarray, list[str]]:
    """A run, its history, and the kinds of everything that was found on the way."""
    state = engine.start(spec)
    rows: list[list[float]] = []
    kinds: list[str] = []
    while state.step < steps:
        found = engine.metrics(state)
        names = ("step", "epoch", *engine.METRICS)
        rows.append([float(found[name][0]) for name in names])
        kinds += [finding.kind for finding in engine.diagnose(state, np.array(rows))]
        before = state.step
        state, _ = engine.train(state, every)
        if state.step == before:
            break
    return state, np.array(rows), kinds


@pytest.mark.parametrize("seed", [1, 2])
@pytest.mark.parametrize("spec", HEALTHY, ids=["adam", "sgd"])
@pytest.mark.parametrize("kind", ["circle", "xor", "gauss", "moons", "blobs", "plane"])
def test_healthy_runs_are_left_alone(kind: str, spec: dict[str, Any], seed: int) -> None:
    values = {**spec, "data": {"kind": kind, "seed": seed}, "weights_seed": seed}
    _, _, kinds = watched(engine.RunSpec.from_dict(values), every=100)
    assert kinds == []


@pytest.mark.parametrize("trouble", TROUBLE)
def test_trouble_is_found_said_and_cured_by_the_first_fix(trouble: str) -> None:
    kind, *_ = trouble.split()
    spec = engine.RunSpec.from_dict(TROUBLE[trouble])
    state, rows, kinds = watched(spec)
    assert kind in kinds
    found = engine.diagnose(state, rows)
    (finding,) = [each for each in found if each.kind == kind]
    assert finding.title
    assert finding.text.endswith(".")
    assert 1 <= len(finding.fixes) <= 3
    assert finding.restart == (kind in {"diverged", "dead_units", "over_penalty"})
    for fix in finding.fixes:
        assert fix.label
        spec.replace(fix.changes)

    cured, after, _ = watched(spec.replace(finding.fixes[0].changes))
    assert kind not in [each.kind for each in engine.diagnose(cured, after)]
    assert after[-3:, 2].min() < rows[-1, 2] or not np.isfinite(rows[-1, 2])


def test_over_fitting_is_seen_in_the_test_loss() -> None:
    spec = engine.RunSpec.from_dict(
        {
            "data": {"kind": "circle", "points": 60, "noise": 0.3},
            "loss": "cross_entropy",
            "layers": [{"units": 24}, {"units": 24}],
            "optimizer": {"kind": "adam", "learning_rate": 0.02},
        }
    )
    _, _, kinds = watched(spec)
    assert "over_fitting" in kinds


def test_at_most_three_are_said_and_none_before_training() -> None:
    spec = engine.RunSpec.from_dict({"data": "spiral", "layers": SIX, "penalty": {"l1": 1}})
    state, rows, _ = watched(spec, 1000)
    assert 1 <= len(engine.diagnose(state, rows)) <= 3
    assert engine.diagnose(engine.start(spec), rows[:1]) == ()


def test_a_history_of_another_shape_is_refused() -> None:
    state = engine.start(engine.RunSpec.from_dict({}))
    with pytest.raises(ValueError, match=r"\(n, 7\)"):
        engine.diagnose(state, np.zeros((3, 8)))
