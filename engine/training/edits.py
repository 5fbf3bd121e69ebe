"""Changing a run while it goes on, and replaying it with its changes."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from typing import Any

import numpy as np

from engine.core.errors import Problem, SpecError
from engine.core.numerals import numeral
from engine.core.plain import plain, unboxed, whole_number
from engine.network.layout import parameters
from engine.spec.live import is_live, keeps_shapes, keeps_start
from engine.spec.parameter_names import LARGEST, PREFIX, WHOLE, number, place, split, unpack
from engine.spec.parameter_names import allowed as allowed_names
from engine.spec.parameter_values import with_values
from engine.spec.run_spec import RunSpec
from engine.training.data import train_points
from engine.training.run import memory, shape, start, train
from engine.training.state import Edit, State
from engine.training.stopping import look

SHAPING = ("layers", "features", "data", "loss", "dtype")
"""Parts of a spec that can change the shape of a network."""
STARTING = ("initializer", "weights_seed")
"""Parts of a spec that say where training begins, and nothing after that."""
NUMBER = f"a number from {numeral(-LARGEST)} to {numeral(LARGEST)}"
"""What a parameter can be."""


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
    needs a new start: changes of shape, and of how the first weights are drawn.
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


def edited(specs: Sequence[RunSpec], changes: Mapping[str, Any]) -> tuple[RunSpec, ...]:
    """What an edit makes of the specs of a running population. Raises SpecError as `edit` does."""
    parts = split(changes)
    after = tuple(spec.replace(parts.settings) for spec in specs)
    problems = [*_refusals(specs, after, parts.settings), *_wrong(after[0], parts.values)]
    if problems:
        raise SpecError(*problems)
    return after


def _refusals(
    before: Sequence[RunSpec], after: Sequence[RunSpec], settings: Mapping[str, Any]
) -> list[Problem]:
    """What a running network cannot take."""
    pairs = list(zip(before, after, strict=True))
    refused: dict[str, str] = {}
    if not all(keeps_shapes(old, new) for old, new in pairs):
        why = "this one needs a new start, as it changes the shape of the network"
        refused |= {path: why for path in settings if _shapes(path)}
    if not all(keeps_start(old, new) for old, new in pairs):
        why = "this one needs a new start, as it says how the first weights are drawn"
        refused |= {path: why for path in settings if path.partition(".")[0] in STARTING}
    if not refused and len(after) > 1 and any(shape(new) != shape(after[0]) for new in after):
        refused = dict.fromkeys(settings, "this one would give members different numbers of points")
    return [
        Problem(path, settings[path], f"a setting that can change while it trains; {why}")
        for path, why in refused.items()
    ]


def _shapes(path: str) -> bool:
    """Whether a path can change the shape of a network."""
    return path.partition(".")[0] in SHAPING and not is_live(path)


def _wrong(spec: RunSpec, values: Mapping[str, Any]) -> list[Problem]:
    """What is wrong with new values of parameters."""
    found, arrays = [], spec.arrays
    for path, value in values.items():
        if path == WHOLE:
            found += _wrong_whole(parameters(spec), value)
        elif place(arrays, path.removeprefix(PREFIX)) is None:
            found.append(Problem(path, value, allowed_names(arrays)))
        elif number(value) is None:
            found.append(Problem(path, value, NUMBER))
    return found


def _wrong_whole(size: int, values: object) -> list[Problem]:
    """What is wrong with new values of all parameters."""
    found = unpack(values) if isinstance(values, str) else unboxed(values)
    if not isinstance(found, list | tuple | np.ndarray) or len(found) != size:
        allowed = (
            f"a list of {size} numbers, one for each parameter, or the text that stands for it"
        )
        return [Problem(WHOLE, values, allowed)]
    if isinstance(found, np.ndarray):
        wrong = np.flatnonzero(~(np.abs(found) <= LARGEST))
        return [Problem(f"{PREFIX}{i}", float(found[i]), NUMBER) for i in wrong]
    return [
        Problem(f"{PREFIX}{i}", value, NUMBER)
        for i, value in enumerate(found)
        if number(value) is None
    ]


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
            allowed = "the step of an edit must be a whole number from 0"
            raise ValueError(f"{allowed}; that of edit {i} is {step!r}")
        if step < last:
            allowed = "edits must be in the order of their steps, from 0 on"
            raise ValueError(f"{allowed}; edit {i} is at step {step}, after step {last}")
        last = step
