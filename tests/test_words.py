"""The door for words: no text that a person reads stands beside it."""

import ast
import re
from collections.abc import Iterator
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[1]
DOOR = {"N_", "NN_", "NC_"}
SENTENCE = re.compile(r"[A-Za-z’']{2,}[,.:;]? [A-Za-z]{2,}")
"""Two words side by side."""
OURS = {"AssertionError", "NotImplementedError", "RuntimeError", "TypeError"}
"""Errors that no person can cause from outside."""
TO_OPERATORS = {"debug", "info", "warning", "error", "exception", "critical"}
"""Methods of logs: those who run a server read English."""
NAMING = {"Counter", "Gauge", "Histogram", "compile", "getLogger", "startswith", "endswith"}
"""Functions whose texts are patterns, or names and explanations of metrics."""
NAMES = {"source", "prog", "usage", "media_type"}
"""What is given under these names is a citation, or no sentence."""
ALIKE = {"MLP Playground", "text/html; charset=utf-8"}
"""The name, and a media type."""
BESIDE = {
    "app/export/formula_source.py": "code",
    "app/export/header.py": "commands",
    "app/export/numpy_script.py": "code",
    "app/export/plan.py": "a mistake in a program",
    "app/export/pytorch_script.py": "code",
    "app/export/race_script.py": "code",
    "app/export/search_script.py": "code",
    "app/export/statements.py": "code",
    "app/export/writer.py": "code",
    "app/operations/logs.py": "logs",
    "app/operations/metrics.py": "what metrics are, for operators",
    "app/protocol/frames.py": "mistakes in a program",
    "app/server/http_protocol.py": "refused before anybody has said a language",
    "app/stream/registry.py": "a mistake in a program",
    "app/tables/columns.py": "words in other people's tables",
    "app/web/assets.py": "headers, and a mistake in a program",
    "app/web/metrics_api.py": "what metrics are, for operators",
    "app/web/modules.py": "a mistake in a program",
    "app/web/qr.py": "a header",
    "app/web/security.py": "a header, and logs",
    "app/workers/pool.py": "logs",
    "engine/catalog/sections.py": "a mistake in a program",
    "engine/catalog/surfaces/record.py": "a citation",
    "engine/core/registry.py": "a mistake in a program",
    "engine/insight/points.py": "a mistake in a program",
    "engine/race/descent.py": "a mistake in a program",
    "engine/training/serialize.py": "a file that no version wrote",
}
"""Files with texts that are not for readers, and what they are."""


def beside(tree: ast.Module) -> Iterator[tuple[int, str]]:
    """Line and text of every sentence that is not marked, and is for those who read the page or a message."""
    parents = {child: node for node in ast.walk(tree) for child in ast.iter_child_nodes(node)}
    for node in ast.walk(tree):
        if not isinstance(node, ast.Constant) or not isinstance(node.value, str):
            continue
        text = node.value
        if SENTENCE.search(text) and text.strip() not in ALIKE and not is_excused(node, parents):
            yield node.lineno, text


def is_excused(node: ast.AST, parents: dict[ast.AST, ast.AST]) -> bool:
    if isinstance(parents[node], ast.Expr):
        return True  # a docstring
    while node in parents:
        node = parents[node]
        if isinstance(node, ast.keyword) and node.arg in NAMES:
            return True
        if isinstance(node, ast.Call):
            name = (
                node.func.attr
                if isinstance(node.func, ast.Attribute)
                else getattr(node.func, "id", "")
            )
            if name in DOOR | OURS | TO_OPERATORS | NAMING:
                return True
    return False


@pytest.mark.parametrize("tree", ["engine", "app", "locales"])
def test_every_sentence_goes_through_the_door(tree: str) -> None:
    found = {}
    for path in sorted((ROOT / tree).rglob("*.py")):
        name = path.relative_to(ROOT).as_posix()
        if name not in BESIDE:
            texts = list(beside(ast.parse(path.read_text(encoding="utf-8"))))
            if texts:
                found[name] = texts
    assert not found
