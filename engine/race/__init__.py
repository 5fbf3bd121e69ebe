"""Optimizers on a surface of two variables: descents, outcomes, and what theory says of them.

A race has racers, which are optimizers with their schedules and clips, and starts; it is run in chunks:

>>> from engine import race
>>> spec = race.RaceSpec.from_dict(
...     {"surface": "bowl", "racers": [{"optimizer": {"kind": "sgd", "learning_rate": 0.1}}], "steps": 200}
... )
>>> isinstance(spec.racers[0], race.Racer), race.MAX_RACERS, race.MAX_STARTS, race.MAX_MEMBER_STEPS
(True, 8, 16, 100000)
>>> run, chunk = race.advance_race(race.begin_race(spec), 200)
>>> isinstance(run, race.Race), isinstance(chunk, race.PathChunk), chunk.path.shape
(True, True, (201, 1, 2))
>>> isinstance(run.outcomes[0], race.Outcome), run.outcomes[0].minimum
(True, 0)
>>> [section.path for section in race.RACE_SECTIONS][:2]
['surface', 'racers.*.optimizer']

What is known of the surface, and what theory says of the race on it:

>>> race.minima_of(spec).tolist(), race.eigenvalues_of(spec)
([[0.0, 0.0]], (2.0, 4.0))
>>> said = race.theory(run)
>>> isinstance(said, race.Theory), round(said.racers[0].predicted, 3)
(True, 0.8)
>>> race.surface_map(spec.surface, spec.extent, 5).shape, race.gradient_cost(spec.surface)
((5, 5), 100.0)

How it curves where the racers are, beside the edge up to which their steps are stable:

>>> curves = race.curvature(spec, chunk, start=0)
>>> isinstance(curves, race.Curvature), curves.eigenvalues.shape, curves.errors.shape
(True, (201, 1, 2), (201, 1, 2))
>>> curves.eigenvalues[0, 0].round(6).tolist(), float(curves.edges[0, 0].round(3))
([2.0, 4.0], 20.0)
>>> flat, steep = race.along(spec)[0]
>>> isinstance(steep, race.Along), round(steep.factor, 3), steep.limit, race.edge_formula(spec.racers[0])
(True, 0.6, 0.5, '2/η')

Each update written out, all at once or in parts:

>>> lines = race.work_out(spec, racer=0, start=0)
>>> isinstance(lines, race.Arithmetic), lines.lines[0].rule
(True, 'w − η g')
>>> _, part = race.work_on(spec, 0, 0, race.begin_working(spec, 0, 0), 3)
>>> part.results.shape
(3, 1, 2)

Where each start of a grid leads to, and how low each learning rate and momentum gets, as one descent each:

>>> many = race.descend(race.begin_basins(spec, racer=0, grid=4), 100)
>>> isinstance(many, race.Descent), isinstance(race.basins_of(spec, many), race.Basins)
(True, True)
>>> race.basins_of(spec, many).which.tolist() == [[0] * 4] * 4
True
>>> settings = race.descend(race.begin_rates(spec, racer=0, grid=4), 100)
>>> race.rates_of(spec, settings).shape, race.heights_of(settings).shape, race.rates_axes(spec, 4)[1][-1]
((4, 4), (16,), np.float64(0.0))

Basins in parts: ends, a closer look at them, and their gathering.

>>> ends = race.join_ends([race.ends_of(spec, many)])
>>> isinstance(ends, race.Ends), ends.looked_at, isinstance(race.look_closer(spec, ends), race.Ends)
(True, True, True)
>>> gathering = race.begin_gathering(ends)
>>> while not gathering.done:
...     gathering = race.gather(spec, gathering)
>>> isinstance(gathering, race.Gathering), race.basins_from(spec, gathering).minima.tolist()
(True, [[0.0, 0.0]])
"""

from engine.race.basins import (
    Basins,
    Ends,
    Gathering,
    basins_from,
    basins_of,
    begin_basins,
    begin_gathering,
    ends_of,
    gather,
    join_ends,
    look_closer,
)
from engine.race.curvature import Along, Curvature, along, curvature, edge_formula
from engine.race.descent import Descent, descend, gradient_cost, heights_of
from engine.race.heights import surface_map
from engine.race.outcomes import Outcome, minima_of
from engine.race.quadratic import eigenvalues_of
from engine.race.race import PathChunk, Race, advance_race, begin_race
from engine.race.rate_map import begin_rates, rates_axes, rates_of
from engine.race.sections import RACE_SECTIONS
from engine.race.spec import MAX_MEMBER_STEPS, MAX_RACERS, MAX_STARTS, Racer, RaceSpec
from engine.race.theory import Theory, theory
from engine.race.worked_updates import Arithmetic, begin_working, work_on, work_out

__all__ = [
    "MAX_MEMBER_STEPS",
    "MAX_RACERS",
    "MAX_STARTS",
    "RACE_SECTIONS",
    "Along",
    "Arithmetic",
    "Basins",
    "Curvature",
    "Descent",
    "Ends",
    "Gathering",
    "Outcome",
    "PathChunk",
    "Race",
    "RaceSpec",
    "Racer",
    "Theory",
    "advance_race",
    "along",
    "basins_from",
    "basins_of",
    "begin_basins",
    "begin_gathering",
    "begin_race",
    "begin_rates",
    "begin_working",
    "curvature",
    "descend",
    "edge_formula",
    "eigenvalues_of",
    "ends_of",
    "gather",
    "gradient_cost",
    "heights_of",
    "join_ends",
    "look_closer",
    "minima_of",
    "rates_axes",
    "rates_of",
    "surface_map",
    "theory",
    "work_on",
    "work_out",
]
