"""Changes made to a running network, as few as tell the same story."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace

from pydantic import JsonValue

import engine
from app.session import budget
from engine.spec import WHOLE, combined, compact, says, with_values

Changes = Mapping[str, JsonValue]
Answers = list[engine.SpecError | None]
"""What is wrong with each of some changes; None where nothing is."""


@dataclass(frozen=True)
class Together:
    """Changes that came one after the other, made as one, and what is wrong with each of them."""

    merged: Changes
    answers: Answers


def together(present: engine.Recipe, changes: Sequence[Changes]) -> Together | None:
    """One change of the settings that are now, in place of several; None where that is not the same."""
    recipe, merged, answers = present, dict[str, JsonValue](), Answers()
    for each in changes:
        try:
            changed = _tried(recipe, each)
        except engine.SpecError as error:
            answers.append(error)
            continue
        recipe, merged = changed, combined(merged, each)
        answers.append(None)
    try:
        same = present.with_settings(engine.spec.split(merged).settings) == recipe
    except engine.SpecError:
        return None
    return Together(merged, answers) if same else None


def _tried(recipe: engine.Recipe, changes: Changes) -> engine.Recipe:
    """The recipe with these settings. Raises SpecError, also for values of parameters."""
    recipe.refuse_varied(changes)
    parts = engine.spec.split(changes)
    changed = recipe.with_settings(parts.settings)
    budget.check(changed.specs, changes)
    if parts.values:
        engine.edited((changed.spec,), parts.values)
    return changed


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
