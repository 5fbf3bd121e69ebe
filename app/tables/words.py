"""Words that several sentences on a table share."""

from __future__ import annotations

from collections.abc import Sequence

from app.tables.numerals import Numerals
from engine.words import N_, NN_, listed

LONGEST = 40
"""Of a longer value only the beginning is repeated."""
FEW = 5
"""So many are listed; of others it is said that there are more."""


def found(text: str, numerals: Numerals) -> str:
    """What stands where something else should, with advice where it is unclear."""
    if not text:
        return N_("nothing")
    if numerals.is_unclear(text):
        plain = text.replace(",", ".")
        whole = plain.replace(".", "")
        return N_(
            "{text}, which can be {plain} or {whole}: write it without separating thousands",
            text=quote(text),
            plain=plain,
            whole=whole,
        )
    return quote(text)


def line_list(numbers: Sequence[int]) -> str:
    """Some line numbers, the first ones where there are many."""
    more = ("…",) if len(numbers) > FEW else ()
    few = listed((*numbers[:FEW], *more))
    return NN_("line {numbers}", "lines {numbers}", len(numbers), numbers=few)


def together(names: Sequence[str]) -> str:
    """Several names, the first ones where there are many."""
    *most, last = (quote(name) for name in names[:FEW])
    return N_("{names} and {last}", names=listed(most), last=last)


def quote(text: str) -> str:
    """A value as it stands in a table, or its beginning."""
    line = " ".join(text.split())
    if len(line) > LONGEST:
        line = f"{line[:LONGEST]}…"
    # the name of a column without one is a message, and stays it
    return N_("“{text}”", text=text if line == text else line)
