"""A person's own points. They stand in the spec itself: {"kind": "custom", "rows": [[x1, x2, class], …]}."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property, lru_cache
from itertools import chain
from typing import Any, cast

import numpy as np

from engine.activations import Array, Numbers
from engine.datasets.record import Dataset, Points
from engine.registry import Knob, PartsError, Value

MOST_ROWS = 2000
ROW = "a row [x1, x2, class]"
FARTHEST = 100
LAST_CLASS = 9
COORDINATE = Knob(
    "x", "Coordinate", "Where the point is.", 0.0, minimum=-FARTHEST, maximum=FARTHEST
)
CLASS = Knob("class", "Class", "Its class.", 0, type="integer", minimum=0, maximum=LAST_CLASS)


class Rows(tuple[tuple[float, float, int], ...]):
    """Rows that were checked, and are hashed and looked through once, however often they are part of a key.

    In one process the same rows are one object, wherever they come from, so that they are quickly told to be
    the same; they travel as numbers side by side.
    """

    @staticmethod
    @lru_cache(maxsize=64)
    def of(numbers: bytes) -> Rows:
        """The rows whose numbers these are, each three float64."""
        table = np.frombuffer(numbers).reshape(-1, 3)
        # plain Python numbers: a row is written as it was read
        columns = (*(table[:, i].tolist() for i in (0, 1)), table[:, 2].astype(int).tolist())
        return Rows(zip(*columns, strict=True))

    def __reduce__(self) -> tuple[object, ...]:
        return Rows.of, (self.numbers,)

    @cached_property
    def numbers(self) -> bytes:
        """Three float64 for each row."""
        return np.array(self, np.float64).tobytes()

    @cached_property
    def classes(self) -> int:
        """How many classes there are."""
        return 1 + max(label for *_, label in self)

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


@dataclass(frozen=True)
class RowsKnob(Knob):
    """A list of rows [x1, x2, class], kept as tuples."""

    @property
    def allowed(self) -> str:
        """What the knob accepts, in words."""
        return f"a list of 2 to {MOST_ROWS} rows [x1, x2, class]"

    def read(self, value: object) -> Value:
        """Return the rows, each two floats and a whole number.

        Raises ValueError where the whole is wrong, and PartsError that names every wrong part.
        """
        if isinstance(value, Rows):
            return value
        if not isinstance(value, list | tuple) or not 2 <= len(value) <= MOST_ROWS:
            raise ValueError(self.allowed)
        numbers = _numbers(value)
        if numbers is None:
            wrong = [part for i, row in enumerate(value) for part in _wrong_parts(str(i), row)]
            if wrong:
                raise PartsError(*wrong)
            numbers = np.array([[float(x) for x in row] for row in value])
        rows = Rows.of(numbers.tobytes())
        used = {label for *_, label in rows}
        if len(used) < 2 or used != set(range(len(used))):
            names = ", ".join(map(str, sorted(used)))
            raise ValueError(
                f"rows of two classes or more, with none left out from 0 up, not {names}"
            )
        return rows


def _numbers(rows: Sequence[object]) -> Array | None:
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
    whole = (labels == np.floor(labels)) & (labels >= 0) & (labels <= LAST_CLASS)
    return table if fit and whole.all() else None


def _wrong_parts(path: str, row: object) -> list[tuple[str, object, str]]:
    """What is wrong with one row: where, what stands there, what is allowed."""
    if not isinstance(row, list | tuple) or len(row) != 3:
        return [(path, row, ROW)]
    wrong: list[tuple[str, object, str]] = []
    for i, (knob, value) in enumerate(zip((COORDINATE, COORDINATE, CLASS), row, strict=True)):
        try:
            knob.read(value)
        except ValueError as error:
            wrong.append((f"{path}.{i}", value, str(error)))
    return wrong


@dataclass(frozen=True, kw_only=True)
class Custom(Dataset):
    """A data set whose number of points and of classes is that of its rows."""

    def classes_of(self, k: Numbers) -> int:
        """How many classes the rows have."""
        classes: int = k["rows"].classes
        return classes

    def points_of(self, k: Numbers) -> int:
        """How many rows there are."""
        return len(k["rows"])

    def order(self, rng: np.random.Generator, labels: Array) -> Array:
        """A random order (N,) that deals the classes out evenly, from first to last.

        Of four points two train: any order would often leave a class out of training. Here the i-th of
        the n points of a class stands at a random place between i/n and (i + 1)/n of the way.
        """
        place = np.empty(len(labels))
        for label in np.unique(labels):
            mine = rng.permutation(np.flatnonzero(labels == label))
            place[mine] = (np.arange(len(mine)) + rng.uniform(size=len(mine))) / len(mine)
        return np.argsort(place)


def _custom(rng: np.random.Generator, n: int, noise: float, balance: float, k: Numbers) -> Points:
    rows = np.frombuffer(k["rows"].numbers).reshape(-1, 3)
    return rows[:, :2], rows[:, 2]


CUSTOM = Custom(
    kind="custom",
    label="Own points",
    help="Points that you bring yourself, two classes or more.",
    formula="(x₁, x₂, class) row by row",
    knobs=(
        RowsKnob(
            name="rows",
            label="Points",
            help="Each row is a point: x1, x2, and the number of its class, from 0.",
            default=Rows(EXAMPLE),
            type="rows",
        ),
    ),
    ignores=("points", "noise", "balance"),
    generate=_custom,
)
