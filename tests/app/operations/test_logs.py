"""Lines of the log: whole, one a record, and without what people typed."""

import json
import logging
from datetime import datetime, timedelta

from app.operations.logs import JsonFormatter, TextFormatter

WORDS = "Anna's table"


def record(error: BaseException | None = None) -> logging.LogRecord:
    info = (type(error), error, error.__traceback__) if error else None
    return logging.LogRecord(
        "app.x", logging.WARNING, __file__, 1, 'said "%s"\nand more', ("ä",), info
    )


def failed() -> Exception:
    try:
        raise KeyError(WORDS)  # a trace quotes this line
    except KeyError as error:
        error.add_note(
            f'In the worker:\nTraceback (most recent call last):\n  File "w.py", line 3\nKeyError: {WORDS}'
        )
        return error


def test_a_record_is_one_json_object_in_one_line() -> None:
    line = JsonFormatter().format(record())
    assert "\n" not in line
    found = json.loads(line)
    assert found.keys() == {"time", "level", "logger", "event"}
    assert (found["level"], found["logger"]) == ("warning", "app.x")
    assert found["event"] == 'said "ä"\nand more'
    assert datetime.fromisoformat(found["time"]).utcoffset() == timedelta()


def test_an_error_is_told_by_type_and_place_and_not_by_its_words() -> None:
    found = json.loads(JsonFormatter().format(record(failed())))
    assert found["error"] == "KeyError"
    assert "in failed" in found["trace"]
    assert 'File "w.py", line 3' in found["trace"], "where it was in the worker"
    text = TextFormatter().format(record(failed()))
    assert "Traceback (most recent call last)" in text
    assert text.startswith(found["time"][:10])
    assert "WARNING app.x: said" in text
    assert "Anna" not in text
    assert "Anna" not in json.dumps(found)


def test_the_errors_of_a_group_are_told_too() -> None:
    group = ExceptionGroup(WORDS, [failed()])
    text = TextFormatter().format(record(group))
    assert "ExceptionGroup" in text
    assert "KeyError" in text
    assert "Anna" not in text
