"""Fewer rows of a table that has too many."""

from __future__ import annotations

import random
from collections.abc import Sequence

SEED = 1
"""What decides which rows are kept: the same ones of the same table every time."""


def thinned(groups: Sequence[float], most: int) -> list[int]:
    """Which places to keep, `most` of them, in their order: the same share of every group, by a seed."""
    places: dict[float, list[int]] = {}
    for place, group in enumerate(groups):
        places.setdefault(group, []).append(place)
    counts = shares({group: len(mine) for group, mine in places.items()}, most)
    rng = random.Random(SEED)
    return sorted(
        place for group in sorted(places) for place in rng.sample(places[group], counts[group])
    )


def shares(sizes: dict[float, int], most: int) -> dict[float, int]:
    """How many to keep of groups of these sizes: in proportion, largest remainders up, each one at least."""
    total = sum(sizes.values())
    exact = {label: size * most / total for label, size in sizes.items()}
    found = {label: max(int(share), 1) for label, share in exact.items()}
    by_remainder = sorted(sizes, key=lambda label: (found[label] - exact[label], label))
    for label in by_remainder[: max(most - sum(found.values()), 0)]:
        found[label] += 1
    largest = max(found, key=lambda label: found[label])
    found[largest] -= max(sum(found.values()) - most, 0)
    return found
