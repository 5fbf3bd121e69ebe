"""A search: trials are proposed in rounds, trained side by side, looked at, and cut where a strategy says so.

A search is a value: `advance_search(search, budget)` has no clock and no hidden randomness, and where it is
cut into pieces never changes a bit of what comes out.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

import numpy as np

from engine.catalog.strategies import Draw, survivors
from engine.core.arrays import Array, read_only
from engine.core.plain import whole_number
from engine.core.random import Purpose, generator
from engine.search.population import LOOKS, Population, look_steps, populations
from engine.search.spec import SearchSpec
from engine.search.trials import Trial, ranked
from engine.training.trainers import Trainers

WORKING = 2**26
"""Bytes of working copies that are kept from one look to the next."""


@dataclass(frozen=True, eq=False)
class Search:
    """A search as far as it has come. Arrays are read-only.

    trials: all that were proposed so far. boxes: where each round looks, (2, K): its lower and its upper
    corner, as places. populations: the networks of the round that is under way. looks: how often trials are
    looked at on their way, rungs and their end not counted.
    """

    spec: SearchSpec
    trials: tuple[Trial, ...] = ()
    boxes: tuple[Array, ...] = ()
    populations: tuple[Population, ...] = ()
    looks: int = LOOKS

    @property
    def done(self) -> bool:
        """Whether every trial has been trained as far as it will be."""
        return not self.populations and len(self.boxes) == len(self.spec.rounds)

    @property
    def spent(self) -> int:
        """How many updates have been made, of all networks together."""
        now = {number for each in self.populations for number in each.trials}
        before = sum(trial.updates for trial in self.trials if trial.number not in now)
        return before + sum(int(each.updates.sum()) for each in self.populations)

    @property
    def ranking(self) -> list[Trial]:
        """The trials that have been looked at, from the best to the worst."""
        return ranked([trial for trial in self.trials if trial.scores])

    @property
    def best(self) -> Trial | None:
        """The best trial so far; None before the first look, and where all have diverged."""
        first = next(iter(self.ranking), None)
        return first if first and first.diverged is None else None


@dataclass(frozen=True)
class Piece:
    """What a part of a search brought: the trials that were proposed in it, and those that were looked at.

    A trial that was looked at twice is in `looks` twice, each time as it was then.
    """

    proposed: tuple[Trial, ...]
    looks: tuple[Trial, ...]


def begin_search(spec: SearchSpec, looks: int = LOOKS) -> Search:
    """A search before its first trial. With fewer looks it is quicker, and its curves have fewer points."""
    return Search(spec, looks=looks)


def advance_search(
    search: Search, budget: int, trainers: Trainers | None = None
) -> tuple[Search, Piece]:
    """Go on for about so many updates of single networks, 1 or more: of a population at least one of each.

    Returns the new search and what came in this piece; the same trials and the same scores however a search
    is cut. trainers: where working copies are kept between calls, as `engine.train` takes them.
    """
    end = search.spent + whole_number("budget", budget, least=1)
    kept = Trainers(WORKING) if trainers is None else trainers
    proposed: list[Trial] = []
    looks: list[Trial] = []
    while not search.done and (left := end - search.spent) > 0:
        if not search.populations:
            search = _with_round(search)
            proposed += search.trials[-search.spec.rounds[len(search.boxes) - 1] :]
        search, looked = _step(search, left, kept)
        looks += looked
    return search, Piece(tuple(proposed), tuple(looks))


def _with_round(search: Search) -> Search:
    """The next round's trials, before their first update."""
    spec, number, first = search.spec, len(search.boxes), len(search.trials)
    box = _box(search)
    random = np.stack(
        [
            generator(spec.search_seed, Purpose.SEARCH, number, trial).random(2 * len(spec.axes))
            for trial in range(spec.rounds[number])
        ]
    )
    places = spec.record.place(Draw(random, spec.space.levels), spec.strategy.knobs)
    trials = tuple(
        Trial(first + i, number, tuple(place), spec.space.changes(place))
        for i, place in enumerate((box[0] + places * (box[1] - box[0])).tolist())
    )
    return replace(
        search,
        trials=(*search.trials, *trials),
        boxes=(*search.boxes, box),
        populations=populations(spec, trials),
    )


def _box(search: Search) -> Array:
    """Where the next round looks: the whole range, or around the best so far. Listed values stay all."""
    spec, whole = search.spec, np.array([[0.0], [1.0]]).repeat(len(search.spec.axes), axis=1)
    if not search.boxes or spec.record.narrow is None:
        return read_only(whole)
    box, best = search.boxes[-1], search.best
    if best is None:
        return box
    place, limits = np.array(best.place), spec.space.limits
    box = spec.record.narrow(box, place, limits, spec.strategy.knobs)
    return read_only(np.where(spec.space.listed, whole, box))


def _step(search: Search, budget: int, trainers: Trainers) -> tuple[Search, Sequence[Trial]]:
    """Train the population that is farthest behind towards its next look, and look where it arrives."""
    spec = search.spec
    steps = look_steps(spec.updates, spec.rungs, search.looks)
    which = min(range(len(search.populations)), key=lambda i: search.populations[i].looks)
    population = search.populations[which]
    until = steps[population.looks]
    if population.training:
        population = population.advanced(until, budget, trainers)
    if population.training and population.state.step < until:
        return _with_population(search, which, population), ()
    looked = population.looked_at(spec, search.trials, until)
    search = _with_trials(search, looked)
    population = replace(population, looks=population.looks + 1)
    search = _with_population(search, which, population)
    if all(each.looks == population.looks for each in search.populations):
        if until == spec.updates:
            return replace(search, populations=()), looked
        if until in spec.rungs:
            search = _cut(search, until)
    return search, looked


def _cut(search: Search, rung: int) -> Search:
    """Let so many trials of the round go on as are to train up to the next rung, the best at this one."""
    spec = search.spec
    counts = survivors(len(search.trials), len(spec.rungs), spec.record.kept(spec.strategy.knobs))
    going = ranked([trial for trial in search.trials if not trial.cut])
    out = going[counts[spec.rungs.index(rung) + 1] :]
    cut = [replace(trial, cut=True) for trial in out if trial.diverged is None]
    gone = {trial.number for trial in out}
    search = _with_trials(search, cut)
    return replace(
        search, populations=tuple(each.without(gone, rung) for each in search.populations)
    )


def _with_population(search: Search, which: int, population: Population) -> Search:
    parts = search.populations
    return replace(search, populations=(*parts[:which], population, *parts[which + 1 :]))


def _with_trials(search: Search, trials: Sequence[Trial]) -> Search:
    changed = {trial.number: trial for trial in trials}
    return replace(
        search, trials=tuple(changed.get(trial.number, trial) for trial in search.trials)
    )
