"""Files of a race to keep: its paths as a table, and a script that goes the same way."""

from __future__ import annotations

import csv
import io
from typing import Literal

import numpy as np

import engine
from app.export.files import File
from app.export.race_script import script

RaceFile = Literal["csv", "numpy"]
COLUMNS = (
    "racer",
    "optimizer",
    "start",
    "step",
    "x",
    "y",
    "value",
    "gradient_x",
    "gradient_y",
    "gradient_norm",
    "learning_rate",
    "effective_rate",
    "distance",
)


def make_race_file(spec: engine.RaceSpec, what: RaceFile) -> File:
    """The file that is asked for."""
    if what == "csv":
        return File("mlp-playground-race.csv", "text/csv", table(spec))
    return File("mlp-playground-race.py", "text/x-python", script(spec).encode())


def table(spec: engine.RaceSpec) -> bytes:
    """A CSV file with a line for every row of every path, one path after the other.

    Racers and starts are numbered from 1. `effective_rate` is the length of the next update over that of the
    gradient. Empty where there is no number.
    """
    _, rows = engine.advance_race(engine.begin_race(spec), spec.steps)
    file = io.StringIO()
    writer = csv.writer(file, lineterminator="\n")
    writer.writerow(COLUMNS)
    starts = len(spec.points)
    for member, (racer, _) in enumerate(spec.members):
        exact = np.column_stack([rows.path[:, member], rows.value[:, member]])
        rounded = np.column_stack(
            [
                rows.gradient[:, member],
                rows.gradient_norm[:, member],
                rows.learning_rate[:, member],
                rows.rate[:, member],
                rows.distance[:, member],
            ]
        )
        who = (member // starts + 1, racer.optimizer.kind, member % starts + 1)
        for step, (place, more) in enumerate(zip(exact.tolist(), rounded.tolist(), strict=True)):
            texts = ["" if np.isnan(number) else f"{number:.7g}" for number in more]
            writer.writerow([*who, step, *map(_written, place), *texts])
    return file.getvalue().encode()


def _written(number: float) -> str:
    """A number in as many digits as it takes to read the same one back."""
    return "" if np.isnan(number) else repr(number)
