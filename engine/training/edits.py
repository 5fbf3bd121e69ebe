"""Changing a run while it goes on, and replaying it with its changes."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from typing import Any

from engine.core.plain import plain, unboxed, whole_number
from engine.spec.edits import Edit, edited
from engine.spec.parameter_names import split
from engine.spec.parameter_values import with_values
from engine.spec.run_spec import RunSpec
from engine.training.data import train_points
from engine.training.run import memory, start, train
from engine.training.state import State
from engine.training.stopping import look
from engine.words import N_


def edit(state: State, changes: Mapping[str, Any]) -> State:
    """Change every member while it runs; the change is kept in the state's edits.

    A path names a setting ("optimizer.learning_rate"), or after "theta." a parameter by its array and place
    ("theta.layers.0.W.1.2"), which takes this value now; the optimizer's memory of it stays. "theta" alone is
    all parameters, a list of P numbers or the text that `pack` writes; single ones in the same edit are set
    after it. Every setting can
    change that keeps theta's arrays, data and loss among them. Where there are more or fewer training
    points than before, the pass over them that is under way ends: epoch is one more, cursor 0, and rules
    that look at the end of an epoch do. The best weights so far, which a plateau may go back to, are
    forgotten where a loss is no longer to be compared with theirs, and where going back would undo this
    edit. Members that failed or were stopped are let go on. Raises SpecError for bad values and for what
    needs a new start: changes of shape, and of how the initial weights are drawn.
    """
    specs, values = edited(state.specs, changes), split(changes).values
    pairs = list(zip(state.specs, specs, strict=True))
    ends = state.cursor > 0 and train_points(specs[0]) != train_points(state.spec)
    epoch, cursor = (state.epoch + 1, 0) if ends else (state.epoch, state.cursor)
    now = epoch + cursor / train_points(specs[0])
    compares = not values and all(_same_contest(old, new) for old, new in pairs)
    slots_since = tuple(
        since if old.optimizer.kind == new.optimizer.kind else state.step
        for since, (old, new) in zip(state.slots_since, pairs, strict=True)
    )
    schedule_since = tuple(
        since if old.schedule.kind == new.schedule.kind else now
        for since, (old, new) in zip(state.schedule_since, pairs, strict=True)
    )
    made = (*state.edits, Edit(state.step, plain(changes)))
    after = replace(
        state,
        specs=specs,
        theta=with_values(state.theta, specs[0], values),
        epoch=epoch,
        cursor=cursor,
        slots=memory(state, specs),
        slots_since=slots_since,
        schedule_since=schedule_since,
        edits=made,
        failures=(),
        stops=(),
        best=state.best if compares else None,
    )
    return look(after, ("epoch",)) if ends else after


def _same_contest(old: RunSpec, new: RunSpec) -> bool:
    """Whether the best weights so far are still to be compared with the coming ones, and may come back."""
    return _contest(old) == _contest(new)


def _contest(spec: RunSpec) -> tuple[object, ...]:
    """What decides the loss of given weights, and which of them may move."""
    activations = tuple(layer.activation for layer in spec.layers)
    task = (spec.data, spec.features, spec.standardize, spec.loss)
    return (spec.stop, *task, activations, spec.frozen)


def replay(spec: RunSpec | Sequence[RunSpec], edits: Sequence[Edit], steps: int) -> State:
    """The state after `steps` updates of a run with these edits, bit for bit as it was.

    Edits after that are not made. Raises ValueError for edits that are not in the order of their steps, and
    for steps that are no whole numbers from 0.
    """
    _check_order(edits)
    steps, state = whole_number("steps", steps), start(spec)
    for change in edits:
        if change.step > steps:
            break
        state, _ = train(state, change.step - state.step)
        state = edit(state, change.changes)
    return train(state, steps - state.step)[0]


def _check_order(edits: Sequence[Edit]) -> None:
    last = 0
    for i, change in enumerate(edits):
        step = unboxed(change.step)
        if type(step) is not int:
            raise ValueError(
                N_(
                    "the step of an edit must be a whole number from 0; that of edit {edit} is {step}",
                    edit=i,
                    step=repr(step),
                )
            )
        if step < last:
            raise ValueError(
                N_(
                    "edits must be in the order of their steps, from 0 on; edit {edit} is at step {step}, "
                    "after step {last}",
                    edit=i,
                    step=step,
                    last=last,
                )
            )
        last = step
