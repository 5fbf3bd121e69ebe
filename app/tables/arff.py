"""Attribute-relation files, as Weka writes them: columns are declared; a sparse row stands in braces."""

from __future__ import annotations

import re
from dataclasses import dataclass

DECLARED = re.compile(
    r"@attribute\s+('(?:[^'\\]|\\.)*'|\"(?:[^\"\\]|\\.)*\"|\S+)\s*(.*)", re.IGNORECASE
)
PART = re.compile(r"((?:'(?:[^'\\]|\\.)*'|\"(?:[^\"\\]|\\.)*\"|[^,\t'\"])*)(,|\t|$)")
PAIR = re.compile(r"\s*(\d+)\s+(.*)", re.DOTALL)


@dataclass(frozen=True)
class Attribute:
    """A column: its name, and what stands for it in a sparse row that leaves it out."""

    name: str
    usual: str


def attribute(line: str) -> Attribute | None:
    """What a line declares, if it declares a column."""
    found = DECLARED.match(line)
    if not found:
        return None
    name, kind = _bare(found[1]), found[2].strip()
    if not kind.startswith("{"):
        return Attribute(name, "0")
    values = split(kind[1:].rpartition("}")[0]) or [""]
    return Attribute(name, values[0])  # a nominal value that is left out is the first one


def row(line: str, attributes: list[Attribute]) -> list[str] | None:
    """The values of one row; None where it cannot be read."""
    if not line.startswith("{"):
        return split(line)
    if not line.endswith("}"):
        return None
    found = [each.usual for each in attributes]
    for pair in _parts(line[1:-1]) or []:
        if not pair.strip():
            continue
        match = PAIR.fullmatch(pair)
        if not match or int(match[1]) >= len(found):
            return None
        found[int(match[1])] = _bare(match[2].strip())
    return found


def split(line: str) -> list[str] | None:
    """Values between commas or tabs, with either kind of quotation marks; None where these do not match."""
    parts = _parts(line)
    return None if parts is None else [_bare(part) for part in parts]


def _parts(line: str) -> list[str] | None:
    """The values of a line with their quotation marks."""
    parts, at, more = [], 0, True
    while more:
        match = PART.match(line, at)
        if not match:
            return None
        parts.append(match[1].strip())
        at, more = match.end(), bool(match[2])
    return parts


def _bare(text: str) -> str:
    """A value without its quotation marks."""
    if len(text) >= 2 and text[0] == text[-1] and text[0] in "'\"":
        return re.sub(r"\\(.)", r"\1", text[1:-1])
    return text
