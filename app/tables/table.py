"""Points out of a text table: two columns of numbers and a label. Everything wrong is named with its line."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass

from app.tables import choosing
from app.tables.columns import is_missing
from app.tables.labels import Labels
from app.tables.lines import QUOTES, WorkedLine, split
from app.tables.numerals import Numerals
from app.tables.record import MOST_PROBLEMS, Choice, Offer, Problem, Table
from app.tables.thinning import thinned
from app.tables.words import found, line_list, quote
from engine.catalog import MOST_ROWS, VALUE
from engine.spec import numeral

__all__ = ["MOST_CLASSES", "MOST_PROBLEMS", "Choice", "Offer", "Problem", "Table", "read"]

MOST_CLASSES = 8
"""So many can be told apart on the map. (The engine learns two more, which older links may have.)"""

Point = tuple[float, float]


@dataclass(frozen=True)
class Values:
    """The values of the chosen columns on one line."""

    line: int
    x1: str
    x2: str
    label: str


def read(text: str, choice: Choice | None = None) -> Table:
    """Read a table as its person wants it, and where they say nothing as it is likely meant.

    Labels may be numbers or names; classes are in their order, numbers by size and names by the alphabet.
    """
    choice = choice or Choice()
    sheet = split(text)
    table = Table(separator=sheet.separator, target=choice.target)
    for number in sheet.unreadable:
        table.complain(number, QUOTES)
    if sheet.skipped:
        table.notes.append(_skipped(sheet.skipped))
    body, numerals = choosing.find(table, sheet, choice)
    if table.columns and choosing.choose(table, choice):
        _make_rows(table, choice, _values(table, body), numerals)
    if table.found:
        table.rows, table.labels = [], []
    return table


def _values(table: Table, lines: list[WorkedLine]) -> Iterator[Values]:
    x1, x2, label = table.x1 or 0, table.x2 or 0, table.label or 0
    width = len(table.columns)
    for number, values in lines:
        if len(values) == width:
            yield Values(number, values[x1], values[x2], values[label])


def _make_rows(table: Table, choice: Choice, values: Iterator[Values], numerals: Numerals) -> None:
    """Read the rows, and make points of them where nothing is wrong."""
    points: list[Point] = []
    labels: list[str] = []
    numbers: list[float] = []
    without: list[Values] = []
    for each in values:
        if _lacks(each, choice):
            without.append(each)
            if choice.missing == "leave_out":
                continue
        x1 = _number(table, each.line, "x1", each.x1, numerals)
        x2 = _number(table, each.line, "x2", each.x2, numerals)
        if choice.target == "numbers":
            numbers.append(_number(table, each.line, "the label", each.label, numerals))
        elif not each.label or (is_missing(each.label) and choice.missing != "keep"):
            table.complain(each.line, f"expected a label, found {found(each.label, numerals)}")
        points.append((x1, x2))
        labels.append(each.label)
    if without:
        _say_missing(table, choice, without)
    if table.found == 0 and not _has_enough(table, choice, len(points)):
        return
    if choice.target == "numbers":
        _finish_numbers(table, points, numbers)
    else:
        _finish_classes(table, points, labels, numerals)
    if table.found == 0:
        _say_constant(table)
        _thin(table)


def _lacks(each: Values, choice: Choice) -> bool:
    """Whether a row has no number or no label where one is needed."""
    as_label = choice.target == "classes" and choice.missing == "keep" and each.label
    return is_missing(each.x1) or is_missing(each.x2) or (is_missing(each.label) and not as_label)


def _number(table: Table, line: int, name: str, text: str, numerals: Numerals) -> float:
    """The number that stands there; what is wrong with it is noted, and then it means nothing."""
    value = numerals.number(text)
    if value is None:
        table.complain(line, f"expected a number for {name}, found {found(text, numerals)}")
        return 0.0
    return value


def _say_missing(table: Table, choice: Choice, without: list[Values]) -> None:
    """Say which rows are left out for want of a value, or offer to leave them out."""
    count = len(without)
    if choice.missing == "leave_out":
        rows = "1 row is" if count == 1 else f"{count:,} rows are"
        lines = line_list([each.line for each in without])
        table.notes.append(f"{rows} left out, for want of a value ({lines}).")
        return
    rows = "the row that lacks" if count == 1 else f"the {count:,} rows that lack"
    table.offers.append(Offer(f"Leave out {rows} a value", {"missing": "leave_out"}))
    written = any(each.label and is_missing(each.label) for each in without)
    if written and choice.missing == "name" and choice.target == "classes":
        table.offers.append(Offer("Take what stands there as a label", {"missing": "keep"}))


def _has_enough(table: Table, choice: Choice, rows: int) -> bool:
    if rows < 2:
        table.complain(None, f"2 to {MOST_ROWS:,} rows can be used, and there are {rows}.")
    elif rows > MOST_ROWS and not choice.thin:
        table.complain(None, f"2 to {MOST_ROWS:,} rows can be used, and there are {rows:,}.")
        evenly = ", evenly by class" if choice.target == "classes" else ""
        table.offers.append(Offer(f"Keep {MOST_ROWS:,} of them{evenly}", {"thin": "true"}))
    return rows >= 2


def _finish_numbers(table: Table, points: list[Point], numbers: list[float]) -> None:
    most = VALUE.maximum or 0
    if any(abs(number) > most for number in numbers):
        table.complain(None, f"Numbers to learn can be as large as {numeral(most)}, not larger.")
    elif len(set(numbers)) == 1:
        _complain_of_one(table, numeral(numbers[0]))
    table.rows = [(*point, number) for point, number in zip(points, numbers, strict=True)]


def _finish_classes(
    table: Table, points: list[Point], labels: list[str], numerals: Numerals
) -> None:
    read_as = Labels.of(labels, numerals)
    count = len(read_as.names)
    if count > MOST_CLASSES:
        column = table.columns[table.label or 0].name
        said = (
            f"{quote(column)} has {count:,} different labels, and {MOST_CLASSES} can be told apart."
        )
        table.complain(None, f"{said} Choose another column for the label.")
        if read_as.numeric:
            table.offers.append(Offer("Learn its numbers (regression)", {"target": "numbers"}))
    elif count == 1 and not table.found:
        _complain_of_one(table, quote(labels[0]))
    table.labels = read_as.names
    table.rows = [(*point, label) for point, label in zip(points, read_as.classes, strict=True)]
    table.notes += read_as.notes


def _complain_of_one(table: Table, label: str) -> None:
    table.complain(None, f"Every label is {label}; at least two different ones are needed.")


def _say_constant(table: Table) -> None:
    for i, role in enumerate(("x1", "x2")):
        if len({row[i] for row in table.rows}) == 1:
            table.notes.append(f"{role} is {numeral(table.rows[0][i])} at every point.")


def _thin(table: Table) -> None:
    """Keep as many rows as can be used, and say how many of each class."""
    total = len(table.rows)
    if total <= MOST_ROWS:
        return
    by_class = table.target == "classes"
    kept = thinned([label if by_class else 0 for *_, label in table.rows], MOST_ROWS)
    before = Counter(label for *_, label in table.rows)
    table.rows = [table.rows[place] for place in kept]
    after = Counter(label for *_, label in table.rows)
    said = f"{MOST_ROWS:,} of {total:,} rows are kept"
    if by_class:
        parts = [
            f"{after[label]:,} of {before[label]:,} {quote(table.labels[int(label)])}"
            for label in sorted(before)
        ]
        said += f", the same share of each class: {', '.join(parts)}"
    table.notes.append(f"{said}.")


def _skipped(lines: list[int]) -> str:
    if len(lines) == 1:
        return f"Line {lines[0]} begins with #, %, @ or ; and is passed over."
    return f"{len(lines):,} lines begin with #, %, @ or ; and are passed over ({line_list(sorted(lines))})."
