"""The networks of a run: one spec, and what each network has different from it."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace

from pydantic import JsonValue

import engine
from app.protocol import Member, Seed

SEED_COUNT = 2**31


@dataclass(frozen=True)
class Cast:
    """spec: what the members share, which with no `members` is the one network itself."""

    spec: engine.RunSpec
    members: tuple[Member, ...] = ()

    @property
    def specs(self) -> tuple[engine.RunSpec, ...]:
        """The spec of each network. Raises SpecError for changes that they cannot have."""
        return engine.members(self.spec, self.members) if self.members else (self.spec,)

    def refuse_varied(self, changes: Mapping[str, JsonValue]) -> None:
        """Raise SpecError where changes for all name what members have different from each other."""
        problems = [
            engine.Problem(path, value, "a setting in which no network differs")
            for path, value in changes.items()
            if any(_overlap(path, varied) for member in self.members for varied in member)
        ]
        if problems:
            raise engine.SpecError(*problems)

    def changed(self, settings: Mapping[str, JsonValue]) -> Cast:
        """The same with other settings for all. Raises SpecError."""
        return replace(self, spec=self.spec.replace(settings))

    def reseeded(self, seeds: Iterable[Seed]) -> Cast:
        """The same with the next of these seeds, for all that do not vary in it."""
        now = {
            "weights": ("weights_seed", self.spec.weights_seed),
            "data": ("data.seed", self.spec.data["seed"]),
            "batches": ("batches_seed", self.spec.batches_seed),
        }
        paths = dict(now[name] for name in seeds)
        return self.changed({path: (seed + 1) % SEED_COUNT for path, seed in paths.items()})

    def after(self, edits: Iterable[engine.Edit]) -> Cast:
        """The same when these edits are made."""
        cast = self
        for edit in edits:
            cast = cast.changed(engine.spec.split(edit.changes).settings)
        return cast


def _overlap(one: str, other: str) -> bool:
    """Whether one path is the other, or a part of it."""
    return one == other or one.startswith(f"{other}.") or other.startswith(f"{one}.")
