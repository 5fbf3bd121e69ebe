"""A space of search from JSON: what is wrong with a knob, its range, and knobs that do not go together."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from itertools import combinations
from math import inf, prod
from typing import Any

from engine.catalog.sections import FAMILIES, SECTIONS, Section
from engine.core.errors import SpecError
from engine.core.numerals import numeral
from engine.core.plain import plain
from engine.core.registry import Knob
from engine.search.axes import Axis, Range, Values
from engine.search.sections import MAX_COMBINATIONS, MAX_KNOBS, MAX_SHAPES
from engine.search.space import Space, corners
from engine.spec.live import shape
from engine.spec.paths import general
from engine.spec.reader import Reader, join
from engine.spec.run_spec import RunSpec
from engine.words import N_, listed

TASK = ("data", "loss", "dtype", "stop", "frozen", "weights_seed", "batches_seed")
"""What is the same in all trials: scores could not be compared, or it is what seeds are for."""


def read_space(reader: Reader, base: RunSpec, values: object) -> Space | None:
    """The space of a search in JSON, a list of {"path", "low", "high", "scale"} or {"path", "values"}.

    None where there are problems, which the reader has then.
    """
    values, before = plain(values), len(reader.problems)
    if not isinstance(values, list | tuple) or not 1 <= len(values) <= MAX_KNOBS:
        # of too many their count says enough
        given = len(values) if isinstance(values, list | tuple) and values else values
        reader.problem("knobs", given, N_("a list of 1 to {most} knobs", most=MAX_KNOBS))
        return None
    axes = [_axis(reader, base, f"knobs.{i}", value) for i, value in enumerate(values)]
    _each_once(reader, values)
    if len(reader.problems) > before:
        return None
    space = Space(base, tuple(axis for axis in axes if axis))
    _shapes_fit(reader, space)
    if len(reader.problems) == before:
        _every_corner(reader, space)
    return None if len(reader.problems) > before else space


def _axis(reader: Reader, base: RunSpec, place: str, values: object) -> Axis | None:
    if not isinstance(values, Mapping):
        reader.problem(place, values, N_("an object with a path"))
        return None
    path = values.get("path")
    if not isinstance(path, str) or path.partition(".")[0] in TASK:
        allowed = N_(
            "the path of a setting that may differ between trials; the same for all: {names}",
            names=listed(TASK),
        )
        reader.problem(join(place, "path"), path, allowed)
        return None
    if "values" in values:
        reader.unknown(place, values, ("path", "values"))
        chosen = _values(reader, base, place, path, values["values"])
        return Axis(path, chosen) if chosen else None
    reader.unknown(place, values, ("path", "low", "high", "scale"))
    knob = knob_at(base, path)
    if knob is None or knob.type not in ("number", "integer"):
        allowed = N_("the path of a number; other settings take a list of values")
        reader.problem(join(place, "path"), path, allowed)
        return None
    over = _range(reader, place, knob, values)
    return Axis(path, over) if over else None


def _values(reader: Reader, base: RunSpec, place: str, path: str, values: object) -> Values | None:
    where = join(place, "values")
    if not isinstance(values, list | tuple) or not 1 <= len(values) <= MAX_COMBINATIONS:
        reader.problem(where, values, N_("a list of 1 to {most} values", most=MAX_COMBINATIONS))
        return None
    before, knob = len(reader.problems), knob_at(base, path)
    found = [_read(reader, f"{where}.{i}", knob, value) for i, value in enumerate(values)]
    for i, value in enumerate(found):
        if value is not None and value in found[:i]:
            reader.problem(f"{where}.{i}", value, N_("each value once"))
    return Values(tuple(found)) if len(reader.problems) == before else None


def _range(reader: Reader, place: str, knob: Knob, values: Mapping[str, Any]) -> Range | None:
    before = len(reader.problems)
    low, high = (
        _read(reader, join(place, end), knob, values.get(end, limit))
        for end, limit in (("low", knob.minimum), ("high", knob.maximum))
    )
    scale = values.get("scale", knob.scale)
    if scale not in ("linear", "log"):
        reader.problem(
            join(place, "scale"), scale, N_("one of {names}", names=listed(("linear", "log")))
        )
    if len(reader.problems) > before:
        return None
    if low >= high:
        end = numeral(low)
        allowed = (
            N_("more than {least}, or the range ends before it begins", least=end)
            if low > high
            else N_("more than {least}, or the range is empty", least=end)
        )
        reader.problem(join(place, "high"), high, allowed)
        return None
    if scale == "log" and low <= 0:
        reader.problem(join(place, "low"), low, N_("more than 0 on a logarithmic scale"))
        return None
    least = -inf if knob.minimum is None else knob.minimum
    most = inf if knob.maximum is None else knob.maximum
    return Range(low, high, scale, knob.type == "integer", least, most)


def _read(reader: Reader, place: str, knob: Knob | None, value: object) -> Any:
    """The value in the knob's own type; as it is where there is no knob, as of kinds and whole parts."""
    try:
        return value if knob is None else knob.read(value)
    except ValueError as error:
        reader.problem(place, value, str(error))
        return None


def knob_at(base: RunSpec, path: str) -> Knob | None:
    """The knob at a path of a spec: of the base's own kind, or else of the first kind that has it."""
    where, _, name = general(path).rpartition(".")
    for section in SECTIONS:
        if section.path == where:
            for knob in _knobs(section, base, path):
                if knob.name == name:
                    return knob
    return None


def _knobs(section: Section, base: RunSpec, path: str) -> Iterator[Knob]:
    """All knobs that a section can have, those of the kind that the base has there first."""
    yield from section.knobs
    if section.family:
        kind = _kind_at(base, path.rpartition(".")[0])
        records = FAMILIES[section.family]
        if kind is not None and kind in records:
            yield from records[kind].knobs
        for record in records.values():
            yield from record.knobs


def _kind_at(base: RunSpec, path: str) -> str | None:
    """The kind of the section at a path, "optimizer" or "layers.1.activation"; None where there is none."""
    place: Any = base
    for name in path.split("."):
        if name.isdecimal():
            place = place[int(name)] if int(name) < len(place) else None
        else:
            place = getattr(place, name, None)
    kind: str | None = getattr(place, "kind", None)
    return kind


def _each_once(reader: Reader, values: Sequence[Any]) -> None:
    """Note knobs that are named twice, or are part of one another."""
    paths = [value.get("path") if isinstance(value, Mapping) else None for value in values]
    for (_, one), (i, other) in combinations(enumerate(paths), 2):
        if not isinstance(one, str) or not isinstance(other, str):
            continue
        if one == other:
            reader.problem(f"knobs.{i}.path", other, N_("each knob once"))
        elif other.startswith(f"{one}.") or one.startswith(f"{other}."):
            allowed = N_("no part of another knob, and none that {path} is part of", path=one)
            reader.problem(f"knobs.{i}.path", other, allowed)


def _shapes_fit(reader: Reader, space: Space) -> None:
    """Note ranges that change the shape of arrays, and more combinations of listed values than are checked.

    Networks of one shape train together: more than a few shapes would be many small populations.
    """
    for i, axis in enumerate(space.axes):
        if isinstance(axis.over, Range) and axis.over.whole:
            ends = [_made(space.base, {axis.path: end}) for end in (axis.over.low, axis.over.high)]
            if all(ends) and len({shape(end) for end in ends if end}) > 1:
                allowed = N_(
                    "a list of at most {most} values, as it decides the shape of arrays",
                    most=MAX_SHAPES,
                )
                reader.problem(f"knobs.{i}", axis.to_dict(), allowed)
    count = prod(len(axis.over.values) for axis in space.axes if isinstance(axis.over, Values))
    if count > MAX_COMBINATIONS:
        allowed = N_("listed values with at most {most} combinations", most=MAX_COMBINATIONS)
        reader.problem("knobs", count, allowed)


def _every_corner(reader: Reader, space: Space) -> None:
    """Note values that do not go together: every combination of listed ones, at both ends of all ranges.

    What lies between the ends of a range is allowed where both ends are.
    """
    shapes = set()
    for corner in corners(space):
        try:
            shapes.add(shape(space.base.replace(corner)))
        except SpecError as error:
            for each in error.problems:
                place = _named(space, each.path)
                if all(
                    known.path != place or known.value != each.value for known in reader.problems
                ):
                    reader.problems.append(replace(each, path=place))
    if not reader.problems and len(shapes) > MAX_SHAPES:
        allowed = N_(
            "values that make networks of at most {most} different shapes", most=MAX_SHAPES
        )
        reader.problem("knobs", len(shapes), allowed)


def _named(space: Space, path: str) -> str:
    """Where in the search stands what is wrong at a path of the spec."""
    for i, axis in enumerate(space.axes):
        if f"{path}.".startswith(f"{axis.path}."):
            return f"knobs.{i}"
    return f"base.{path}"


def _made(base: RunSpec, changes: Mapping[str, Any]) -> RunSpec | None:
    """The base with these changes; None where it cannot have them."""
    try:
        return base.replace(changes)
    except SpecError:
        return None
