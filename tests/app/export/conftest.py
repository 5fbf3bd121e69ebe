"""Runs, and the scripts that repeat them."""

import importlib
import importlib.util
import math
from collections.abc import Sequence
from typing import Any

import numpy as np
import pytest

import engine
from app.export import numpy_script, pytorch_script
from engine.catalog.sections import FAMILIES

WRITERS = {"numpy": numpy_script, "pytorch": pytorch_script}

needs_torch = pytest.mark.skipif(
    importlib.util.find_spec("torch") is None,
    reason="PyTorch is not installed: python scripts/install_peers.py torch",
)
libraries = pytest.mark.parametrize(
    "library", ["numpy", pytest.param("pytorch", marks=needs_torch)]
)


def source(
    library: str, values: dict[str, Any], edits: Sequence[engine.Edit] = (), steps: int = 0
) -> str:
    """The script of a run."""
    return WRITERS[library].script(
        engine.Recipe(engine.RunSpec.from_dict(values), edits=tuple(edits)), steps
    )


def run(text: str) -> dict[str, float]:
    """What a script returns, run here."""
    if "import torch" not in text:
        return _run(text)
    torch = importlib.import_module("torch")
    # two threads that share a product this small wait longer than they work
    torch.set_num_threads(1)
    usual = torch.get_default_dtype()
    try:
        return _run(text)
    finally:
        torch.set_default_dtype(usual)


def _run(text: str) -> dict[str, float]:
    names: dict[str, Any] = {"__name__": "script"}
    exec(compile(text, "run.py", "exec"), names)  # noqa: S102 - it is our own
    with np.errstate(all="ignore"):
        found: dict[str, float] = names["run"]()
    return found


def expected(
    values: dict[str, Any], edits: Sequence[engine.Edit] = (), steps: int = 0
) -> dict[str, float]:
    """The engine's metrics at the end of the run."""
    state = engine.replay(engine.RunSpec.from_dict(values), edits, steps)
    assert not state.failures, "the run has to make all its steps"
    assert state.step == steps, "the run has to make all its steps"
    names = ("step", "epoch", "train_loss", "test_loss", "train_accuracy", "test_accuracy")
    return {name: float(engine.metrics(state)[name][0]) for name in names}


def assert_same(
    library: str,
    values: dict[str, Any],
    edits: Sequence[engine.Edit] = (),
    steps: int = 60,
    tolerance: float = 1e-9,
) -> None:
    """The script ends at the engine's metrics."""
    wanted = expected(values, edits, steps)
    found = run(source(library, values, edits, steps))
    assert found.keys() == wanted.keys()
    for name, value in wanted.items():
        both_nan = math.isnan(value) and math.isnan(found[name])
        assert both_nan or found[name] == pytest.approx(value, rel=tolerance, abs=1e-14), name


BASE: dict[str, Any] = {
    "data": {"kind": "spiral", "points": 60, "noise": 0.1},
    "layers": [{"units": 5}, {"units": 3}],
    "initializer": {"kind": "normal"},
    "batch_size": 7,
    "dtype": "float64",
}
"""A small run whose last batch of an epoch is a smaller one."""


def _cases() -> dict[str, dict[str, Any]]:
    """Every record at least once, and what has more than one form."""
    found: dict[str, dict[str, Any]] = {}
    for kind in FAMILIES["activations"]:
        layers = [{"units": 5, "activation": kind}, {"units": 4, "activation": kind}]
        found[f"activation {kind}"] = {"layers": layers}
    found["steep softplus"] = {
        "layers": [{"units": 5, "activation": "softplus"}],
        "initializer": {"kind": "normal", "std": 2},
        "data": {"kind": "plane", "points": 60},
        "optimizer": {"kind": "sgd", "learning_rate": 0.001},
    }
    for family, section in (
        ("optimizers", "optimizer"),
        ("initializers", "initializer"),
        ("schedules", "schedule"),
    ):
        for kind in FAMILIES[family]:
            found[f"{section} {kind}"] = {"optimizer": "momentum", section: kind}
    found["schedule in use"] = {"schedule": {"kind": "warmup_cosine", "warmup": 3, "length": 5}}
    for kind in ("value", "norm"):
        found[f"clip {kind}"] = {"clip": {"kind": kind, "limit": 0.02}}
    found |= _data_cases()
    for loss in ("cross_entropy", "logistic"):
        found[f"smooth {loss}"] = {"loss": {"kind": loss, "smoothing": 0.1}}
    amounts = {"flip": "both", "rotation": 20, "scale": 0.2, "jitter": 0.2, "mixup": 0.4}
    for kind, amount in amounts.items():
        found[f"augmentation {kind}"] = {"augmentation": {kind: amount}}
    every = list(FAMILIES["features"])
    found["every augmentation"] = {
        "augmentation": amounts,
        "shuffle": True,
        "standardize": True,
        "features": every,
    }
    for penalty in ({"l1": 0.01}, {"l2": 0.01}, {"l1": 0.01, "l2": 0.02}):
        name = f"penalty {' '.join(penalty)}"
        found[name] = {"penalty": penalty, "schedule": "cosine"}
        rules = FAMILIES["optimizers"]
        found |= {f"{name}, {kind}": {"penalty": penalty, "optimizer": kind} for kind in rules}
    normal = [{"units": 5, "batch_norm": True}, {"units": 3, "batch_norm": True}]
    found["batch norm"] = {"layers": normal}
    found["batch norm and single points"] = {"layers": normal, "batch_size": 29}
    joined = [{"units": 5, "batch_norm": True, "dropout": 0.3}, {"units": 3, "dropout": 0.2}]
    found["a point that joins a batch"] = {"layers": joined, "batch_size": 29, "shuffle": True}
    found["batches of two"] = {"layers": normal, "batch_size": 2}
    quiet = [{"units": 5, "dropout": 0.3, "batch_norm": True}, {"units": 3, "dropout": 0.5}]
    found["dropout"] = {"layers": quiet, "shuffle": True}
    found["no hidden layer"] = {"layers": []}
    found["shuffle"] = {"shuffle": True, "batches_seed": 7}
    found["nesterov without momentum"] = {"optimizer": {"kind": "nesterov", "momentum": 0}}
    for kind in ("adam", "amsgrad", "adamw"):
        found[f"{kind} uncorrected"] = {"optimizer": {"kind": kind, "bias_correction": False}}
        uncorrected = found[f"{kind} uncorrected"]
        found[f"{kind} uncorrected, with L1"] = uncorrected | {"penalty": {"l1": 0.01}}
    return {name: BASE | values for name, values in found.items()}


def _data_cases() -> dict[str, dict[str, Any]]:
    """Every data set with every loss that can learn it."""
    found: dict[str, dict[str, Any]] = {}
    for kind in FAMILIES["datasets"]:
        own = {"kind": kind} if kind.startswith("custom") else {"kind": kind, "points": 60}
        for loss in FAMILIES["losses"]:
            try:
                engine.RunSpec.from_dict({"data": own, "loss": loss})
            except engine.SpecError:
                continue
            found[f"{kind} {loss}"] = {"data": own, "loss": loss}
    prices = [[i / 3, -i / 5, 100 + 7 * i] for i in range(20)]
    found["values in units"] = {"data": {"kind": "custom_values", "rows": prices}}
    for kind in ("circle", "plane"):
        all_train = {"kind": kind, "points": 60, "train_share": 1}
        found[f"all of {kind} train"] = {"data": all_train}
    return found


CASES = _cases()
