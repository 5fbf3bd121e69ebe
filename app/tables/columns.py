"""Which columns a table has, what they are called, and which are likely to be x1, x2 and the label."""

from __future__ import annotations

import re
import unicodedata
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from app.tables.numerals import Numerals
from engine.catalog import LONGEST_NAME
from engine.words import N_

_LABELS = (
    "label labels class classes target targets species category categories outcome "
    "variety diagnosis survived type kind "
    "klasse klassen kategorie zielwert typ classe catégorie étiquette espèce cible "
    "clase etiqueta categoría categoria especie objetivo rótulo etichetta specie obiettivo "
    "klass kategori etikett klasa etykieta kategoria sınıf etiket класс метка категория цель "
    "类别 类 标签 分类 目标 類別 類 標籤 分類 目標 クラス ラベル カテゴリ 클래스 라벨 레이블 분류 범주"
)
LABELS = _LABELS.split()
"""How a header may name the label: the first of these that stands there is taken for it."""
FIRST = ("x1", "x")
SECOND = ("x2", "y")
SPLIT = "split"
"""The column of a downloaded table that says which points train; it is no label."""
_MISSING = (
    "na n/a #n/a #na nan -nan null none nil nat n.a. <na> <null> <none> (null) \\n - -- --- – — ? . .. "
    "#null! #value! #ref! #div/0! #num! #name? 1.#ind -1.#ind 1.#qnan -1.#qnan"
)
MISSING = frozenset(("", *_MISSING.split()))
"""What programs and people write where there is nothing, or where a spreadsheet could not reckon."""
ROW_NAMES = re.compile(r"(?i:(?:.*[\W_])?id|index|unnamed: \d+)|.*[a-z]I[dD]")
"""How a header names a column that only tells one row from another."""
LOOKED_AT = 1000
"""So many rows say whether a column has numbers."""
HALF = 0.5
"""A column of numbers has so many of them at least: others are mistakes, and named."""
SURE = 0.9
"""Below a name in a header there are so many."""
FEW = 8
"""A column with no more different values than this may well be a label."""


@dataclass(frozen=True)
class Column:
    """One column.

    name: what it is called, in the table or by its place. named: whether the table says so.
    numeric: whether half of its values or more are numbers. counting: whether they count the rows up by one.
    values: how many different ones there are, up to one more than FEW.
    """

    name: str
    named: bool
    numeric: bool
    counting: bool
    values: int


def is_missing(value: str) -> bool:
    """Whether a value stands for none."""
    return value.casefold() in MISSING


def is_header(first: Sequence[str], body: Sequence[Sequence[str]], numerals: Numerals) -> bool:
    """Whether the first line names the columns.

    It does if a field of it is text where the column below is numbers, if it is a run 0, 1, 2 …, with a
    nameless column before it or not, if it is a run 1, 2, 3 … that fits in badly with what is below, if
    it is numbers where a column below has none, or if there is nothing below it and all of it is text.
    """
    texts = [_is_text(value, numerals) for value in first]
    if not body:
        return sum(texts) >= 2 and all(texts)
    shares = [_numeric_share(_column(body[:LOOKED_AT], i), numerals) for i in range(len(first))]
    if any(
        text and below >= SURE and not is_missing(value)
        for value, text, below in zip(first, texts, shares, strict=True)
    ):
        return True
    if len(body) > 1 and 0 in shares and all(numerals.number(value) is not None for value in first):
        return True
    run = first[1:] if first and not first[0] else first
    if len(run) < 2 or list(run) != [str(i) for i in _counted(run[0], len(run))]:
        return False
    return run[0] == "0" or _is_odd_one(run, body, numerals)


def columns(
    names: Sequence[str], width: int, body: Sequence[Sequence[str]], numerals: Numerals
) -> list[Column]:
    """All columns; those without a name go by their place."""
    found = []
    shown = distinct([tidy(names[i]) if i < len(names) else "" for i in range(width)])
    for i in range(width):
        values = _column(body, i)
        numeric = _numeric_share(values[:LOOKED_AT], numerals) >= HALF
        different: set[str] = set()
        for value in values:
            different.add(value)
            if len(different) > FEW:
                break
        counting = numeric and _is_counting(values[:LOOKED_AT], numerals)
        name = shown[i] or N_("Column {number}", number=i + 1)
        found.append(Column(name, bool(shown[i]), numeric, counting, len(different)))
    return found


def proposal(found: Sequence[Column]) -> tuple[int, int, int] | None:
    """The places of x1, x2 and the label, by their names or by what stands in them; None where that fails.

    Columns that only tell rows apart (they count them, say so by their name, or have none among named ones)
    are left out where enough others are.
    """
    names = [each.name.casefold().strip(" ._\"'") if each.named else "" for each in found]
    label = _named_label(names)
    split = names.index(SPLIT) if SPLIT in names[3:] else None
    usable = [i for i in range(len(found)) if i not in (label, split) and not _is_index(found, i)]
    if len(usable) + (label is not None) < 3:
        usable = [i for i in range(len(found)) if i != label]
    numeric = [i for i in usable if found[i].numeric]
    numbers = [i for i in range(len(found)) if i != label and found[i].numeric]
    axes = _named_axes(names, numbers) or tuple(numeric[:2])
    if len(axes) < 2:
        return None
    if label is None:
        others = [i for i in usable if i not in axes]
        known = [i for i in others if found[i].values > 1 and not found[i].counting]
        few = [i for i in known if found[i].values <= FEW]
        if not others:
            return None
        label = (few or known or others)[-1]
    return axes[0], axes[1], label


def tidy(name: str) -> str:
    """A name on one line, of letters that can be seen, and not too long."""
    plain = " ".join(name.split())
    seen = "".join(letter for letter in unicodedata.normalize("NFC", plain) if letter.isprintable())
    return seen.strip() if len(seen) <= LONGEST_NAME else seen[: LONGEST_NAME - 1].rstrip() + "…"


def distinct(names: Sequence[str]) -> list[str]:
    """Names with a number behind those that were there before; empty ones stay empty."""
    taken: set[str] = set()
    found = []
    for name in names:
        free, count = name, 2
        while free and free in taken:
            end = f" ({count})"
            free, count = name[: LONGEST_NAME - len(end)] + end, count + 1
        taken.add(free)
        found.append(free)
    return found


def _counted(first: str, count: int) -> range:
    """So many numbers up from 0 or 1, as programs number columns; none from another."""
    return range(int(first), int(first) + count) if first in {"0", "1"} else range(0)


def _is_odd_one(run: Sequence[str], body: Sequence[Sequence[str]], numerals: Numerals) -> bool:
    """Whether a run 1, 2, 3 … is no row like those below it: it would be one of whole numbers among others,
    and the only one of its class.
    """
    labels = {numerals.number(values[-1]) for values in body[:LOOKED_AT] if values}
    numbers = (numerals.number(value) for values in body[:LOOKED_AT] for value in values)
    parted = any(number is not None and not number.is_integer() for number in numbers)
    return parted and len(labels) <= FEW and numerals.number(run[-1]) not in labels


def _is_text(value: str, numerals: Numerals) -> bool:
    """Whether a value is no number at all; one that is infinite or cut by commas is a wrong number."""
    if not value or numerals.number(value) is not None or numerals.is_unclear(value):
        return False
    try:
        float(value)
    except ValueError:
        return True
    return False


def _column(body: Sequence[Sequence[str]], place: int) -> list[str]:
    return [values[place] for values in body if place < len(values)]


def _numeric_share(values: Iterable[str], numerals: Numerals) -> float:
    """The share of numbers among the values that are there; 0 where there are none."""
    found = Counter(
        numerals.number(value) is not None or numerals.is_unclear(value)
        for value in values
        if not is_missing(value)
    )
    return found[True] / max(found.total(), 1)


def _is_counting(values: Sequence[str], numerals: Numerals) -> bool:
    numbers = [numerals.number(value) for value in values]
    if len(numbers) < 3 or numbers[0] is None:
        return False
    return all(number == numbers[0] + i for i, number in enumerate(numbers))


def _is_index(found: Sequence[Column], place: int) -> bool:
    """Whether a column only tells the rows apart: by its name, or as one of the first, which count them.

    The first may also be the one without a name.
    """
    column = found[place]
    if column.named and ROW_NAMES.fullmatch(column.name):
        return True
    nameless = place == 0 and not column.named and any(each.named for each in found)
    return nameless or all(each.counting for each in found[: place + 1])


def _named_label(names: Sequence[str]) -> int | None:
    bare = [re.sub(r"[\s_.-]*(?:name|id|code)$", "", name) for name in names]
    for wanted in LABELS:
        if wanted in names:
            return names.index(wanted)
    for wanted in LABELS:
        for place, name in enumerate(bare):
            if wanted == name or wanted == re.split(r"[\W_]+", name)[-1]:
                return place
    has_x = "x" in names
    return names.index("y") if "y" in names and not has_x else None


def _named_axes(names: Sequence[str], numeric: Sequence[int]) -> tuple[int, int] | None:
    for first, second in zip(FIRST, SECOND, strict=True):
        if first in names and second in names:
            places = names.index(first), names.index(second)
            if all(place in numeric for place in places):
                return places
    return None
