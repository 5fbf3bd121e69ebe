"""Files of a race to keep: its paths as a table, and a script that goes the same way."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterable, Iterator, Sequence
from typing import Literal

import numpy as np

import engine
from app.export.files import File
from app.export.race_script import script
from engine.words import ENGLISH, NC_, Language

RaceFile = Literal["csv", "numpy"]
COLUMNS = (
    NC_("column", "racer"),
    NC_("column", "optimizer"),
    NC_("column", "start"),
    NC_("column", "step"),
    "x",
    "y",
    NC_("column", "value"),
    NC_("column", "gradient_x"),
    NC_("column", "gradient_y"),
    NC_("column", "gradient_norm"),
    NC_("column", "learning_rate"),
    NC_("column", "effective_rate"),
    NC_("column", "distance"),
)


CSV = ("mlp-playground-race.csv", "text/csv")
"""What the table is called, and what it is."""


def make_race_file(
    spec: engine.race.RaceSpec, what: RaceFile, language: Language = ENGLISH
) -> File:
    """The file that is asked for, in one go."""
    return File(*CSV, table(spec, language)) if what == "csv" else make_script(spec, language)


def make_script(spec: engine.race.RaceSpec, language: Language = ENGLISH) -> File:
    """The script that goes the same way."""
    return File("mlp-playground-race.py", "text/x-python", script(spec, language).encode())


def table(spec: engine.race.RaceSpec, language: Language = ENGLISH) -> bytes:
    """A CSV file with a line for every row of every path, one path after the other.

    Racers and starts are numbered from 1. `effective_rate` is the length of the next update over that of the
    gradient. Empty where there is no number.
    """
    _, rows = engine.race.advance_race(engine.race.begin_race(spec), spec.steps)
    return b"".join([header_line(language), *lines_of(spec, rows)])


def header_line(language: Language = ENGLISH) -> bytes:
    """The names of the columns."""
    return _lines([list(map(language.say, COLUMNS))])


def lines_of(spec: engine.race.RaceSpec, rows: engine.race.PathChunk) -> Iterator[bytes]:
    """For each member in turn the lines of these rows of its path."""
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
        yield _lines(
            [*who, step, *map(_written, place), *map(_rounded, more)]
            for step, (place, more) in enumerate(
                zip(exact.tolist(), rounded.tolist(), strict=True), rows.first
            )
        )


def _lines(rows: Iterable[Sequence[object]]) -> bytes:
    file = io.StringIO()
    csv.writer(file, lineterminator="\n").writerows(rows)
    return file.getvalue().encode()


def _written(number: float) -> str:
    """A number in as many digits as it takes to read the same one back."""
    return "" if np.isnan(number) else repr(number)


def _rounded(number: float) -> str:
    """A number in single precision."""
    return "" if np.isnan(number) else f"{number:.7g}"
