"""The textbook in docs/engine.md: its code runs from beginning to end, and prints what it says."""

import doctest
import re
from pathlib import Path

import numpy as np

BOOK = Path(__file__).parents[2] / "docs/engine.md"
BLOCK = re.compile(r"^```(\w*)\n(.*?)^```$", re.MULTILINE | re.DOTALL)


def code() -> str:
    """The blocks of code, each where it stands, with blank lines in place of all else."""
    text = BOOK.read_text(encoding="utf-8")
    lines = [""] * text.count("\n")
    for block in BLOCK.finditer(text):
        first = text.count("\n", 0, block.start()) + 1
        inside = block[2].splitlines()
        lines[first : first + len(inside)] = inside
    return "\n".join(lines) + "\n"


def test_the_code_does_what_the_book_says() -> None:
    book = doctest.DocTestParser().get_doctest(code(), {}, BOOK.name, str(BOOK), 0)
    assert len(book.examples) > 100
    with np.printoptions():
        assert doctest.DocTestRunner().run(book).failed == 0


def test_every_chapter_has_code_and_every_block_is_run() -> None:
    text = BOOK.read_text(encoding="utf-8")
    chapters = re.split(r"^## \d+\. ", text, flags=re.MULTILINE)[1:]
    assert len(chapters) == 13
    assert all(">>> " in chapter for chapter in chapters)
    for block in BLOCK.finditer(text):
        assert block[1] == "python"
        assert block[2].startswith(">>> ")
