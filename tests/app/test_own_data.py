"""A person's table over HTTP: never an error of the server, whatever is sent."""

from collections.abc import Iterator

import httpx2
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from app.assets import STATIC
from app.csv_rows import MOST_CLASSES
from app.own_data import MOST_BYTES, TOO_LARGE
from engine.datasets.custom import COORDINATE, MOST_ROWS
from tests.app.conftest import Server


@pytest.fixture(scope="module")
def url(server: Server) -> str:
    return f"{server.url}/api/own-data"


def test_a_table_becomes_rows(url: str) -> None:
    text = "x;y;Klasse\r\n1;2;schön\r\n-3,5;0.25;übel\r\n"
    answer = httpx2.post(url, content=text.encode("utf-8-sig"))
    assert answer.status_code == 200
    assert answer.json() == {
        "rows": [[1, 2, 0], [-3.5, 0.25, 1]],
        "labels": ["schön", "übel"],
        "separator": "semicolons",
        "unused": [],
        "problems": [],
        "found": 0,
    }


def test_mistakes_are_an_answer(url: str) -> None:
    answer = httpx2.post(url, content="1,2,a\n1,b,b")
    assert answer.status_code == 200
    (problem,) = answer.json()["problems"]
    assert problem == {"line": 2, "text": "expected a number for x2, found “b”"}


def test_other_codings_are_named_with_their_line(url: str) -> None:
    answer = httpx2.post(url, content="1,2,a\n1,3,größer".encode("latin-1"))
    (problem,) = answer.json()["problems"]
    assert problem["line"] == 2
    assert "UTF-8" in problem["text"]


def test_the_largest_table_is_read_and_a_larger_one_refused(url: str) -> None:
    line = b"1,2,a\n"
    most = line * (MOST_BYTES // len(line))
    answer = httpx2.post(url, content=most)
    assert answer.status_code == 200
    assert "rows can be used" in answer.json()["problems"][0]["text"]
    answer = httpx2.post(url, content=bytes(MOST_BYTES + 1))
    assert answer.status_code == 413
    assert "1 MB" in answer.json()["detail"]


def test_a_body_without_a_length_is_refused_too(url: str) -> None:
    def endless() -> Iterator[bytes]:
        for _ in range(20):
            yield bytes(2**16)

    assert httpx2.post(url, content=endless()).status_code == 413


@settings(max_examples=60, deadline=None)
@given(st.binary(max_size=300) | st.text(max_size=300).map(str.encode))
def test_any_bytes_are_answered(url: str, body: bytes) -> None:
    answer = httpx2.post(url, content=body)
    assert answer.status_code == 200
    report = answer.json()
    assert (report["rows"] == []) == (report["found"] > 0)


def test_the_page_knows_the_limits_of_the_server_and_of_the_engine() -> None:
    rows = (STATIC / "js/lib/own-rows.js").read_text()
    table = (STATIC / "js/lib/table-text.js").read_text()
    assert f"MOST_ROWS = {MOST_ROWS};" in rows
    assert f"MOST_CLASSES = {MOST_CLASSES};" in rows
    assert f"FARTHEST = {COORDINATE.maximum};" in rows
    assert f"MOST_BYTES = 2 ** {MOST_BYTES.bit_length() - 1};" in table
    assert f'TOO_LARGE = "{TOO_LARGE}"' in table
