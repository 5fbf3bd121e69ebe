"""The command line: train from a spec in a file or on standard input, or search, and print what came of it.

This alone of the engine reads files and writes text. Results go to standard output; progress and what went
wrong go to standard error, so that results can be piped on.
"""

from __future__ import annotations

import contextlib
import sys
from collections.abc import Sequence

from engine.cli import searching, training
from engine.cli.outcome import CLOSED_PIPE, INTERRUPTED
from engine.cli.speech import listen

__all__ = ["main"]


def main(arguments: Sequence[str] | None = None) -> int:
    """Train or search as the arguments say; returns the exit status."""
    given = sys.argv[1:] if arguments is None else list(arguments)
    listen(given)
    try:
        status = searching.run(given[1:]) if given[:1] == ["search"] else training.run(given)
        sys.stdout.flush()
    except KeyboardInterrupt:
        return INTERRUPTED
    except BrokenPipeError:
        # nobody reads on: close what is left, or the interpreter would complain when it ends
        for stream in (sys.stdout, sys.stderr):
            with contextlib.suppress(OSError):
                stream.close()
        return CLOSED_PIPE
    return status
