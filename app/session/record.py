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
from app.session.lineup import Cast
from engine.spec import WHOLE, Choice

HEAD = 4096
"""Bytes of a `hello` besides the run: what it is, the view, the step, the speed."""
ROOM = MAX_TEXT - HEAD
"""So many bytes the settings, the members and the edits of a run may have."""

BYTES_OF_A_POINT, BYTES_OF_AN_EDIT = 250, 500
EXPONENT = re.compile(rb"\de-?\d")
LONGER = 17
"""By so many letters 100000000000000000000 is longer than 1e20; a browser writes the one, we the other."""


def check(cast: Cast, made: Sequence[engine.Edit]) -> None:
    """Raise SpecError for a run that could not be asked for in one message."""
    if len(made) > MAX_EDITS:
        allowed = (
            f"at most {MAX_EDITS:,} changes while one run trains; a reset begins anew with the settings as "
            "they are now"
        )
        raise engine.SpecError(engine.Problem("edits", len(made), allowed))
    size = _size_of_cast(cast) + _size(edits(made).encode())
    if size > ROOM:
        allowed = (
            "short enough to begin the run again: settings, points and changes in at most "
            f"{ROOM:,} bytes; a reset begins anew with the settings as they are now"
        )
        raise engine.SpecError(engine.Problem("edits", f"{size:,} bytes", allowed))


def size(cast: Cast, made: Sequence[engine.Edit]) -> int:
    """About how many bytes of memory what is written down takes."""
    changes = sum(BYTES_OF_AN_EDIT + len(str(edit.changes.get(WHOLE, ""))) for edit in made)
    return BYTES_OF_A_POINT * len(cast.spec.data.knobs.get("rows", ())) + changes


def text(spec: engine.RunSpec) -> str:
    """A spec as JSON. Of many points of one's own it is written once."""
    rest = spec.to_dict(plain=())
    del rest["data"]
    return f'{{"data":{_data(spec.data)},{to_json(rest).decode()[1:]}'


def edits(made: Sequence[engine.Edit]) -> str:
    """Edits as JSON."""
    return to_json([_values(edit) for edit in made]).decode()


@lru_cache(maxsize=32)
def _data(data: Choice) -> str:
    return to_json(data.to_dict(plain=())).decode()


def _values(edit: engine.Edit) -> dict[str, Any]:
    return {"step": edit.step, "changes": edit.changes}


def _size_of_cast(cast: Cast) -> int:
    rest = cast.spec.to_dict(plain=())
    del rest["data"]
    return _size_of_data(cast.spec.data) + _size(to_json(rest)) + _size(to_json(cast.members))


@lru_cache(maxsize=32)
def _size_of_data(data: Choice) -> int:
    return _size(_data(data).encode())


def _size(written: bytes) -> int:
    """How many bytes the same takes as a browser writes it, or a few more."""
    return len(written) + LONGER * len(EXPONENT.findall(written))
