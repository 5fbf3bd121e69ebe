"""A run that a browser asked for with all of its edits, checked: what takes long of a `hello` or a `load`.

It is a pure function of the message, so that it runs in a worker: each edit is tried on what those before
it left.
"""

from __future__ import annotations

from dataclasses import dataclass

import engine
from app.protocol import Hello, Load
from app.session import budget, edits, record
from app.session.lineup import Cast


@dataclass(frozen=True)
class Opening:
    """What a run starts from, the edits that are still to come, and the step that it goes to."""

    cast: Cast
    planned: tuple[engine.Edit, ...]
    step: int = 0
    playing: bool = False


FEW = 20
"""So many edits are tried in less time than a slice takes."""


def is_long(asked: Hello | Load) -> bool:
    """Whether planning takes longer than a slice."""
    return len(asked.edits) > FEW


def plan(asked: Hello | Load) -> Opening:
    """Check all that is asked for. Raises SpecError."""
    cast = Cast(engine.RunSpec.from_dict(asked.spec or {}), asked.members)
    budget.check(cast.specs)
    opening = Opening(*edits.plan(cast, asked.edits), asked.step, asked.playing)
    record.check(opening.cast, opening.planned)
    return opening
