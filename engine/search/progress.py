"""What a search had found after so many updates: the line by which strategies are compared."""

from __future__ import annotations

from itertools import accumulate

import numpy as np

from engine.core.arrays import Array
from engine.search.search import Search


def best_so_far(search: Search) -> tuple[Array, Array]:
    """Updates spent (n,), and the lowest score until then (n,), infinite before the first one.

    As if networks were trained one after the other, in the order of proposal within a round; where trials are
    cut, those that are cut at the same rung together, the later the later. A score counts when its trial has
    been trained to the end, so that all strategies are compared by the same thing.
    """
    looked = [trial for trial in search.trials if trial.scores]
    looked.sort(key=lambda trial: (trial.round, not trial.cut, trial.steps, trial.number))
    spent = accumulate(trial.updates for trial in looked)
    ended = (trial.median if _ended(search, trial.steps) else np.inf for trial in looked)
    return np.array(list(spent), np.int64), np.array(list(accumulate(ended, min)))


def _ended(search: Search, steps: int) -> bool:
    return steps == search.spec.updates
