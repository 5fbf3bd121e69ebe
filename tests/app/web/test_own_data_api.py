"""A person's table over HTTP: never an error of the server, whatever is sent."""

from collections.abc import Iterator

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from app.tables.table import MOST_CLASSES
from app.web.assets import STATIC
from app.web.own_data_api import MOST_BYTES, TOO_LARGE
from engine.catalog.datasets.custom import COORDINATE, MOST_ROWS
from tests.app import http
from tests.app.conftest import Server


@pytest.fixture(scope="module")
def url(server: Server) -> str:
    return f"{server.url}/api/own-data"


def test_a_table_becomes_rows(url: str) -> None:
    text = "x;y;Klasse\r\n1;2;schön\r\n-3,5;0.25;übel\r\n"
    answer = http.post(url, content=text.encode("utf-8-sig"))
    assert answer.status_code == 200
    found = answer.json()
    columns = [
        {"name": name, "named": True, "numeric": numeric, "counting": False, "values": 2}
        for name, numeric in (("x", True), ("y", True), ("Klasse", False))
    ]
    assert found == {
        "rows": [[1, 2, 0], [-3.5, 0.25, 1]],
        "labels": ["schön", "übel"],
        "target": "classes",
        "names": ["x", "y", "Klasse"],
        "columns": columns,
        "x1": 0,
        "x2": 1,
        "label": 2,
        "header": 1,
        "separator": "semicolons",
        "unused": [],
        "notes": [],
        "offers": [],
        "problems": [],
        "found": 0,
    }


def test_the_same_text_is_read_again_with_other_columns(url: str) -> None:
    text = "a,b,c,d\n1,2,3,u\n4,5,6,v\n7,8,NA,u\n"
    ask = {"x1": "1", "x2": "0", "label": "2"}
    answer = http.post(url, params=ask, content=text).json()
    assert [problem["line"] for problem in answer["problems"]] == [4]
    (offer, *_) = answer["offers"]
    answer = http.post(url, params=ask | offer["changes"], content=text).json()
    assert answer["rows"] == [[2, 1, 0], [5, 4, 1]]
    assert answer["labels"] == ["3", "6"]
    assert answer["unused"] == ["d"]
    ask |= {"target": "numbers", "missing": "leave_out", "header": "true"}
    answer = http.post(url, params=ask, content=text).json()
    assert answer["rows"] == [[2, 1, 3], [5, 4, 6]]
    text = "1,2,a\n2.5,3,b\n" * 1001
    assert len(http.post(url, params={"thin": "true"}, content=text).json()["rows"]) == 2000


@pytest.mark.parametrize(
    "wrong",
    [
        {"x1": "-1"},
        {"x2": "200"},
        {"label": "a"},
        {"target": "words"},
        {"missing": "1"},
        {"header": "2"},
        {"thin": "maybe"},
    ],
)
def test_a_wrong_choice_is_refused_with_what_is_allowed(url: str, wrong: dict[str, str]) -> None:
    answer = http.post(url, params=wrong, content="1,2,a\n2,3,b")
    ((name, value),) = wrong.items()
    assert answer.status_code == 422
    (problem,) = answer.json()["problems"]
    said = f'{name} must be {problem["allowed"]}, not "{value}".'
    assert (problem["path"], answer.json()["detail"]) == (name, said)


@pytest.mark.parametrize("coding", ["utf-16", "utf-8", "utf-8-sig"])
def test_the_codings_of_spreadsheets_are_read(url: str, coding: str) -> None:
    answer = http.post(url, content="x\ty\tArt\r\n1\t2\tgrün\r\n3\t4\trot\r\n".encode(coding))
    assert answer.json()["labels"] == ["grün", "rot"]


def test_mistakes_are_an_answer(url: str) -> None:
    answer = http.post(url, content="1,2,a\n1,b,b")
    assert answer.status_code == 200
    (problem,) = answer.json()["problems"]
    assert problem == {"line": 2, "text": "expected a number for x2, found “b”"}


def test_other_codings_are_named_with_their_line(url: str) -> None:
    answer = http.post(url, content="1,2,a\n1,3,größer".encode("latin-1"))
    (problem,) = answer.json()["problems"]
    assert problem["line"] == 2
    assert "UTF-8" in problem["text"]


def test_the_largest_table_is_read_and_a_larger_one_refused(url: str) -> None:
    line = b"1,2,a\n"
    most = line * (MOST_BYTES // len(line))
    answer = http.post(url, content=most)
    assert answer.status_code == 200
    assert "at most 20,000 are read" in answer.json()["problems"][0]["text"]
    answer = http.post(url, content=bytes(MOST_BYTES + 1))
    assert answer.status_code == 413
    assert "1 MB" in answer.json()["detail"]


def test_a_body_without_a_length_is_refused_too(url: str) -> None:
    def endless() -> Iterator[bytes]:
        for _ in range(20):
            yield bytes(2**16)

    assert http.post(url, content=endless()).status_code == 413


@settings(max_examples=60, deadline=None)
@given(st.binary(max_size=300) | st.text(max_size=300).map(str.encode))
def test_any_bytes_are_answered(url: str, body: bytes) -> None:
    answer = http.post(url, content=body)
    assert answer.status_code == 200
    report = answer.json()
    assert (report["rows"] == []) == (report["found"] > 0)


def test_the_page_knows_the_limits_of_the_server_and_of_the_engine() -> None:
    rows = (STATIC / "js/data/rows.js").read_text()
    table = (STATIC / "js/data/table.js").read_text()
    assert f"MOST_ROWS = {MOST_ROWS};" in rows
    assert f"MOST_CLASSES = {MOST_CLASSES};" in rows
    assert f"FARTHEST = {COORDINATE.maximum};" in rows
    assert f"MOST_BYTES = 2 ** {MOST_BYTES.bit_length() - 1};" in table
    assert f'TOO_LARGE = t("{TOO_LARGE}");' in table
