"""A run is a value: start it, train it, edit it, replay it. No clock, no thread, no hidden randomness."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from typing import Any

import numpy as np

from engine.activations import Array
from engine.failures import advice
from engine.network import initial, initial_running
from engine.optimizers import OPTIMIZERS
from engine.samples import train_points
from engine.spec import Problem, RunSpec, SpecError, is_live, live_changes
from engine.state import Edit, Failure, Report, State
from engine.stopping import active, look, next_look
from engine.trainer import Trainer, rules, trainer_of

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
    """Change settings of every member while it runs; the change is kept in the state's edits.

    Members that failed or were stopped are let go on. Raises SpecError for bad values and for changes
    that need a new start.
    """
    specs = tuple(spec.replace(changes) for spec in state.specs)
    if not all(live_changes(old, new) for old, new in zip(state.specs, specs, strict=True)):
        raise SpecError(
            *(
                Problem(
                    path,
                    value,
                    "a setting that can change while it trains; this one needs a new start",
                )
                for path, value in changes.items()
                if not is_live(path)
            )
        )
    pairs = list(zip(state.specs, specs, strict=True))
    now = state.epoch + state.cursor / train_points(state.spec)
    slots_since = tuple(
        since if old.optimizer.kind == new.optimizer.kind else state.step
        for since, (old, new) in zip(state.slots_since, pairs, strict=True)
    )
    schedule_since = tuple(
        since if old.schedule.kind == new.schedule.kind else now
        for since, (old, new) in zip(state.schedule_since, pairs, strict=True)
    )
    made = (*state.edits, Edit(state.step, dict(changes)))
    return replace(
        state,
        specs=specs,
        slots=_slots(state, specs),
        slots_since=slots_since,
        schedule_since=schedule_since,
        edits=made,
        failures=(),
        stops=(),
        best=state.best if all(old.stop == new.stop for old, new in pairs) else None,
    )


def replay(spec: RunSpec | Sequence[RunSpec], edits: Sequence[Edit], steps: int) -> State:
    """The state after `steps` updates of a run with these edits, bit for bit as it was."""
    state = start(spec)
    for change in edits:
        if change.step > steps:
            break
        state, _ = train(state, change.step - state.step)
        state = edit(state, change.changes)
    return train(state, steps - state.step)[0]


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
