"""A search as a script to keep."""

from __future__ import annotations

from dataclasses import dataclass

import engine
from app.export.search_files import SearchFile, make_search_file
from app.protocol.fields import JsonObject
from app.studies.job import Chunk
from app.studies.search import read_search
from engine.words import ENGLISH, Language


@dataclass(frozen=True)
class SearchFileJob:
    """A script of a search. language: that of its comments."""

    values: JsonObject
    file: SearchFile
    language: Language = ENGLISH

    def work(self, _budget: float) -> Chunk:
        """Write it. Raises SpecError for what is no search, and for one that no such script can make."""
        spec = read_search(self.values)
        try:
            return Chunk(file=make_search_file(spec, self.file, self.language))
        except ValueError as error:
            raise engine.SpecError(engine.Problem("file", self.file, str(error))) from error
