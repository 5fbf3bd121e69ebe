"""Files of a search to keep: scripts that make the same search, or the nearest one that a library has."""

from __future__ import annotations

from typing import Literal

from app.export import search_script, search_sklearn
from app.export.files import File
from engine.search import SearchSpec
from engine.words import ENGLISH, Language

SearchFile = Literal["numpy", "optuna", "sklearn"]


def make_search_file(spec: SearchSpec, what: SearchFile, language: Language = ENGLISH) -> File:
    """The script that is asked for. Raises ValueError for a search that it could not make."""
    text = (
        search_sklearn.script(spec, language)
        if what == "sklearn"
        else search_script.script(spec, what, language)
    )
    return File(f"mlp-playground-search-{what}.py", "text/x-python", text.encode())
