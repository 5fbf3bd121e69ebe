"""Updates written out: what an update does to one number, line by line, as one works it out by hand."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from string import Formatter
from typing import Any

from engine.core.arrays import Numbers


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
