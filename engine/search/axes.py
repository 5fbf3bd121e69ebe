"""One knob of a search: the values it may take, on its own scale, as places from 0 to 1."""

from __future__ import annotations

import math
from dataclasses import dataclass
from typing import Any, Literal

Scale = Literal["linear", "log", "choice"]


@dataclass(frozen=True)
class Range:
    """From `low` to `high`, both included, evenly on a scale.

    least, most: the knob's own limits in the catalogue, which no place leads beyond.

    Linear: v = a + u (b − a); logarithmic: v = a (b / a)ᵘ. Whole numbers are those below v, where b is one
    more than `high`, so that on a linear scale all have the same share. Places below 0 and above 1 go on
    beyond the range.

    >>> rates = Range(0.001, 0.1, "log", False, 0.0, 10.0)
    >>> [round(rates.value(u), 6) for u in (0, 0.5, 1, 1.5)]
    [0.001, 0.01, 0.1, 1.0]
    >>> units = Range(1, 4, "linear", True, 1, 128)
    >>> [units.value(u) for u in (0, 0.25, 0.6, 0.99)], units.place(3)
    ([1, 2, 3, 4], 0.625)
    """

    low: float
    high: float
    scale: Scale
    whole: bool
    least: float
    most: float

    @property
    def levels(self) -> int | None:
        """How many values there are; None for all numbers of the range."""
        return int(self.high - self.low) + 1 if self.whole else None

    @property
    def limits(self) -> tuple[float, float]:
        """The lowest and the highest place that a box may reach: a range's width beyond it at most."""
        below, above = self.place(self.least), self.place(self.most)
        return max(-1.0, min(below, 0.0)), min(2.0, max(above, 1.0))

    def value(self, place: float) -> float:
        """The value at a place, within the knob's limits."""
        low, end = self.low, self._end
        value = low * (end / low) ** place if self.scale == "log" else low + place * (end - low)
        if not self.whole:
            return float(min(max(value, self.least), self.most))
        # the upper end of the range itself, 1, is the last whole number and not the one after
        highest = self.high if place <= 1 else self.most
        return int(min(max(math.floor(value), self.least), highest))

    def place(self, value: float) -> float:
        """Where a value lies; a whole number in the middle of its share. Minus infinity for the log of 0."""
        value = value + 0.5 if self.whole else value
        if self.scale == "linear":
            return (value - self.low) / (self._end - self.low)
        if value <= 0:
            return -math.inf
        return math.log(value / self.low) / math.log(self._end / self.low)

    @property
    def _end(self) -> float:
        return self.high + 1 if self.whole else self.high

    def to_dict(self) -> dict[str, Any]:
        """The range as it stands in JSON."""
        return {"low": self.low, "high": self.high, "scale": self.scale}


@dataclass(frozen=True)
class Values:
    """A list of values, each with the same share of the places from 0 to 1.

    >>> kinds = Values(("sgd", "adam"))
    >>> kinds.value(0.49), kinds.value(0.5), kinds.value(1), kinds.place("adam")
    ('sgd', 'adam', 'adam', 0.75)
    """

    values: tuple[Any, ...]

    @property
    def levels(self) -> int:
        """How many values there are."""
        return len(self.values)

    @property
    def limits(self) -> tuple[float, float]:
        """The lowest and the highest place."""
        return 0.0, 1.0

    def value(self, place: float) -> Any:
        """The value at a place."""
        return self.values[min(max(int(place * len(self.values)), 0), len(self.values) - 1)]

    def place(self, value: Any) -> float:
        """Where one of the values lies: the middle of its share."""
        return (self.values.index(value) + 0.5) / len(self.values)

    def to_dict(self) -> dict[str, Any]:
        """The values as they stand in JSON."""
        return {"values": list(self.values)}


@dataclass(frozen=True)
class Axis:
    """A path of a spec, and what a search may set there."""

    path: str
    over: Range | Values

    def to_dict(self) -> dict[str, Any]:
        """The axis as it stands in JSON."""
        return {"path": self.path} | self.over.to_dict()
