"""A run is a value: start it, train it, edit it, replay it. No clock, no thread, no hidden randomness."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from typing import Any

import numpy as np

from engine.activations import Array
from engine.failures import advice
from engine.live import is_live, keeps_shapes, keeps_start
from engine.network import initial, initial_running
from engine.optimizers import OPTIMIZERS
from engine.parameters import LARGEST, PREFIX, number, place, split
from engine.parameters import allowed as allowed_names
from engine.problems import Problem, SpecError
from engine.samples import train_points
from engine.spec import RunSpec
from engine.state import Edit, Failure, Report, State
from engine.stopping import active, look, next_look
from engine.trainer import Trainer, rules, trainer_of

SHAPING = ("layers", "features", "data", "loss", "dtype")
"""Parts of a spec that can change the shape of a network."""
STARTING = ("initializer", "weights_seed")
"""Parts of a spec that say where training begins, and nothing after that."""

CHECK_EVERY = 64
"""How many updates go between two looks for numbers that are not finite."""


def start(spec: RunSpec | Sequence[RunSpec]) -> State:
    """A population before its first update: one member, or one for each spec.

    Raises SpecError where the specs differ in something that decides the arrays' shapes or the batches.
    """
    specs = (spec,) if isinstance(spec, RunSpec) else tuple(spec)
    if not specs:
        raise ValueError("a population has at least one member")
    for member, other in enumerate(specs):
        if shape(other) != shape(specs[0]):
            allowed = (
                "the same layers, features, outputs, number of points, batch size and precision"
            )
            raise SpecError(
                Problem(f"members.{member}", other.to_dict(), f"{allowed} in every member")
            )
    theta, running = _frozen(initial(specs)), _frozen(initial_running(specs))
    zeros, begin = (0,) * len(specs), (0.0,) * len(specs)
    state = State(specs, specs, theta, running, {}, zeros, begin, zeros)
    return replace(state, slots=_slots(state, specs))


def train(state: State, steps: int) -> tuple[State, Report]:
    """Make `steps` updates; the same bits however they are sliced into calls.

    A member that leaves the finite numbers is frozen at its last finite weights and reported, and one
    that its stop rule ends is kept as it is; the others go on. Training ends early only when no member is
    left.
    """
    if steps < 0:
        raise ValueError(f"steps must be 0 or more, not {steps}")
    begin, end = state, state.step + steps
    while state.step < end and active(state):
        before, state = state.step, _advance(state, min(next_look(state) or end, end))
        # where the first update failed, this step has had its look, or is the start, which has none
        state = look(state) if state.step > before else state
    made = state.step - begin.step
    counts = zip(state.clipped, begin.clipped, strict=True)
    clipped = tuple((now - before) / max(made, 1) for now, before in counts)
    failures, stops = state.failures[len(begin.failures) :], state.stops[len(begin.stops) :]
    return state, Report(made, failures, stops, clipped)


def edit(state: State, changes: Mapping[str, Any]) -> State:
    """Change every member while it runs; the change is kept in the state's edits.

    A path names a setting ("optimizer.learning_rate"), or after "theta." a parameter by its array and place
    ("theta.layers.0.W.1.2"), which takes this value now; the optimizer's memory of it stays. Every setting
    can change that keeps theta's arrays, data and loss among them. Where there are more or fewer training
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
    made = (*state.edits, Edit(state.step, dict(changes)))
    after = replace(
        state,
        specs=specs,
        theta=_with_values(state.theta, specs[0], values),
        epoch=epoch,
        cursor=cursor,
        slots=_slots(state, specs),
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
    if not refused and any(shape(new) != shape(after[0]) for new in after):
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
    for name, value in values.items():
        if place(arrays, name) is None:
            found.append(Problem(PREFIX + name, value, allowed_names(arrays)))
        elif number(value) is None:
            found.append(
                Problem(PREFIX + name, value, f"a number from −{LARGEST:g} to {LARGEST:g}")
            )
    return found


def _with_values(theta: Array, spec: RunSpec, values: Mapping[str, Any]) -> Array:
    """theta (M, P) with these parameters at these values in every member."""
    if not values:
        return theta
    changed, arrays = theta.copy(), spec.arrays
    for name, value in values.items():
        changed[:, place(arrays, name)] = number(value)
    return _frozen(changed)


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
    state = start(spec)
    for change in edits:
        if change.step > steps:
            break
        state, _ = train(state, change.step - state.step)
        state = edit(state, change.changes)
    return train(state, steps - state.step)[0]


def _check_order(edits: Sequence[Edit]) -> None:
    last = 0
    for i, change in enumerate(edits):
        if isinstance(change.step, bool) or not isinstance(change.step, int):
            allowed = "the step of an edit must be a whole number from 0"
            raise ValueError(f"{allowed}; that of edit {i} is {change.step!r}")
        if change.step < last:
            allowed = "edits must be in the order of their steps, from 0 on"
            raise ValueError(f"{allowed}; edit {i} is at step {change.step}, after step {last}")
        last = change.step


def shape(spec: RunSpec) -> tuple[object, ...]:
    """What all members of a population must have in common."""
    normalized = tuple(layer.batch_norm for layer in spec.layers)
    return (spec.units, normalized, train_points(spec), spec.points, spec.batch_size, spec.dtype)


def _slots(state: State, specs: Sequence[RunSpec]) -> dict[str, Array]:
    """Every optimizer's memory: kept where a member's optimizer stays, zero where it is new."""
    names = {name for spec in specs for name in OPTIMIZERS[spec.optimizer.kind].slots}
    slots = {}
    for name in sorted(names):
        old = state.slots.get(name, np.zeros_like(state.theta))
        stays = [
            before.optimizer.kind == now.optimizer.kind
            for before, now in zip(state.specs, specs, strict=True)
        ]
        slots[name] = _frozen(np.where(np.array(stays)[:, None], old, np.zeros_like(old)))
    return slots


def _advance(state: State, until: int) -> State:
    """Train the active members up to step `until`, or up to the update before a failure."""
    groups: dict[tuple[object, ...], list[int]] = {}
    for member in active(state):
        groups.setdefault(rules(state.specs[member]), []).append(member)
    trainers = [trainer_of(state, members) for members in groups.values()]
    with np.errstate(all="ignore"):
        failed = _train_all(trainers, until)
    theta, running = state.theta.copy(), state.running.copy()
    slots = {name: slot.copy() for name, slot in state.slots.items()}
    clipped, failures = list(state.clipped), list(state.failures)
    for trainer, members, causes in zip(trainers, groups.values(), failed, strict=True):
        theta[members], running[members] = trainer.theta, trainer.running
        names = OPTIMIZERS[state.specs[members[0]].optimizer.kind].slots
        for name, values in zip(names, trainer.slots, strict=True):
            slots[name][members] = values
        for member, count in zip(members, trainer.clipped[:, 0].tolist(), strict=True):
            clipped[member] += count
        for i, cause in causes.items():
            spec = state.specs[members[i]]
            failures.append(Failure(members[i], trainer.step + 1, cause, advice(spec)))
    return replace(
        state,
        theta=_frozen(theta),
        running=_frozen(running),
        slots={name: _frozen(slot) for name, slot in slots.items()},
        clipped=tuple(clipped),
        step=trainers[0].step,
        epoch=trainers[0].epoch,
        cursor=trainers[0].cursor,
        failures=tuple(failures),
    )


def _train_all(trainers: list[Trainer], until: int) -> list[dict[int, str]]:
    """Bring all trainers to step `until`, or to the last step at which every member was finite.

    Returns, for each trainer, which of its members the next update breaks and how. Looking costs as much
    as a few kernels, so it is done now and then; where something is found, the stretch is trained again
    from its beginning, one update at a time.
    """
    while trainers[0].step < until:
        stretch = min(CHECK_EVERY, until - trainers[0].step)
        saved = [trainer.save() for trainer in trainers]
        if any(_advance_and_look(trainers, stretch)):
            for trainer, checkpoint in zip(trainers, saved, strict=True):
                trainer.restore(checkpoint)
            return _find_failure(trainers, stretch)
    return [{} for _ in trainers]


def _find_failure(trainers: list[Trainer], stretch: int) -> list[dict[int, str]]:
    """Train one update at a time up to the one that fails, and take that one back."""
    for _ in range(stretch):
        saved = [trainer.save() for trainer in trainers]
        failed = _advance_and_look(trainers, 1)
        if any(failed):
            for trainer, checkpoint in zip(trainers, saved, strict=True):
                trainer.restore(checkpoint)
            return failed
    raise AssertionError("training again from the same state did not fail again")


def _advance_and_look(trainers: list[Trainer], steps: int) -> list[dict[int, str]]:
    """Make so many updates in every trainer; returns each one's broken members and their causes."""
    for trainer in trainers:
        trainer.advance(steps)
    return [trainer.broken() for trainer in trainers]


def _frozen(array: Array) -> Array:
    """The array, made read-only."""
    array.setflags(write=False)
    return array
