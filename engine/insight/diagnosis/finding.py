"""Something that goes wrong in training, as a person is told of it."""

from __future__ import annotations

from dataclasses import dataclass

from engine.insight.diagnosis.fixes import Fix
from engine.words import Message


@dataclass(frozen=True)
class Finding:
    """Something that goes wrong: what it is called, what is seen of it and why, and what to try.

    restart: whether its weights cannot learn their way back, so that a fix works only from the start.
    """

    kind: str
    title: Message
    text: Message
    fixes: tuple[Fix, ...]
    restart: bool = False
