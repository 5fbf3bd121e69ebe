"""Changes made to a running network, as few as tell the same story."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import replace

from pydantic import JsonValue

import engine
from app.cast import Cast
from app.protocol import EditMessage
from engine.parameters import WHOLE


def make(
    state: engine.State, changes: Mapping[str, JsonValue], since: engine.State
) -> engine.State:
    """Change the running network.

    since: the state before all that was changed at this step, which may be this one. Changes at step 0
    become part of the start, and several at another step become one, as far as that comes to the same.
    A parameter that is set stays an edit at step 0 too, unless it comes back to what it was.
    """
    before = [edit.changes for edit in state.edits[len(since.edits) :]]
    merged: dict[str, JsonValue] = {}
    for made in (*before, changes):
        merged = _merged(merged, made)
    edited, settings = engine.edit(state, changes), engine.split(merged).settings
    values = _moved(since, merged)
    if state.step == 0:
        return _at_the_start(edited, since, values)
    if edited.specs == since.specs and not values:
        return since
    same = tuple(spec.replace(settings) for spec in since.specs) == edited.specs
    return engine.edit(since, settings | values) if same else edited


def _moved(since: engine.State, changes: Mapping[str, JsonValue]) -> dict[str, JsonValue]:
    """Of changes those that set a parameter to something else than it was.

    Where all are set at once, what is set of single ones besides counts from there.
    """
    values = _values(changes)
    whole = {path: value for path, value in values.items() if path == WHOLE}
    base = engine.edit(since, whole)
    return {
        path: value
        for path, value in values.items()
        if not _same_theta(engine.edit(base, {path: value}), since if path in whole else base)
    }


def _same_theta(one: engine.State, other: engine.State) -> bool:
    """Whether both have the same weights, bit for bit."""
    return one.theta.tobytes() == other.theta.tobytes()


def _values(changes: Mapping[str, JsonValue]) -> dict[str, JsonValue]:
    """The part of changes that sets parameters."""
    settings = engine.split(changes).settings
    return {path: value for path, value in changes.items() if path not in settings}


def _at_the_start(
    edited: engine.State, since: engine.State, values: Mapping[str, JsonValue]
) -> engine.State:
    """At step 0 settings become part of the start; parameters that are set there stay an edit."""
    made: dict[str, JsonValue] = {}
    for before in (*(edit.changes for edit in since.edits), values):
        made = _merged(made, before)
    edits = (engine.Edit(0, made),) if made else ()
    return replace(edited, start_specs=edited.specs, edits=edits)


def at_start(spec: engine.RunSpec, changes: Mapping[str, JsonValue]) -> tuple[engine.Edit, ...]:
    """The edit that sets the parameters of these changes at step 0, if there are any. Raises SpecError."""
    values = _values(changes)
    engine.edited((spec,), values)
    return (engine.Edit(0, values),) if values else ()


def _merged(
    earlier: Mapping[str, JsonValue], later: Mapping[str, JsonValue]
) -> dict[str, JsonValue]:
    """Two changes made one after the other as one: what the later leave nothing of is not in it."""
    kept = {path: value for path, value in earlier.items() if not _covered(path, later)}
    return kept | dict(later)


def _covered(path: str, changes: Mapping[str, JsonValue]) -> bool:
    """Whether these changes leave nothing of an earlier change of this path."""
    return any(
        path == other or path.startswith(f"{other.removesuffix('.kind')}.") for other in changes
    )


def plan(cast: Cast, edits: Iterable[EditMessage]) -> tuple[Cast, tuple[engine.Edit, ...]]:
    """Check the edits of a link: live, one after the other, in order. Raises SpecError.

    Returns what the run starts from, with the settings changed at step 0 in it, and the other edits; all
    that is set of parameters at step 0 is one.
    """
    problems, planned, start, last = [], [], cast, 0
    specs = (cast.spec, *cast.specs) if cast.members else cast.specs
    set_at_start: dict[str, JsonValue] = {}
    for i, edit in enumerate(edits):
        if edit.step < last:
            allowed = f"a step from {last} on: edits are in the order of their steps"
            problems.append(engine.Problem(f"edits.{i}.step", edit.step, allowed))
        last = edit.step
        try:
            cast.refuse_varied(edit.changes)
            specs = engine.edited(specs, edit.changes)
        except engine.SpecError as error:
            within = f"edits.{i}.changes."
            problems += [replace(problem, path=within + problem.path) for problem in error.problems]
            continue
        if edit.step == 0:
            start = replace(cast, spec=specs[0])
            set_at_start = _merged(set_at_start, _values(edit.changes))
        else:
            planned.append(engine.Edit(edit.step, edit.changes))
    if problems:
        raise engine.SpecError(*problems)
    first = (engine.Edit(0, set_at_start),) if set_at_start else ()
    return start, (*first, *planned)
