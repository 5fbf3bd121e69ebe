"""The font that comes with the page: what scripts/formula_font.py makes, with all signs of the formulas."""

from __future__ import annotations

import subprocess
import sys
import unicodedata
from collections.abc import Iterator
from pathlib import Path

import pytest
from fontTools.ttLib import TTFont

from engine.catalog import FAMILIES
from engine.catalog.clipping import CLIPS
from engine.catalog.optimizers import OPTIMIZERS
from tests.formula_trees import Tree, trees_of

ROOT = Path(__file__).parents[1]
FONT = ROOT / "static" / "fonts" / "stix-two-math.woff2"
NO_BREAK = "\u00a0"


@pytest.fixture(scope="module")
def font() -> Iterator[TTFont]:
    with TTFont(FONT) as font:
        yield font


def slanted(letter: str) -> str:
    """What a browser draws for a letter that stands alone: x is 𝑥, θ is 𝜃, and ℎ has another name."""
    if letter == "h":
        return unicodedata.lookup("PLANCK CONSTANT")
    script, _, name = unicodedata.name(letter).partition(" ")
    assert script in {"LATIN", "GREEK"}, letter
    return unicodedata.lookup("MATHEMATICAL ITALIC " + name.replace(" LETTER", ""))


def drawn(node: Tree) -> str:
    """The signs of a tree; a root and a hat bring their own."""
    text = node.get("text", "√" if node["tag"] == "msqrt" else "")
    alone = node["tag"] == "mi" and len(text) == 1
    return (slanted(text) if alone else text) + "".join(map(drawn, node.get("children", ())))


def displayed() -> list[str]:
    """Every formula, every line of an update, every letter that a legend explains, and a race's gradient."""
    records = [record for family in FAMILIES.values() for record in family.values()]
    lines = [line for optimizer in OPTIMIZERS.values() for line in optimizer.lines]
    lines += [line for clip in CLIPS.values() for line in clip.lines]
    letters = [letter for record in records for letter, _ in record.legend]
    return (
        [r.formula for r in records] + [f"{x.symbol} ← {x.rule}" for x in lines] + letters + ["∂f"]
    )


def test_it_has_every_sign_that_a_formula_draws(font: TTFont) -> None:
    rows = [row for equations in trees_of(displayed()) for row in equations]
    needed = {sign for row in rows for node in row for sign in drawn(node)} - {NO_BREAK}
    assert {"√", "ˆ", "∂", "𝜃", "𝑥"} <= needed
    assert needed - set(map(chr, font.getBestCmap())) == set()


def test_it_knows_where_exponents_and_roots_belong(font: TTFont) -> None:
    constants = font["MATH"].table.MathConstants
    assert constants.SuperscriptShiftUp.Value > 0
    assert constants.RadicalVerticalGap.Value > 0


def test_it_is_small_and_says_whose_it_is(font: TTFont) -> None:
    assert FONT.stat().st_size < 30_000
    assert "SIL Open Font License" in font["name"].getDebugName(13)
    assert "STIX Fonts Project Authors" in (FONT.parent / "OFL.txt").read_text("utf-8")


def test_it_is_what_the_script_makes_of_the_package() -> None:
    script = ROOT / "scripts" / "formula_font.py"
    done = subprocess.run([sys.executable, script, "--check"], capture_output=True, check=False)
    assert done.returncode == 0, done.stderr
