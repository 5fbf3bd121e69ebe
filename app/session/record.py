"""What a run is written down as: the settings it started from, and its edits.

With these a browser asks for it again: after a restart of the server nothing else is left of it. So a run
that is taken is one that can be asked for.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from functools import lru_cache
from typing import Any

from pydantic_core import to_json

import engine
from app.protocol import MAX_EDITS, MAX_TEXT
from engine.spec import WHOLE, Choice
from engine.words import N_

HEAD = 4096
"""Bytes of a `hello` besides the run: what it is, the view, the step, the speed."""
ROOM = MAX_TEXT - HEAD
"""So many bytes the settings, the members and the edits of a run may have."""

BYTES_OF_A_POINT, BYTES_OF_AN_EDIT = 250, 500
EXPONENT = re.compile(rb"\de-?\d")
LONGER = 17
"""By so many letters 100000000000000000000 is longer than 1e20; a browser writes the one, we the other."""


def check(recipe: engine.Recipe) -> None:
    """Raise SpecError for a run that could not be asked for in one message."""
    made = recipe.edits
    if len(made) > MAX_EDITS:
        allowed = N_(
            "at most {most} changes while one run trains; a reset starts over with the current settings",
            most=f"{MAX_EDITS:,}",
        )
        raise engine.SpecError(engine.Problem("edits", len(made), allowed))
    size = _size_of_start(recipe) + _size(edits(made).encode())
    if size > ROOM:
        allowed = N_(
            "short enough to begin the run again: settings, points and changes in at most {most} bytes; a "
            "reset starts over with the current settings",
            most=f"{ROOM:,}",
        )
        raise engine.SpecError(engine.Problem("edits", size, allowed))


def size(recipe: engine.Recipe) -> int:
    """About how many bytes of memory what is written down takes."""
    changes = sum(BYTES_OF_AN_EDIT + len(str(edit.changes.get(WHOLE, ""))) for edit in recipe.edits)
    return BYTES_OF_A_POINT * len(recipe.spec.data.knobs.get("rows", ())) + changes


def text(spec: engine.RunSpec) -> str:
    """A spec as JSON. Of many points of one's own it is written once."""
    return f'{{"data":{_data(spec.data)},{text_without_data(spec)[1:]}'


def text_without_data(spec: engine.RunSpec) -> str:
    """All of a spec but its data as JSON."""
    rest = spec.to_dict(plain=())
    del rest["data"]
    return to_json(rest).decode()


def edits(made: Sequence[engine.Edit]) -> str:
    """Edits as JSON."""
    return to_json([_values(edit) for edit in made]).decode()


@lru_cache(maxsize=32)
def _data(data: Choice) -> str:
    return to_json(data.to_dict(plain=())).decode()


def _values(edit: engine.Edit) -> dict[str, Any]:
    return {"step": edit.step, "changes": edit.changes}


def _size_of_start(recipe: engine.Recipe) -> int:
    rest = recipe.spec.to_dict(plain=())
    del rest["data"]
    return _size_of_data(recipe.spec.data) + _size(to_json(rest)) + _size(to_json(recipe.variants))


@lru_cache(maxsize=32)
def _size_of_data(data: Choice) -> int:
    return _size(_data(data).encode())


def _size(written: bytes) -> int:
    """How many bytes the same takes as a browser writes it, or a few more."""
    return len(written) + LONGER * len(EXPONENT.findall(written))
