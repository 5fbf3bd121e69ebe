"""From labels to classes: which are the same, in which order they stand, and what they are called."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from app.tables.columns import distinct, tidy
from app.tables.numerals import Numerals
from app.tables.words import together
from engine.words import N_


@dataclass(frozen=True)
class Labels:
    """The class of each row, the name of each class, and whether all names are numbers.

    notes: sentences on labels that are written in different ways and are the same, or nearly.
    """

    classes: list[int]
    names: list[str]
    numeric: bool
    notes: list[str]

    @classmethod
    def of(cls, labels: Sequence[str], numerals: Numerals) -> Labels:
        """Read labels; 1 and 1.0 are the same. Numbers come first, by size, then names by the alphabet."""
        keys = {label: _key(label, numerals) for label in set(labels)}
        order = sorted(set(keys.values()), key=_rank)
        first = {keys[label]: label for label in reversed(labels)}
        written = [_written(key, first[key]) for key in order]
        classes = {key: index for index, key in enumerate(order)}
        return cls(
            [classes[keys[label]] for label in labels],
            distinct([tidy(name) or N_("(unprintable)") for name in written]),
            all(isinstance(key, float) for key in order),
            list(_alike(keys, written)),
        )


def _key(label: str, numerals: Numerals) -> float | str:
    """What tells labels apart: 1 and 1.0 are the same."""
    number = numerals.number(label)
    return label if number is None else number


def _rank(value: float | str) -> tuple[bool, float, str]:
    """Numbers by size, then names by the alphabet."""
    return (True, 0, value) if isinstance(value, str) else (False, value, "")


def _written(key: float | str, text: str) -> str:
    """A label as people would write it: not with the twenty digits of a program."""
    if isinstance(key, str):
        return text
    short = f"{key:.15g}"
    return short if len(short) < len(text) else text


def _alike(keys: dict[str, float | str], names: list[str]) -> Iterator[str]:
    """Sentences on labels that are written in different ways and are the same, or nearly."""
    written: dict[float | str, list[str]] = {}
    for label in sorted(keys):
        written.setdefault(keys[label], []).append(label)
    for same in written.values():
        if len(same) > 1:
            yield N_("{labels} are read as the same label.", labels=together(same))
    near: dict[str, list[str]] = {}
    for name in names:
        near.setdefault("".join(name.casefold().split()), []).append(name)
    for almost in near.values():
        if len(almost) > 1:
            yield N_(
                "{labels} differ only in capitals or spaces; they are different classes.",
                labels=together(almost),
            )
