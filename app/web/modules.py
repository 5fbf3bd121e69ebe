"""Which ES modules a page loads: the graph of imports, read from the sources once at start."""

from __future__ import annotations

import re
from collections.abc import Mapping
from posixpath import dirname, join, normpath

IMPORT = re.compile(
    r"""^(?:import|export)\b(?:[^;"'`]*?\bfrom)?\s*["'](?P<path>\.{1,2}/[^"']+)["']""", re.MULTILINE
)
"""An import at the beginning of a line, where code has it. The `import()` of a JSDoc type loads nothing."""


class ModuleNotFound(Exception):
    """A module imports what is not there."""


def imported(name: str, source: str) -> list[str]:
    """The paths of the modules that a module at the path `name` imports, in order."""
    folder = dirname(name)
    return [normpath(join(folder, found["path"])) for found in IMPORT.finditer(source)]


def closure(entry: str, sources: Mapping[str, bytes]) -> list[str]:
    """All that a module needs besides itself, directly or not, nearest first; each once.

    sources: every file by its path. Raises ModuleNotFound.
    """
    found = {entry: None}
    for name in (queue := [entry]):  # grows as it is walked
        for other in imported(name, sources[name].decode()):
            if other not in sources:
                raise ModuleNotFound(f"{name} imports {other}, which is not there")
            if other not in found:
                found[other] = None
                queue.append(other)
    return queue[1:]
