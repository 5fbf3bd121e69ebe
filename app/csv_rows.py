"""Points out of a text table: x1, x2, label on each line. Everything wrong is named with its line."""

from __future__ import annotations

import csv
import math
import re
from dataclasses import dataclass, field

from engine.datasets.custom import CLASS, MOST_ROWS

MOST_PROBLEMS = 20
"""More problems than this are counted, not named."""
MOST_CLASSES = 1 + int(CLASS.maximum or 0)
LONGEST = 40
"""Of a longer value only the beginning is repeated."""

SEPARATORS = {"\t": "tabs", ";": "semicolons", ",": "commas", " ": "spaces"}
LINE_END = re.compile(r"\r\n|\r|\n")
BLANK = " \t;,"
"""A line of nothing else is blank: spreadsheets write such."""
LONGEST_LINE = 1000
QUOTES = f"the quotation marks do not match, or the line is longer than {LONGEST_LINE:,} letters"
LOOKED_AT = 50
"""So many lines decide what separates the columns."""
DECIMAL_COMMA = re.compile(r"[+-]?\d*,\d+(e[+-]?\d+)?", re.IGNORECASE)
"""A number as much of the world writes it; it is one where something else separates the columns."""
NAMES = (
    ({"x1", "x"}, {"x2", "y"}, {"label", "class"}),
    ({"x1"}, {"x2"}, {"y", "target"}),
)
"""How a header may name the three columns; otherwise they are the first three."""

Row = tuple[float, float, int]


@dataclass(frozen=True)
class Problem:
    """What is wrong, and on which line; None where it is the table as a whole."""

    line: int | None
    text: str


@dataclass
class Table:
    """What a text holds: rows [x1, x2, class], and for each class the label that stands for it.

    unused: the columns of the header that are not read. found: how many problems there are, of which
    `problems` has the first MOST_PROBLEMS. There are rows only where there is no problem.
    """

    rows: list[Row] = field(default_factory=list)
    labels: list[str] = field(default_factory=list)
    separator: str = SEPARATORS[","]
    unused: list[str] = field(default_factory=list)
    problems: list[Problem] = field(default_factory=list)
    found: int = 0

    def complain(self, line: int | None, text: str) -> None:
        """Note one problem."""
        self.found += 1
        if len(self.problems) < MOST_PROBLEMS:
            self.problems.append(Problem(line, text))


def read(text: str) -> Table:
    """Read a table whose columns are separated by commas, semicolons, tabs or spaces.

    A first line without numbers is its header. Labels may be numbers or names; classes are in their order,
    numbers by size and names by the alphabet. Blank lines count as lines but are passed over.
    """
    lines = [
        (number, line.strip(" "))
        for number, line in enumerate(LINE_END.split(text.removeprefix("\ufeff")), start=1)
        if line.strip(BLANK)
    ]
    table = Table()
    separator = _separator([line for _, line in lines[:LOOKED_AT]])
    table.separator = SEPARATORS[separator]
    columns, width = (0, 1, 2), 3
    if lines and (header := _header(lines[0][1], separator)):
        columns, width = _columns(header), len(header)
        table.unused = [name for i, name in enumerate(header) if i not in columns]
        if width < 3:
            table.complain(lines[0][0], f"expected columns x1, x2, label, found {width} of them")
        lines = lines[1:]
    if not 2 <= len(lines) <= MOST_ROWS:
        table.complain(None, f"2 to {MOST_ROWS:,} rows can be used, and there are {len(lines):,}.")
    if width >= 3:
        _read_rows(table, lines[:MOST_ROWS], separator, columns, width)
    if table.found:
        table.rows, table.labels = [], []
    return table


def _read_rows(
    table: Table,
    lines: list[tuple[int, str]],
    separator: str,
    columns: tuple[int, int, int],
    width: int,
) -> None:
    points: list[tuple[float, float]] = []
    labels: list[str] = []
    seen: dict[float | str, str] = {}
    for number, line in lines:
        found = table.found
        x1, x2, label = _row(table, number, _fields(line, separator), columns, width)
        if table.found > found:
            continue
        points.append((x1, x2))
        labels.append(label)
        if _value(label) not in seen:
            seen[_value(label)] = label
            if len(seen) > MOST_CLASSES:
                said = f"the label {_quote(label)} makes {len(seen)} different labels; "
                table.complain(number, f"{said}{MOST_CLASSES} can be told apart")
    if len(seen) == 1 and not table.found:
        only = _quote(labels[0])
        table.complain(None, f"Every label is {only}; at least two different ones are needed.")
    order = sorted(seen, key=_rank)
    classes = {value: index for index, value in enumerate(order)}
    table.labels = [seen[value] for value in order]
    table.rows = [
        (*point, classes[_value(label)]) for point, label in zip(points, labels, strict=True)
    ]


def _row(
    table: Table, line: int, fields: list[str] | None, columns: tuple[int, int, int], width: int
) -> tuple[float, float, str]:
    """Two numbers and a label; what is wrong with them is noted, and then they mean nothing."""
    if fields is None:
        table.complain(line, QUOTES)
        return math.nan, math.nan, ""
    while len(fields) > width and not fields[-1]:
        fields.pop()  # a separator at the end of the line
    if len(fields) != width:
        wanted = "x1, x2, label" if width == 3 else "as the header has"
        table.complain(line, f"expected {width} values ({wanted}), found {len(fields)}")
        return math.nan, math.nan, ""
    numbers = []
    for name, column in zip(("x1", "x2"), columns, strict=False):
        value = _number(fields[column])
        if value is None:
            table.complain(line, f"expected a number for {name}, found {_found(fields[column])}")
        numbers.append(math.nan if value is None else value)
    label = fields[columns[2]]
    if not label:
        table.complain(line, "expected a label, found nothing")
    return numbers[0], numbers[1], label


def _separator(lines: list[str]) -> str:
    """What splits the most lines into three parts or more; the rarer sign where several do."""
    counts = {
        each: sum(len(_fields(line, each) or ()) >= 3 for line in lines) for each in SEPARATORS
    }
    return max(counts, key=lambda each: counts[each]) if any(counts.values()) else ","


def _fields(line: str, separator: str) -> list[str] | None:
    """The values on one line; None where its quotation marks do not match or it is too long."""
    if len(line) > LONGEST_LINE:
        return None
    text = line.replace("\t", " ") if separator == " " else line
    try:
        (fields,) = csv.reader([text], delimiter=separator, skipinitialspace=True, strict=True)
    except csv.Error:
        return None
    values = [value.strip() for value in fields]
    if separator == ",":
        return values
    return [v.replace(",", ".") if DECIMAL_COMMA.fullmatch(v) else v for v in values]


def _header(line: str, separator: str) -> list[str] | None:
    """The names of the columns, if the line has names where coordinates would be."""
    fields = _fields(line, separator) or []
    while len(fields) > 3 and not fields[-1]:
        fields.pop()
    named = sum(bool(value) and not _is_numeric(value) for value in fields)
    return fields if named >= 2 and not any(map(_is_numeric, fields)) else None


def _columns(header: list[str]) -> tuple[int, int, int]:
    """Where x1, x2 and the label stand."""
    names = [name.casefold() for name in header]
    for wanted in NAMES:
        places = [[i for i, name in enumerate(names) if name in each] for each in wanted]
        if all(len(place) == 1 for place in places):
            (x1,), (x2,), (label,) = places
            return x1, x2, label
    return 0, 1, 2


def _number(text: str) -> float | None:
    """A finite number, or None. What only Python takes for one, such as 1_000, is none."""
    try:
        value = float(text)
    except ValueError:
        return None
    return value if math.isfinite(value) and "_" not in text else None


def _is_numeric(text: str) -> bool:
    return _number(text) is not None


def _value(label: str) -> float | str:
    """What tells labels apart: 1 and 1.0 are the same."""
    number = _number(label)
    return label if number is None else number


def _rank(value: float | str) -> tuple[bool, float, str]:
    """Numbers by size, then names by the alphabet."""
    return (True, 0, value) if isinstance(value, str) else (False, value, "")


def _found(text: str) -> str:
    """What stands where a number should, with advice for the commonest reason."""
    if not text:
        return "nothing"
    comma = _number(text.replace(",", ".")) is not None
    return _quote(text) + (" (decimals are written with a point)" if comma else "")


def _quote(text: str) -> str:
    return f"“{text[:LONGEST]}{'…' if len(text) > LONGEST else ''}”"
