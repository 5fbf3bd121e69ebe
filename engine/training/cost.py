"""What a population asks of a machine, told from its specs alone, before anything is made.

Seconds are those of one slow core, told a little too high: measured in float32 and twice as many in float64.
A step costs its calls of NumPy, which are the same for one network and for a hundred, and what is done in
them for each number.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from engine.catalog.optimizers import OPTIMIZERS
from engine.network.layout import activations, parameters
from engine.spec.parts import Layer
from engine.spec.run_spec import RunSpec
from engine.training.data import train_points
from engine.training.kernels import kernels

STEP = 8e-6
"""Seconds for what every step has once: its batch, its loss, and a plain optimizer."""
LAYER = 3.2e-6
"""Seconds for the products of a layer, there and back, without their numbers."""
KERNEL = 1.2e-6
"""Seconds for a call of NumPy on arrays of next to nothing."""
NORM = 16e-6
"""Seconds for the calls of batch normalization in a layer."""
SLOT = 7e-6
"""Seconds for the calls that each kind of an optimizer's memory takes."""
MATRICES = 0.35e-6
"""Seconds for the small matrices of one layer of one network among several."""
PRODUCT = 1e-10
"""Seconds for a number times a weight, and added up, on the way forward; as much on both ways of training."""
ACTIVATION = 5e-9
"""Seconds for a unit's answer at one point."""
UNIT = 3.5e-9
"""Seconds for what is added up and copied of a unit at one point of a batch, on both ways."""
NUMBER = 0.4e-9
"""Seconds for one number in a call of NumPy."""
NORMALIZED = 6e-9
"""Seconds for batch normalization of a unit at one point of a batch."""
MASK, MASKED = 3e-6, 2e-9
"""Seconds for the mask of dropout of one layer of one network, and for one number in it."""
PARAMETER = 4e-9
"""Seconds for a step of one parameter."""
REMEMBERED = 2.5e-9
"""Seconds besides for each number that an optimizer remembers of it."""
LOOK, LOOK_EACH = 150e-6, 10e-6
"""Seconds of an evaluation for its calls, and for each member's."""
CALL, CALL_EACH = 0.5e-3, 40e-6
"""Seconds of a call of `train` for its objects, and for each member's."""
KEPT, MADE = 1.5e-9, 0.4e-9
"""Seconds to copy and send a byte of what is kept, and to make one of what is needed to train."""
BUFFERS = 6
"""How many numbers a trainer keeps for each unit and each point of a batch."""


@dataclass(frozen=True)
class Cost:
    """Seconds and bytes.

    update: seconds of one update of all members. call: those of a call of `train` besides its updates, where
    nothing is left from the one before. evaluation: those of one look at all points.
    place: those of the network's answer at one place of one member's map.
    state: bytes of all that is kept from one call of `train` to the next.
    training: bytes that are needed besides while it trains.
    """

    update: float
    call: float
    evaluation: float
    place: float
    state: int
    training: int


def cost(specs: Sequence[RunSpec]) -> Cost:
    """What members of one architecture cost together."""
    spec, members = specs[0], len(specs)
    distinct = list({id(each): each for each in specs}.values())
    weights, units, train = parameters(spec), sum(spec.units), train_points(spec)
    size = np.dtype(spec.dtype).itemsize
    slow = size / 4
    # as trainers keep a place for each length of a batch: the full one and the rest at the end
    full = min(max(each.batch_size for each in distinct), train)
    lengths = full + train % full
    place = slow * (PRODUCT * weights + ACTIVATION * units)
    # members of other rules are steps of their own
    rules = {each.rules: each for each in distinct}.values()
    steps = [(_calls(each), slow * (full * _point(each) + _parameters(each))) for each in rules]
    own = MATRICES * len(spec.units) * (members > 1) + MASK * sum(map(_drops, spec.layers))
    slots = len({slot for each in distinct for slot in OPTIMIZERS[each.optimizer.kind].slots})
    state = members * weights * size * (1 + slots)
    training = members * size * (BUFFERS * units * lengths + weights * (2 + slots))
    return Cost(
        update=sum(calls for calls, _ in steps)
        + members * (own + max(numbers for _, numbers in steps)),
        call=CALL + CALL_EACH * members + KEPT * state + MADE * training,
        evaluation=LOOK + members * (LOOK_EACH + spec.points * place),
        place=place,
        state=state,
        training=training,
    )


def _drops(layer: Layer) -> bool:
    return layer.dropout > 0


def _kernels(spec: RunSpec) -> list[int]:
    """The calls of each layer's activation, the outputs' last."""
    return [kernels(activation.kind) for activation, _ in activations(spec)]


def _calls(spec: RunSpec) -> float:
    """Seconds for all calls of NumPy in one step, without their numbers."""
    layers = [LAYER + KERNEL * calls for calls in _kernels(spec)]
    norms = NORM * sum(layer.batch_norm for layer in spec.layers)
    return STEP + sum(layers) + norms + SLOT * len(OPTIMIZERS[spec.optimizer.kind].slots)


def _point(spec: RunSpec) -> float:
    """Seconds for one point of a batch on its way through one network and back, in float32."""
    units = zip(spec.units[1:], _kernels(spec), strict=True)
    plain = sum(count * (UNIT + NUMBER * calls) for count, calls in units)
    more = [
        layer.units * (NORMALIZED * layer.batch_norm + MASKED * _drops(layer))
        for layer in spec.layers
    ]
    return PRODUCT * parameters(spec) + plain + sum(more)


def _parameters(spec: RunSpec) -> float:
    """Seconds for a step of all parameters of one network, in float32."""
    slots = len(OPTIMIZERS[spec.optimizer.kind].slots)
    return parameters(spec) * (PARAMETER + REMEMBERED * slots)
