"""The files of translations: complete, true to the holes of every sentence, in the words of the glossary."""

import csv
import json
import re
import subprocess
import sys
from pathlib import Path

import polib
import pytest

from app.web.assets import Assets
from app.web.pages import words

ROOT = Path(__file__).parents[2]
FOLDER = ROOT / "locales"
FILES = sorted(FOLDER.glob("*.po"))
HOLE = re.compile(r"\{\w+\}|%\(\w+\)s")
MOST_BYTES = 40 * 1024
"""Of the words of a page, compressed."""
HALF_WIDTH = re.compile(
    r"[\u4e00-\u9fff][,;:!](?![\d ])|[,:!][\u4e00-\u9fff]|[\u4e00-\u9fff]\.(?:\s|$)"
)
"""A Latin sign beside a Chinese letter; before a blank it is one of mathematics."""
NO_WORDS = re.compile(rf"{HOLE.pattern}|\"\w+\"|\w+\.\w+|“\w+”")
"""Holes, and names that a program reads."""
IN_BLANKS = re.compile(r"[\u4e00-\u9fff] [\w{]|[\w}] [\u4e00-\u9fff]")

EACH_FILE = pytest.mark.parametrize("path", FILES, ids=[path.stem for path in FILES])


def entries(path: Path) -> list[polib.POEntry]:
    return [entry for entry in polib.pofile(str(path)) if not entry.obsolete]


def forms(entry: polib.POEntry) -> list[str]:
    return list(entry.msgstr_plural.values()) if entry.msgid_plural else [entry.msgstr]


def test_no_file_is_stale() -> None:
    command = [sys.executable, "scripts/collect_words.py", "--check"]
    done = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=False)
    assert (done.returncode, done.stdout, done.stderr) == (0, "", "")


@EACH_FILE
def test_every_sentence_is_translated(path: Path) -> None:
    assert [entry.msgid for entry in entries(path) if not entry.translated() or entry.fuzzy] == []


@EACH_FILE
def test_no_hole_is_lost_or_renamed(path: Path) -> None:
    wrong = []
    for entry in entries(path):
        allowed = set(HOLE.findall(entry.msgid)) | set(HOLE.findall(entry.msgid_plural))
        needed = allowed - ({"{count}"} if entry.msgid_plural else set())
        wrong += [form for form in forms(entry) if not needed <= set(HOLE.findall(form)) <= allowed]
    assert wrong == []


@EACH_FILE
def test_marks_around_words_stay(path: Path) -> None:
    assert [
        entry.msgid
        for entry in entries(path)
        if any(form.count("*") != entry.msgid.count("*") for form in forms(entry))
    ] == []


@EACH_FILE
def test_the_glossary_is_kept(path: Path) -> None:
    """A term that always says one thing has one translation, or one of the few that the glossary lists."""
    with (FOLDER / "glossary" / f"{path.stem}.csv").open(encoding="utf-8", newline="") as file:
        terms = [(row["english"], row["translation"].split("|")) for row in csv.DictReader(file)]
    assert len(terms) >= 50
    plain = [(NO_WORDS.sub("", entry.msgid), entry) for entry in entries(path)]
    wrong = [
        f"{english!r} in {entry.msgid!r} is {form!r}"
        for english, said in terms
        for text, entry in plain
        if re.search(rf"\b(?:{english})\b", text, re.IGNORECASE)
        for form in forms(entry)
        if not any(each in form for each in said)
    ]
    assert wrong == []


@EACH_FILE
@pytest.mark.parametrize("page", ["playground", "optimizers", "landscape", "search"])
def test_a_page_loads_few_words(path: Path, page: str) -> None:
    entry = f"js/pages/{page}.js"
    files = {f"static/{name}" for name in (entry, *Assets().module_names(entry))}
    found = words(path.stem, files)
    assert found
    assert len(found.packed) <= MOST_BYTES
    # nothing that the page says is missing
    mine = [
        entry
        for entry in entries(path)
        if entry.translated() and not files.isdisjoint(place for place, _ in entry.occurrences)
    ]
    assert len(json.loads(found.body)) == len(mine)


def test_chinese_is_set_as_chinese() -> None:
    prose = [
        entry for entry in entries(FOLDER / "zh-Hans.po") if "\n" not in entry.msgid
    ]  # a table is none
    said = [form for entry in prose for form in forms(entry)]
    assert [form for form in said if HALF_WIDTH.search(form)] == []
    assert [form for form in said if IN_BLANKS.search(form)] == []
    assert [form for form in said if "您" in form or "！" in form] == []
