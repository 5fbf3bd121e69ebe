"""Writes optimizers.json: paths of PyTorch's optimizers and schedules, for the engine to agree with.

Run it by hand, where PyTorch is installed: python tests/reference/make_optimizers.py. The problems are a
small regression, tanh(X w) to y, whose numbers are in the file too, without and with penalties, and test
surfaces.
"""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import numpy as np
import torch

KEPT = (1, 2, 3, 10, 50, 100, 200)
RACE_KEPT = (1, 2, 3, 10, 100, 200, 300, 400, 500)
optim = torch.optim
# name: engine's kind, engine's knobs, PyTorch's class, PyTorch's arguments (the rest are its defaults)
CASES: dict[str, tuple[str, dict[str, float], Any, dict[str, Any]]] = {
    "sgd": ("sgd", {"learning_rate": 0.3}, optim.SGD, {"lr": 0.3}),
    "momentum": (
        "momentum",
        {"learning_rate": 0.1, "momentum": 0.9},
        optim.SGD,
        {"lr": 0.1, "momentum": 0.9},
    ),
    "nesterov": (
        "nesterov",
        {"learning_rate": 0.1, "momentum": 0.8},
        optim.SGD,
        {"lr": 0.1, "momentum": 0.8, "nesterov": True},
    ),
    "adagrad": ("adagrad", {"learning_rate": 0.1}, optim.Adagrad, {"lr": 0.1}),
    "rmsprop": ("rmsprop", {}, optim.RMSprop, {}),
    "rmsprop with momentum": (
        "rmsprop",
        {"learning_rate": 0.003, "decay": 0.9, "momentum": 0.7, "epsilon": 1e-3},
        optim.RMSprop,
        {"lr": 0.003, "alpha": 0.9, "momentum": 0.7, "eps": 1e-3},
    ),
    "adadelta": ("adadelta", {}, optim.Adadelta, {}),
    "adam": ("adam", {"learning_rate": 0.01}, optim.Adam, {"lr": 0.01}),
    "adam with other betas": (
        "adam",
        {"learning_rate": 0.05, "beta1": 0.7, "beta2": 0.95, "epsilon": 0.01},
        optim.Adam,
        {"lr": 0.05, "betas": (0.7, 0.95), "eps": 0.01},
    ),
    "amsgrad": (
        "amsgrad",
        {"learning_rate": 0.05, "beta2": 0.9},
        optim.Adam,
        {"lr": 0.05, "betas": (0.9, 0.9), "amsgrad": True},
    ),
    "adamw": (
        "adamw",
        {"learning_rate": 0.01, "weight_decay": 0.3},
        optim.AdamW,
        {"lr": 0.01, "weight_decay": 0.3},
    ),
    "nadam": ("nadam", {"learning_rate": 0.01}, optim.NAdam, {"lr": 0.01}),
}
# name: engine's kind, engine's knobs, PyTorch's schedule
schedule = optim.lr_scheduler
SCHEDULES: dict[str, tuple[str, dict[str, float], Any]] = {
    "step": ("step", {"every": 7, "gamma": 0.3}, lambda o: schedule.StepLR(o, 7, 0.3)),
    "exponential": ("exponential", {"gamma": 0.9}, lambda o: schedule.ExponentialLR(o, 0.9)),
    "cosine": (
        "cosine",
        {"length": 40, "final": 0.1},
        lambda o: schedule.CosineAnnealingLR(o, 40, 0.1),
    ),
    "warmup_cosine": (
        "warmup_cosine",
        {"warmup": 10, "start": 0.25, "length": 30, "final": 0},
        lambda o: schedule.SequentialLR(
            o,
            [schedule.LinearLR(o, 0.25, 1, 10), schedule.CosineAnnealingLR(o, 30)],
            [10],
        ),
    ),
}


def rosenbrock(x: Any, y: Any) -> Any:
    """A curved valley."""
    return (1 - x) ** 2 + 100 * (y - x**2) ** 2


def beale(x: Any, y: Any) -> Any:
    """A curved valley between steep corners."""
    return (1.5 - x + x * y) ** 2 + (2.25 - x + x * y**2) ** 2 + (2.625 - x + x * y**3) ** 2


def ravine(x: Any, y: Any) -> Any:
    """Fifty times steeper across than along, and turned by 30 degrees."""
    turn = np.deg2rad(30)
    u, v = np.cos(turn) * x + np.sin(turn) * y, np.cos(turn) * y - np.sin(turn) * x
    return (u**2 + 50 * v**2) / 2


# name: the engine's surface, the same in PyTorch, where to start, and what to multiply rates by
SURFACES: dict[str, tuple[dict[str, Any], Any, list[float], float]] = {
    "rosenbrock": ({"kind": "rosenbrock", "steepness": 100}, rosenbrock, [-1.2, 1.0], 0.002),
    "beale": ({"kind": "beale"}, beale, [1.0, 1.0], 0.02),
    "ravine": ({"kind": "ravine", "condition": 50, "angle": 30}, ravine, [-2.5, 1.0], 0.05),
}
LINEAR = (optim.SGD,)
"""Classes whose steps grow with the gradient, so that their rate has to suit the surface."""
TAME = {"rmsprop with momentum": 0.0003, "adam with other betas": 0.002, "adadelta": 0.1}
"""Learning rates for races that at their own would bounce about the bottom of a valley for ever, where every
bounce enlarges a difference in the last digit, in whatever library."""


def problem() -> tuple[list[list[float]], list[float], list[float]]:
    """X (12, 4) with columns of different sizes, y (12,) and where w starts."""
    rng = np.random.default_rng(7)
    x = rng.normal(size=(12, 4)) * [2.0, 1.0, 0.5, 0.1]
    y = np.tanh(x @ [0.5, -1.0, 2.0, 1.0]) + 0.1 * rng.normal(size=12)
    return x.round(4).tolist(), y.round(4).tolist(), [1.0, 1.0, -1.0, 0.5]


def path(
    f: Any, start: list[float], make: Any, arguments: dict[str, Any], kept: tuple[int, ...]
) -> dict[int, Any]:
    """w after each kept step of making f(w) small."""
    w = torch.tensor(start, requires_grad=True)
    optimizer = make([w], **arguments)
    found = {}
    for step in range(1, kept[-1] + 1):
        optimizer.zero_grad()
        f(w).backward()
        optimizer.step()
        if step in kept:
            found[step] = w.detach().tolist()
    return found


def penalized(regression: Any, start: list[float]) -> dict[str, Any]:
    """Every case with an L2 penalty, and with an L1 penalty for as long as no weight has reached 0."""
    made: dict[str, Any] = {}
    for name, (kind, knobs, make, arguments) in CASES.items():
        for l2 in (0.1, 10.0):
            # AdamW's own decay is no part of a loss
            decoupled = make is optim.AdamW
            rate = {"lr": arguments["lr"] / 10} if make in LINEAR else {}
            mine = arguments | rate | ({} if decoupled else {"weight_decay": l2})

            def loss(w: Any, l2: float = l2 * decoupled) -> Any:
                return regression(w) + l2 / 2 * (w**2).sum()

            # later, bounces about the bottom enlarge differences in the last digit
            found = path(loss, start, make, mine, KEPT[:5])
            mine_knobs = knobs | ({"learning_rate": rate["lr"]} if rate else {})
            entry = {"kind": kind, "knobs": mine_knobs, "penalty": {"l2": l2}, "path": found}
            made[f"{name} with L2 {l2:g}"] = entry

        if name == "rmsprop with momentum":
            continue  # its velocity holds steps that were divided by earlier averages

        def kinked(w: Any) -> Any:
            return regression(w) + 0.02 * w.abs().sum() + 0.05 * (w**2).sum()

        steps = range(1, KEPT[-1] + 1)
        every = path(kinked, start, make, arguments, tuple(steps))
        signs = [np.sign(every[step]).tolist() for step in steps]
        still = next((i for i, sign in enumerate(signs) if sign != signs[0]), len(signs))
        assert still >= 5, f"{name}: a weight changes its sign at step {still}"
        made[f"{name} with both"] = {
            "kind": kind,
            "knobs": knobs,
            "penalty": {"l1": 0.02, "l2": 0.1},
            "path": {step: every[step] for step in sorted({*KEPT, still}) if step <= still},
        }
    return made


def races() -> dict[str, Any]:
    """Every case on every surface."""
    made: dict[str, Any] = {}
    for surface, (choice, f, start, share) in SURFACES.items():
        for name, (kind, knobs, make, arguments) in CASES.items():
            rate = arguments["lr"] * share if make in LINEAR else TAME.get(name)
            with_rate = arguments if rate is None else arguments | {"lr": rate}
            found = path(lambda w, f=f: f(w[0], w[1]), start, make, with_rate, RACE_KEPT)
            made[f"{name} on {surface}"] = {
                "surface": choice,
                "start": start,
                "kind": kind,
                "knobs": knobs if rate is None else knobs | {"learning_rate": rate},
                "path": found,
            }
    return made


def factors(make: Any) -> list[float]:
    """The learning rate at steps 0 to 40 where it is 1 unscheduled."""
    optimizer = optim.SGD([torch.zeros(1)], lr=1.0)
    scheduled, found = make(optimizer), []
    for _ in range(41):
        found.append(optimizer.param_groups[0]["lr"])
        optimizer.step()
        scheduled.step()
    return found


def text(made: dict[str, Any]) -> str:
    """JSON with one line for each case."""
    parts = []
    for name, part in made.items():
        value = json.dumps(part)
        if isinstance(part, dict):
            lines = (f"  {json.dumps(key)}: {json.dumps(case)}" for key, case in part.items())
            value = "{\n" + ",\n".join(lines) + "\n }"
        parts.append(f" {json.dumps(name)}: {value}")
    return "{\n" + ",\n".join(parts) + "\n}\n"


def main() -> None:
    """Write the file beside this one."""
    torch.set_default_dtype(torch.float64)  # NAdam keeps its product of momenta in this precision
    x, y, start = problem()
    inputs, targets = torch.tensor(x), torch.tensor(y)

    def regression(w: Any) -> Any:
        return 0.5 * torch.mean((torch.tanh(inputs @ w) - targets) ** 2)

    made = {
        "made_with": f"PyTorch {torch.__version__}",
        "x": x,
        "y": y,
        "start": start,
        "optimizers": {
            name: {
                "kind": kind,
                "knobs": knobs,
                "path": path(regression, start, make, arguments, KEPT),
            }
            for name, (kind, knobs, make, arguments) in CASES.items()
        },
        "penalized": penalized(regression, start),
        "races": races(),
        "schedules": {
            name: {"kind": kind, "knobs": knobs, "factors": factors(make)}
            for name, (kind, knobs, make) in SCHEDULES.items()
        },
    }
    Path(__file__).with_name("optimizers.json").write_text(text(made), encoding="utf-8")


if __name__ == "__main__":
    main()
