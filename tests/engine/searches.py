"""Searches and duels that have gone on to their end."""

from collections.abc import Mapping
from typing import Any

from engine.search import (
    Duel,
    Duels,
    DuelSpec,
    Search,
    SearchSpec,
    advance_duels,
    advance_search,
    begin_duels,
    begin_search,
)

ALL = 10**9
"""More updates than any of them has."""


def run_search(values: Mapping[str, Any]) -> Search:
    """A search from JSON with all of its trials."""
    return advance_search(begin_search(SearchSpec.from_dict(values)), ALL)[0]


def run_duels(values: Mapping[str, Any]) -> tuple[Duels, tuple[Duel, ...]]:
    """Duels from JSON after the last one, and each of them."""
    return advance_duels(begin_duels(DuelSpec.from_dict(values)), ALL)
