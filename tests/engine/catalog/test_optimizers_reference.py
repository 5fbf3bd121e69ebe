"""The engine's updates beside PyTorch's: 200 steps of a small regression, 500 down test surfaces."""

import json
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import numpy as np
import pytest

from engine.catalog.clipping import CLIPS
from engine.catalog.optimizers import OPTIMIZERS
from engine.catalog.penalties import Penalty
from engine.catalog.schedules import SCHEDULES
from engine.race.race import advance_race, begin_race
from engine.race.spec import RaceSpec
from engine.spec.reader import Choice
from engine.training.update_rule import Updater

FILE = Path(__file__).parents[2] / "reference" / "optimizers.json"
REFERENCE = json.loads(FILE.read_text(encoding="utf-8"))
X, Y = np.array(REFERENCE["x"]), np.array(REFERENCE["y"])


def choice(record: Any, **knobs: float) -> Choice:
    """A section of a spec."""
    return Choice(record.kind, tuple((record.defaults | knobs).items()))


def path(
    kind: str, knobs: dict[str, float], dtype: str, penalty: dict[str, float] | None = None
) -> dict[str, np.ndarray]:
    """w after each step, by the engine."""
    theta = np.array([REFERENCE["start"]], dtype)
    rules = SimpleNamespace(
        optimizer=choice(OPTIMIZERS[kind], **knobs),
        schedule=choice(SCHEDULES["constant"]),
        clip=choice(CLIPS["none"]),
    )
    slots = tuple(np.zeros_like(theta) for _ in OPTIMIZERS[kind].slots)
    pulls = Penalty({"l1": 0.0, "l2": 0.0} | (penalty or {}), theta, np.ones_like(theta))
    updater = Updater([rules], theta, slots, [0], [0.0], pulls)
    x, y, found = X.astype(dtype), Y.astype(dtype), {}
    for step in range(200):
        output = np.tanh(theta @ x.T)
        g = ((output - y) * (1 - output**2)) @ x / np.array(len(y), dtype)
        updater.update(g, step, float(step))
        found[str(step + 1)] = theta[0].copy()
    return found


@pytest.mark.parametrize("case", REFERENCE["optimizers"].values(), ids=REFERENCE["optimizers"])
def test_the_path_is_pytorchs(case: dict[str, Any]) -> None:
    exact, single = (path(case["kind"], case["knobs"], dtype) for dtype in ("float64", "float32"))
    for step, w in case["path"].items():
        np.testing.assert_allclose(exact[step], w, rtol=1e-11, atol=1e-13)
        np.testing.assert_allclose(single[step], w, rtol=1e-4, atol=1e-4)


@pytest.mark.parametrize("case", REFERENCE["penalized"].values(), ids=REFERENCE["penalized"])
def test_with_penalties_the_path_is_pytorchs_on_the_sum(case: dict[str, Any]) -> None:
    """L2 is `weight_decay`, and for AdamW a part of the loss; L1 too, as long as no weight has come to 0."""
    exact = path(case["kind"], case["knobs"], "float64", case["penalty"])
    for step, w in case["path"].items():
        np.testing.assert_allclose(exact[step], w, rtol=1e-9, atol=1e-12)


@pytest.mark.parametrize("case", REFERENCE["races"].values(), ids=REFERENCE["races"])
def test_a_race_goes_pytorchs_way(case: dict[str, Any]) -> None:
    optimizer = {"kind": case["kind"], **case["knobs"]}
    spec = RaceSpec.from_dict(
        {
            "surface": case["surface"],
            "racers": [{"optimizer": optimizer}],
            "starts": [case["start"]],
            "steps": 500,
        }
    )
    _, rows = advance_race(begin_race(spec), 500)
    steps = [int(step) for step in case["path"]]
    assert steps[-1] == 500
    # where a path has come within 1e-6 of the origin, rounding is of the size of the way there
    np.testing.assert_allclose(
        rows.path[steps, 0], list(case["path"].values()), rtol=1e-9, atol=1e-15
    )


def test_every_optimizer_that_pytorch_has_is_there() -> None:
    kinds = {case["kind"] for case in REFERENCE["optimizers"].values()}
    assert kinds == {kind for kind, record in OPTIMIZERS.items() if record.torch}
    for surface in ("rosenbrock", "beale", "ravine"):
        races = (case for case in REFERENCE["races"].values() if case["surface"]["kind"] == surface)
        assert {case["kind"] for case in races} == kinds


@pytest.mark.parametrize("case", REFERENCE["schedules"].values(), ids=REFERENCE["schedules"])
def test_the_schedule_is_pytorchs(case: dict[str, Any]) -> None:
    factor = SCHEDULES[case["kind"]].factor
    found = [factor(float(t), case["knobs"]) for t in range(41)]
    np.testing.assert_allclose(found, case["factors"], rtol=1e-12, atol=1e-15)
