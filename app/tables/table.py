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
from engine.words import N_, NN_, listed

__all__ = ["MOST_CLASSES", "MOST_PROBLEMS", "Choice", "Offer", "Problem", "Table", "read"]

MOST_CLASSES = 8
"""So many can be told apart on the map. (The engine learns two more, which older links may have.)"""

MANY = 8
"""Of so many rows on a label that stands in one of them is spoken of."""

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
    lines: list[int] = []
    without: list[Values] = []
    for each in values:
        if _lacks(each, choice):
            without.append(each)
            if choice.missing == "leave_out":
                continue
        x1 = _number(table, each.line, "x1", each.x1, numerals)
        x2 = _number(table, each.line, "x2", each.x2, numerals)
        if choice.target == "numbers":
            numbers.append(_number(table, each.line, N_("the label"), each.label, numerals))
        elif not each.label or (is_missing(each.label) and choice.missing != "keep"):
            there = found(each.label, numerals)
            table.complain(each.line, N_("expected a label, found {found}", found=there))
        points.append((x1, x2))
        labels.append(each.label)
        lines.append(each.line)
    if without:
        _say_missing(table, choice, without)
    if table.found == 0 and not _has_enough(table, choice, len(points)):
        return
    if choice.target == "numbers":
        _finish_numbers(table, points, numbers)
    else:
        _finish_classes(table, points, labels, numerals)
    if table.found == 0:
        _say_alone(table, lines)
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
        said = N_(
            "expected a number for {name}, found {found}", name=name, found=found(text, numerals)
        )
        table.complain(line, said)
        return 0.0
    return value


def _say_missing(table: Table, choice: Choice, without: list[Values]) -> None:
    """Say which rows are left out as they lack a value, or offer to leave them out."""
    count = len(without)
    if choice.missing == "leave_out":
        said = NN_(
            "{rows} row is left out, as it lacks a value ({lines}).",
            "{rows} rows are left out, as they lack a value ({lines}).",
            count,
            rows=f"{count:,}",
            lines=line_list([each.line for each in without]),
        )
        table.notes.append(said)
        return
    label = NN_(
        "Leave out the row that lacks a value",
        "Leave out the {rows} rows that lack a value",
        count,
        rows=f"{count:,}",
    )
    table.offers.append(Offer(label, {"missing": "leave_out"}))
    written = any(each.label and is_missing(each.label) for each in without)
    if written and choice.missing == "name" and choice.target == "classes":
        table.offers.append(Offer(N_("Take what stands there as a label"), {"missing": "keep"}))


def _has_enough(table: Table, choice: Choice, rows: int) -> bool:
    if rows < 2:
        choosing.complain_of_rows(table, rows)
    elif rows > MOST_ROWS and not choice.thin:
        choosing.complain_of_rows(table, rows)
        most = f"{MOST_ROWS:,}"
        label = (
            N_("Keep {most} of them, evenly by class", most=most)
            if choice.target == "classes"
            else N_("Keep {most} of them", most=most)
        )
        table.offers.append(Offer(label, {"thin": "true"}))
    return rows >= 2


def _finish_numbers(table: Table, points: list[Point], numbers: list[float]) -> None:
    most = VALUE.maximum or 0
    if any(abs(number) > most for number in numbers):
        said = N_("Numbers to learn can be at most {most} in size.", most=numeral(most))
        table.complain(None, said)
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
        said = N_(
            "{column} has {count} different labels, and {most} can be told apart. Choose another column for "
            "the label.",
            column=quote(column),
            count=f"{count:,}",
            most=MOST_CLASSES,
        )
        table.complain(None, said)
        if read_as.numeric:
            table.offers.append(Offer(N_("Learn its numbers (regression)"), {"target": "numbers"}))
    elif count == 1 and not table.found:
        _complain_of_one(table, quote(labels[0]))
    table.labels = read_as.names
    table.rows = [(*point, label) for point, label in zip(points, read_as.classes, strict=True)]
    table.notes += read_as.notes


def _complain_of_one(table: Table, label: str) -> None:
    said = N_("Every label is {label}; at least two different ones are needed.", label=label)
    table.complain(None, said)


def _say_alone(table: Table, lines: list[int]) -> None:
    """Say which labels stand in one row only: names of columns, a sum, or a slip of the pen may be one."""
    counts = Counter(label for *_, label in table.rows)
    if table.target == "numbers" or len(table.rows) < MANY:
        return
    for line, (*_, label) in zip(lines, table.rows, strict=True):
        if counts[label] == 1:
            name = quote(table.labels[int(label)])
            table.notes.append(N_("Only line {line} has the label {label}.", line=line, label=name))


def _say_constant(table: Table) -> None:
    for i, role in enumerate(("x1", "x2")):
        if len({row[i] for row in table.rows}) == 1:
            value = numeral(table.rows[0][i])
            table.notes.append(N_("{role} is {value} at every point.", role=role, value=value))


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
    counts = {"kept": f"{MOST_ROWS:,}", "total": f"{total:,}"}
    if not by_class:
        table.notes.append(N_("{kept} of {total} rows are kept.", **counts))
        return
    shares = listed(
        N_(
            "{kept} of {total} {label}",
            kept=f"{after[label]:,}",
            total=f"{before[label]:,}",
            label=quote(table.labels[int(label)]),
        )
        for label in sorted(before)
    )
    said = N_(
        "{kept} of {total} rows are kept, the same share of each class: {shares}.",
        **counts,
        shares=shares,
    )
    table.notes.append(said)


def _skipped(lines: list[int]) -> str:
    if len(lines) == 1:
        return N_("Line {line} begins with #, %, @ or ; and is skipped.", line=lines[0])
    return N_(
        "{count} lines begin with #, %, @ or ; and are skipped ({lines}).",
        count=f"{len(lines):,}",
        lines=line_list(sorted(lines)),
    )
