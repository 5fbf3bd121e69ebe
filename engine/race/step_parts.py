"""One update in parts, each an arrow: the gradient, what the optimizer makes of it, and the step it takes.

All but the last point downhill, against what the optimizer goes by; the last is the step as it is taken.
Where nothing decays, it is the learning rate times the one before it.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any, Literal

import numpy as np

from engine.catalog.optimizers import OPTIMIZERS
from engine.catalog.worked_lines import GRADIENT, SCALING, STEP, StepPart, WorkedLine
from engine.core.arrays import Array
from engine.race.spec import Racer
from engine.words import Message


@dataclass(frozen=True)
class Part:
    """One part of every update of a racer.

    label: what it is called. symbol: the arrow in signs.
    units: arrows of the same units can be compared: "gradient", "scaled" once it is divided, "map" for the
        step.
    lines: the numbers, from 0, of the worked lines that lead to it.
    """

    label: Message
    symbol: str
    units: Literal["gradient", "scaled", "map"]
    lines: tuple[int, ...]


def parts_of(rules: Racer, lines: tuple[WorkedLine, ...]) -> tuple[Part, ...]:
    """The parts of an update with these worked lines, in order: the gradient first, the step last."""
    made = _made(rules)
    optimizer = {line.name for line in OPTIMIZERS[rules.optimizer.kind].lines}
    owner = {name: place for place, part in enumerate(made, 1) for name in part.lines}
    last = len(made) + 1
    numbers: list[list[int]] = [[] for _ in range(last + 1)]
    for number, line in enumerate(lines):
        given = line.name not in optimizer and line.name != "rate"
        numbers[0 if given else owner.get(line.name, last)].append(number)
    divided = [SCALING in [each.label for each in made[: i + 1]] for i in range(len(made))]
    return (
        Part(GRADIENT, "−g", "gradient", tuple(numbers[0])),
        *(
            Part(
                part.label,
                _against(part.symbol),
                "scaled" if is_divided else "gradient",
                tuple(own),
            )
            for part, is_divided, own in zip(made, divided, numbers[1:-1], strict=True)
        ),
        Part(STEP, "Δw", "map", tuple(numbers[-1])),
    )


def arrows_of(rules: Racer, names: Any) -> Array:
    """The arrow of each part in each update, (T, A, 2), from all that a `WorkedLine` can name."""
    shape = names.w.shape
    found = [-names.g, *(-part.direction(names) for part in _made(rules)), names.w_next - names.w]
    return np.stack([np.broadcast_to(arrow, shape) for arrow in found], axis=1)


def _made(rules: Racer) -> tuple[StepPart, ...]:
    """What the optimizer makes of the gradient, with the knobs it has."""
    knobs = rules.optimizer.knobs
    return tuple(part for part in OPTIMIZERS[rules.optimizer.kind].parts if part.when(knobs))


def _against(symbol: str) -> str:
    """The direction against one: "−v", "−(g + μ v)"."""
    return f"−({symbol})" if " + " in symbol.partition(" / ")[0] else f"−{symbol}"
