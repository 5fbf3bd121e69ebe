"""Tables of people: whatever separates the columns, and every mistake with its line."""

import csv
import io

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.csv_rows import MOST_CLASSES, MOST_PROBLEMS, read
from engine import RunSpec

PLAIN = [(1.0, 2.0, 0), (-3.5, 0.25, 1)]


@pytest.mark.parametrize(
    ("text", "separator"),
    [
        ("1,2,0\n-3.5,0.25,1", "commas"),
        ("1, 2, 0\n-3.5, 0.25, 1\n", "commas"),
        ("1,2,0,\n-3.5,0.25,1,\n", "commas"),
        ("1;2;0\n-3.5;.25;1", "semicolons"),
        ("1,0;2,0;0\n-3,5;,25;1", "semicolons"),
        ("1\t2\t0\n-3.5\t0.25\t1", "tabs"),
        ("  1   2 0\n-3.5 2.5e-1\t1 \n", "spaces"),
        ("\ufeffx,y,label\r\n1,2,0\r\n-3.5,0.25,1\r\n", "commas"),
        ('"x","y","label"\r1,2,0\r-3.5,0.25,1', "commas"),
        ('"1","2","0"\n\n\n"-3.5","0.25","1"\n\n', "commas"),
        ("1;2;0\n;;\n-3.5;0.25;1\n;;", "semicolons"),
        ("class,x1,x2\n0,1,2\n1,-3.5,0.25", "commas"),
        ("x1,x2,label,split\n1,2,0,train\n-3.5,0.25,1,test", "commas"),
        ("Height,Weight,Sex\n1,2,0\n-3.5,0.25,1", "commas"),
        ("x1,x2,y\n1,2,0\n-3.5,0.25,1", "commas"),
        ("y,x1,x2\n0,1,2\n1,-3.5,0.25", "commas"),
    ],
)
def test_the_same_points_however_they_are_written(text: str, separator: str) -> None:
    table = read(text)
    assert table.problems == []
    assert table.rows == PLAIN
    assert table.labels == ["0", "1"]
    assert table.separator == separator


@pytest.mark.parametrize(
    ("labels", "order", "classes"),
    [
        (["dog", "cat", "dog"], ["cat", "dog"], [1, 0, 1]),
        (["1", "-1", "1"], ["-1", "1"], [1, 0, 1]),
        (["10", "9", "10.0"], ["9", "10"], [1, 0, 1]),
        (["b", "7", "a"], ["7", "a", "b"], [2, 0, 1]),
        (["grün, hell", '"', "grün, hell"], ['"', "grün, hell"], [1, 0, 1]),
    ],
)
def test_labels_become_classes_in_their_order(
    labels: list[str], order: list[str], classes: list[int]
) -> None:
    text = io.StringIO()
    csv.writer(text).writerows((i, 0, label) for i, label in enumerate(labels))
    table = read(text.getvalue())
    assert table.labels == order
    assert [label for *_, label in table.rows] == classes


def test_a_column_that_is_not_read_is_named() -> None:
    assert read("x,y,label,split\n1,2,a,train\n3,4,b,test").unused == ["split"]


@pytest.mark.parametrize(
    ("text", "line", "said"),
    [
        ("x,y,label\n1,2,a\n\n1,abc,b\n", 4, "expected a number for x2, found “abc”"),
        ("1,2,a\n,2,b", 2, "expected a number for x1, found nothing"),
        ("1,2,a\n1,2,", 2, "expected a label, found nothing"),
        ("1,2,a\nnan,2,b", 2, "expected a number for x1, found “nan”"),
        ("1,2,a\n1,1e999,b", 2, "expected a number for x2, found “1e999”"),
        ("1,2,a\n1_0,1,b", 2, "expected a number for x1, found “1_0”"),
        ('1,2,a\n"1,5",2,b', 2, "found “1,5” (decimals are written with a point)"),
        ("1,2,a\n1,2", 2, "expected 3 values (x1, x2, label), found 2"),
        ("1,2,a\n1,2,3,4", 2, "expected 3 values (x1, x2, label), found 4"),
        ("x,y,label,z\n1,2,a,0\n1,2,b", 3, "expected 4 values (as the header has), found 3"),
        ("x,y\n1,2\n3,4", 1, "expected columns x1, x2, label, found 2"),
        ('1,2,"a\n1,2,b', 1, "the quotation marks do not match"),
        ("1,2,a\n1,2," + "b" * 1000, 2, "longer than 1,000 letters"),
        ("", None, "2 to 2,000 rows can be used, and there are 0."),
        ("x,y,label", None, "there are 0."),
        ("1,2,a", None, "there are 1."),
        ("1,2,a\n" * 2001, None, "there are 2,001."),
        ("1,2,a\n3,4,a", None, "Every label is “a”; at least two"),
        (
            "\n".join(f"1,2,{i}" for i in range(MOST_CLASSES + 1)),
            MOST_CLASSES + 1,
            "the label “10” makes 11 different labels; 10 can be told apart",
        ),
    ],
)
def test_what_is_wrong_is_named_with_its_line(text: str, line: int | None, said: str) -> None:
    table = read(text)
    found = [(problem.line, problem.text) for problem in table.problems]
    assert any(where == line and said in what for where, what in found), found
    assert table.rows == []


def test_every_mistake_is_counted_and_the_first_are_named() -> None:
    text = "\n".join(["1,2,a", *["x,y,b"] * 15, "1,2,b"])
    table = read(text)
    assert table.found == 30
    assert len(table.problems) == MOST_PROBLEMS
    assert [problem.line for problem in table.problems[:3]] == [2, 2, 3]


NUMBERS = st.floats(-100, 100)


@given(st.lists(st.tuples(NUMBERS, NUMBERS, st.sampled_from("abc")), min_size=2, max_size=30))
def test_what_a_library_writes_is_read_as_it_was_and_makes_a_run(
    rows: list[tuple[float, float, str]],
) -> None:
    rows += [(0, 0, "a"), (0, 0, "b"), (0, 0, "c")]
    for dialect in ("excel", "excel-tab", "unix"):
        text = io.StringIO()
        csv.writer(text, dialect).writerows(rows)
        table = read(text.getvalue())
        assert table.problems == []
        assert [(x1, x2, "abc"[label]) for x1, x2, label in table.rows] == rows
        spec = RunSpec.from_dict({"data": {"kind": "custom", "rows": table.rows}})
        assert spec.points == len(rows)


@given(st.text())
def test_any_text_gives_rows_or_reasons(text: str) -> None:
    table = read(text)
    assert (table.rows == []) == (table.found > 0)
    assert len(table.problems) == min(table.found, MOST_PROBLEMS)


@given(st.lists(st.text(alphabet="0123456789.,;-+eE\"'ab \t\n\r", max_size=12), max_size=8))
def test_text_that_looks_like_a_table_gives_rows_or_reasons(lines: list[str]) -> None:
    table = read("\n".join(lines))
    assert (table.rows == []) == (table.found > 0)
    for *_, label in table.rows:
        assert 0 <= label < len(table.labels)
