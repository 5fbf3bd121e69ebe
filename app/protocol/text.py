"""Messages as JSON text: reading those of a browser, within limits, and writing those of the server."""

from __future__ import annotations

import math
import re

from pydantic import JsonValue, ValidationError
from pydantic_core import from_json

from app.problems import explain
from app.protocol.errors import ProtocolError
from app.protocol.fields import LARGEST
from app.protocol.messages import MODELS, READER, Ack, Message
from engine.words import N_

MAX_TEXT = 256 * 1024
"""The longest text message answered, in bytes: 2,000 points of one's own and 1,000 edits fit."""
MAX_KEYS = 64
"""The most keys of an object, and names in a list."""
MAX_NAME = 100
"""The longest key, in letters."""
FIRST_ID = re.compile(r'\s*\{\s*(?:"type"\s*:\s*"\w*"\s*,\s*)?"id"\s*:\s*(\d{1,16})\s*[,}]')
LAST_ID = re.compile(r',\s*"id"\s*:\s*(\d{1,16})\s*(?:,\s*"type"\s*:\s*"\w*"\s*)?\}?\s*$')
"""Where an `id` stands in what is no JSON."""
NEAR_THE_END = 200
ACK = re.compile(r'\{"type":"ack","frame":(0|[1-9][0-9]{0,14})\}')
"""What comes after every frame, as the page writes it."""


def parse(text: str) -> Message:
    """Read one message.

    Raises ProtocolError that names every wrong field and what is allowed, with the message's `id` wherever
    it can be read.
    """
    if ack := ACK.fullmatch(text):
        return Ack.model_construct(type="ack", frame=int(ack[1]))
    try:
        return _parse(text)
    except ProtocolError as error:
        error.reply_to = _id(text)
        raise


def _parse(text: str) -> Message:
    size = len(text.encode())
    if size > MAX_TEXT:
        said = N_(
            "The message has {size} bytes; at most {most} are allowed.", size=size, most=MAX_TEXT
        )
        raise ProtocolError("too_large", said)
    try:
        value = from_json(text, allow_inf_nan=False)
    except ValueError as error:
        said = N_("The message is not JSON: {fault}.", fault=str(error))
        raise ProtocolError("bad_json", said) from error
    if not isinstance(value, dict):
        raise ProtocolError("bad_json", N_("The message must be a JSON object."))
    _examine(value)
    try:
        return READER.validate_json(text)
    except ValidationError as error:
        raise ProtocolError.about("bad_message", explain(error, MODELS)) from None


def _id(text: str) -> int | None:
    """The `id` of a message that is refused; None where it has none, or none that can be told."""
    try:
        value = from_json(text)
    except ValueError:
        # not even JSON, or cut short: those who write an id write it first or last
        found = FIRST_ID.match(text) or LAST_ID.search(text, max(len(text) - NEAR_THE_END, 0))
        return _known(int(found[1])) if found else None
    return _known(value.get("id")) if isinstance(value, dict) else None


def _known(given: object) -> int | None:
    """An id as it may be."""
    return given if type(given) is int and 0 <= given <= LARGEST else None


def _examine(value: JsonValue) -> None:
    """Refuse what would take long to object to piece by piece, and numbers past all bounds (1e999)."""
    if isinstance(value, dict):
        if len(value) > MAX_KEYS or any(len(key) > MAX_NAME for key in value):
            said = N_(
                "An object may have up to {keys} keys of up to {letters} characters each.",
                keys=MAX_KEYS,
                letters=MAX_NAME,
            )
            raise ProtocolError("too_large", said)
        for each in value.values():
            _examine(each)
    elif isinstance(value, list):
        if sum(isinstance(each, str) for each in value) > MAX_KEYS:
            said = N_("A list may have up to {most} names.", most=MAX_KEYS)
            raise ProtocolError("too_large", said)
        for each in value:
            _examine(each)
    elif isinstance(value, float) and not math.isfinite(value):
        raise ProtocolError(
            "bad_json", N_("The message holds a number beyond the largest float64.")
        )
