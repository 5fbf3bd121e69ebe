"""How a command ends: its exit status, and numbers as JSON has them."""

from __future__ import annotations

import math

FINE, NOT_FINITE, BAD_SPEC = 0, 1, 2
INTERRUPTED, CLOSED_PIPE = 130, 141
"""As a shell has them: 128 and the number of the signal."""


def finite(value: float) -> float | None:
    """The number, or null for one that JSON does not have."""
    return value if math.isfinite(value) else None
