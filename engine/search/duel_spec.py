"""What a duel is: a search, the strategy that it is to beat, and how often they meet."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from typing import Any

from engine.core.errors import Problem, SpecError
from engine.core.registry import Knob
from engine.search.space import started
from engine.search.spec import SearchSpec
from engine.spec.reader import Reader
from engine.spec.recipe import SEED_COUNT
from engine.words import N_

DUELS = Knob(
    "duels",
    N_("Duels"),
    N_("How often the two strategies meet, each time with other seeds."),
    default=60,
    type="integer",
    minimum=1,
    maximum=200,
)
PARTS = ("search", "against", DUELS.name)


@dataclass(frozen=True)
class DuelSpec:
    """Everything that decides a duel. Build one with `from_dict`, which checks it.

    first: a search. second: the same with another strategy, or with the same one, which nobody should win.
    duels: how often they meet.
    """

    first: SearchSpec
    second: SearchSpec
    duels: int

    @classmethod
    def from_dict(cls, values: Mapping[str, Any]) -> DuelSpec:
        """Read {"search", "against", "duels"} from JSON values; `against` is a strategy.

        Raises SpecError that lists every problem at once.
        """
        reader = Reader()
        if not isinstance(values, Mapping):
            raise SpecError(Problem("", values, N_("an object of settings")))
        reader.unknown("", values, PARTS)
        duels = reader.knob("", DUELS, values)
        search = values.get("search")
        first = _search(reader, search, "search.")
        second = None
        if first:
            other = first.to_dict() | {"base": first.base, "strategy": values.get("against")}
            second = _search(reader, other, "", named={"strategy": "against"})
        if first is None or second is None or reader.problems:
            raise SpecError(*reader.problems)
        return cls(first, second, duels)

    def to_dict(self) -> dict[str, Any]:
        """The duel as JSON values, defaults filled in; `from_dict` reads it back equal."""
        return {
            "search": self.first.to_dict(),
            "against": self.second.strategy.to_dict(),
            "duels": self.duels,
        }

    def pair(self, number: int) -> tuple[SearchSpec, SearchSpec]:
        """The two searches of a duel, counted from 0: networks from the same starts, places by other seeds.

        The first search of duel 0 is `first` itself. Every duel has starts that no other has.
        """
        start, seed = number * self.first.seeds, self.first.search_seed + 2 * number
        base = started(self.first.base, start)
        return (
            replace(self.first, base=base, search_seed=seed % SEED_COUNT),
            replace(self.second, base=base, search_seed=(seed + 1) % SEED_COUNT),
        )

    @property
    def seconds(self) -> float:
        """At most about how long all of it takes on one slow core."""
        return self.duels * (self.first.seconds + self.second.seconds)


def _search(
    reader: Reader, values: Any, within: str, named: Mapping[str, str] | None = None
) -> SearchSpec | None:
    """A search, or None after its problems have been noted; `named` are parts under other names here."""
    try:
        return SearchSpec.from_dict(values)
    except SpecError as error:
        for each in error.problems:
            head, dot, rest = each.path.partition(".")
            path = f"{within}{(named or {}).get(head, head)}{dot}{rest}".rstrip(".")
            reader.problems.append(replace(each, path=path))
        return None
