"""Changes to a spec as JSON values: what stands at a dotted path becomes another value."""

from __future__ import annotations

import copy
import re
from collections.abc import Mapping
from typing import Any

from engine.catalog.sections import FAMILIES, SECTIONS, Section
from engine.core.errors import Problem
from engine.core.plain import unboxed
from engine.core.registry import Knob
from engine.words import N_

A_PATH = N_("the path of a setting, such as optimizer.learning_rate")
"""What a change is made at."""


def apply(
    values: dict[str, Any], changes: Mapping[str, Any], sections: tuple[Section, ...] = SECTIONS
) -> list[Problem]:
    """Put every change into a whole spec's JSON values; returns what is wrong with the paths.

    Where a kind changes, of the knobs those stay that the new kind has and a person has set; `sections` says
    which kinds and knobs there are.
    """
    # kinds first, so that a knob of the new kind can be set in the same change
    paths = sorted(changes, key=lambda path: not path.endswith("kind"))
    problems = []
    for path in paths:
        value = unboxed(changes[path])
        if any(other.startswith(f"{path}.") for other in paths):
            try:
                value = copy.deepcopy(value)  # another change writes in it
            except RecursionError:
                problems.append(Problem(path, value, N_("a value that is not nested so deeply")))
                continue
        problem = _set(values, path, value, sections)
        problems += [problem] if problem else []
    return problems


def combined(earlier: Mapping[str, Any], later: Mapping[str, Any]) -> dict[str, Any]:
    """Two changes made one after the other as one: what the later leave nothing of is not in it."""
    kept = {path: value for path, value in earlier.items() if not _covered(path, later)}
    return kept | dict(later)


def _covered(path: str, changes: Mapping[str, Any]) -> bool:
    """Whether these changes leave nothing of an earlier change of this path."""
    return any(
        path == other or path.startswith(f"{other.removesuffix('.kind')}.") for other in changes
    )


def value_at(values: Any, path: str) -> Any:
    """What stands at a path of JSON values; None where nothing does."""
    for key in path.split("."):
        if isinstance(values, list) and _is_position(key, values):
            values = values[int(key)]
        elif isinstance(values, Mapping):
            values = values.get(key)
        else:
            return None
    return values


def general(path: str) -> str:
    """The same path for every position of a list, as sections have it.

    >>> general("layers.0.activation.kind")
    'layers.*.activation.kind'
    """
    return re.sub(r"(?<=\.)\d+(?=\.)", "*", path)


def _set(
    values: dict[str, Any], path: str, value: Any, sections: tuple[Section, ...]
) -> Problem | None:
    """Put `value` at a dotted path in a whole spec's JSON values; returns what is wrong with the path."""
    *parents, name = path.split(".")
    place: Any = values
    for key in parents:
        if isinstance(place, list) and _is_position(key, place):
            place = place[int(key)]
        elif isinstance(place, dict) and key in place:
            place = place[key]
        elif isinstance(place, list):
            return _no_position(path, value, len(place))
        else:
            return Problem(path, value, A_PATH)
    if isinstance(place, list):
        if not _is_position(name, place):
            return _no_position(path, value, len(place))
        place[int(name)] = value
    elif not isinstance(place, dict):
        return Problem(path, value, A_PATH)
    elif name == "kind" and "kind" in place:
        _change_kind(place, path, value, sections)
    else:
        place[name] = value
    return None


def _no_position(path: str, value: Any, count: int) -> Problem:
    """A path into a list of so many leads to none of them."""
    said = (
        N_("no such position here; positions go from 0 to {last}", last=count - 1)
        if count
        else N_("no such position here; the list is empty")
    )
    return Problem(path, value, said, unknown=True)


def _is_position(key: str, place: list[Any]) -> bool:
    """Whether a part of a path counts a place of the list; more digits than it takes are none."""
    return (
        key.isdecimal()
        and key.isascii()
        and len(key) <= len(str(len(place)))
        and int(key) < len(place)
    )


def _change_kind(
    place: dict[str, Any], path: str, kind: Any, sections: tuple[Section, ...]
) -> None:
    """Set a section's kind; of its knobs keep those a person has set to what the new kind allows too."""
    where = general(path).rpartition(".")[0]
    old_kind, place["kind"] = place["kind"], kind
    chosen = [section for section in sections if section.path == where and section.family]
    if not (chosen and isinstance(kind, str) and kind in FAMILIES[chosen[0].family or ""]):
        return  # the reader says what is wrong with it
    (section,) = chosen
    old = {knob.name: knob.default for knob in section.knobs_of(old_kind)}
    new = {knob.name: knob for knob in section.knobs_of(kind)}
    for name in set(old) & set(place):
        if place[name] == old[name] or name not in new or not _takes(new[name], place[name]):
            del place[name]


def _takes(knob: Knob, value: Any) -> bool:
    """Whether a value is one of the knob's; a step schedule's γ of 0 is none of an exponential one's."""
    try:
        knob.read(value)
    except ValueError:
        return False
    return True
