"""The history of a run: how well each network did, row by row, while it trained."""

from __future__ import annotations

import numpy as np

from engine.core.arrays import Array
from engine.training.grid import Population, metrics
from engine.training.metrics import METRICS
from engine.training.state import State
from engine.words import N_, NN_

COLUMNS = ("step", "epoch", *METRICS)
"""What stands in a row of a history."""


def record(state: State | Population, history: Array | None = None) -> Array:
    """The history (n, M, 7) with one more row: COLUMNS of each network as it is now.

    Without a history one begins. `diagnose` takes it as it is. Raises ValueError for the history of another
    number of networks, and for a state that comes before its last row.

    >>> import engine
    >>> state = engine.start(engine.RunSpec.from_dict({}))
    >>> history = engine.insight.record(state)
    >>> for _ in range(3):
    ...     state, _ = engine.train(state, 50)
    ...     history = engine.insight.record(state, history)
    >>> history.shape, history[:, 0, 0].tolist()
    ((4, 1, 7), [0.0, 50.0, 100.0, 150.0])
    """
    now = metrics(state)
    row = np.stack([now[name] for name in COLUMNS], axis=-1)[None]
    if history is None:
        return row
    if history.ndim != 3 or history.shape[1:] != row.shape[1:]:
        raise ValueError(
            NN_(
                "the history of {count} network is {expected}, not {shape}",
                "the history of {count} networks is {expected}, not {shape}",
                row.shape[1],
                expected=str(("n", *row.shape[1:])),
                shape=str(history.shape),
            )
        )
    if len(history) and (row[0, :, 0] < history[-1, :, 0]).any():
        last, here = int(history[-1, 0, 0]), int(row[0, 0, 0])
        raise ValueError(
            N_(
                "a history goes forward: its last row is of step {last}, not before {step}",
                last=last,
                step=here,
            )
        )
    return np.concatenate([history, row])
