"""Changes made to a running network, as few as tell the same story."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace

from pydantic import JsonValue

import engine
from engine.spec import WHOLE, combined, compact, says, with_values


def make(
    state: engine.State, changes: Mapping[str, JsonValue], since: engine.State
) -> engine.State:
    """Change the running network.

    since: the state before all that was changed at this step, which may be this one. Changes at step 0
    become part of the start, and several at another step become one, as far as that comes to the same.
    A parameter that is set stays an edit at step 0 too, unless it comes back to what it was.
    """
    if WHOLE in changes:
        engine.edited(state.specs, changes)
        changes = compact(changes, state.spec.dtype)
    before = [edit.changes for edit in state.edits[len(since.edits) :]]
    merged: dict[str, JsonValue] = {}
    for made in (*before, changes):
        merged = combined(merged, made)
    edited, settings = engine.edit(state, changes), engine.spec.split(merged).settings
    values = _moved(since, merged)
    if state.step == 0:
        return _at_the_start(edited, since, values)
    if edited.specs == since.specs and not values:
        return since
    same = says(since.specs, settings, edited.specs)
    return engine.edit(since, settings | values) if same else edited


def _moved(since: engine.State, changes: Mapping[str, JsonValue]) -> dict[str, JsonValue]:
    """Of changes those that set a parameter to something else than it was.

    Where all are set at once, what is set of single ones besides counts from there.
    """
    values, theta = _values(changes), since.theta
    base = with_values(theta, since.spec, {p: v for p, v in values.items() if p == WHOLE})

    def moves(path: str) -> bool:
        before = theta if path == WHOLE else base
        after = with_values(before, since.spec, {path: values[path]})
        return after.tobytes() != before.tobytes()

    return {path: value for path, value in values.items() if moves(path)}


def _values(changes: Mapping[str, JsonValue]) -> dict[str, JsonValue]:
    """The part of changes that sets parameters."""
    settings = engine.spec.split(changes).settings
    return {path: value for path, value in changes.items() if path not in settings}


def _at_the_start(
    edited: engine.State, since: engine.State, values: Mapping[str, JsonValue]
) -> engine.State:
    """At step 0 settings become part of the start; parameters that are set there stay an edit."""
    made: dict[str, JsonValue] = {}
    for before in (*(edit.changes for edit in since.edits), values):
        made = combined(made, before)
    edits = (engine.Edit(0, made),) if made else ()
    return replace(edited, start_specs=edited.specs, edits=edits)


def at_start(spec: engine.RunSpec, changes: Mapping[str, JsonValue]) -> tuple[engine.Edit, ...]:
    """The edit that sets the parameters of these changes at step 0, if there are any. Raises SpecError."""
    values = _values(changes)
    engine.edited((spec,), values)
    return (engine.Edit(0, compact(values, spec.dtype)),) if values else ()
