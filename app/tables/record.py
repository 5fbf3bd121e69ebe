"""What a person asks of a table, and what it answers."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Literal

from app.tables.columns import Column
from engine.words import N_

MOST_PROBLEMS = 20
"""More problems than this are counted, not named."""

Row = tuple[float, float, float]


@dataclass(frozen=True)
class Choice:
    """How a person wants a table to be read; what is None is proposed.

    x1, x2, label: places of columns. target: whether labels are classes or numbers to learn.
    header: whether the first line names the columns. missing: what becomes of rows where a value is missing:
    they are named as wrong, left out, or what stands for nothing is a label like others.
    thin: whether rows are left out where there are too many.
    """

    x1: int | None = None
    x2: int | None = None
    label: int | None = None
    target: Literal["classes", "numbers"] = "classes"
    header: bool | None = None
    missing: Literal["name", "leave_out", "keep"] = "name"
    thin: bool = False


@dataclass(frozen=True)
class Problem:
    """What is wrong, and on which line; None where it is the table as a whole."""

    line: int | None
    text: str


@dataclass(frozen=True)
class Offer:
    """Another way to read the table: what a button says, and what it changes of the choice."""

    label: str
    changes: dict[str, str]


@dataclass
class Table:
    """What a text holds: rows [x1, x2, class], and for each class the label that stands for it.

    target: "numbers" where rows are [x1, x2, number]. names: those of the chosen columns, if they have any.
    columns: all of them, the chosen ones at `x1`, `x2`, `label`. header: the line that names them, or None.
    unused: the columns that are not read. notes: what else was done, in sentences.
    found: how many problems there are, of which `problems` has the first MOST_PROBLEMS. There are rows only
    where there is no problem.
    """

    rows: list[Row] = field(default_factory=list)
    labels: list[str] = field(default_factory=list)
    target: str = "classes"
    names: list[str] = field(default_factory=list)
    columns: list[Column] = field(default_factory=list)
    x1: int | None = None
    x2: int | None = None
    label: int | None = None
    header: int | None = None
    separator: str = N_("commas")
    unused: list[str] = field(default_factory=list)
    notes: list[str] = field(default_factory=list)
    offers: list[Offer] = field(default_factory=list)
    problems: list[Problem] = field(default_factory=list)
    found: int = 0

    def complain(self, line: int | None, text: str) -> None:
        """Note one problem."""
        self.found += 1
        if len(self.problems) < MOST_PROBLEMS:
            self.problems.append(Problem(line, text))
