"""What the server writes down of itself, on standard error: lines to read, or one JSON object a line.

Errors are told by their type and the places in the code. Their messages may quote what a participant typed or
uploaded, and are left out.
"""

from __future__ import annotations

import json
import logging
import traceback
from datetime import UTC, datetime
from types import TracebackType
from typing import Literal

Kind = Literal["text", "json"]
ExcInfo = tuple[type[BaseException], BaseException, TracebackType | None] | tuple[None, None, None]


class TextFormatter(logging.Formatter):
    """`2026-03-02T09:14:03.120+00:00 WARNING app.workers.pool: a worker died; starting another`."""

    def __init__(self) -> None:
        super().__init__("%(asctime)s %(levelname)s %(name)s: %(message)s")

    def formatTime(  # noqa: N802
        self,
        record: logging.LogRecord,
        datefmt: str | None = None,  # noqa: ARG002
    ) -> str:
        """The time in UTC, to the millisecond."""
        return _time(record)

    def formatException(self, ei: ExcInfo) -> str:  # noqa: N802
        """The trace of an error without its message."""
        return trace(ei[1]) if ei[1] else ""


class JsonFormatter(logging.Formatter):
    """An object with `time`, `level`, `logger` and `event`, and for an error `error` and `trace`."""

    def format(self, record: logging.LogRecord) -> str:
        """One line."""
        line = {
            "time": _time(record),
            "level": record.levelname.lower(),
            "logger": record.name,
            "event": record.getMessage(),
        }
        error = record.exc_info[1] if record.exc_info else None
        if error:
            line |= {"error": type(error).__qualname__, "trace": trace(error)}
        return json.dumps(line, ensure_ascii=False)


def configure(kind: Kind) -> None:
    """Have all loggers of this process write to standard error in this way."""
    handler = logging.StreamHandler()
    handler.setFormatter(JsonFormatter() if kind == "json" else TextFormatter())
    logging.basicConfig(handlers=[handler], level=logging.WARNING, force=True)


def trace(error: BaseException) -> str:
    """Where an error came from and of which type it is, innermost last, without any message."""
    lines = ["Traceback (most recent call last):\n"]
    lines += traceback.StackSummary.extract(traceback.walk_tb(error.__traceback__)).format()
    lines.append(f"{type(error).__qualname__}\n")
    for note in getattr(error, "__notes__", ()):  # a worker's trace: its frames are indented
        lines += [f"{line}\n" for line in note.splitlines() if line.startswith("  ")]
    if isinstance(error, BaseExceptionGroup):
        lines += [trace(each) for each in error.exceptions]
    return "".join(lines).rstrip()


def _time(record: logging.LogRecord) -> str:
    return datetime.fromtimestamp(record.created, UTC).isoformat(timespec="milliseconds")
