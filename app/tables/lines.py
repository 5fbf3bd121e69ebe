"""From a text to the values of each line, with the number that the line has in the text."""

from __future__ import annotations

import csv
import re
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, field

from app.tables import arff
from app.tables.numerals import Numerals
from engine.words import N_

SEPARATORS: dict[str, str] = {
    "\t": N_("tabs"),
    ";": N_("semicolons"),
    ",": N_("commas"),
    "|": N_("bars"),
    " ": N_("spaces"),
}
"""The rarer sign first: it is the one where several would do."""
LINE_END = re.compile(r"\r\n|\r|\n")
BLANK = " \t;,|\u00a0\u3000"
"""A line of nothing else is blank: spreadsheets write such."""
EDGES = " \u00a0\u3000"
MARKS = ("#", "%", "@")
"""Lines that begin with these are notes to people or other programs."""
SAID_SEPARATOR = re.compile(r'"?sep *= *(.)"?[,;\t]*', re.IGNORECASE)
FULL_WIDTH = str.maketrans("，；｜", ",;|")
QUOTED_OR_FULL_WIDTH = re.compile(r'"[^"\r\n]*"|[，；｜]')
LONGEST_LINE = 10_000
MOST_JOINED = 20
"""A quoted value goes over no more lines than this."""
MOST_LINES = 20_000
"""Of a longer table nothing is read, not even to keep a part of it."""
MOST_UNREADABLE = 20
"""After so many lines whose quotation marks do not match, nobody looks for more."""
QUOTES = N_(
    "the quotation marks do not match, or the line is longer than {most} characters",
    most=f"{LONGEST_LINE:,}",
)
LOOKED_AT = 50
"""So many lines decide what separates the columns."""

WorkedLine = tuple[int, list[str]]


@dataclass
class Sheet:
    """The values of each line that is a row or the header.

    lines: the number of each and its values. separator: what stands between them, in words.
    names: those of the columns, where a note or a declaration says them. skipped: lines that are notes.
    unreadable: lines whose quotation marks do not match, the first ones.
    count: how many lines there are that are no notes; beyond MOST_LINES they are not looked at.
    """

    lines: list[WorkedLine] = field(default_factory=list)
    separator: str = SEPARATORS[","]
    names: list[str] = field(default_factory=list)
    skipped: list[int] = field(default_factory=list)
    unreadable: list[int] = field(default_factory=list)
    count: int = 0


def split(text: str) -> Sheet:
    """The lines of a text and their values.

    What separates them is what the text says (`sep=;`), or what makes the most columns of numbers. Blank
    lines and notes count as lines but are passed over.
    """
    text = text.removeprefix("\ufeff")
    if not text.isascii():
        text = QUOTED_OR_FULL_WIDTH.sub(_ascii_separator, text)
    lines = [
        (number, line.strip(EDGES))
        for number, line in enumerate(LINE_END.split(text), start=1)
        if line.strip(BLANK)
    ]
    sheet = Sheet()
    said = SAID_SEPARATOR.fullmatch(lines[0][1]) if lines else None
    if said:
        lines = lines[1:]
    notes = [line for line in lines if line[1].startswith(MARKS)]
    sheet.skipped = [number for number, _ in notes]
    rows = [line for line in lines if not line[1].startswith(MARKS)]
    sheet.count = len(rows)
    if sheet.count > MOST_LINES:
        return sheet
    declared = [found for _, line in notes if (found := arff.attribute(line))]
    if declared:
        _read_declared(sheet, rows, declared)
        return sheet
    separator = said[1] if said else _separator([line for _, line in rows])
    sheet.separator = SEPARATORS.get(separator, N_("“{text}”", text=separator))
    if separator != ";":  # then it begins a note, as in settings files
        sheet.skipped += [number for number, line in rows if line.startswith(";")]
        rows = [line for line in rows if not line[1].startswith(";")]
    _read(sheet, rows, separator)
    sheet.names = _names_in_note(notes, rows, sheet, separator)
    return sheet


def _ascii_separator(found: re.Match[str]) -> str:
    """A full-width separator as ASCII has it, but for those in quotation marks."""
    return found[0] if len(found[0]) > 1 else found[0].translate(FULL_WIDTH)


def _read(sheet: Sheet, rows: list[tuple[int, str]], separator: str) -> None:
    at = 0
    while at < len(rows) and len(sheet.unreadable) < MOST_UNREADABLE:
        number, line = rows[at]
        at += 1
        values = fields(line, separator)
        if values is None:
            values, at = _joined(rows, at, separator)
        if values is None:
            sheet.unreadable.append(number)
        else:
            sheet.lines.append((number, values))


def _joined(rows: list[tuple[int, str]], at: int, separator: str) -> tuple[list[str] | None, int]:
    """The values of a line that goes on in the next ones, within quotation marks; and the line after it."""
    whole = rows[at - 1][1]
    for end in range(at, min(at + MOST_JOINED, len(rows))):
        whole = f"{whole}\n{rows[end][1]}"
        values = fields(whole, separator)
        if values is not None:
            return values, end + 1
    return None, at


def _read_declared(
    sheet: Sheet, rows: list[tuple[int, str]], declared: list[arff.Attribute]
) -> None:
    sheet.names = [each.name for each in declared]
    for number, line in rows:
        values = arff.row(line, declared) if len(line) <= LONGEST_LINE else None
        if values is None:
            sheet.unreadable.append(number)
        else:
            sheet.lines.append((number, values))


def _names_in_note(
    notes: list[tuple[int, str]], rows: list[tuple[int, str]], sheet: Sheet, separator: str
) -> list[str]:
    """The names of the columns, where the note just above the rows has as many words as they have values."""
    if not (notes and rows and sheet.lines):
        return []
    number, note = notes[-1]
    values = fields(note.lstrip("".join(MARKS)).strip(EDGES), separator) or []
    if number > rows[0][0] or len(values) != len(sheet.lines[0][1]):
        return []
    numeral = Numerals()
    return [] if any(numeral.number(value) is not None for value in values) else values


def _separator(lines: list[str]) -> str:
    """What splits the lines into the most columns of numbers, three columns or more."""
    scores = {each: _score(lines[:LOOKED_AT], each) for each in SEPARATORS}
    best = max(SEPARATORS, key=lambda each: scores[each])
    return best if scores[best] > (0, 0) else _fallback(lines[:LOOKED_AT])


def _score(lines: list[str], separator: str) -> tuple[int, int]:
    """How many values are numbers in the lines of the commonest width, and how many such lines there are."""
    split_lines = [values for line in lines if (values := fields(line, separator))]
    widths = Counter(len(values) for values in split_lines if len(values) >= 3)
    if not widths:
        return 0, 0
    ((width, count),) = widths.most_common(1)
    cells = [value for values in split_lines if len(values) == width for value in values]
    numerals = Numerals(points="decimals") if separator == "," else Numerals.of(cells)
    numbers = sum(
        numerals.number(value) is not None or numerals.is_unclear(value) for value in cells
    )
    return numbers, count


def _fallback(lines: list[str]) -> str:
    """What splits the most lines into two, where nothing makes three columns."""
    counts = {
        each: sum(len(fields(line, each) or ()) == 2 for line in lines) for each in SEPARATORS
    }
    best = max(SEPARATORS, key=lambda each: counts[each])
    return best if counts[best] else ","


def fields(line: str, separator: str) -> list[str] | None:
    """The values on one line; None where its quotation marks do not match or it is too long."""
    if len(line) > LONGEST_LINE:
        return None
    if separator == " ":
        line = line.replace("\t", " ")
    if '"' not in line:
        values: Iterator[str] = map(str.strip, line.split(separator))
        return [value for value in values if value] if separator == " " else list(values)
    try:
        (found,) = csv.reader([line], delimiter=separator, skipinitialspace=True, strict=True)
    except (csv.Error, ValueError, TypeError):  # a sign that cannot separate is a wrong one too
        return None
    return [value.strip() for value in found]
