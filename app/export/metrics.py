"""The curves of a run as a table."""

from __future__ import annotations

import csv
import io

import numpy as np
from numpy.typing import NDArray

import engine

COLUMNS = ("step", "epoch", *engine.METRICS, "learning_rate")


def table(rows: NDArray[np.float64]) -> bytes:
    """A CSV file with a line for each point (n, 8) of the history; empty where there is no number."""
    file = io.StringIO()
    writer = csv.writer(file, lineterminator="\n")
    writer.writerow(COLUMNS)
    writer.writerows([int(step), *map(_written, rest)] for step, *rest in rows.tolist())
    return file.getvalue().encode()


def _written(value: float) -> str:
    """A number in as many digits as are its own."""
    return "" if np.isnan(value) else f"{value:.10g}"
