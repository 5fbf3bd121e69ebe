"""A bar on standard error that is gone in the end."""

from __future__ import annotations

import sys

WIDTH = 16
SLICES = 200
"""A bar moves about so often on its way."""


class Bar:
    """Each drawing is over the one before."""

    def __init__(self) -> None:
        self._length = 0

    def draw(self, share: float, words: str) -> None:
        """Show that a share of the work, 0 to 1, is done, and something about it."""
        done = int(share * WIDTH)
        self._write(f"[{'#' * done}{'-' * (WIDTH - done)}] {share:4.0%}  {words}")

    def end(self) -> None:
        """Take the bar away."""
        self._write("")
        sys.stderr.write("\r")
        sys.stderr.flush()

    def _write(self, text: str) -> None:
        sys.stderr.write(f"\r{text:{self._length}}")
        sys.stderr.flush()
        self._length = len(text)
