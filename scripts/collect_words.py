#!/usr/bin/env python3
"""Collects every sentence that can be translated, and brings the files of translations up to date.

scripts/collect_words.py           writes locales/messages.pot and each locales/*.po
scripts/collect_words.py --check   writes nothing; says what is stale and exits with 1
"""

from __future__ import annotations

import contextlib
import io
import json
import re
import subprocess
import sys
from pathlib import Path
from typing import Any

from babel.messages.catalog import Catalog
from babel.messages.extract import extract_from_file
from babel.messages.pofile import read_po, write_po

ROOT = Path(__file__).parents[1]
LOCALES = ROOT / "locales"
TEMPLATE = LOCALES / "messages.pot"
PYTHON = {"N_": None, "NN_": (1, 2), "NC_": ((1, "c"), 2)}
JINJA = {"_": None, "gettext": None, "ngettext": (1, 2), "pgettext": ((1, "c"), 2)}
SOURCES: tuple[tuple[str, str, dict[str, Any], dict[str, str]], ...] = (
    ("python", "engine/**/*.py", PYTHON, {}),
    ("python", "app/**/*.py", PYTHON, {}),
    ("python", "locales/*.py", PYTHON, {}),
    ("jinja2", "app/export/templates/*.jinja", JINJA, {"silent": "false"}),
    ("jinja2", "templates/*.html", JINJA, {"silent": "false"}),
)
"""How to read which files, and the functions whose first texts are sentences."""
MODULES = "static/js/**/*.js"
"""Babel reads JavaScript word by word and loses a call within a call: here the syntax tree is read."""
HEADER = re.compile(rb'(#.*\n)*msgid ""\nmsgstr ""\n(".*\n)*')
NODE = ROOT / ".venv" / "bin" / "node"


def collected() -> Catalog:
    """Every sentence of the code, in the order of the files."""
    catalog = Catalog(project="MLP Playground", fuzzy=False)
    # Babel warns of every f-string in a call, of those that fill holes too; tests/test_words.py finds
    # one that stands in place of a sentence
    with contextlib.redirect_stderr(io.StringIO()):
        _collect(catalog)
    return catalog


def _collect(catalog: Catalog) -> None:
    for method, pattern, keywords, options in SOURCES:
        for path in sorted(ROOT.glob(pattern)):
            name = path.relative_to(ROOT).as_posix()
            for _, message, comments, context in extract_from_file(
                method, path, keywords, ("Translators:",), options, strip_comment_tags=True
            ):
                catalog.add(message, None, [(name, 0)], auto_comments=comments, context=context)
    for name, sentences in of_page().items():
        for each in sentences:
            text = each["sentence"]
            message = (text, each["plural"]) if "plural" in each else text
            catalog.add(message, None, [(name, 0)], context=each.get("context"))


def of_page() -> dict[str, list[dict[str, str]]]:
    """The sentences of each of the page's modules."""
    paths = [path.relative_to(ROOT).as_posix() for path in sorted(ROOT.glob(MODULES))]
    command: list[str | Path] = [NODE, "scripts/words-of-page.js", *paths]
    done = subprocess.run(command, cwd=ROOT, stdout=subprocess.PIPE, check=True)
    found: dict[str, list[dict[str, str]]] = json.loads(done.stdout)
    return found


def written(catalog: Catalog) -> bytes:
    """A catalogue as its file has it: without dates, lines or widths that change for no reason."""
    out = io.BytesIO()
    write_po(out, catalog, width=0, omit_header=True, include_lineno=False, ignore_obsolete=True)
    return out.getvalue()


def header(path: Path) -> bytes:
    """The first entry of a translation, which says whose it is; it is kept as it stands."""
    found = HEADER.match(path.read_bytes())
    return (found[0] if found else b"") + b"\n"


def renewed(path: Path, template: Catalog) -> bytes:
    """A translation with the template's sentences and the translations it had."""
    with path.open("rb") as file:
        catalog = read_po(file)
    catalog.update(template, no_fuzzy_matching=True)
    return header(path) + written(catalog)


def main() -> int:
    template = collected()
    files = {TEMPLATE: written(template)}
    files |= {path: renewed(path, template) for path in sorted(LOCALES.glob("*.po"))}
    stale = [path for path, text in files.items() if not path.exists() or path.read_bytes() != text]
    if "--check" in sys.argv[1:]:
        for path in stale:
            print(f"{path.relative_to(ROOT)} is stale; run `make words`")
        return bool(stale)
    for path in stale:
        path.write_bytes(files[path])
        print(f"wrote {path.relative_to(ROOT)}")
    return 0


if __name__ == "__main__":
    sys.exit(main())
