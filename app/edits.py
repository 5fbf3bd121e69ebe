"""Changes made to a running network, as few as tell the same story."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import replace

from pydantic import JsonValue

import engine
from app.protocol import EditMessage


def make(
    state: engine.State, changes: Mapping[str, JsonValue], since: engine.State
) -> engine.State:
    """Change the running network.

    since: the state before all that was changed at this step, which may be this one. Changes at step 0
    become part of the start, and several at another step become one, as far as that comes to the same.
    """
    before = [edit.changes for edit in state.edits[len(since.edits) :]]
    merged: dict[str, JsonValue] = {}
    for made in (*before, changes):
        merged = {path: value for path, value in merged.items() if not _covered(path, made)} | {
            **made
        }
    parts = engine.split(merged)
    wanted = state.spec.replace(engine.split(changes).settings)
    if state.step == 0:
        return _at_the_start(engine.edit(state, changes), since, parts.values)
    if wanted == since.spec and not parts.values:
        return since
    return (
        engine.edit(since, merged)
        if since.spec.replace(parts.settings) == wanted
        else engine.edit(state, changes)
    )


def _at_the_start(
    edited: engine.State, since: engine.State, values: Mapping[str, JsonValue]
) -> engine.State:
    """At step 0 settings become part of the start; parameters that are set there stay an edit."""
    set_before = {path: value for edit in since.edits for path, value in edit.changes.items()}
    made = set_before | {f"theta.{name}": value for name, value in values.items()}
    edits = (engine.Edit(0, made),) if made else ()
    return replace(edited, start_specs=edited.specs, edits=edits)


def _covered(path: str, changes: Mapping[str, JsonValue]) -> bool:
    """Whether these changes leave nothing of an earlier change of this path."""
    return any(
        path == other or path.startswith(f"{other.removesuffix('.kind')}.") for other in changes
    )


def plan(
    spec: engine.RunSpec, edits: Iterable[EditMessage]
) -> tuple[engine.RunSpec, tuple[engine.Edit, ...]]:
    """Check the edits of a link: live, one after the other, in order. Raises SpecError.

    Returns what the run starts from, with the edits at step 0 in it, and the other edits.
    """
    problems, planned, start, last = [], [], spec, 0
    for i, edit in enumerate(edits):
        if edit.step < last:
            allowed = f"a step from {last} on: edits are in the order of their steps"
            problems.append(engine.Problem(f"edits.{i}.step", edit.step, allowed))
        last = edit.step
        parts = engine.split(edit.changes)
        try:
            (changed,) = engine.edited((spec,), edit.changes)
        except engine.SpecError as error:
            within = f"edits.{i}.changes."
            problems += [replace(problem, path=within + problem.path) for problem in error.problems]
            continue
        spec = changed
        if edit.step == 0:
            start = spec
            values = {f"theta.{name}": value for name, value in parts.values.items()}
            if values:
                planned.append(engine.Edit(0, values))
        else:
            planned.append(engine.Edit(edit.step, edit.changes))
    if problems:
        raise engine.SpecError(*problems)
    return start, tuple(planned)
