"""What the next update of a network will be: its batch's gradient, its masks and where it leads.

It is worked out on copies; the state stays as it is.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from engine.core.arrays import Array
from engine.network.backprop import Backprop, dropouts
from engine.network.dropout import Dropout
from engine.network.layout import blocks
from engine.spec.run_spec import RunSpec
from engine.training.batches import Batches
from engine.training.grid import Population, one_of
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


def next_step(state: State | Population, member: int = 0) -> NextStep:
    """What the next update would do to a member, even to one that has failed or stopped.

    Raises PositionError for a member that there is not.
    """
    state, member = one_of(state, member)
    gradient, drop, batch = _batch_gradient(state, [member])
    with np.errstate(all="ignore"):
        after = _after(state, member)
    masks = tuple(None if each is None else each.mask(state.step, batch) for each in drop[:-1])
    return NextStep(batch, gradient[0], after, masks)


def gradient(state: State | Population, *, penalty: bool = False) -> Array:
    """The gradient of each of M networks at the next update's batch, (M, P), in the order of `layout`.

    It is that of the mean data loss over the batch, ∂/∂w (1/B) Σ L(xᵢ), in the spec's precision: with
    the masks of dropout that this update has and the batch's own statistics in batch normalization, before
    clipping, and for parameters that are frozen too. With `penalty`, λ₁ sign(w) + λ₂ w is added to it for the
    weights (at w = 0, where |w| has a kink, nothing for λ₁); without, penalties have no part in it.

    Raises ValueError for a population whose networks have different numbers of parameters.

    >>> import engine
    >>> state = engine.start(engine.RunSpec.from_dict({"optimizer": {"kind": "sgd", "learning_rate": 0.1}}))
    >>> after, _ = engine.train(state, 1)
    >>> bool(abs(state.theta - 0.1 * engine.gradient(state) - after.theta).max() < 1e-7)
    True
    """
    if isinstance(state, Population):
        return state.gather([gradient(part, penalty=penalty) for part in state.states])
    groups: dict[tuple[object, ...], list[int]] = {}
    for member, spec in enumerate(state.specs):
        groups.setdefault(spec.rules, []).append(member)
    found = np.zeros_like(state.theta)
    for members in groups.values():
        found[members] = _batch_gradient(state, members)[0]
    if penalty:
        found += np.stack(list(map(_penalty_gradient, state.specs, state.theta)))
    return found


def _batch_gradient(
    state: State, members: Sequence[int]
) -> tuple[Array, list[Dropout | None], int]:
    """The gradient (m, P) of members that share their rules, their dropout, and the length of the batch."""
    chosen = list(members)
    specs = [state.specs[member] for member in chosen]
    theta, running = state.theta[chosen], state.running[chosen]
    found, drop = np.zeros_like(theta), dropouts(specs)
    x, target = Batches(specs).rest(state.epoch, state.cursor)[0]
    batch = x.shape[-1]
    with np.errstate(all="ignore"):
        Backprop(specs, theta, found, running, drop, batch).gradient(x, target, state.step)
    return found, drop, batch


def _penalty_gradient(spec: RunSpec, theta: Array) -> Array:
    """λ₁ sign(w) + λ₂ w for the weights of theta (P,), 0 for all else."""
    found = np.zeros_like(theta)
    l1, l2 = spec.penalty["l1"], spec.penalty["l2"]
    for block in blocks(spec):
        w = block.weights(theta[None])
        block.weights(found[None])[...] = l1 * np.sign(w) + l2 * w
    return found


def _after(state: State, member: int) -> Array:
    """A member's parameters (P,) after one more update."""
    trainer = trainer_of(state, [member])
    trainer.advance(1)
    after: Array = trainer.theta[0]
    return after
