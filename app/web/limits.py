"""What the page has to know beside the records: how much of each thing there may be."""

from __future__ import annotations

from app.protocol.fields import MAX_EDITS, MAX_MEMBERS
from app.tables.table import MOST_CLASSES
from engine.catalog import (
    FARTHEST,
    LAST_CLASS,
    LONGEST_FORMULA,
    LONGEST_NAME,
    MAX_LAYERS,
    MOST_ROWS,
)
from engine.insight import EXTENT
from engine.race import MAX_MEMBER_STEPS, MAX_RACERS, MAX_STARTS

LIMITS = {
    "layers": MAX_LAYERS,
    "members": MAX_MEMBERS,
    "edits": MAX_EDITS,
    # own points: rows, how far from 0, the square that is drawn, and classes: told apart, and learned
    "rows": MOST_ROWS,
    "farthest": FARTHEST,
    "reach": EXTENT,
    "classes": MOST_CLASSES,
    "learned_classes": LAST_CLASS + 1,
    "name": LONGEST_NAME,
    "racers": MAX_RACERS,
    "starts": MAX_STARTS,
    "member_steps": MAX_MEMBER_STEPS,
    "formula": LONGEST_FORMULA,
}
"""The most there may be of each, as the engine and the protocol have it."""

RACER_MARKS = ("disc", "square", "triangle", "diamond", "cross", "plus", "wedge", "star")
"""What racers and networks are told apart by besides their colours, in the order of these."""
