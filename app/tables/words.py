"""Words that several sentences on a table share."""

from __future__ import annotations

from collections.abc import Sequence

from app.tables.numerals import Numerals

LONGEST = 40
"""Of a longer value only the beginning is repeated."""
FEW = 5
"""So many are listed; of others it is said that there are more."""


def found(text: str, numerals: Numerals) -> str:
    """What stands where something else should, with advice where it is unclear."""
    if not text:
        return "nothing"
    if numerals.is_unclear(text):
        plain = text.replace(",", ".")
        whole = plain.replace(".", "")
        return (
            f"{quote(text)}, which can be {plain} or {whole}: write it without separating thousands"
        )
    return quote(text)


def line_list(numbers: Sequence[int]) -> str:
    """Some line numbers, the first ones where there are many."""
    few = ", ".join(str(number) for number in numbers[:FEW])
    word = "line" if len(numbers) == 1 else "lines"
    return f"{word} {few}{' …' if len(numbers) > FEW else ''}"


def listed(words: Sequence[str]) -> str:
    quoted = [quote(word) for word in words[:FEW]]
    return f"{', '.join(quoted[:-1])} and {quoted[-1]}"


def quote(text: str) -> str:
    line = " ".join(text.split())
    return f"“{line[:LONGEST]}{'…' if len(line) > LONGEST else ''}”"
