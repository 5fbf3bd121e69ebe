"""What each optimizer costs beyond SGD."""

from __future__ import annotations

import statistics
import time
from collections.abc import Mapping

import engine
from engine.clipping import CLIPS
from engine.optimizers import OPTIMIZERS
from engine.schedules import SCHEDULES
from tests.bench.steps import spec_of
from tests.bench.timing import micro, table

SHAPES = ((2, 4, 2, 1), (2, 8, 8, 1), (2, 8, 8, 8, 8, 8, 8, 1), (2, 32, 32, 1))
STEPS = 500
ROUNDS = 21


def rounds(specs: Mapping[str, engine.RunSpec]) -> dict[str, tuple[float, float]]:
    """For each spec, the median seconds of a step, and the median of its ratio to the first spec.

    The specs take turns, and a ratio is of neighbours in time, so that whatever else a machine does
    falls on all of them.
    """
    states = {name: engine.train(engine.start(spec), STEPS)[0] for name, spec in specs.items()}
    times: dict[str, list[float]] = {name: [] for name in specs}
    for _ in range(ROUNDS):
        for name, state in states.items():
            begin = time.perf_counter()
            engine.train(state, STEPS)
            times[name].append((time.perf_counter() - begin) / STEPS)
    first = next(iter(times.values()))
    return {
        name: (
            statistics.median(mine),
            statistics.median(a / b for a, b in zip(mine, first, strict=True)),
        )
        for name, mine in times.items()
    }


def every_kind() -> None:
    """Every optimizer, schedule and clip on one network."""
    base = spec_of((2, 8, 8, 1), 30, "sgd")
    specs = {"sgd": base}
    specs |= {kind: spec_of((2, 8, 8, 1), 30, kind) for kind in OPTIMIZERS}
    for section, kinds in (("schedule", SCHEDULES), ("clip", CLIPS)):
        for kind in list(kinds)[1:]:
            specs[f"sgd, {section} {kind}"] = base.replace({f"{section}.kind": kind})
    for knob in ("l1", "l2"):
        specs[f"sgd, {knob}"] = base.replace({f"penalty.{knob}": 0.001})
    rows = [[name, micro(step), f"{ratio:.2f}"] for name, (step, ratio) in rounds(specs).items()]
    table("One step with each optimizer, 2-8-8-1 tanh, batch 30", ["rules", "step", "of SGD"], rows)


def adam_by_shape() -> None:
    """Adam beside SGD on every shape, alone and in a population."""
    rows = []
    for units in SHAPES:
        found = rounds({kind: spec_of(units, 30, kind) for kind in ("sgd", "adam")})
        times = [micro(step) for step, _ in found.values()]
        rows.append(["-".join(map(str, units)), *times, f"{found['adam'][1]:.2f}"])
    table("Adam beside SGD, tanh, batch 30", ["network", "SGD", "Adam", "Adam / SGD"], rows)


def main() -> None:
    """Print the tables."""
    adam_by_shape()
    every_kind()


if __name__ == "__main__":
    main()
