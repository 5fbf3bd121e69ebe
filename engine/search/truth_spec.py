"""What the ground behind a search is: two of its knobs, and where all the others stand."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from functools import cached_property
from typing import Any

from engine.core.errors import Problem, SpecError
from engine.core.plain import plain
from engine.search.axes import Axis, Values
from engine.search.space import Space, corners
from engine.search.spec import SearchSpec
from engine.spec.reader import Choice, Reader
from engine.spec.run_spec import RunSpec
from engine.words import N_

SIDE = 16
"""A side of the ground has so many cells, or one for each value where there are fewer."""
ROWS = 4
"""So many rows of cells train side by side: the picture comes in bands."""
PARTS = ("search", "axes", "others")


@dataclass(frozen=True)
class TruthSpec:
    """Everything that decides the ground. Build one with `from_dict`, which checks it.

    search: whose knobs, updates, seeds and score these are. axes: two of its knobs by their numbers, the one
    along the ground first. others: values of other knobs, as paths; those that are not named have the base's.
    """

    search: SearchSpec
    axes: tuple[int, int]
    others: Mapping[str, Any]

    @classmethod
    def from_dict(cls, values: Mapping[str, Any]) -> TruthSpec:
        """Read {"search", "axes", "others"} from JSON values; by default the first two knobs, and no others.

        Raises SpecError that lists every problem at once.
        """
        reader = Reader()
        if not isinstance(values, Mapping):
            raise SpecError(Problem("", values, N_("an object of settings")))
        reader.unknown("", values, PARTS)
        try:
            search = SearchSpec.from_dict(values.get("search", {}))
        except SpecError as error:
            raise SpecError(*reader.problems, *error.within("search").problems) from error
        axes = _axes(reader, search, values.get("axes", (0, 1)))
        others = _others(reader, search, axes, values.get("others", {}))
        if reader.problems:
            raise SpecError(*reader.problems)
        spec = cls(search, axes, others)
        spec._check()
        return spec

    def to_dict(self) -> dict[str, Any]:
        """The ground as JSON values, defaults filled in; `from_dict` reads it back equal."""
        others = dict(self.others)
        return {"search": self.search.to_dict(), "axes": list(self.axes), "others": others}

    @property
    def sides(self) -> tuple[int, int]:
        """How many cells stand beside each other, and how many above each other."""
        across, up = (_cells(axis) for axis in self._pair)
        return across, up

    @property
    def updates(self) -> int:
        """How many updates all networks of the ground make together, where none diverges."""
        across, up = self.sides
        return across * up * self.search.seeds * self.search.updates

    @property
    def together(self) -> int:
        """How many networks train side by side at most."""
        across, up = self.sides
        return across * min(up, ROWS) * self.search.seeds

    @cached_property
    def plane(self) -> SearchSpec:
        """The search along the two knobs alone."""
        return replace(self.search, axes=self._pair)

    @cached_property
    def seconds(self) -> float:
        """About how long training takes on one slow core, as of a random search of as many trials."""
        base, strategy = self.corners[0], Choice("random", ())
        like = replace(self.plane, base=base, strategy=strategy, budget=self.updates)
        return like.seconds

    @cached_property
    def corners(self) -> tuple[RunSpec, ...]:
        """The runs at the ends of both knobs, with every combination of listed values: none costs more."""
        base = self.search.base
        return tuple(
            base.replace({**self.others, **each}) for each in corners(Space(base, self._pair))
        )

    def changes(self, cell: int) -> dict[str, Any]:
        """What the run of a cell has different from the base, cells counted by rows from the lowest one.

        A cell's run stands in its middle: at (c + ½) / n of the way along its knob's scale.
        """
        column, row = cell % self.sides[0], cell // self.sides[0]
        across, up = self._pair
        return {
            **self.others,
            across.path: across.over.value((column + 0.5) / self.sides[0]),
            up.path: up.over.value((row + 0.5) / self.sides[1]),
        }

    @property
    def _pair(self) -> tuple[Axis, Axis]:
        across, up = (self.search.axes[index] for index in self.axes)
        return across, up

    def _check(self) -> None:
        """Raise SpecError where the others' values do not go with those of the two knobs."""
        try:
            _ = self.corners
        except SpecError as error:
            raise error.within("others") from error


def _cells(axis: Axis) -> int:
    """One for each value, as far as there are not too many."""
    if isinstance(axis.over, Values):
        return axis.over.levels
    return min(axis.over.levels or SIDE, SIDE)


def _axes(reader: Reader, search: SearchSpec, values: object) -> tuple[int, int]:
    """Two knobs by their numbers."""
    values, count = plain(values), len(search.axes)
    match values:
        case [int(across), int(up)] if 0 <= across < count and 0 <= up < count and across != up:
            return across, up
    allowed = N_("the numbers of two knobs of the search, counted from 0")
    reader.problem("axes", values, allowed)
    return 0, 0


def _others(
    reader: Reader, search: SearchSpec, axes: tuple[int, int], values: object
) -> dict[str, Any]:
    """What knobs beside the two are set to."""
    paths = {axis.path for i, axis in enumerate(search.axes) if i not in axes}
    if isinstance(values, Mapping) and values.keys() <= paths:
        return dict(values)
    allowed = N_("values of settings that are searched and are none of the two")
    reader.problem("others", values, allowed)
    return {}
