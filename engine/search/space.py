"""The space of a search: one to six knobs, and the runs at its places."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from itertools import product
from typing import Any

import numpy as np

from engine.catalog.strategies.record import Levels
from engine.core.arrays import Array
from engine.search.axes import Axis, Range, Values
from engine.spec.numbers import with_numbers
from engine.spec.recipe import SEED_COUNT
from engine.spec.run_spec import RunSpec


@dataclass(frozen=True)
class Space:
    """What is varied around a base spec. Build one with `read_space`, which checks it."""

    base: RunSpec
    axes: tuple[Axis, ...]

    @property
    def levels(self) -> Levels:
        """How many values each knob can have; None of one that runs through all numbers of its range."""
        return tuple(axis.over.levels for axis in self.axes)

    @property
    def limits(self) -> Array:
        """The lowest and the highest place of each knob, (2, K), that a box may reach."""
        return np.array([axis.over.limits for axis in self.axes]).T

    @property
    def listed(self) -> Array:
        """Which of the knobs have a list of values, (K,)."""
        return np.array([isinstance(axis.over, Values) for axis in self.axes])

    def changes(self, places: Sequence[float] | Array) -> dict[str, Any]:
        """What the trial at a place (K,) has different from the base, as paths and values."""
        return {
            axis.path: axis.over.value(float(place))
            for axis, place in zip(self.axes, places, strict=True)
        }

    def specs(self, changes: Mapping[str, Any], seeds: int) -> tuple[RunSpec, ...]:
        """The base with these changes from so many starts: weights and batches of the next seeds.

        The first start is the base's own; all trials begin from the same ones.
        """
        made = self.base.replace(changes)
        return tuple(started(made, start) for start in range(seeds))

    def all_specs(
        self, changes: Sequence[Mapping[str, Any]], seeds: int
    ) -> list[tuple[RunSpec, ...]]:
        """The same as `specs` for each of many places of this space, where every number is allowed.

        Listed values are read once for each of their combinations, and numbers put in beside them. What a
        place does not name is the base's.
        """
        read: dict[tuple[tuple[str, int | None], ...], RunSpec] = {}
        found = []
        for each in changes:
            named = [axis for axis in self.axes if axis.path in each]
            chosen = tuple(
                (
                    axis.path,
                    axis.over.values.index(each[axis.path])
                    if isinstance(axis.over, Values)
                    else None,
                )
                for axis in named
            )
            if chosen not in read:
                read[chosen] = self.base.replace(each)
            numbers = {axis.path: each[axis.path] for axis in named if isinstance(axis.over, Range)}
            made = with_numbers(read[chosen], numbers)
            found.append(tuple(started(made, start) for start in range(seeds)))
        return found


def started(spec: RunSpec, start: int) -> RunSpec:
    """The same run from another start. No path is checked again, as every seed is allowed."""
    if not start:
        return spec
    return replace(
        spec,
        weights_seed=(spec.weights_seed + start) % SEED_COUNT,
        batches_seed=(spec.batches_seed + start) % SEED_COUNT,
    )


def corners(space: Space) -> Iterator[dict[str, Any]]:
    """Every combination of listed values, with all ranges at their lower ends, then at their upper ones."""
    ends = [axis.over.values if isinstance(axis.over, Values) else (None,) for axis in space.axes]
    ranges = [axis for axis in space.axes if isinstance(axis.over, Range)]
    for chosen in product(*ends):
        listed = {
            axis.path: value
            for axis, value in zip(space.axes, chosen, strict=True)
            if isinstance(axis.over, Values)
        }
        for end in (0, 1) if ranges else (0,):
            yield listed | {axis.path: axis.over.value(end) for axis in ranges}
