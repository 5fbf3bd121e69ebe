"""The members of a comparison: one spec, and what each member has different from it."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from engine.core.errors import Problem, SpecError
from engine.spec.live import is_live
from engine.spec.paths import combined, value_at
from engine.spec.run_spec import RunSpec
from engine.words import N_

SAME = ("data", "features", "standardize", "loss", "batch_size", "dtype")
"""What all members have in common, besides the shape of their layers."""

ALLOWED = N_(
    "a setting that may differ between networks that are compared; data, features, loss, batch size, "
    "precision, and the units and batch normalization of the layers are the same for all"
)


def members(base: RunSpec, changes: Sequence[Mapping[str, Any]]) -> tuple[RunSpec, ...]:
    """A spec for each member: the base with this member's changes, as `RunSpec.replace` takes them.

    They train in lockstep by `engine.start`, on the same loss: what decides it, and the arrays, is the same
    in all. What a member does not name it has as the base does, so members that name no seed start from the
    same weights and see the same batches. Raises SpecError with the problems of all, at
    "members.1.data.noise".
    """
    specs, problems = [], []
    for member, change in enumerate(changes):
        try:
            spec = base.replace(change)
            found = list(_differences(base, spec, change))
            specs.append(spec)
        except SpecError as error:
            found = list(error.problems)
        problems += [each.within(f"members.{member}") for each in found]
    if problems:
        raise SpecError(*problems)
    return tuple(specs)


def vary(
    base: RunSpec, variants: Sequence[Mapping[str, Any]], member: int, changes: Mapping[str, Any]
) -> tuple[Mapping[str, Any], ...]:
    """What each member has different from the base once one of them is changed.

    Its own spec is changed as `RunSpec.replace` says, and what it then has different is named with as few
    paths as give that spec again. Raises SpecError with paths as those of `members`.
    """
    try:
        wanted = members(base, variants)[member].replace(changes)
    except SpecError as error:
        if any(each.path.startswith("members.") for each in error.problems):
            raise
        raise error.within(f"members.{member}") from error
    own = combined(variants[member], changes)
    if _makes(base, own) != wanted:
        # of the kind before, knobs are left that the base does not have: they are said
        values = wanted.to_dict()
        for path in [each for each in own if each.endswith(".kind")]:
            section = path.removesuffix(".kind")
            knobs = value_at(values, section) or {}
            own = own | {f"{section}.{name}": value for name, value in knobs.items()}
    varied = (*variants[:member], own, *variants[member + 1 :])
    members(base, varied)
    return varied


def _makes(base: RunSpec, changes: Mapping[str, Any]) -> RunSpec | None:
    """The base with these changes; None where it cannot have them."""
    try:
        return base.replace(changes)
    except SpecError:
        return None


def _differences(base: RunSpec, spec: RunSpec, change: Mapping[str, Any]) -> Iterator[Problem]:
    """The changes that make a member one that cannot be compared with the base."""
    other_arrays = base.arrays != spec.arrays
    for path, value in change.items():
        root = path.partition(".")[0]
        other_task = root in SAME and getattr(base, root) != getattr(spec, root)
        if other_task or (root == "layers" and other_arrays and not is_live(path)):
            yield Problem(path, value, ALLOWED)
