"""Updates written out: what an update does to one number, line by line, as one works it out by hand.

And in parts, each of them an arrow: what the gradient becomes on its way to the step.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from string import Formatter
from typing import Any

from engine.core.arrays import Numbers
from engine.words import NC_, Message


def _always(k: Numbers) -> bool:
    return True


@dataclass(frozen=True)
class WorkedLine:
    """One line of an update.

    name: what its result is called in later lines. A line that renews w or the slot "velocity" is called
        w_next or velocity_next.
    symbol, rule: the line in signs, symbol ← rule.
    numbers: the rule as a template with names in braces, to be filled with this update's numbers: knobs,
        slots as they were, results of lines before, and `w`, `g`, `rate` (the learning rate after its
        schedule) and `n`, the number of the update.
    result(n): what it comes to, from an object with those names as attributes.
    when(k): whether the line is part of the update with these knobs.
    """

    name: str
    symbol: str
    rule: str
    numbers: str
    result: Callable[[Any], Any]
    when: Callable[[Numbers], bool] = _always

    @property
    def names(self) -> tuple[str, ...]:
        """The names in the template, in the order in which they stand there."""
        fields = (field for _, field, _, _ in Formatter().parse(self.numbers))
        return tuple(dict.fromkeys(field for field in fields if field))


@dataclass(frozen=True)
class StepPart:
    """What an optimizer makes of the gradient between it and the step: a direction against which it goes.

    label: what it is called on the map. symbol: the direction in signs.
    lines: the names of the lines that lead to it; one that two parts name belongs to the later one.
    direction(n): what it comes to, from an object with the names of a `WorkedLine` as attributes.
    when(k): whether the update has this part with these knobs.
    """

    label: Message
    symbol: str
    lines: tuple[str, ...]
    direction: Callable[[Any], Any]
    when: Callable[[Numbers], bool] = _always


GRADIENT = NC_("part of a step", "gradient")
VELOCITY = NC_("part of a step", "velocity")
LOOK_AHEAD = NC_("part of a step", "look-ahead")
SCALING = NC_("part of a step", "scaling")
STEP = NC_("part of a step", "step")
"""What the parts of a step are called."""
