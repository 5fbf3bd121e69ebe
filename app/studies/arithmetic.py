"""The updates of one racer, written out with their numbers."""

from __future__ import annotations

from dataclasses import dataclass

import engine
from app.studies.job import Piece


@dataclass(frozen=True)
class WrittenOut:
    """One racer of a race, from one of its starts."""

    race: engine.RaceSpec
    racer: int
    start: int

    def __post_init__(self) -> None:
        """Raises SpecError for a racer or a start that there is not."""
        counts = {"racer": len(self.race.racers), "start": len(self.race.points)}
        problems = [
            engine.Problem(name, getattr(self, name), f"a whole number from 0 to {count - 1}")
            for name, count in counts.items()
            if getattr(self, name) >= count
        ]
        if problems:
            raise engine.SpecError(*problems)

    def work(self, _budget: float) -> Piece:
        """Work all of it out: it takes a few milliseconds, and at most half a second."""
        found = engine.work_out(self.race, self.racer, self.start)
        lines = [
            {"symbol": line.symbol, "rule": line.rule, "numbers": line.numbers}
            for line in found.lines
        ]
        header = {"names": found.names, "lines": lines}
        return Piece(None, header, {"values": found.values, "results": found.results})
