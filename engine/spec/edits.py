"""Changes of a run while it goes on: what they are, and what they make of its specs."""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np

from engine.core.errors import Problem, SpecError
from engine.core.numerals import numeral
from engine.core.plain import unboxed
from engine.spec.live import is_live, keeps_shapes, keeps_start, shape
from engine.spec.parameter_names import LARGEST, PREFIX, WHOLE, number, pack, place, split, unpack
from engine.spec.parameter_names import allowed as allowed_names
from engine.spec.parameter_values import whole
from engine.spec.run_spec import RunSpec
from engine.words import N_, NN_, Message

SHAPING = ("layers", "features", "data", "loss", "dtype")
"""Parts of a spec that can change the shape of a network."""
STARTING = ("initializer", "weights_seed")
"""Parts of a spec that say where training begins, and nothing after that."""
NUMBER = N_("a number from {least} to {most}", least=numeral(-LARGEST), most=numeral(LARGEST))
"""What a parameter can be."""


@dataclass(frozen=True)
class Edit:
    """A change made while training: after `step` updates, these spec paths took these values."""

    step: int
    changes: Mapping[str, Any]


def edited(specs: Sequence[RunSpec], changes: Mapping[str, Any]) -> tuple[RunSpec, ...]:
    """What an edit makes of the specs of a running population. Raises SpecError as `edit` does."""
    parts = split(changes)
    after = tuple(spec.replace(parts.settings) for spec in specs)
    problems = [*_refusals(specs, after, parts.settings), *_wrong(after[0], parts.values)]
    if problems:
        raise SpecError(*problems)
    return after


def _refusals(
    before: Sequence[RunSpec], after: Sequence[RunSpec], settings: Mapping[str, Any]
) -> list[Problem]:
    """What a running network cannot take."""
    pairs = list(zip(before, after, strict=True))
    refused: dict[str, Message] = {}
    if not all(keeps_shapes(old, new) for old, new in pairs):
        why = N_(
            "a setting that can change while it trains; this one needs a new start, as it changes the shape "
            "of the network"
        )
        refused |= {path: why for path in settings if _shapes(path)}
    if not all(keeps_start(old, new) for old, new in pairs):
        why = N_(
            "a setting that can change while it trains; this one needs a new start, as it says how the "
            "initial weights are drawn"
        )
        refused |= {path: why for path in settings if path.partition(".")[0] in STARTING}
    if not refused and len(after) > 1 and any(shape(new) != shape(after[0]) for new in after):
        why = N_(
            "a setting that can change while it trains; this one would give members different numbers of "
            "points"
        )
        refused = dict.fromkeys(settings, why)
    return [Problem(path, settings[path], why) for path, why in refused.items()]


def _shapes(path: str) -> bool:
    """Whether a path can change the shape of a network."""
    return path.partition(".")[0] in SHAPING and not is_live(path)


def _wrong(spec: RunSpec, values: Mapping[str, Any]) -> list[Problem]:
    """What is wrong with new values of parameters."""
    found, arrays = [], spec.arrays
    for path, value in values.items():
        if path == WHOLE:
            found += _wrong_whole(sum(map(math.prod, spec.arrays.values())), value)
        elif place(arrays, path.removeprefix(PREFIX)) is None:
            found.append(Problem(path, value, allowed_names(arrays)))
        elif number(value) is None:
            found.append(Problem(path, value, NUMBER))
    return found


def _wrong_whole(size: int, values: object) -> list[Problem]:
    """What is wrong with new values of all parameters."""
    found = unpack(values) if isinstance(values, str) else unboxed(values)
    if not isinstance(found, list | tuple | np.ndarray) or len(found) != size:
        allowed = NN_(
            "a list of {count} number, one for each parameter, or the text that stands for it",
            "a list of {count} numbers, one for each parameter, or the text that stands for it",
            size,
        )
        return [Problem(WHOLE, values, allowed)]
    if isinstance(found, np.ndarray):
        wrong = np.flatnonzero(~(np.abs(found) <= LARGEST))
        return [Problem(f"{PREFIX}{i}", float(found[i]), NUMBER) for i in wrong]
    return [
        Problem(f"{PREFIX}{i}", value, NUMBER)
        for i, value in enumerate(found)
        if number(value) is None
    ]


def compact(changes: Mapping[str, Any], dtype: str) -> dict[str, Any]:
    """Changes that were checked, with all parameters as text: as short as they can be said exactly."""
    if WHOLE not in changes:
        return dict(changes)
    return {**changes, WHOLE: pack(whole(changes[WHOLE]).astype(dtype))}
