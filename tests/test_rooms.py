"""The rooms of the house: what may import what, how many files one holds, what stands outside them."""

import ast
import re
import sys
from collections import Counter
from collections.abc import Iterator
from functools import cache
from pathlib import Path, PurePosixPath

import pytest

ROOT = Path(__file__).parents[1]

RANKS = {
    "engine": {
        "words": -1,
        "core": 0,
        "catalog": 1,
        "spec": 2,
        "network": 3,
        "training": 4,
        "insight": 5,
        "landscape": 5,
        "race": 5,
        "search": 5,
    },
    "app": {
        "languages": 0,
        "origins": 0,
        "problems": 0,
        "settings": 0,
        "operations": 0,
        "protocol": 1,
        "workers": 1,
        "presets": 1,
        "tables": 1,
        "export": 2,
        "rehearsal": 2,
        "session": 3,
        "studies": 4,
        "stream": 5,
        "server": 6,
        "web": 6,
    },
    "static/js": {
        "base": 0,
        "wire": 1,
        "draw": 1,
        "ui": 1,
        "charts": 2,
        "settings": 2,
        "presets": 2,
        "address": 3,
        "tab": 3,
        "classroom": 4,
        "run": 4,
        "network": 5,
        "output": 5,
        "data": 5,
        "saved": 4,
        "race": 5,
        "insights": 6,
        "share": 6,
        "landscape": 6,
        "search": 6,
        "pages": 7,
    },
}
"""A file imports from its own room and from rooms of a lower rank."""

FACES = {
    "engine",
    *(
        f"engine.{name}"
        for name in ("catalog", "insight", "landscape", "race", "search", "spec", "words")
    ),
}
"""What of the engine others may use: the names that these list in `__all__`."""

HALL = {
    "engine": {"__init__", "__main__", "cli", "py.typed"},
    "app": {
        "__init__",
        "__main__",
        "languages",
        "main",
        "origins",
        "problems",
        "settings",
        "py.typed",
    },
    "static/js": set(),
}
"""What stands outside the rooms. The face and the command lines may import everything."""

TOP = {"engine": {"__init__", "__main__", "cli"}, "app": {"__main__", "main"}, "static/js": set()}
LEVEL = {("settings", "origins"), ("settings", "problems")}
"""In the hall of the app, settings are read with these."""
MOST_FILES = 20
TYPES = "types.js"
"""A room's types may name those of any room: they are no code."""
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
COMMAND_LINE = {"argparse", "sys"}
FROM = re.compile(r"""(?:\bfrom|\bimport|\bimport\()\s*\(?["'](\.[^"']+\.js)["']""")
DOTTED = re.compile(r"engine(\.\w+)+")
SHEET_CLASS = re.compile(r"\.([a-z][\w-]*)(?=[^{}]*\{)")

Arrow = tuple[str, str]


@cache
def modules(tree: str) -> dict[str, Path]:
    """Every Python module of a tree by its dotted name."""
    found = {}
    for path in sorted((ROOT / tree).rglob("*.py")):
        parts = path.relative_to(ROOT).with_suffix("").parts
        found[".".join(parts[:-1] if parts[-1] == "__init__" else parts)] = path
    return found


def imported(path: Path) -> Iterator[str]:
    """The dotted names that a Python file imports, those of a `from` with what is taken."""
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if isinstance(node, ast.Import):
            yield from (alias.name for alias in node.names)
        elif isinstance(node, ast.ImportFrom) and node.module:
            yield from (f"{node.module}.{alias.name}" for alias in node.names)


@cache
def listed(face: str) -> frozenset[str]:
    """The names in a package's `__all__`."""
    for node in ast.parse(modules("engine")[face].read_text(encoding="utf-8")).body:
        if isinstance(node, ast.Assign) and ast.unparse(node.targets[0]) == "__all__":
            return frozenset(ast.literal_eval(node.value))
    raise AssertionError(f"{face} lists no names")


def python_arrows(tree: str) -> Iterator[Arrow]:
    known = modules(tree)
    for name, path in known.items():
        for target in imported(path):
            there = target if target in known else target.rpartition(".")[0]
            if there in known:
                yield name, there


def page_arrows() -> Iterator[Arrow]:
    """Imports of code and, as JSDoc writes them, of types."""
    home = ROOT / "static/js"
    for path in sorted(home.rglob("*.js")):
        for target in FROM.findall(path.read_text(encoding="utf-8")):
            there = (path.parent / target).resolve()
            yield path.relative_to(home).as_posix(), there.relative_to(home).as_posix()


@cache
def arrows(tree: str) -> tuple[Arrow, ...]:
    """Every (file, what it imports) within a tree."""
    found = page_arrows() if tree == "static/js" else python_arrows(tree)
    return tuple(sorted({(one, other) for one, other in found if one != other}))


def room(tree: str, name: str) -> str:
    """The room that a module is in; "" for the package itself."""
    parts = PurePosixPath(name).parts if tree == "static/js" else tuple(name.split(".")[1:])
    return parts[0] if parts else ""


TREES = pytest.mark.parametrize("tree", RANKS)


@TREES
def test_imports_point_to_lower_rooms(tree: str) -> None:
    ranks = RANKS[tree]
    upward = []
    for one, other in arrows(tree):
        here, there = room(tree, one), room(tree, other)
        if here == there or here in {"", *TOP[tree]} or (here, there) in LEVEL:
            continue
        if one.endswith(TYPES) or (tree == "app" and there == ""):
            continue  # types are no code; the app's package is its version
        if there not in ranks or ranks[there] >= ranks[here]:
            upward.append(f"{one} imports {other}")
    assert not upward


@TREES
def test_no_file_imports_itself_by_a_detour(tree: str) -> None:
    after: dict[str, list[str]] = {}
    for one, other in arrows(tree):
        if not one.endswith(TYPES) and not other.endswith(TYPES):
            after.setdefault(one, []).append(other)
    done: set[str] = set()
    path: list[str] = []

    def visit(name: str) -> None:
        assert name not in path, " -> ".join([*path[path.index(name) :], name])
        if name in done:
            return
        path.append(name)
        for other in after.get(name, ()):
            visit(other)
        path.pop()
        done.add(name)

    for name in list(after):
        visit(name)


def test_only_pages_import_views() -> None:
    assert [
        f"{one} imports {other}"
        for one, other in arrows("static/js")
        if other.endswith("-view.js") and room("static/js", one) != "pages"
    ] == []


@TREES
def test_every_file_is_in_a_room_that_can_be_overlooked(tree: str) -> None:
    home = ROOT / tree
    files = [
        path.relative_to(home)
        for path in home.rglob("*")
        if path.suffix in {".py", ".js", ".css", ".typed"} and path.stem != "__init__"
    ]
    outside = {path.parts[0] for path in files} - set(RANKS[tree])
    assert {Path(name).stem if name != "py.typed" else name for name in outside} <= HALL[tree]
    crowded = Counter(path.parent.as_posix() for path in files)
    assert {name: n for name, n in crowded.items() if n > MOST_FILES} == {}


@pytest.mark.parametrize("name", modules("engine"))
def test_engine_knows_numpy_and_the_standard_library_only(name: str) -> None:
    others = {each.partition(".")[0] for each in imported(modules("engine")[name])}
    others -= {"engine", "numpy"}
    if name.startswith("engine.cli"):
        others -= {"locales"}
    assert others <= sys.stdlib_module_names
    assert not others & WORLDLY
    if name != "engine.__main__" and not name.startswith("engine.cli"):
        assert not others & COMMAND_LINE


def test_app_knows_the_engine_and_no_test() -> None:
    found = {each.partition(".")[0] for path in modules("app").values() for each in imported(path)}
    assert "engine" in found
    assert not found & {"tests"}


def taken_of_engine(path: Path) -> Iterator[str]:
    """Every name that a file takes of the engine, dotted, by import or as in `engine.race.Race`."""
    tree = ast.parse(path.read_text(encoding="utf-8"))
    yield from (name for name in imported(path) if name.startswith("engine."))
    inner = {id(node.value) for node in ast.walk(tree) if isinstance(node, ast.Attribute)}
    for node in ast.walk(tree):
        if isinstance(node, ast.Attribute) and id(node) not in inner:
            name = DOTTED.match(ast.unparse(node))
            if name:
                yield name[0]


def is_listed(name: str) -> bool:
    """Whether a dotted name begins with one that a face lists."""
    first, second, *rest = name.split(".")
    face = f"{first}.{second}"
    if face in FACES:
        return not rest or rest[0] in listed(face)
    return second in listed(first)


@pytest.mark.parametrize("name", modules("app"))
def test_app_knows_the_engine_by_its_faces(name: str) -> None:
    assert not [each for each in taken_of_engine(modules("app")[name]) if not is_listed(each)]


def test_tests_are_in_the_rooms_of_their_subjects() -> None:
    for tree, folder in (("engine", "engine"), ("app", "app"), ("static/js", "frontend")):
        home = ROOT / "tests" / folder
        rooms = {path.name for path in home.iterdir() if path.is_dir() and path.name[0] not in "_."}
        assert rooms <= set(RANKS[tree])


def test_sheets_are_in_the_rooms_of_what_they_style() -> None:
    home = ROOT / "static/css"
    assert not list(home.glob("*.css"))
    assert {path.name for path in home.iterdir()} <= set(RANKS["static/js"])
