"""The arithmetic of a racer: each of its updates written out, with the numbers of that update put in.

The lines belong to the records of optimizer and clip. What stands before them is written here: the noise
and the schedule. The numbers are those of the race itself, and each line's result is worked out from them.
"""

from __future__ import annotations

from dataclasses import dataclass
from types import SimpleNamespace
from typing import Any

import numpy as np

from engine.catalog.clipping import CLIPS
from engine.catalog.optimizers import OPTIMIZERS
from engine.catalog.schedules import SCHEDULES, STEP_SCHEDULES
from engine.catalog.worked_lines import WorkedLine
from engine.core.arrays import Array
from engine.core.errors import position
from engine.core.legend import Term, legend
from engine.race.descent import Descent, Journal, begin, journal_of
from engine.race.noise import gradient_noise
from engine.race.spec import Racer, RaceSpec
from engine.race.step_parts import Part, arrows_of, parts_of


@dataclass(frozen=True, eq=False)
class Arithmetic:
    """T updates of one member, written out.

    lines: L of them, in the order in which they are worked out; names: the K names in their templates.
    legend: what the letters in the lines are.
    values (T, K, 2): what each name stands for in x and in y; results (T, L, 2): what each line comes to.
    parts: A of them, gradient first, step last; arrows (T, A, 2): the same as arrows on the map.
    """

    lines: tuple[WorkedLine, ...]
    names: tuple[str, ...]
    legend: tuple[Term, ...]
    values: Array
    results: Array
    parts: tuple[Part, ...]
    arrows: Array


def work_out(spec: RaceSpec, racer: int, start: int) -> Arithmetic:
    """Every update of one racer from one start, up to the last one whose numbers are finite.

    Raises PositionError where the race has no such racer or start.
    """
    _, found = work_on(spec, racer, start, begin_working(spec, racer, start), spec.steps)
    return found


def begin_working(spec: RaceSpec, racer: int, start: int) -> Descent:
    """One racer at one start, before its first update. Raises PositionError."""
    rules = spec.racers[position("racer", racer, len(spec.racers))]
    point = spec.points[position("start", start, len(spec.points))]
    return begin(spec.surface, [rules], [point], spec.noise, spec.noise_seed, [start])


def work_on(
    spec: RaceSpec, racer: int, start: int, descent: Descent, steps: int
) -> tuple[Descent, Arithmetic]:
    """The next `steps` updates of a descent from `begin_working`, or as many as are left, written out."""
    rules, first = spec.racers[racer], descent.step
    descent, journal = journal_of(descent, min(steps, spec.steps - first))
    lines = _lines(spec, rules)
    names = _names(spec, rules, start, first, journal)
    results = []
    with np.errstate(all="ignore"):
        for line in lines:
            results.append(line.result(names))
            setattr(names, line.name, results[-1])
        arrows = arrows_of(rules, names)
    shape = (len(journal.theta), 2)
    used = tuple(dict.fromkeys(("w", "g", *(name for line in lines for name in line.names))))
    return descent, Arithmetic(
        lines,
        used,
        _legend(rules, lines),
        np.stack([np.broadcast_to(getattr(names, name), shape) for name in used], axis=1),
        np.stack([np.broadcast_to(result, shape) for result in results], axis=1),
        parts_of(rules, lines),
        arrows,
    )


def _lines(spec: RaceSpec, rules: Racer) -> tuple[WorkedLine, ...]:
    """The lines of one update, in order."""
    schedule, optimizer = SCHEDULES[rules.schedule.kind], OPTIMIZERS[rules.optimizer.kind]
    clip = CLIPS[rules.clip.kind].lines
    lines = []
    if spec.noise:
        lines.append(
            WorkedLine(
                name="raw" if clip else "g",
                symbol="g",
                rule="∂f + noise",
                numbers="{slope} + {noise}",
                result=lambda n: n.slope + n.noise,
            )
        )
    lines += clip
    if schedule.varies:
        lines.append(
            WorkedLine(
                name="rate",
                symbol="η(t)",
                rule=schedule.formula.partition(" = ")[2],
                numbers="{learning_rate}·{factor}",
                result=lambda n: n.learning_rate * n.factor,
            )
        )
    knobs = rules.optimizer.knobs
    return (*lines, *(line for line in optimizer.lines if line.when(knobs)))


def _legend(rules: Racer, lines: tuple[WorkedLine, ...]) -> tuple[Term, ...]:
    """What the letters in these lines are."""
    records = (
        OPTIMIZERS[rules.optimizer.kind],
        STEP_SCHEDULES[rules.schedule.kind],
        CLIPS[rules.clip.kind],
    )
    letters = tuple(term for record in records for term in record.letters)
    return legend(letters, " ".join(f"{line.symbol} ← {line.rule}" for line in lines))


def _names(
    spec: RaceSpec, rules: Racer, start: int, first: int, journal: Journal
) -> SimpleNamespace:
    """What is given in the updates from the first one on: numbers, or arrays (T, 1) and (T, 2)."""
    w, g = journal.theta[:, 0], journal.gradient[:, 0]
    t = np.arange(first, first + len(w))[:, None]
    factor = SCHEDULES[rules.schedule.kind].factor(t * 1.0, rules.schedule.knobs)
    names: dict[str, Any] = rules.optimizer.knobs | rules.clip.knobs
    names |= {name: slot[:, 0] for name, slot in journal.slots.items()}
    names |= {"w": w, "g": g, "raw": g, "raw_x": g[:, :1], "raw_y": g[:, 1:], "n": t + 1.0}
    names |= {"factor": factor, "rate": rules.optimizer["learning_rate"] * factor}
    if spec.noise:
        drawn = [gradient_noise(spec.noise_seed, step, [start])[0] for step in t[:, 0].tolist()]
        noise = spec.noise * np.array(drawn).reshape(w.shape)
        names |= {"noise": noise, "slope": g - noise}
    return SimpleNamespace(**names)
