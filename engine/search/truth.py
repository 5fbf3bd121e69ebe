"""The ground behind a search: how good every setting of two knobs really is, trained one and all.

A search sees a few places of the ground that it walks on. Here all cells of a grid are trained, as trials
are: with the same updates, from the same starts, judged by the same points.
"""

from __future__ import annotations

from dataclasses import dataclass, replace

from engine.core.plain import whole_number
from engine.search.population import Population, populations
from engine.search.search import WORKING
from engine.search.trials import Trial
from engine.search.truth_spec import ROWS, TruthSpec
from engine.training.trainers import Trainers


@dataclass(frozen=True, eq=False)
class Truth:
    """The ground as far as it has come. A cell is a trial whose number says where it lies, by rows.

    cells: those that are done or under way. populations: the networks of those that are under way.
    """

    spec: TruthSpec
    cells: tuple[Trial, ...] = ()
    populations: tuple[Population, ...] = ()

    @property
    def done(self) -> bool:
        """Whether all cells are trained."""
        across, up = self.spec.sides
        return not self.populations and len(self.cells) == across * up

    @property
    def spent(self) -> int:
        """How many updates have been made, of all networks together."""
        ended = sum(trial.updates for trial in self.cells)
        return ended + sum(int(each.updates.sum()) for each in self.populations)


def begin_truth(spec: TruthSpec) -> Truth:
    """The ground before its first update."""
    return Truth(spec)


def advance_truth(
    truth: Truth, budget: int, trainers: Trainers | None = None
) -> tuple[Truth, tuple[Trial, ...]]:
    """Go on for about so many updates of single networks, 1 or more: of a population at least one of each.

    Returns the new ground and the cells that were finished; the same ones however it is cut. trainers: where
    working copies are kept between calls, as `engine.train` takes them.
    """
    end = truth.spent + whole_number("budget", budget, least=1)
    kept = Trainers(WORKING) if trainers is None else trainers
    finished: list[Trial] = []
    while not truth.done and (left := end - truth.spent) > 0:
        truth = truth if truth.populations else _with_rows(truth)
        truth, ended = _step(truth, left, kept)
        finished += ended
    return truth, tuple(finished)


def _with_rows(truth: Truth) -> Truth:
    """The next rows, before their first update."""
    spec, (across, up) = truth.spec, truth.spec.sides
    first = len(truth.cells)
    numbers = range(first, min(first + ROWS * across, across * up))
    cells = tuple(Trial(number, 0, (), spec.changes(number)) for number in numbers)
    return replace(truth, cells=(*truth.cells, *cells), populations=populations(spec.plane, cells))


def _step(truth: Truth, budget: int, trainers: Trainers) -> tuple[Truth, list[Trial]]:
    """Train the first population under way; where it comes to its end, its cells are judged."""
    (population, *others), search = truth.populations, truth.spec.search
    if population.training:
        population = population.advanced(search.updates, budget, trainers)
    if population.training and population.state.step < search.updates:
        return replace(truth, populations=(population, *others)), []
    ended = population.looked_at(search, truth.cells, search.updates)
    judged = {trial.number: trial for trial in ended}
    cells = tuple(judged.get(trial.number, trial) for trial in truth.cells)
    return replace(truth, cells=cells, populations=tuple(others)), ended
