"""What each optimizer costs beyond SGD."""

from __future__ import annotations

from engine.catalog.clipping import CLIPS
from engine.catalog.optimizers import OPTIMIZERS
from engine.catalog.schedules import SCHEDULES
from tests.bench.steps import spec_of, step_of
from tests.bench.timing import micro, side_by_side, table

SHAPES = ((2, 4, 2, 1), (2, 8, 8, 1), (2, 8, 8, 8, 8, 8, 8, 1), (2, 32, 32, 1))


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
    found = side_by_side({name: step_of([spec]) for name, spec in specs.items()})
    sgd = found["sgd"]
    rows = [[name, micro(step.median), f"{step.times(sgd):.2f}"] for name, step in found.items()]
    table("One step with each optimizer, 2-8-8-1 tanh, batch 30", ["rules", "step", "of SGD"], rows)


def adam_by_shape() -> None:
    """Adam beside SGD on every shape."""
    rows = []
    for units in SHAPES:
        works = {kind: step_of([spec_of(units, 30, kind)]) for kind in ("sgd", "adam")}
        sgd, adam = side_by_side(works, repeats=31).values()
        times = [micro(sgd.median), micro(adam.median), f"{adam.times(sgd):.2f}"]
        rows.append(["-".join(map(str, units)), *times])
    table("Adam beside SGD, tanh, batch 30", ["network", "SGD", "Adam", "Adam / SGD"], rows)


def main() -> None:
    """Print the tables."""
    adam_by_shape()
    every_kind()


if __name__ == "__main__":
    main()
