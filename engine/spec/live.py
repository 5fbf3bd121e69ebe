"""What of a spec a running network can take, and what needs a new start."""

from __future__ import annotations

import re
from typing import Any

from engine.catalog.sections import SECTIONS
from engine.spec.parameter_names import names_parameters
from engine.spec.run_spec import SHAPING, RunSpec


def is_live(path: str) -> bool:
    """Whether a change at this path goes on with the running network; False for unknown paths.

    What it does not go on with makes another problem of it, or another network: a new run can be compared
    with the old one. `engine.edit` takes more, as `keeps_shapes` says.
    """
    if path == "frozen" or names_parameters(path):
        return True
    general = re.sub(r"^layers\.\d+", "layers.*", path)
    if general in ("features", "layers", "layers.*"):
        return False
    parent, _, name = general.rpartition(".")
    for section in SECTIONS:
        if section.path and section.path == general:
            return section.live
        if section.path == parent and (section.family or name in section.live_knobs):
            return section.live_knobs.get(name, section.live)
    return False


def live_changes(old: RunSpec, new: RunSpec) -> bool:
    """Whether everything that differs between two specs is live."""
    return _fixed_part(old) == _fixed_part(new)


def keeps_shapes(old: RunSpec, new: RunSpec) -> bool:
    """Whether a network trained under the old spec can go on under the new one: its arrays are the same."""
    if all(getattr(old, part) is getattr(new, part) for part in (*SHAPING, "dtype")):
        return True
    return old.arrays == new.arrays and old.dtype == new.dtype


def shape(spec: RunSpec) -> tuple[object, ...]:
    """What all members of a population must have in common."""
    normalized = tuple(layer.batch_norm for layer in spec.layers)
    return (spec.units, normalized, spec.train_points, spec.points, spec.batch_size, spec.dtype)


def keeps_start(old: RunSpec, new: RunSpec) -> bool:
    """Whether two specs draw the same initial weights in the same arrays."""
    return (old.initializer, old.weights_seed) == (new.initializer, new.weights_seed)


def _fixed_part(spec: RunSpec) -> dict[str, Any]:
    """What a spec's values are once everything live is taken out."""
    values = spec.to_dict(plain=())
    del values["frozen"]
    for section in SECTIONS:
        for part in _parts_at(values, section.path):
            if section.live and section.family:
                fixed = {name for name, live in section.live_knobs.items() if not live}
                for name in set(part) - fixed:
                    del part[name]
            else:
                for name, live in section.live_knobs.items():
                    if live:
                        part.pop(name, None)
    return values


def _parts_at(values: dict[str, Any], path: str) -> list[dict[str, Any]]:
    """The objects in a whole spec's JSON values that stand where a section says; "" is the spec itself."""
    parts: list[Any] = [values]
    for key in path.split(".") if path else ():
        parts = [inner for outer in parts for inner in (outer if key == "*" else [outer[key]])]
    return parts
