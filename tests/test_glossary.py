"""The glossary names places that exist, and every letter that a shape in the engine is written with."""

import ast
import re
from collections.abc import Iterator
from pathlib import Path

import pytest

ROOT = Path(__file__).parent.parent
TEXT = (ROOT / "docs" / "glossary.md").read_text(encoding="utf-8")
ROW = re.compile(r"^\| ([^|]+) \| [^|]+ \| `([^`]+)`(?: `(\w+)`)? \|$", re.MULTILINE)
PLACES = ROW.findall(TEXT)
SHAPE = re.compile(r"\(((?:[A-Z]|\d+|n|n_in|n_out)(?:, (?:[A-Z]|\d+|n|n_in|n_out))*,?)\)")


def docstrings(file: Path) -> Iterator[str]:
    """What a file says of itself, its classes, functions and attributes."""
    for node in ast.walk(ast.parse(file.read_text(encoding="utf-8"))):
        if isinstance(node, ast.Expr) and isinstance(node.value, ast.Constant):
            yield str(node.value.value)


def test_every_row_is_read() -> None:
    rows = [line for line in TEXT.splitlines() if line.startswith("| ")]
    tables = len(re.findall(r"^\|---", TEXT, re.MULTILINE))
    assert len(PLACES) == len(rows) - tables
    assert len(PLACES) > 40


@pytest.mark.parametrize(("word", "path", "name"), PLACES)
def test_a_word_is_where_the_glossary_says(word: str, path: str, name: str) -> None:
    place = ROOT / path
    assert place.exists(), word
    if name:
        assert re.search(
            rf"^(?:class|def) {name}\b", place.read_text(encoding="utf-8"), re.MULTILINE
        )


def test_every_letter_of_a_shape_is_explained() -> None:
    _, _, letters = TEXT.partition("## Letters")
    explained = set(re.findall(r"`([A-Z])`", letters))
    used = {
        letter
        for file in (ROOT / "engine").rglob("*.py")
        for text in docstrings(file)
        for shape in SHAPE.findall(text)
        for letter in re.findall(r"[A-Z]", shape)
    }
    assert used <= explained
    assert explained <= used, "a letter that no shape has"
