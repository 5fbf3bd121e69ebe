"""Legends: what the letters of a formula are, for those of them that stand in it."""

from __future__ import annotations

import re

Term = tuple[str, str]
"""A letter of a formula, and what it is in a few words."""

_RAISED = {"n": "nⁿ", "t": "tᵗ"}
"""Letters that formulas also raise."""


def legend(terms: tuple[Term, ...], formula: str) -> tuple[Term, ...]:
    """The terms whose letters stand in the formula, in their order; of several for one letter the first."""
    found: dict[str, str] = {}
    for symbol, meaning in terms:
        if symbol not in found and stands_in(symbol, formula):
            found[symbol] = meaning
    return tuple(found.items())


def stands_in(symbol: str, formula: str) -> bool:
    """Whether a letter stands in a formula by itself: not in a word, nor with a hat or a dash of its own."""
    either = f"[{_RAISED[symbol]}]" if symbol in _RAISED else re.escape(symbol)
    after = "A-Za-z" if symbol.isascii() else ""
    return re.search(f"(?<![A-Za-z]){either}(?![{after}\u0302′])", formula) is not None
