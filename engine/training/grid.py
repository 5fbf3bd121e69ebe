"""Many runs from one base: every combination of some values, trained side by side.

Combinations that share an architecture train in lockstep as members of one state; others are states of
their own. Fair by construction: what is not varied is the same for all, so members that share a seed
start from the same weights and see the same batches.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from itertools import product
from typing import Any, overload

import numpy as np

from engine.core.arrays import Array
from engine.core.errors import Problem, SpecError, position
from engine.core.plain import plain
from engine.spec.live import shape
from engine.spec.run_spec import RunSpec
from engine.training import edits, run
from engine.training.metrics import learning_rate as learning_rate_of
from engine.training.metrics import metrics as metrics_of
from engine.training.state import Failure, Report, State, Stop
from engine.training.trainers import Trainers
from engine.words import N_, listed

Axes = Mapping[str, Sequence[Any] | Array]
"""Spec paths and the values each takes; every combination is a run, the last path varying fastest."""

MOST = 4096
"""A population has no more members than this."""


@dataclass(frozen=True, eq=False)
class Population:
    """The runs of every combination of some values.

    axes: what varies. states: one for each group that trains in lockstep.
    places: for each combination, in order, which state it is in and which member of it.
    """

    axes: Axes
    states: tuple[State, ...]
    places: tuple[tuple[int, int], ...]

    @property
    def specs(self) -> tuple[RunSpec, ...]:
        """Every combination's spec, in order."""
        return tuple(self.states[group].specs[member] for group, member in self.places)

    def one(self, member: int) -> tuple[State, int]:
        """The state that a combination is in, and which member of it. Raises PositionError."""
        group, place = self.places[position("member", member, len(self.places))]
        return self.states[group], place

    def gather(self, values: Sequence[Array]) -> Array:
        """One array (M, ...) in the order of the combinations, from one for each state.

        Raises ValueError where the states' networks are of different sizes, so that no array holds all.
        """
        shapes = {array.shape[1:] for array in values}
        if len(shapes) > 1:
            raise ValueError(
                N_(
                    "the networks of this population give arrays of different shapes: {shapes}; take those "
                    "of each of its `states` by itself",
                    shapes=listed(sorted(shapes)),
                )
            )
        return np.stack([values[group][member] for group, member in self.places])


@overload
def start(spec: RunSpec | Sequence[RunSpec], axes: None = None) -> State: ...


@overload
def start(spec: RunSpec, axes: Axes) -> Population: ...


def start(spec: RunSpec | Sequence[RunSpec], axes: Axes | None = None) -> State | Population:
    """A run before its first update.

    start(spec) is one network; start([spec, ...]) are several of one architecture in lockstep;
    start(base, {"optimizer.learning_rate": [0.01, 0.1], "weights_seed": [1, 2, 3]}) is a population with
    every combination. Raises SpecError that lists every problem.
    """
    if axes is None:
        return run.start(spec)
    if not isinstance(spec, RunSpec):
        raise TypeError("axes vary one base spec, not several")
    axes = plain(axes)
    specs = _combinations(spec, axes)
    groups: dict[tuple[object, ...], list[int]] = {}
    for place, made in enumerate(specs):
        groups.setdefault(shape(made), []).append(place)
    where = {
        place: (group, member)
        for group, members in enumerate(groups.values())
        for member, place in enumerate(members)
    }
    states = tuple(run.start([specs[place] for place in members]) for members in groups.values())
    return Population(axes, states, tuple(where[place] for place in range(len(specs))))


@overload
def train(state: State, steps: int, trainers: Trainers | None = None) -> tuple[State, Report]: ...


@overload
def train(
    state: Population, steps: int, trainers: Trainers | None = None
) -> tuple[Population, Report]: ...


def train(
    state: State | Population, steps: int, trainers: Trainers | None = None
) -> tuple[State | Population, Report]:
    """Make `steps` updates of every member that is neither failed nor stopped.

    Returns the new state and a report of what happened; the same bits however a run is sliced into calls,
    with `trainers` or without: calls of few steps are quicker where working copies are kept in them.
    In a population's report members are numbered in the order of the combinations.
    """
    if isinstance(state, State):
        return run.train(state, steps, trainers)
    trained = [run.train(part, steps, trainers) for part in state.states]
    numbers = {place: number for number, place in enumerate(state.places)}

    def numbered(group: int, events: Sequence[Any]) -> list[Any]:
        return [replace(event, member=numbers[group, event.member]) for event in events]

    failures: list[Failure] = []
    stops: list[Stop] = []
    for group, (_, report) in enumerate(trained):
        failures += numbered(group, report.failures)
        stops += numbered(group, report.stops)
    after = replace(state, states=tuple(part for part, _ in trained))
    most = max(report.steps for _, report in trained)
    clipped = tuple(trained[group][1].clipped[member] for group, member in state.places)
    return after, Report(most, tuple(failures), tuple(stops), clipped)


@overload
def edit(state: State, changes: Mapping[str, Any]) -> State: ...


@overload
def edit(state: Population, changes: Mapping[str, Any]) -> Population: ...


def edit(state: State | Population, changes: Mapping[str, Any]) -> State | Population:
    """Change settings of every member while it runs. Raises SpecError, also for a path that is varied."""
    if isinstance(state, State):
        return edits.edit(state, changes)
    varied = [
        Problem(path, value, N_("a setting that does not vary in this population"))
        for path, value in changes.items()
        if any(_overlap(path, axis) for axis in state.axes)
    ]
    if varied:
        raise SpecError(*varied)
    return replace(state, states=tuple(edits.edit(part, changes) for part in state.states))


def metrics(state: State | Population) -> dict[str, Array]:
    """How well each member does: a dict of (M,) arrays, as `engine.training.metrics.metrics` says."""
    if isinstance(state, State):
        return metrics_of(state)
    found = [metrics_of(part) for part in state.states]
    return {name: state.gather([part[name] for part in found]) for name in found[0]}


def learning_rate(state: State | Population) -> Array:
    """The learning rate of each member's next update (M,), its schedule in it."""
    if isinstance(state, State):
        return learning_rate_of(state)
    return state.gather([learning_rate_of(part) for part in state.states])


def one_of(state: State | Population, member: int) -> tuple[State, int]:
    """One network of a state or of a population: the state it is in, and which member of it.

    Members of a population are numbered in the order of its combinations. Raises PositionError.
    """
    if isinstance(state, Population):
        return state.one(member)
    return state, position("member", member, len(state.specs))


def _combinations(base: RunSpec, axes: Axes) -> list[RunSpec]:
    """Every combination's spec; raises SpecError with the problems of all of them."""
    problems = [
        Problem(f"axes.{path}", values, N_("a list of one or more values"))
        for path, values in axes.items()
        if not _is_list(values)
    ]
    if problems:
        raise SpecError(*problems)
    count = int(np.prod([len(values) for values in axes.values()], dtype=float))
    if count > MOST:
        raise SpecError(Problem("axes", count, N_("at most {most} combinations", most=MOST)))
    specs = []
    for values in product(*axes.values()):
        try:
            specs.append(base.replace(dict(zip(axes, values, strict=True))))
        except SpecError as error:
            problems += [problem for problem in error.problems if problem not in problems]
    if problems:
        raise SpecError(*problems)
    return specs


def _is_list(values: object) -> bool:
    return isinstance(values, Sequence) and not isinstance(values, str) and len(values) > 0


def _overlap(one: str, other: str) -> bool:
    """Whether one path is the other, or a part of it."""
    return one == other or one.startswith(f"{other}.") or other.startswith(f"{one}.")
