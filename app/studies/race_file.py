"""A race as a file to keep."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

import engine
from app.export.race_files import make_race_file
from app.studies.job import Piece


@dataclass(frozen=True)
class Filing:
    """A file of a race: its paths as a table, or a script that runs it."""

    race: engine.RaceSpec
    file: Literal["csv", "numpy"]

    def work(self, _budget: float) -> Piece:
        """Make it all: that of the longest race takes about a second."""
        return Piece(file=make_race_file(self.race, self.file))
