"""A few points of every data set, for thumbnails that agree with the map."""

from __future__ import annotations

import numpy as np

from engine.catalog.datasets import DATASETS
from engine.core.arrays import Array
from engine.spec.run_spec import RunSpec
from engine.training.data import sample

MOST = 160
"""A thumbnail shows no more points than this."""


def previews(knobs: dict[str, object]) -> dict[str, Array]:
    """For every data set up to MOST points (n, 3): x1, x2, label, drawn with these knobs of the data
    section. They are the first points that a run with the same knobs has. Raises SpecError."""
    found = {}
    for kind in DATASETS:
        loss = "squared_error"
        mine = sample(RunSpec.from_dict({"data": {**knobs, "kind": kind}, "loss": {"kind": loss}}))
        found[kind] = np.column_stack([mine.points, mine.labels])[:MOST]
    return found
