"""The curves of a run as a table."""

from __future__ import annotations

import csv
import io

import numpy as np
from numpy.typing import NDArray

import engine
from engine.words import ENGLISH, NC_, Language

STEP, EPOCH, LEARNING_RATE = (
    NC_("column", "step"),
    NC_("column", "epoch"),
    NC_("column", "learning_rate"),
)
METRICS = {
    "train_loss": NC_("column", "train_loss"),
    "test_loss": NC_("column", "test_loss"),
    "penalty": NC_("column", "penalty"),
    "train_accuracy": NC_("column", "train_accuracy"),
    "test_accuracy": NC_("column", "test_accuracy"),
}
COLUMNS = (STEP, EPOCH, *(METRICS[name] for name in engine.METRICS), LEARNING_RATE)


def table(rows: NDArray[np.float64], language: Language = ENGLISH) -> bytes:
    """A CSV file with a line for each point (n, 8) of the history; empty where there is no number."""
    file = io.StringIO()
    writer = csv.writer(file, lineterminator="\n")
    writer.writerow(map(language.say, COLUMNS))
    writer.writerows([int(step), *map(_written, rest)] for step, *rest in rows.tolist())
    return file.getvalue().encode()


def _written(value: float) -> str:
    """A number in as many digits as are its own."""
    return "" if np.isnan(value) else f"{value:.10g}"
