"""Changes made to a running network, as few as tell the same story."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import replace

from pydantic import JsonValue

import engine
from app.protocol import EditMessage
from app.session import budget
from app.session.lineup import Cast
from engine.spec import WHOLE, pack, whole, with_values


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
    same = tuple(spec.replace(settings) for spec in since.specs) == edited.specs
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


def compact(changes: Mapping[str, JsonValue], dtype: str) -> dict[str, JsonValue]:
    """Changes that were checked, with all parameters as text: as short as they can be said exactly."""
    if WHOLE not in changes:
        return dict(changes)
    return {**changes, WHOLE: pack(whole(changes[WHOLE]).astype(dtype))}


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


def combined(
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


def plan(
    cast: Cast, edits: Iterable[EditMessage | engine.Edit]
) -> tuple[Cast, tuple[engine.Edit, ...]]:
    """Check the edits of a link: live, one after the other, in order. Raises SpecError.

    Returns what the run starts from, with the settings changed at step 0 in it, and the other edits; all
    that is set of parameters at step 0 is one, and several at another step are where that comes to the same.
    """
    problems, start, last = [], cast, 0
    specs = (cast.spec, *cast.specs) if cast.members else cast.specs
    dtype, before = cast.spec.dtype, specs
    set_at_start: dict[str, JsonValue] = {}
    planned: list[engine.Edit] = []
    for i, edit in enumerate(edits):
        if edit.step < last:
            allowed = f"a step from {last} on: edits are in the order of their steps"
            problems.append(engine.Problem(f"edits.{i}.step", edit.step, allowed))
        if edit.step != last:
            before = specs
        last = edit.step
        try:
            cast.refuse_varied(edit.changes)
            specs = engine.edited(specs, edit.changes)
            budget.check(specs, edit.changes)
        except engine.SpecError as error:
            within = f"edits.{i}.changes."
            problems += [replace(problem, path=within + problem.path) for problem in error.problems]
            continue
        changes = compact(edit.changes, dtype)
        if edit.step == 0:
            start = replace(cast, spec=specs[0])
            set_at_start = combined(set_at_start, _values(changes))
        else:
            planned = _joined(planned, engine.Edit(edit.step, changes), before, specs)
    if problems:
        raise engine.SpecError(*problems)
    first = (engine.Edit(0, set_at_start),) if set_at_start else ()
    return start, (*first, *planned)


def _joined(
    planned: list[engine.Edit],
    edit: engine.Edit,
    before: tuple[engine.RunSpec, ...],
    after: tuple[engine.RunSpec, ...],
) -> list[engine.Edit]:
    """One more edit behind those planned, as one with the last where that comes to the same.

    before, after: the specs before all edits at this step, and after this one.
    """
    if not planned or planned[-1].step != edit.step:
        return [*planned, edit]
    merged = combined(planned[-1].changes, edit.changes)
    settings = engine.spec.split(merged).settings
    first = len(planned) < 2 or planned[-2].step != edit.step
    if first and tuple(spec.replace(settings) for spec in before) == after:
        return [*planned[:-1], engine.Edit(edit.step, merged)]
    return [*planned, edit]
