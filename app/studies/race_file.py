"""A race as a file to keep."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import Literal

import engine
from app.export.race_files import CSV, header_line, lines_of, make_script
from app.studies.job import Chunk, FilePart
from app.studies.pace import in_time
from engine.words import ENGLISH, Language

LONGEST_PART = 256 * 1024
"""No part has many more bytes than this."""


@dataclass(frozen=True, eq=False)
class RaceFileJob:
    """A file of a race: its paths as a table, made in parts while it is run, or a script that runs it.

    race: None before its start. language: that of a script's comments and a table's first line.
    """

    spec: engine.race.RaceSpec
    file: Literal["csv", "numpy"]
    race: engine.race.Race | None = None
    language: Language = ENGLISH

    def work(self, budget: float) -> Chunk:
        """Make the next part."""
        if self.file == "numpy":
            return Chunk(file=make_script(self.spec, self.language))
        race = self.race or engine.race.begin_race(self.spec)
        sections = [
            b"" if self.race else header_line(self.language),
            *[b""] * len(self.spec.members),
        ]
        size = 0
        for cut in in_time(self.spec.steps, budget, first=1):
            race, rows = engine.race.advance_race(race, cut.stop - cut.start)
            for member, lines in enumerate(lines_of(self.spec, rows), 1):
                sections[member] += lines
                size += len(lines)
            if race.done or size >= LONGEST_PART // 2:
                break
        rest = None if race.done else replace(self, race=race)
        return Chunk(rest, file=FilePart(*CSV, tuple(sections)))
