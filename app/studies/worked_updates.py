"""The updates of one racer, written out with their numbers, in parts."""

from __future__ import annotations

from dataclasses import dataclass, replace

import numpy as np

import engine
from app.studies.job import Chunk
from app.studies.pace import in_time
from app.studies.race import refuse_missing
from engine.race import begin_working, work_on

LONGEST_PART = 256 * 1024
"""No part has many more bytes than this."""
FIRST_STEPS = 1


@dataclass(frozen=True, eq=False)
class WorkedUpdatesJob:
    """One racer of a race, from one of its starts, as far as it has come; None before its first update."""

    race: engine.race.RaceSpec
    racer: int
    start: int
    descent: engine.race.Descent | None = None

    def __post_init__(self) -> None:
        """Raises SpecError for a racer or a start that there is not."""
        refuse_missing(self.race, racer=self.racer, start=self.start)

    def work(self, budget: float) -> Chunk:
        """Write out the next updates."""
        descent = self.descent or begin_working(self.race, self.racer, self.start)
        first, parts, size = descent.step, [], 0
        for part in in_time(self.race.steps - first, budget, FIRST_STEPS):
            wanted = part.stop - part.start
            descent, found = work_on(self.race, self.racer, self.start, descent, wanted)
            parts.append(found)
            size += found.values.nbytes + found.results.nbytes + found.arrows.nbytes
            if size >= LONGEST_PART // 2 or descent.failures:
                break
        lines = [
            {"symbol": line.symbol, "rule": line.rule, "numbers": line.numbers}
            for line in parts[0].lines
        ]
        ended = bool(descent.failures) or descent.step == self.race.steps
        header = {"first": first, "steps": self.race.steps, "lines": lines}
        header |= {"names": parts[0].names, "legend": parts[0].legend}
        header["parts"] = [vars(part) for part in parts[0].parts]
        arrays = {
            name: np.concatenate([getattr(part, name) for part in parts])
            for name in ("values", "results", "arrows")
        }
        return Chunk(None if ended else replace(self, descent=descent), header, arrays)
