"""What the next update of a network will be: its batch's gradient, its masks and where it leads.

It is worked out on copies; the state stays as it is.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from engine.core.arrays import Array
from engine.network.backprop import Backprop, dropouts
from engine.training.batches import Batches
from engine.training.state import State
from engine.training.trainer import trainer_of


@dataclass(frozen=True, eq=False)
class NextStep:
    """The update after a state, of one member.

    batch: how many points it looks at, B.
    gradient (P,): of the mean data loss over the batch, before clipping, with the masks of dropout and
        the batch's own statistics. Penalties have no part in it.
    theta (P,): the parameters it leads to, by way of clipping, optimizer and penalty.
    masks: for each hidden layer the mask of dropout (U, B), 0 or 1/(1 − rate), or None without dropout.
    """

    batch: int
    gradient: Array
    theta: Array
    masks: tuple[Array | None, ...]


def next_step(state: State, member: int = 0) -> NextStep:
    """What the next update would do to a member, even to one that has failed or stopped."""
    specs = [state.specs[member]]
    theta, running = (array[member : member + 1].copy() for array in (state.theta, state.running))
    gradient, drop = np.zeros_like(theta), dropouts(specs)
    x, target = Batches(specs).rest(state.epoch, state.cursor)[0]
    batch = x.shape[-1]
    with np.errstate(all="ignore"):
        Backprop(specs, theta, gradient, running, drop, batch).gradient(x, target, state.step)
        after = _after(state, member)
    masks = tuple(None if each is None else each.mask(state.step, batch) for each in drop[:-1])
    return NextStep(batch, gradient[0], after, masks)


def _after(state: State, member: int) -> Array:
    """A member's parameters (P,) after one more update."""
    trainer = trainer_of(state, [member])
    trainer.advance(1)
    after: Array = trainer.theta[0]
    return after
