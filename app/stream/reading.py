"""Reading what a browser says. What is long is read in a worker, where it may take its time."""

from __future__ import annotations

from collections.abc import Mapping

import engine
from app.protocol import Hello, Load, Message, ProtocolError, Set, parse
from engine.catalog import DATASETS

QUICK = 4096
"""So many letters are read in about a tenth of a millisecond."""


def read(text: str) -> Message | ProtocolError:
    """The message, with points and edits in a form that travels and is checked quickly."""
    try:
        message = parse(text)
    except ProtocolError as error:
        return error
    if isinstance(message, Set):
        return message.model_copy(update={"changes": _with_rows(message.changes, "data.")})
    if isinstance(message, Hello | Load):
        spec: dict[str, object] = dict(message.spec or {})
        data = spec.get("data")
        if isinstance(data, dict):
            spec["data"] = _with_rows(data)
        made = tuple(engine.Edit(edit.step, edit.changes) for edit in message.edits)
        return message.model_copy(update={"spec": spec, "edits": made})
    return message


def _with_rows(values: Mapping[str, object], prefix: str = "") -> dict[str, object]:
    """The same values with rows that were read, if there are any and nothing is wrong with them.

    Where the kind is not said they are read as points of classes; the spec reads others again.
    """
    place = f"{prefix}rows"
    if place not in values:
        return dict(values)
    kind = values.get(f"{prefix}kind")
    record = DATASETS[kind if isinstance(kind, str) and kind in DATASETS else "custom"]
    try:
        rows = [knob.read(values[place]) for knob in record.knobs if knob.name == "rows"]
    except ValueError:
        return dict(values)  # what is wrong with them is said where the spec is read
    return dict(values) | ({place: rows[0]} if rows else {})
