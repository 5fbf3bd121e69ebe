"""How well the engine learns: test accuracy over seeds."""

from __future__ import annotations

from typing import Any

import engine
from tests.bench.timing import table

SEEDS = range(1, 11)
TASKS: tuple[tuple[str, dict[str, Any], int, float], ...] = (
    ("circle, 2-4-2 tanh, SGD 0.03, batch 10", {}, 200, 0.98),
    (
        "spiral, 2-8-8-8 ReLU, Adam 0.01, batch 10",
        {
            "data": {"kind": "spiral"},
            "layers": [{"units": 8, "activation": "relu"}] * 3,
            "optimizer": {"kind": "adam"},
        },
        500,
        0.95,
    ),
)


def accuracies(values: dict[str, Any], epochs: int) -> list[tuple[float, float]]:
    """For each seed of data and weights: the test accuracy at the end, and the best after any epoch."""
    found = []
    for seed in SEEDS:
        spec = engine.RunSpec.from_dict(values).replace({"weights_seed": seed, "data.seed": seed})
        state, best, last = engine.start(spec), 0.0, 0.0
        for _ in range(epochs):
            state, _ = engine.train(state, engine.steps_per_epoch(spec))
            last = float(engine.metrics(state)["test_accuracy"][0])
            best = max(best, last)
        found.append((last, best))
    return found


def main() -> None:
    """Print the table."""
    rows = []
    for name, values, epochs, goal in TASKS:
        found = accuracies(values, epochs)
        at_end = sum(last >= goal for last, _ in found)
        ever = sum(best >= goal for _, best in found)
        worst = min(last for last, _ in found)
        cells = [f"{count} of {len(found)}" for count in (at_end, ever)]
        rows.append([name, str(epochs), f"{goal}", *cells, f"{worst:.3f}"])
    head = [
        "task",
        "epochs",
        "goal",
        "reached at the end",
        "reached on the way",
        "worst at the end",
    ]
    table("Test accuracy over ten seeds", head, rows)


if __name__ == "__main__":
    main()
