"""Numbers in sentences, in one style: a few digits, and where they are small or large a power of ten."""

from __future__ import annotations

import math

from engine.words import N_

LARGE, SMALL = 1e6, 1e-4
"""From here on, and below, a number stands beside a power of ten."""

_RAISED = str.maketrans("-0123456789", "⁻⁰¹²³⁴⁵⁶⁷⁸⁹")


def numeral(value: float, digits: int = 6) -> str:
    """A number in so many significant digits: 0.03, −0.5, 4.2×10⁻⁷. As the page writes it, too."""
    if not math.isfinite(value):
        return N_("not a number") if math.isnan(value) else "−∞" if value < 0 else "∞"
    if value != 0 and not SMALL <= abs(value) < LARGE:
        factor, exponent = f"{value:.{max(digits - 1, 0)}e}".split("e")
        text = f"{float(factor):.{digits}g}×10{str(int(exponent)).translate(_RAISED)}"
    else:
        text = f"{value:.{digits}g}"
        if "e" in text:  # rounding to so few digits is where Python begins with exponents
            text = f"{float(text):.0f}"
    return text.replace("-", "−")
