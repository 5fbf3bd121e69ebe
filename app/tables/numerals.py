"""Numbers as people and programs write them. What a comma means is a matter of the whole table."""

from __future__ import annotations

import math
import re
from collections.abc import Iterable
from dataclasses import dataclass

MINUS = "−﹣－‐‑‒–"
"""Minus signs that are none of ASCII's, and what word processors make of one."""
SIGNS = str.maketrans({**dict.fromkeys(MINUS, "-"), "＋": "+", "．": ".", "，": ","})
GROUPED = re.compile(r"(?<=\d)[\u00a0\u2009\u202f'’](?=\d{3}(?!\d))")
"""What stands between groups of three digits and is neither comma nor point."""
DECIMAL_COMMA = re.compile(r"[+-]?\d*,\d+(?:[eE][+-]?\d+)?")
EITHER_COMMA = re.compile(r"[+-]?[1-9]\d{0,2},\d{3}")
"""1,234 is 1.234 in one part of the world and 1234 in another."""
COMMA_GROUPS = re.compile(r"[+-]?[1-9]\d{0,2}(?:(?:,\d{3})+\.\d+|(?:,\d{3}){2,})")
POINT_GROUPS = re.compile(r"[+-]?[1-9]\d{0,2}(?:(?:\.\d{3})+,\d+|(?:\.\d{3}){2,})")
EITHER_POINT = re.compile(r"[+-]?[1-9]\d{0,2}\.\d{3}")
DECIMAL_POINT = re.compile(r"[+-]?\d*\.\d+(?:[eE][+-]?\d+)?")


@dataclass(frozen=True)
class Numerals:
    """How a table writes numbers: which of its commas and points stand before decimals.

    commas, points: "decimals", "groups" (of three digits), or "unclear", where a number with one comma or
    point before three digits could be either, and is refused.
    """

    commas: str = "decimals"
    points: str = "decimals"

    @classmethod
    def of(cls, cells: Iterable[str]) -> Numerals:
        """What the cells of a table say together, by those numbers that can be read in one way only."""
        written = [
            cell.translate(SIGNS) for cell in cells if "," in cell or "." in cell or "，" in cell
        ]
        commas = [cell for cell in written if "," in cell]
        if not any(DECIMAL_COMMA.fullmatch(cell) or _has_groups(cell) for cell in commas):
            return cls()
        decimals = any(map(_has_decimal_comma, commas))
        groups = any(map(COMMA_GROUPS.fullmatch, commas))
        point = any(
            DECIMAL_POINT.fullmatch(cell) and not EITHER_POINT.fullmatch(cell) for cell in written
        )
        if decimals and not groups:
            return cls("decimals", "decimals" if point else "unclear")
        return cls("groups" if (groups or point) and not decimals else "unclear")

    def number(self, text: str) -> float | None:
        """A finite number, or None. What only Python takes for one, such as 1_000, is none."""
        if self.points == "decimals" and "," not in text:
            value = _finite(text)  # nearly all are written so
            if value is not None:
                return value
        plain = text
        if not text.isascii() or "'" in text:
            plain = GROUPED.sub("", text.translate(SIGNS).strip())
        if "," in plain:
            return self._with_comma(plain)
        if POINT_GROUPS.fullmatch(plain):
            return _finite(plain.replace(".", "")) if self.commas == "decimals" else None
        if self.points == "unclear" and EITHER_POINT.fullmatch(plain):
            return None
        return _finite(plain)

    def is_unclear(self, text: str) -> bool:
        """Whether a text is no number here only because it could be two."""
        plain = text.translate(SIGNS)
        if EITHER_COMMA.fullmatch(plain):
            return self.commas == "unclear"
        return self.points == "unclear" and EITHER_POINT.fullmatch(plain) is not None

    def _with_comma(self, text: str) -> float | None:
        if POINT_GROUPS.fullmatch(text):
            return _finite(text.replace(".", "").replace(",", "."))
        if COMMA_GROUPS.fullmatch(text):
            return _finite(text.replace(",", ""))
        if not DECIMAL_COMMA.fullmatch(text):
            return None
        if EITHER_COMMA.fullmatch(text) and self.commas != "decimals":
            return _finite(text.replace(",", "")) if self.commas == "groups" else None
        return _finite(text.replace(",", "."))


def _has_groups(cell: str) -> bool:
    return bool(COMMA_GROUPS.fullmatch(cell) or POINT_GROUPS.fullmatch(cell))


def _has_decimal_comma(cell: str) -> bool:
    """Whether the comma of a number can only stand before its decimals."""
    if EITHER_COMMA.fullmatch(cell):
        return False
    return bool(DECIMAL_COMMA.fullmatch(cell) or ("," in cell and POINT_GROUPS.fullmatch(cell)))


def _finite(text: str) -> float | None:
    try:
        value = float(text)
    except ValueError:
        return None
    return value if math.isfinite(value) and "_" not in text else None
