"""A run that a browser asked for with all of its edits, checked: what takes long of a `hello` or a `load`.

It is a pure function of the message, so that it runs in a worker: each edit is tried on what those before
it left.
"""

from __future__ import annotations

from dataclasses import dataclass

import engine
from app.protocol import Hello, Load
from app.session import budget, record


@dataclass(frozen=True)
class Opening:
    """A run whose edits are all still to come, and the step that it goes to."""

    recipe: engine.Recipe
    step: int = 0
    playing: bool = False


FEW = 20
"""So many edits are tried in less time than a slice takes."""


def is_long(asked: Hello | Load) -> bool:
    """Whether planning takes longer than a slice."""
    return len(asked.edits) > FEW


def plan(asked: Hello | Load) -> Opening:
    """Check all that is asked for. Raises SpecError."""
    edits = [engine.Edit(edit.step, edit.changes) for edit in asked.edits]
    values = {"spec": asked.spec, "members": asked.members, "edits": edits}
    recipe = engine.Recipe.from_dict(values, budget.check)
    record.check(recipe)
    return Opening(recipe, asked.step, asked.playing)
