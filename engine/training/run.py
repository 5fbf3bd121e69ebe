"""A run is a value: start it and train it. No clock, no thread, no hidden randomness."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

import numpy as np

from engine.catalog.optimizers import OPTIMIZERS
from engine.core.arrays import Array, read_only
from engine.core.errors import Problem, SpecError
from engine.core.plain import whole_number
from engine.network.layout import initial, initial_running
from engine.spec.live import shape
from engine.spec.run_spec import RunSpec
from engine.training.failures import advice
from engine.training.state import Failure, Report, State
from engine.training.stopping import active, look, next_look
from engine.training.trainer import Trainer, groups, rows, trainer_of
from engine.training.trainers import Trainers
from engine.words import N_

CHECK_EVERY = 64
"""How many updates go between two looks for numbers that are not finite."""


def start(spec: RunSpec | Sequence[RunSpec]) -> State:
    """A population before its first update: one member, or one for each spec.

    Raises SpecError where the specs differ in something that decides the arrays' shapes or the batches.
    """
    specs = (spec,) if isinstance(spec, RunSpec) else tuple(spec)
    if not specs:
        raise ValueError(N_("a population has at least one member"))
    wanted = shape(specs[0])
    for member, other in enumerate(specs):
        if shape(other) != wanted:
            allowed = N_(
                "the same layers, features, outputs, number of points, batch size and precision in every "
                "member"
            )
            raise SpecError(Problem(f"members.{member}", other.to_dict(), allowed))
    theta, running = read_only(initial(specs)), read_only(initial_running(specs))
    zeros, begin = (0,) * len(specs), (0.0,) * len(specs)
    state = State(specs, specs, theta, running, {}, zeros, begin, zeros)
    return replace(state, slots=memory(state, specs))


def train(state: State, steps: int, trainers: Trainers | None = None) -> tuple[State, Report]:
    """Make `steps` updates; the same bits however they are sliced into calls.

    trainers: where working copies are kept for the next call, which many calls of few steps go faster with.

    A member that leaves the finite numbers is frozen at its last finite weights and reported, and one
    that its stop rule ends is kept as it is; the others go on. Training ends early only when no member is
    left.
    """
    begin, end = state, state.step + whole_number("steps", steps)
    while state.step < end and active(state):
        before, state = state.step, _advance(state, min(next_look(state) or end, end), trainers)
        # where the first update failed, this step has had its look, or is the start, which has none
        state = look(state) if state.step > before else state
    made = state.step - begin.step
    counts = zip(state.clipped, begin.clipped, strict=True)
    clipped = tuple((now - before) / max(made, 1) for now, before in counts)
    failures, stops = state.failures[len(begin.failures) :], state.stops[len(begin.stops) :]
    return state, Report(made, failures, stops, clipped)


def memory(state: State, specs: Sequence[RunSpec]) -> dict[str, Array]:
    """Every optimizer's memory: kept where a member's optimizer stays, zero where it is new."""
    names = {name for spec in specs for name in OPTIMIZERS[spec.optimizer.kind].slots}
    slots = {}
    for name in sorted(names):
        old = state.slots.get(name, np.zeros_like(state.theta))
        stays = [
            before.optimizer.kind == now.optimizer.kind
            for before, now in zip(state.specs, specs, strict=True)
        ]
        slots[name] = read_only(np.where(np.array(stays)[:, None], old, np.zeros_like(old)))
    return slots


def _advance(state: State, until: int, kept: Trainers | None) -> State:
    """Train the active members up to step `until`, or up to the update before a failure."""
    members_of = groups(state)
    work = trainer_of if kept is None else kept.of
    trainers = [work(state, members) for members in members_of]
    with np.errstate(all="ignore"):
        failed = _train_all(trainers, until)
    theta, running = state.theta.copy(), state.running.copy()
    slots = {name: slot.copy() for name, slot in state.slots.items()}
    clipped, failures = list(state.clipped), list(state.failures)
    for trainer, members, causes in zip(trainers, members_of, failed, strict=True):
        here = rows(members, len(state.specs))
        theta[here], running[here] = trainer.theta, trainer.running
        for name, values in zip(trainer.slot_names, trainer.slots, strict=True):
            slots[name][here] = values
        for member, count in zip(members, trainer.clipped[:, 0].tolist(), strict=True):
            clipped[member] += count
        for i, cause in causes.items():
            spec = state.specs[members[i]]
            failures.append(Failure(members[i], trainer.step + 1, cause, advice(spec)))
    return state.changed(
        theta=read_only(theta),
        running=read_only(running),
        slots={name: read_only(slot) for name, slot in slots.items()},
        clipped=tuple(clipped),
        step=trainers[0].step,
        epoch=trainers[0].epoch,
        cursor=trainers[0].cursor,
        failures=tuple(failures),
    )


def _train_all(trainers: list[Trainer], until: int) -> list[dict[int, str]]:
    """Bring all trainers to step `until`, or to the last step at which every member was finite.

    Returns, for each trainer, which of its members the next update breaks and how. Looking costs as much
    as a few kernels, so it is done now and then; where something is found, these steps are made again
    from the first of them, one update at a time.
    """
    while trainers[0].step < until:
        steps = min(CHECK_EVERY, until - trainers[0].step)
        saved = [trainer.save() for trainer in trainers]
        if any(_advance_and_look(trainers, steps)):
            for trainer, checkpoint in zip(trainers, saved, strict=True):
                trainer.restore(checkpoint)
            return _find_failure(trainers, steps)
    return [{} for _ in trainers]


def _find_failure(trainers: list[Trainer], steps: int) -> list[dict[int, str]]:
    """Train one update at a time up to the one that fails, and take that one back."""
    for _ in range(steps):
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
