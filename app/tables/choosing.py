"""Which columns a table has, which of them a person wants, and what is wrong with that, in sentences."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence

from app.tables.columns import columns, distinct, is_header, proposal
from app.tables.lines import MOST_LINES, Sheet, WorkedLine
from app.tables.numerals import Numerals
from app.tables.record import MOST_PROBLEMS, Choice, Table
from app.tables.words import quote
from engine.catalog import MOST_ROWS
from engine.words import N_, listed

MOST_COLUMNS = 200
ROLES = ("x1", "x2", "label")


def find(table: Table, sheet: Sheet, choice: Choice) -> tuple[list[WorkedLine], Numerals]:
    """Find the columns; returns the rows, and how numbers are written in them."""
    lines, names = sheet.lines, sheet.names
    numerals = Numerals.of(cell for _, values in lines for cell in values)
    if sheet.count > MOST_LINES:
        said = N_(
            "The table has {count} rows; at most {most} are read.",
            count=f"{sheet.count:,}",
            most=f"{MOST_LINES:,}",
        )
        table.complain(None, said)
        return [], numerals
    header = _header(lines, choice, numerals) if not names else None
    if header:
        lines, names = lines[1:], header[1]
        table.header = header[0]
    width = _width(lines, names)
    names = _fitted(names, width, lines)
    lines = [(number, _without_end(values, width)) for number, values in lines]
    if not lines or not 3 <= width <= MOST_COLUMNS:
        _complain_of_width(table, width, len(lines))
        return [], numerals
    if names and len(names) != width:
        said = N_(
            "this line names {count} columns, and most lines have {width} values",
            count=len(names),
            width=width,
        )
        table.complain(table.header, said)
        return [], numerals
    if not _complain_of_ragged(table, lines, width, bool(names)):
        return [], numerals
    body = [values for _, values in lines]
    table.columns = columns(names, width, body, numerals)
    if header and any(numerals.number(value) is not None for value in header[1]):
        said = N_(
            "Line {line} ({values}) is read as the names of the columns.",
            line=header[0],
            values=listed(value for value in header[1] if value),
        )
        table.notes.append(said)
    return lines, numerals


def _header(lines: list[WorkedLine], choice: Choice, numerals: Numerals) -> WorkedLine | None:
    """The line that names the columns, as the person or the line itself says."""
    if not lines or choice.header is False:
        return None
    (number, first), body = lines[0], [values for _, values in lines[1:]]
    width = _width(lines[1:], [])
    values = _fitted(_without_end(first, 3), width, lines[1:])
    has_numbers = any(numerals.number(value) is not None for value in values)
    if len(_without_end(first, 3)) != width and has_numbers and not choice.header:
        return None  # a row with too few or too many values
    return (number, values) if choice.header or is_header(values, body, numerals) else None


def _width(lines: list[WorkedLine], names: Sequence[str]) -> int:
    """How many columns there are: as the header says, or as the most lines have."""
    counts = Counter(len(_without_end(values, 3)) for _, values in lines)
    usual = counts.most_common(1)[0][0] if counts else 0
    return max(usual, len(names)) if usual in (0, len(names), len(names) - 1) else usual


def _fitted(names: list[str], width: int, lines: list[WorkedLine]) -> list[str]:
    """The header, with a nameless first column where R has left out that of the rows' names."""
    lacks_one = names and lines and len(names) == width - 1 >= 3
    return ["", *names] if lacks_one else names


def _without_end(values: list[str], width: int) -> list[str]:
    """The values without empty ones beyond the width: separators at the end of the line."""
    end = len(values)
    while end > width and not values[end - 1]:
        end -= 1
    return values[:end]


def _complain_of_width(table: Table, width: int, rows: int) -> None:
    if rows == 0:
        complain_of_rows(table, 0)
    elif width == 1:
        said = N_(
            "expected columns for x1, x2 and the label, found one column (nothing seems to separate others)"
        )
        table.complain(table.header, said)
    elif width < 3:
        said = N_(
            "expected columns for x1, x2 and the label, found {count} columns (separated by {separator})",
            count=width,
            separator=table.separator,
        )
        table.complain(table.header, said)
    else:
        said = N_(
            "The table has {count} columns; at most {most} are read.",
            count=f"{width:,}",
            most=MOST_COLUMNS,
        )
        table.complain(None, said)


def complain_of_rows(table: Table, count: int) -> None:
    """Say that there are too few rows or too many."""
    said = N_(
        "2 to {most} rows can be used, and there are {count}.",
        most=f"{MOST_ROWS:,}",
        count=f"{count:,}",
    )
    table.complain(None, said)


def _complain_of_ragged(table: Table, lines: list[WorkedLine], width: int, named: bool) -> bool:
    """Name lines with too few or too many values; returns whether most are as they should be."""
    ragged = [(number, len(values)) for number, values in lines if len(values) != width]
    wanted = _wanted(width, named)
    if len(ragged) > MOST_PROBLEMS and 2 * len(ragged) > len(lines):
        first, count = ragged[0]
        said = N_(
            "{ragged} of {lines} lines do not have {width} values ({wanted}); this one has {count}",
            ragged=f"{len(ragged):,}",
            lines=f"{len(lines):,}",
            width=width,
            wanted=wanted,
            count=count,
        )
        table.complain(first, said)
        return False
    for number, count in ragged:
        said = N_(
            "expected {width} values ({wanted}), found {count}",
            width=width,
            wanted=wanted,
            count=count,
        )
        table.complain(number, said)
    return True


def _wanted(width: int, named: bool) -> str:
    """Where it is from that a line has so many values."""
    if named:
        return N_("as the header has")
    return N_("x1, x2, label") if width == 3 else N_("as most lines have")


def choose(table: Table, choice: Choice) -> bool:
    """Settle which column is which; returns whether all three are known."""
    said = [choice.x1, choice.x2, choice.label]
    guess = proposal(table.columns)
    if guess is None and None in said:
        numeric = [each.name for each in table.columns if each.numeric]
        if numeric:
            wrong = N_(
                "Two columns of numbers are needed for x1 and x2, and only {column} is one.",
                column=quote(numeric[0]),
            )
        else:
            wrong = N_("Two columns of numbers are needed for x1 and x2, and there are none.")
        table.complain(None, wrong)
        guess = (0, 1, 2)
    places = _without_clashes(said, guess or (0, 1, 2), len(table.columns))
    table.x1, table.x2, table.label = places
    table.names = (
        [table.columns[i].name for i in places] if any(c.named for c in table.columns) else []
    )
    table.names = distinct(table.names)
    table.unused = [each.name for i, each in enumerate(table.columns) if i not in places]
    for role, place in zip(ROLES, places, strict=True):
        column = table.columns[place]
        needs_numbers = role != "label" or choice.target == "numbers"
        if needs_numbers and not column.numeric and not table.found:
            table.complain(None, _needs_numbers(quote(column.name), role))
    if len(set(places)) < 3 and not table.found:
        table.complain(None, N_("x1, x2 and the label have to be three different columns."))
    return not any(problem.line is None for problem in table.problems)


def _needs_numbers(column: str, role: str) -> str:
    if role == "label":
        return N_(
            "{column} has text, and the label as a number needs a column of numbers.", column=column
        )
    return N_("{column} has text, and {role} needs a column of numbers.", column=column, role=role)


def _without_clashes(
    said: Sequence[int | None], guess: Sequence[int], width: int
) -> tuple[int, int, int]:
    """The places that a person said, and of the proposed ones those that are still free."""
    known = [place if place is not None and 0 <= place < width else None for place in said]
    free = [place for place in (*guess, *range(width)) if place not in known]
    places = []
    for place, guessed in zip(known, guess, strict=True):
        chosen = place if place is not None else guessed if guessed in free else free[0]
        free = [each for each in free if each != chosen]
        places.append(chosen)
    x1, x2, label = places
    return x1, x2, label
