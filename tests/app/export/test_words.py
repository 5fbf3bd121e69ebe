"""Files say what they say in any language, and compute the same in all of them."""

import ast
import io
import re
import tokenize
from collections.abc import Iterator

import numpy as np
import pytest

import engine
from app.export import metrics
from app.export.race_files import make_race_file
from app.export.race_script import script as race_script
from engine.words import ENGLISH
from tests.app.brackets import BRACKETS
from tests.app.export.conftest import BASE, CASES, WRITERS
from tests.app.export.test_race_files import CASES as RACES

SYMBOLS = frozenset(
    {"alpha", "cos", "log", "max", "mean", "min", "scale", "sigmoid"}
    | {"sign", "sin", "slope", "softmax", "tanh", "limit"}
)
"""Words that are part of formulas."""
EDITS = (
    engine.Edit(2, {"batch_size": 3, "optimizer.kind": "nadam"}),
    engine.Edit(10, {"penalty.l2": 0.1, "clip.kind": "norm"}),
)


def said(source: str) -> Iterator[str]:
    """What a script says: its docstrings, its comments."""
    for node in ast.walk(ast.parse(source)):
        if isinstance(node, ast.Module | ast.ClassDef | ast.FunctionDef):
            yield from (ast.get_docstring(node) or "").split("\n\n")
    for token in tokenize.generate_tokens(io.StringIO(source).readline):
        if token.type == tokenize.COMMENT:
            yield token.string.removeprefix("#").strip(" -")


def code(source: str) -> str:
    """What a script does."""
    tree = ast.parse(source)
    for node in ast.walk(tree):
        if isinstance(node, ast.Module | ast.ClassDef | ast.FunctionDef) and ast.get_docstring(
            node
        ):
            node.body = node.body[1:]
    return ast.dump(tree)


def assert_all_is_said(source: str) -> None:
    for text in said(source):
        words = set(re.findall("[A-Za-z]{3,}", text)) - SYMBOLS
        plain = not words or text.strip().startswith(("fmt: ", "pip install"))
        assert plain or "[" in text, text


@pytest.mark.parametrize("library", WRITERS)
@pytest.mark.parametrize("name", [*CASES, "changed"])
def test_every_word_of_a_script_can_be_said_in_another_language(name: str, library: str) -> None:
    edits = EDITS if name == "changed" else ()
    recipe = engine.Recipe(engine.RunSpec.from_dict(CASES.get(name, BASE)), edits=edits)
    write = WRITERS[library].script
    source = write(recipe, 10, BRACKETS)
    assert_all_is_said(source)
    assert code(source) == code(write(recipe, 10))


@pytest.mark.parametrize("values", RACES.values(), ids=RACES)
def test_every_word_of_a_race_can_be_said_in_another_language(values: dict[str, object]) -> None:
    spec = engine.race.RaceSpec.from_dict(values)
    source = race_script(spec, BRACKETS)
    assert_all_is_said(source)
    assert code(source) == code(race_script(spec))


def test_tables_name_their_columns_in_a_language() -> None:
    rows = np.arange(8.0)[None]
    first, second = metrics.table(rows, BRACKETS).decode().splitlines()
    assert first.startswith("[step],[epoch],[train_loss]")
    assert metrics.table(rows, ENGLISH).decode().splitlines() == [
        first.replace("[", "").replace("]", ""),
        second,
    ]
    spec = engine.race.RaceSpec.from_dict({"steps": 2})
    first, *lines = make_race_file(spec, "csv", BRACKETS).content.decode().splitlines()
    assert first.startswith("[racer],[optimizer],[start],[step],x,y,[value]")
    assert lines == make_race_file(spec, "csv").content.decode().splitlines()[1:]
