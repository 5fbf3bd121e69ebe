"""Random numbers that know what they are for.

Every draw comes from a generator keyed by a seed, a purpose and, where something is drawn again and
again, a count (an epoch, a block of steps). So no draw depends on how many were made before it, and
where a run is sliced never changes a bit of it.
"""

from __future__ import annotations

from enum import IntEnum

import numpy as np


class Purpose(IntEnum):
    """What a generator is for. The numbers are part of what a seed means: never reuse one."""

    DATA = 1
    WEIGHTS = 2
    ORDER = 3
    DROPOUT = 4
    AUGMENTATION = 5
    NOISE = 6
    DIRECTIONS = 7
    SEARCH = 8


def generator(seed: int, purpose: Purpose, count: int = 0, *more: int) -> np.random.Generator:
    """The generator for one purpose; the same arguments always give the same stream.

    `count` is the epoch or block of steps, `more` what else there are several of, such as a layer.
    """
    return np.random.Generator(
        np.random.PCG64(np.random.SeedSequence((seed, purpose, count, *more)))
    )
