"""Imports point one way: app to engine; in the browser main to views to store and lib."""

import ast
import re
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[1]
IMPORT = re.compile(r"""^\s*(?:import|export)\b[^;]*?\bfrom\s+["']([^"']+)["']""", re.MULTILINE)
ENTRIES = {"main.js", "optimizers.js", "landscape.js"}
WORLDLY = {
    "asyncio",
    "multiprocessing",
    "os",
    "pathlib",
    "socket",
    "subprocess",
    "threading",
    "time",
}


def imported(path: Path) -> set[str]:
    """The top-level modules that a Python file imports."""
    found = set()
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if isinstance(node, ast.Import):
            found |= {alias.name.partition(".")[0] for alias in node.names}
        elif isinstance(node, ast.ImportFrom) and node.module:
            found.add(node.module.partition(".")[0])
    return found


@pytest.mark.parametrize(
    "path", sorted(ROOT.glob("engine/**/*.py")), ids=lambda path: str(path.relative_to(ROOT))
)
def test_engine_knows_numpy_and_the_standard_library_only(path: Path) -> None:
    others = imported(path) - {"engine", "numpy"}
    assert others <= sys.stdlib_module_names
    assert not others & WORLDLY


def test_app_knows_the_engine() -> None:
    found = set().union(*(imported(path) for path in ROOT.glob("app/**/*.py")))
    assert "engine" in found
    assert not found & {"tests"}


@pytest.mark.parametrize(
    "path",
    sorted(ROOT.glob("static/js/views/**/*.js")),
    ids=lambda path: str(path.relative_to(ROOT)),
)
def test_views_import_no_view_and_nothing_above_them(path: Path) -> None:
    for target in IMPORT.findall(path.read_text(encoding="utf-8")):
        resolved = (path.parent / target).resolve().relative_to(ROOT / "static" / "js")
        assert resolved.parts[0] != "views", f"{path.name} imports the view {target}"
        assert str(resolved) not in ENTRIES


@pytest.mark.parametrize(
    "path", sorted(ROOT.glob("static/js/lib/*.js")), ids=lambda path: path.name
)
def test_lib_imports_lib_only(path: Path) -> None:
    for target in IMPORT.findall(path.read_text(encoding="utf-8")):
        assert (path.parent / target).resolve().parent == path.parent, (
            f"{path.name} imports {target}"
        )
