"""A person's own points: rows [x1, x2, class], or [x1, x2, value] for regression, in the spec itself."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from functools import cached_property, lru_cache
from itertools import chain
from typing import Any, cast

import numpy as np

from engine.catalog.datasets.record import Dataset, Points
from engine.core.arrays import Array, Numbers
from engine.core.plain import unboxed
from engine.core.registry import Knob, PartsError, Value
from engine.words import N_, Message, listed

MOST_ROWS = 2000
FARTHEST = 100
LAST_CLASS = 9
LARGEST_VALUE = 1e12
COORDINATE = Knob(
    "x", N_("Coordinate"), N_("Where the point is."), 0.0, minimum=-FARTHEST, maximum=FARTHEST
)
CLASS = Knob(
    "class", N_("Class"), N_("Its class."), 0, type="integer", minimum=0, maximum=LAST_CLASS
)
VALUE = Knob(
    "value",
    N_("Value"),
    N_("The number to learn there."),
    0.0,
    minimum=-LARGEST_VALUE,
    maximum=LARGEST_VALUE,
)

LONGEST_NAME = 40
NARROW = 0.5
"""Values that lie between −1 and 1, and no closer together than this, are learned as they are."""


class Rows(tuple[tuple[float, float, float], ...]):
    """Rows that were checked, and are hashed and looked through once, however often they are part of a key.

    In one process the same rows are one object, wherever they come from, so that they are quickly told to be
    the same (of the 64 that were used last); they travel as numbers side by side. `of_classes`: whether the
    third numbers are classes.
    """

    of_classes = True

    @staticmethod
    @lru_cache(maxsize=64)
    def of(numbers: bytes, of_classes: bool) -> Rows:
        """The rows whose numbers these are, each three float64."""
        table = np.frombuffer(numbers).reshape(-1, 3)
        third = table[:, 2].astype(int) if of_classes else table[:, 2]
        # plain Python numbers: a row is written as it was read
        columns = (*(table[:, i].tolist() for i in (0, 1)), third.tolist())
        rows = Rows(zip(*columns, strict=True))
        rows.of_classes = of_classes
        return rows

    def __reduce__(self) -> tuple[object, ...]:
        return Rows.of, (self.numbers, self.of_classes)

    @cached_property
    def numbers(self) -> bytes:
        """Three float64 for each row."""
        return np.array(self, np.float64).tobytes()

    @cached_property
    def classes(self) -> int:
        """How many classes there are, where the third numbers are classes."""
        return 1 + int(max(label for *_, label in self))

    @cached_property
    def scale(self) -> tuple[float, float]:
        """Middle and half of the range of the third numbers; (0, 1) where they need no other."""
        labels = [label for *_, label in self]
        low, high = min(labels), max(labels)
        if max(-low, high) <= 1 and high - low >= NARROW:
            return 0.0, 1.0
        return (low + high) / 2, (high - low) / 2

    @cached_property
    def _hash(self) -> int:
        return super().__hash__()

    def __hash__(self) -> int:
        return self._hash


EXAMPLE = (
    (-4.0, 3.0, 0),
    (-3.0, 0.5, 0),
    (-3.5, -2.0, 0),
    (-1.5, 4.0, 0),
    (-1.0, -3.5, 0),
    (-0.5, 1.5, 0),
    (1.0, -1.5, 1),
    (1.5, 3.5, 1),
    (1.5, -4.0, 1),
    (3.0, -0.5, 1),
    (3.5, 2.0, 1),
    (4.0, -3.0, 1),
)
"""What stands there until a person brings their own."""

EXAMPLE_VALUES = tuple((x1, x2, x1 + 2 * x2) for x1, x2, _ in EXAMPLE)
"""A tilted plane."""


@dataclass(frozen=True)
class RowsKnob(Knob):
    """A list of rows [x1, x2, label], kept as tuples; `label` is what the third number may be."""

    third: Knob = field(default=CLASS, kw_only=True)

    @property
    def allowed(self) -> Message:
        """What the knob accepts, in words."""
        return N_("a list of 2 to {most} rows {row}", most=MOST_ROWS, row=self._row)

    @property
    def _row(self) -> str:
        return f"[x1, x2, {self.third.name}]"

    def read(self, value: object) -> Value:
        """Return the rows, each two floats and a class or a value.

        Raises ValueError where the whole is wrong, and PartsError that names every wrong part.
        """
        if isinstance(value, Rows) and value.of_classes == (self.third is CLASS):
            return value
        value = unboxed(value)
        if not isinstance(value, list | tuple) or not 2 <= len(value) <= MOST_ROWS:
            raise ValueError(self.allowed)
        of_classes = self.third is CLASS
        numbers = _numbers(value, of_classes)
        if numbers is None:
            given: list[Any] = [_row(row) for row in value]
            wrong = [part for i, row in enumerate(given) for part in self._wrong_parts(str(i), row)]
            if wrong:
                raise PartsError(*wrong)
            numbers = np.array([[float(x) for x in row] for row in given])
        rows = Rows.of(numbers.tobytes(), of_classes)
        used = {label for *_, label in rows}
        if self.third is VALUE and len(used) < 2:
            raise ValueError(N_("rows of at least two different values"))
        if self.third is CLASS and (len(used) < 2 or used != set(range(len(used)))):
            raise ValueError(
                N_(
                    "rows of two classes or more, with none left out from 0 up, not {classes}",
                    classes=listed(sorted(used)),
                )
            )
        return rows

    def _wrong_parts(self, path: str, row: object) -> list[tuple[str, object, Message]]:
        """What is wrong with one row: where, what stands there, what is allowed."""
        if not isinstance(row, list | tuple) or len(row) != 3:
            return [(path, row, N_("a row {row}", row=self._row))]
        wrong: list[tuple[str, object, Message]] = []
        for i, (knob, value) in enumerate(
            zip((COORDINATE, COORDINATE, self.third), row, strict=True)
        ):
            try:
                knob.read(value)
            except ValueError:
                wrong.append((f"{path}.{i}", value, knob.allowed))
        return wrong


def _row(value: object) -> object:
    """A row with NumPy's numbers in it as plain ones; anything else as it is."""
    row = unboxed(value)
    return [unboxed(x) for x in row] if isinstance(row, list | tuple) else row


def _numbers(rows: Sequence[object], of_classes: bool) -> Array | None:
    """The rows (N, 3) where all are lists of plain numbers within bounds; None where one is not."""
    if not all(isinstance(row, list | tuple) and len(row) == 3 for row in rows):
        return None
    flat: list[Any] = list(chain.from_iterable(cast("Sequence[Sequence[Any]]", rows)))
    if not set(map(type, flat)) <= {int, float}:
        return None
    try:
        table = np.array(flat, np.float64).reshape(-1, 3)
    except OverflowError:
        return None
    places, labels = table[:, :2], table[:, 2]
    fit = (np.abs(places) <= FARTHEST).all()
    if of_classes:
        allowed = (labels == np.floor(labels)) & (labels >= 0) & (labels <= LAST_CLASS)
    else:
        allowed = np.abs(labels) <= LARGEST_VALUE
    return table if fit and allowed.all() else None


@dataclass(frozen=True)
class NamesKnob(Knob):
    """A list of names that people see, kept as a tuple: none at all, or `least` to `most` different ones."""

    least: int = field(default=1, kw_only=True)
    most: int = field(default=1, kw_only=True)

    @property
    def allowed(self) -> Message:
        """What the knob accepts, in words."""
        if self.least == self.most:
            return N_(
                "a list of {names} different names, each of 1 to {longest} visible characters, or of none",
                names=self.most,
                longest=LONGEST_NAME,
            )
        return N_(
            "a list of {least} to {most} different names, each of 1 to {longest} visible characters, or of "
            "none",
            least=self.least,
            most=self.most,
            longest=LONGEST_NAME,
        )

    def read(self, value: object) -> Value:
        """Return the names. Raises ValueError for others."""
        value = unboxed(value)
        if not isinstance(value, list | tuple) or not all(map(_is_name, value)):
            raise ValueError(self.allowed)
        if value and not (self.least <= len(value) <= self.most and len({*value}) == len(value)):
            raise ValueError(self.allowed)
        return tuple(map(unboxed, value))


def _is_name(value: object) -> bool:
    """Whether people can read it on one line: no line ends, no control characters, no blanks around it."""
    if not isinstance(value, str) or not 1 <= len(value) <= LONGEST_NAME:
        return False
    return value.isprintable() and value.strip() == value


@dataclass(frozen=True, kw_only=True)
class Custom(Dataset):
    """A data set whose number of points, classes and range of values are those of its rows."""

    def classes_of(self, k: Numbers) -> int:
        """How many classes the rows have; 0 where they have values."""
        return k["rows"].classes if self.classes else 0

    def points_of(self, k: Numbers) -> int:
        """How many rows there are."""
        return len(k["rows"])

    def scale_of(self, k: Numbers) -> tuple[float, float]:
        """Middle and half of the range of the values: what is learned is (value − middle) / half."""
        scale: tuple[float, float] = (0.0, 1.0) if self.classes else k["rows"].scale
        return scale

    def order(self, rng: np.random.Generator, labels: Array) -> Array:
        """A random order (N,) that deals the classes out evenly, from first to last; of values any order.

        Of four points two train: any order would often leave a class out of training. Here the i-th of
        the n points of a class stands at a random place between i/n and (i + 1)/n of the way.
        """
        if not self.classes:
            return super().order(rng, labels)
        place = np.empty(len(labels))
        for label in np.unique(labels):
            mine = rng.permutation(np.flatnonzero(labels == label))
            place[mine] = (np.arange(len(mine)) + rng.uniform(size=len(mine))) / len(mine)
        return np.argsort(place)


def _classes(rng: np.random.Generator, n: int, noise: float, balance: float, k: Numbers) -> Points:
    rows = np.frombuffer(k["rows"].numbers).reshape(-1, 3)
    return rows[:, :2], rows[:, 2]


def _values(rng: np.random.Generator, n: int, noise: float, balance: float, k: Numbers) -> Points:
    rows = np.frombuffer(k["rows"].numbers).reshape(-1, 3)
    middle, half = k["rows"].scale
    return rows[:, :2], (rows[:, 2] - middle) / half


COLUMN_NAMES = NamesKnob(
    name="column_names",
    label=N_("Names of x1, x2 and the label"),
    help=N_("What x1, x2 and the label are called in the table that the points come from."),
    default=(),
    type="names",
    least=3,
    most=3,
)

CUSTOM = Custom(
    kind="custom",
    label=N_("Own points"),
    help=N_("Points that you bring yourself, two classes or more."),
    formula=N_("(x₁, x₂, class) row by row"),
    knobs=(
        RowsKnob(
            name="rows",
            label=N_("Points"),
            help=N_("Each row is a point: x1, x2, and the number of its class, from 0."),
            default=Rows(EXAMPLE),
            type="rows",
        ),
        NamesKnob(
            name="class_names",
            label=N_("Names of the classes"),
            help=N_(
                "What the classes are called, from the first on; a class without a name goes by its number."
            ),
            default=(),
            type="names",
            most=1 + int(CLASS.maximum or 0),
        ),
        COLUMN_NAMES,
    ),
    ignores=("points", "noise", "balance"),
    generate=_classes,
)

CUSTOM_VALUES = Custom(
    kind="custom_values",
    label=N_("Own values"),
    help=N_("Points that you bring yourself, each with a number to learn (regression)."),
    formula=N_("(x₁, x₂, value) row by row"),
    knobs=(
        RowsKnob(
            name="rows",
            label=N_("Points"),
            help=N_("Each row is a point: x1, x2, and the number to learn there."),
            default=Rows(EXAMPLE_VALUES),
            type="rows",
            third=VALUE,
        ),
        COLUMN_NAMES,
    ),
    task="regression",
    classes=0,
    ignores=("points", "noise", "balance"),
    generate=_values,
)
