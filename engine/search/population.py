"""The networks of some trials, trained in lockstep, from one look at their scores to the next."""

from __future__ import annotations

import math
from collections.abc import Sequence, Set
from dataclasses import dataclass, replace
from functools import lru_cache

import numpy as np

from engine.core.arrays import Array
from engine.search.sections import TOGETHER
from engine.search.spec import SearchSpec
from engine.search.split import scores
from engine.search.trials import Trial, median
from engine.spec.live import shape
from engine.training.run import start, train
from engine.training.state import State, Stop
from engine.training.stopping import active
from engine.training.trainers import Trainers
from engine.words import N_

LOOKS = 24
"""How often the scores of a trial are taken on its way, evenly spaced on a logarithmic scale."""


@dataclass(frozen=True, eq=False)
class Population:
    """Trials that train together: networks of one shape, those of one trial side by side.

    trials: their numbers. looks: how many looks there have been.
    """

    state: State
    trials: tuple[int, ...]
    looks: int = 0

    @property
    def seeds(self) -> int:
        """How many networks each trial has."""
        return len(self.state.specs) // len(self.trials)

    @property
    def training(self) -> list[int]:
        """The networks that still train: neither diverged nor cut."""
        return active(self.state)

    @property
    def updates(self) -> Array:
        """How many updates each network has made, (M,)."""
        made = np.full(len(self.state.specs), self.state.step)
        for failure in self.state.failures:
            made[failure.member] = failure.step - 1
        for stop in self.state.stops:
            made[stop.member] = stop.step
        return made

    def advanced(self, until: int, budget: int, trainers: Trainers) -> Population:
        """The same, trained up to step `until` or for the updates in the budget, at least one of each."""
        steps = min(until - self.state.step, max(budget // len(self.training), 1))
        return replace(self, state=train(self.state, steps, trainers)[0])

    def looked_at(self, spec: SearchSpec, trials: Sequence[Trial], step: int) -> list[Trial]:
        """Those of its trials that have trained since the last look, with their scores at this step."""
        training, found = self.training, [math.inf] * len(self.state.specs)
        if training:
            given = scores(self.state, training, spec.split.validation, spec.score)
            for member, score in zip(training, given.tolist(), strict=True):
                found[member] = score
        lost = {failure.member: failure.step for failure in self.state.failures}
        ended = lost | {stop.member: stop.step for stop in self.state.stops}
        made, seeds, looked = self.updates.tolist(), self.seeds, []
        for row, number in enumerate(self.trials):
            members, trial = range(row * seeds, (row + 1) * seeds), trials[number]
            if ended and trial.steps >= max(ended.get(member, step) for member in members):
                continue
            ends = [lost.get(member, step) for member in members]
            mine = tuple(found[members.start : members.stop])
            updates = sum(made[members.start : members.stop])
            looked.append(_looked(trial, step, updates, mine, ends))
        return looked

    def without(self, trials: Set[int], step: int) -> Population:
        """The same, with these trials stopped: they keep their weights and train no more."""
        gone = {stop.member for stop in self.state.stops}
        gone |= {failure.member for failure in self.state.failures}
        stops = [
            Stop(member, step, N_("others were better at this rung"))
            for member in range(len(self.state.specs))
            if self.trials[member // self.seeds] in trials and member not in gone
        ]
        return replace(self, state=replace(self.state, stops=(*self.state.stops, *stops)))


def _looked(
    trial: Trial, step: int, updates: int, scores: tuple[float, ...], ends: Sequence[int]
) -> Trial:
    """A trial with its scores at this step. `ends` are where networks were lost, this step for the others.

    A loss that is no number, of weights that still are, counts as lost.
    """
    middle, diverged = median(scores), None
    if math.isinf(middle):
        gone = sorted(end for end, score in zip(ends, scores, strict=True) if math.isinf(score))
        diverged = gone[(len(scores) - 1) // 2]
    curve = (*trial.curve, (step, middle))
    # `replace` takes several times as long, and there are a thousand trials a look
    return Trial(
        trial.number,
        trial.round,
        trial.place,
        trial.changes,
        step,
        updates,
        scores,
        curve,
        trial.cut,
        diverged,
    )


def populations(spec: SearchSpec, trials: Sequence[Trial]) -> tuple[Population, ...]:
    """Trials before their first update, in populations of networks of one shape."""
    made = spec.space.all_specs([trial.changes for trial in trials], spec.seeds)
    specs = {trial.number: each for trial, each in zip(trials, made, strict=True)}
    kinds: dict[tuple[object, ...], list[int]] = {}
    for trial in trials:
        kinds.setdefault(shape(specs[trial.number][0]), []).append(trial.number)
    most = max(TOGETHER // spec.seeds, 1)
    found = []
    for alike in kinds.values():
        for first in range(0, len(alike), most):
            part = tuple(alike[first : first + most])
            state = start([each for number in part for each in specs[number]])
            found.append(Population(state, part))
    return tuple(found)


@lru_cache(maxsize=64)
def look_steps(updates: int, rungs: tuple[int, ...], looks: int = LOOKS) -> tuple[int, ...]:
    """After which updates the scores of trials are taken: 1, …, the last one, and every rung.

    >>> look_steps(20, (5, 20))
    (1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 12, 14, 15, 18, 20)
    >>> look_steps(20, (5, 20), looks=0)
    (5, 20)
    """
    spread = np.geomspace(1, updates, looks).round().astype(int).tolist()
    return tuple(sorted({*spread, *rungs}))
