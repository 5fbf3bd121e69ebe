#!/usr/bin/env python3
"""Makes the font of the formulas: of the 4,600 signs of STIX Two Math, those that a formula can have.

scripts/formula_font.py           writes static/fonts/stix-two-math.woff2
scripts/formula_font.py --check   writes nothing; fails if that file holds anything else than it would write

The whole font is the one that the package ziamath brings.
"""

from __future__ import annotations

import importlib.util
import sys
from itertools import chain
from pathlib import Path

from fontTools.subset import Options, Subsetter
from fontTools.ttLib import TTFont

ROOT = Path(__file__).parents[1]
TARGET = ROOT / "static" / "fonts" / "stix-two-math.woff2"
SIGNS = "·×÷±−√∑∏∂∇∞≤≥≠≈←→⇒‖⊙∈′ˆ⌊⌋…⋯∼\u0302"
ROOT_HEIGHTS = 2
"""How many heights of the root sign there are: over letters, and over a fraction."""
COMPARED = ("cmap", "glyf", "hmtx", "MATH")


def characters() -> str:
    """ASCII, Greek, both as MathML slants them, and signs."""
    ascii_ = map(chr, range(0x20, 0x7F))
    greek = map(chr, range(0x391, 0x3CA))
    # ℎ has its place elsewhere: it was Planck's constant before it was a slanted letter
    slanted = map(chr, chain(range(0x1D434, 0x1D468), range(0x1D6E2, 0x1D71C), [0x210E]))
    return "".join(chain(ascii_, greek, slanted, SIGNS))


def whole() -> TTFont:
    """The font as the package brings it."""
    package = importlib.util.find_spec("ziamath")
    assert package, "the font comes with the package ziamath, which `make check` installs"
    assert package.origin
    return TTFont(
        Path(package.origin).parent / "fonts" / "STIXTwoMath-Regular.ttf", recalcTimestamp=False
    )


def keep_low_signs(font: TTFont) -> None:
    """Only the root grows with what is under it, and not far.

    Chromium gives each root the room of its widest form: with all of them there is a gap behind it.
    """
    root = font.getBestCmap()[ord("√")]
    variants = font["MATH"].table.MathVariants
    forms = variants.VertGlyphConstruction[variants.VertGlyphCoverage.glyphs.index(root)]
    forms.MathGlyphVariantRecord = forms.MathGlyphVariantRecord[:ROOT_HEIGHTS]
    forms.MathGlyphVariantCount = ROOT_HEIGHTS
    forms.GlyphAssembly = None
    variants.VertGlyphCoverage.glyphs = [root]
    variants.VertGlyphConstruction = [forms]
    variants.VertGlyphCount = 1
    variants.HorizGlyphCoverage = None
    variants.HorizGlyphConstruction = []
    variants.HorizGlyphCount = 0


def smaller(font: TTFont) -> TTFont:
    """The same font with the characters of formulas only.

    Its names stay, those of its authors and of its licence among them.
    """
    keep_low_signs(font)
    options = Options()
    options.layout_features = []
    options.hinting = False
    options.name_IDs = ["*"]
    subsetter = Subsetter(options)
    subsetter.populate(text=characters())
    subsetter.subset(font)
    font.flavor = "woff2"
    return font


def tables(font: TTFont) -> dict[str, bytes]:
    """What the font draws and where, packed."""
    return {tag: font.getTableData(tag) for tag in COMPARED}


def main() -> str | None:
    """Write the font, or say why the one that is there is stale."""
    with whole() as font:
        made = smaller(font)
        if "--check" not in sys.argv:
            made.save(TARGET)
            return None
        with TTFont(TARGET) as shipped:
            same = tables(shipped) == tables(made)
    return None if same else f"{TARGET.relative_to(ROOT)} is stale: run scripts/formula_font.py"


if __name__ == "__main__":
    sys.exit(main())
