"""The engine's updates beside PyTorch's, over 200 steps of a small regression."""

import json
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import numpy as np
import pytest

from engine.clipping import CLIPS
from engine.optimizers import OPTIMIZERS
from engine.reader import Choice
from engine.schedules import SCHEDULES
from engine.updates import Updater

FILE = Path(__file__).parents[1] / "reference" / "optimizers.json"
REFERENCE = json.loads(FILE.read_text(encoding="utf-8"))
X, Y = np.array(REFERENCE["x"]), np.array(REFERENCE["y"])


def choice(record: Any, **knobs: float) -> Choice:
    """A section of a spec."""
    return Choice(record.kind, tuple((record.defaults | knobs).items()))


def path(kind: str, knobs: dict[str, float], dtype: str) -> dict[str, np.ndarray]:
    """w after each step, by the engine."""
    theta = np.array([REFERENCE["start"]], dtype)
    rules = SimpleNamespace(
        optimizer=choice(OPTIMIZERS[kind], **knobs),
        schedule=choice(SCHEDULES["constant"]),
        clip=choice(CLIPS["none"]),
    )
    slots = tuple(np.zeros_like(theta) for _ in OPTIMIZERS[kind].slots)
    updater = Updater([rules], theta, slots, [0], [0.0])
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


def test_every_optimizer_that_pytorch_has_is_there() -> None:
    kinds = {case["kind"] for case in REFERENCE["optimizers"].values()}
    assert set(OPTIMIZERS) - kinds == {"lion"}


@pytest.mark.parametrize("case", REFERENCE["schedules"].values(), ids=REFERENCE["schedules"])
def test_the_schedule_is_pytorchs(case: dict[str, Any]) -> None:
    factor = SCHEDULES[case["kind"]].factor
    found = [factor(float(t), case["knobs"]) for t in range(41)]
    np.testing.assert_allclose(found, case["factors"], rtol=1e-12, atol=1e-15)
