"""What a population asks of a machine, told from its specs alone, before anything is made.

Seconds are those of one slow core, told a little too high: measured in float32 and twice as many in float64.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from engine.catalog.optimizers import OPTIMIZERS
from engine.network.layout import parameters
from engine.spec.run_spec import RunSpec
from engine.training.data import train_points

PRODUCT = 1e-10
"""Seconds for a number times a weight, and added up."""
ACTIVATION = 5e-9
"""Seconds for a unit's answer at one point."""
WAY_BACK = 25e-9
"""Seconds for a unit's answer to one point of a batch, and the gradient's way back through it."""
PARAMETER = 60e-9
"""Seconds for a step of one parameter, with the copies that are made of it."""
BUFFERS = 6
"""How many numbers a trainer keeps for each unit and each point of a batch."""


@dataclass(frozen=True)
class Cost:
    """Seconds and bytes.

    update: seconds of one update of all members. evaluation: those of one look at all points.
    place: those of the network's answer at one place of one member's map.
    state: bytes of all that is kept from one call of `train` to the next.
    training: bytes that are needed besides while it trains.
    """

    update: float
    evaluation: float
    place: float
    state: int
    training: int


def cost(specs: Sequence[RunSpec]) -> Cost:
    """What members of one architecture cost together."""
    spec, members = specs[0], len(specs)
    weights, units, train = parameters(spec), sum(spec.units), train_points(spec)
    size = np.dtype(spec.dtype).itemsize
    slow = size / 4
    # as trainers keep a place for each length of a batch: the full one and the rest at the end
    full = min(max(each.batch_size for each in specs), train)
    lengths = full + train % full
    place = slow * (PRODUCT * weights + ACTIVATION * units)
    slots = len({slot for each in specs for slot in OPTIMIZERS[each.optimizer.kind].slots})
    point = 3 * PRODUCT * weights + WAY_BACK * units
    return Cost(
        update=slow * members * (full * point + PARAMETER * weights),
        evaluation=members * spec.points * place,
        place=place,
        state=members * weights * size * (1 + slots),
        training=members * size * (BUFFERS * units * lengths + weights * (2 + slots)),
    )
