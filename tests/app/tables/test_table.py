"""Tables of people: whatever separates the columns, and every mistake with its line."""

import csv
import io
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.tables.table import MOST_PROBLEMS, Choice, Table, read
from app.tables.thinning import shares
from engine import RunSpec
from tests.app.brackets import is_marked

GAPS = [
    "NA",
    "?",
    "nan",
    "null",
    "None",
    "#N/A",
    "-",
    "N/a",
    "--",
    ".",
    "NaT",
    "\\N",
    "#NULL!",
    "#DIV/0!",
]
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
        ("1|2|0\n-3.5|0.25|1", "bars"),
        ("sep=;\r\n1;2;0\r\n-3,5;0,25;1\r\n", "semicolons"),
        ('"sep=,"\n1,2,0\n-3.5,0.25,1', "commas"),
        ("sep = ;\n1;2;0\n-3,5;0,25;1", "semicolons"),
        ("sep=\t\n1\t2\t0\n-3.5\t0.25\t1", "tabs"),
        ("sep=:\n1:2:0\n-3.5:0.25:1", "“:”"),
        ("x1，x2，标签\n1，2，0\n−3.5，0.25，1", "commas"),
        ("1；2；0\n−3,5；0,25；1", "semicolons"),
        ("1,0 2,0 0\n-3,5 0,25 1", "spaces"),
        ('x,y,c\n"1,0","2,0",0\n"-3,5","0,25",1', "commas"),
        ("# x1 x2 label\n1e0 2e0 0.00e+00\n-3.5e0 2.5e-1 1.00e+00", "spaces"),
        ("% made by hand\n% x1,x2,label\n1,2,0\n-3.5,0.25,1", "commas"),
        ("; an old note\nx1,x2,label\n1,2,0\n-3.5,0.25,1", "commas"),
        ("0,1,label\n1,2,0\n-3.5,0.25,1", "commas"),
        (",0,1,2\n0,1,2,0\n1,-3.5,0.25,1", "commas"),
        ("0,1,2\n1,2,0\n-3.5,0.25,1", "commas"),
        ("1,2,3\n1,2,0\n-3.5,0.25,1", "commas"),
        (",1,2,3\n1,1,2,0\n2,-3.5,0.25,1", "commas"),
        (",height,weight,team\n0,1,2,0\n1,-3.5,0.25,1", "commas"),
        ("x1 x2 class\na 1 2 0\nb -3.5 0.25 1", "spaces"),
        ("Klasse;x;y;\n0;1;2;\n1;-3,5;0,25;\n", "semicolons"),
        ("y,name,x,target\n2,u,1,0\n0.25,v,-3.5,1", "commas"),
        ("x1,x2,label\r\n\r\n1,2,0\r\n,,\r\n-3.5,0.25,1\r\n\r\n", "commas"),
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
        (["1.000000e+00", "0.000000e+00", "1.000000e+00"], ["0", "1"], [1, 0, 1]),
        (["2019", "02019", "7.5"], ["7.5", "2019"], [1, 1, 0]),
        (["a\nb", "c", "a b"], ["a b", "a b (2)", "c"], [0, 2, 1]),
        (["True", "False", "True"], ["False", "True"], [1, 0, 1]),
    ],
)
def test_labels_become_classes_in_their_order(
    labels: list[str], order: list[str], classes: list[int]
) -> None:
    text = io.StringIO()
    csv.writer(text).writerows((i + 0.5, 0, label) for i, label in enumerate(labels))
    table = read(text.getvalue())
    assert table.problems == []
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
        ("1,2,a\n-inf,2,b", 2, "expected a number for x1, found “-inf”"),
        ("inf,2,a\n1,2,b", 1, "expected a number for x1, found “inf”"),
        ('1,2,a\n"1,234",2,b', 2, "found “1,234”, which can be 1.234 or 1234"),
        ("1.234;2,5;a\n2,5;3,5;b", 1, "found “1.234”, which can be 1.234 or 1234"),
        ("1;2;a\n1,234;2;b", 2, "found “1,234”, which can be 1.234 or 1234"),
        *((f"1,2,a\n1,3,{gap}", 2, f"expected a label, found “{gap}”") for gap in GAPS),
        ("x,y\nand,so\non,1", None, "found 2 columns"),
        ("1\n2\n3", None, "found one column"),
        (
            "a,b,c\nd,e,f\ng,h,i",
            None,
            "Two columns of numbers are needed for x1 and x2, and there are none.",
        ),
        ("a,b,c\n1,e,f\n2,h,i", None, "and only “a” is one."),
        ("x,y,label\n" + "1,2,3,4,a\n" * 30, 1, "names 3 columns, and most lines have 5 values"),
        (",".join("a" * 201) + "\n" + ",".join("1" * 201), None, "201 columns; at most 200"),
        ("1,2,a\n" * 20_001, None, "20,001 rows; at most 20,000"),
        ("1,2,a\n1,2", 2, "expected 3 values (x1, x2, label), found 2"),
        ("1,2,a\n1,2,3,4", 2, "expected 3 values (x1, x2, label), found 4"),
        ("x,y,label,z\n1,2,a,0\n1,2,b", 3, "expected 4 values (as the header has), found 3"),
        ("x,y\n1,2\n3,4", 1, "expected columns for x1, x2 and the label, found 2 columns"),
        ('1,2,"a\n1,2,b', 1, "the quotation marks do not match"),
        ("1,2,a\n1,2," + "b" * 10_000, 2, "longer than 10,000 characters"),
        ("", None, "2 to 2,000 rows can be used, and there are 0."),
        ("x,y,label", None, "there are 0."),
        ("1,2,a", None, "there are 1."),
        ("1,2,a\n" * 2001, None, "there are 2,001."),
        ("1,2,a\n3,4,a", None, "Every label is “a”; at least two"),
        (
            "\n".join(f"1,2,{i}" for i in range(9)),
            None,
            "“Column 3” has 9 different labels, and 8 can",
        ),
        (
            "x,y,kind\n" + "".join(f"1,2,a{i}\n" for i in range(300)),
            None,
            "“kind” has 300 different",
        ),
    ],
)
def test_what_is_wrong_is_named_with_its_line(text: str, line: int | None, said: str) -> None:
    table = read(text)
    found = [(problem.line, problem.text) for problem in table.problems]
    assert any(where == line and said in what for where, what in found), found
    assert all(is_marked(problem.text) for problem in table.problems)
    assert table.rows == []


def test_every_mistake_is_counted_and_the_first_are_named() -> None:
    text = "\n".join(["1,2,a", *["x,y,b"] * 15, *["1,2,b"] * 20])
    table = read(text)
    assert table.found == 30
    assert len(table.problems) == MOST_PROBLEMS
    assert [problem.line for problem in table.problems[:3]] == [2, 2, 3]


def chosen(table: Table) -> tuple[int | None, int | None, int | None]:
    return table.x1, table.x2, table.label


FLOWERS = "Id,SepalLength,SepalWidth,Species\n1,5.1,3.5,s\n2,7,3.2,v\n3,6.3,3.3,v"
PEOPLE = """No,Saved,Deck,Name,Age,Fare
1,0,1,"Doe, A.",16.5,16.78
2,1,2,"Doe, B.",42,17.58
3,0,3,"Doe, C.",20,13.68
"""
WIDE = "\n".join(
    [",".join(f"f{i}" for i in range(49)) + ",kind"]
    + [",".join(f"{i + row / 2}" for i in range(49)) + f",{'ab'[row % 2]}" for row in range(4)]
)


@pytest.mark.parametrize(
    ("text", "names", "unused"),
    [
        ("class,width,height\n1,2.5,4\n2,3.5,2", ["width", "height", "class"], []),
        (FLOWERS, ["SepalLength", "SepalWidth", "Species"], ["Id"]),
        (",a,b,team\n0,1,2,r\n1,2,3,b", ["a", "b", "team"], ["Column 1"]),
        (
            "Key,Side,Age,Income,Bought\n100,l,5,6,0\n101,r,7,9,1\n102,r,7,8,1",
            ["Age", "Income", "Bought"],
            ["Key", "Side"],
        ),
        (
            "id,diagnosis,radius,texture\n842,M,5.5,1.5\n917,B,7.5,1\n855,B,2,4",
            ["radius", "texture", "diagnosis"],
            ["id"],
        ),
        (
            "PassengerID,u,v,w\n9,1.5,2,a\n3,2.5,7,b\n7,3,1,b",
            ["u", "v", "w"],
            ["PassengerID"],
        ),
        (
            ",Unnamed: 0,u,v,w\n0,7,1.5,2,a\n1,9,2.5,7,b\n2,4,3,1,b",
            ["u", "v", "w"],
            ["Column 1", "Unnamed: 0"],
        ),
        ("u,v,w,row\n1.5,2,a,1\n2.5,7,b,2\n3,1,b,3", ["u", "v", "w"], ["row"]),
        ("u,v,w,note\n1.5,2,a,\n2.5,7,b,\n3,1,b,", ["u", "v", "w"], ["note"]),
        ("acid,index,Grid,v\n9,8,1.5,a\n3,2,7,b\n7,4,1,b", ["acid", "Grid", "v"], ["index"]),
        ("type,u,v\n1,2.5,3\n2,3.5,4\n1,2,7", ["u", "v", "type"], []),
        ("Age,Bought,Note\n5,1,u\n6,0,v", ["Age", "Bought", "Note"], []),
        ("a,b,y,z\n1,2,u,5\n2,3,v,6", ["a", "b", "y"], ["z"]),
        ("x,y,z\n1,2,u\n2,3,v", ["x", "y", "z"], []),
        ("y,z,x\n1,u,2\n2,v,3", ["x", "y", "z"], []),
        ("x2,x1,类别\n1,2,u\n2,3,v", ["x1", "x2", "类别"], []),
        ("Class Label;b;c\nu;1;2\nv;3;4", ["b", "c", "Class Label"], []),
        ("target_name,b,c\nu,1,2\nv,3,4", ["b", "c", "target_name"], []),
        ("x,x,x\n1,2,u\n2,3,v", ["x", "x (2)", "x (3)"], []),
        (WIDE, ["f0", "f1", "kind"], [f"f{i}" for i in range(2, 49)]),
        (
            "a\tb\u200b\u202e,b" + "c" * 60 + ",d\n1,2,u\n2,3,v",
            ["a b", "b" + "c" * 38 + "…", "d"],
            [],
        ),
    ],
)
def test_columns_are_proposed_by_their_names_and_by_what_stands_in_them(
    text: str, names: list[str], unused: list[str]
) -> None:
    table = read(text)
    assert table.problems == []
    assert table.names == names
    assert table.unused == unused
    assert table.header == 1


def test_a_person_chooses_other_columns() -> None:
    table = read(PEOPLE)
    assert "“Fare” has 3" not in repr(table.problems)
    assert [column.name for column in table.columns] == [
        "No",
        "Saved",
        "Deck",
        "Name",
        "Age",
        "Fare",
    ]
    assert chosen(table) == (1, 2, 5)
    table = read(PEOPLE, Choice(x1=4, x2=5, label=1))
    assert table.names == ["Age", "Fare", "Saved"]
    assert table.rows == [(16.5, 16.78, 0), (42, 17.58, 1), (20, 13.68, 0)]
    # those that are not said give way
    assert chosen(read(PEOPLE, Choice(x1=2))) == (2, 1, 5)
    names = read(PEOPLE, Choice(x1=1, x2=2, label=3))
    assert names.labels == ["Doe, A.", "Doe, B.", "Doe, C."]
    text = read(PEOPLE, Choice(x1=3, x2=4, label=1))
    assert [problem.text for problem in text.problems] == [
        "“Name” has text, and x1 needs a column of numbers."
    ]
    twice = read(PEOPLE, Choice(x1=1, x2=1, label=2))
    assert "three different columns" in twice.problems[0].text
    assert read(PEOPLE, Choice(x1=199)).x1 in range(6)


def test_what_a_first_line_is_can_be_said() -> None:
    text = "0,1,2\n1,2,0\n2.5,2,1"
    table = read(text)
    assert len(table.rows) == 2
    assert table.notes[0] == "Line 1 (0, 1, 2) is read as the names of the columns."
    table = read(text, Choice(header=False))
    assert table.rows[0] == (0, 1, 2)
    assert table.names == []
    named = read("1,2,0\n2.5,2,1\n3,1,0", Choice(header=True))
    assert named.names == ["1", "2", "0"]
    assert len(named.rows) == 2


def test_numbers_above_a_column_of_words_are_its_names() -> None:
    table = read("10,20,30\n" + "1,2,a\n2.5,3,b\n" * 4)
    assert (table.header, table.labels, len(table.rows)) == (1, ["a", "b"], 8)
    assert table.notes == ["Line 1 (10, 20, 30) is read as the names of the columns."]


@pytest.mark.parametrize(
    ("line", "label", "at"),
    [("2019,2020,2021", "2021", 1), ("1,2,TBD", "TBD", 9), ("3,4,-999", "-999", 9)],
)
def test_a_label_of_one_row_is_spoken_of(line: str, label: str, at: int) -> None:
    rows = ["1.5,2,0", "2.5,3,1"] * 4
    rows.insert(at - 1, line)
    table = read("\n".join(rows))
    assert len(table.rows) == 9
    assert table.notes == [f"Only line {at} has the label “{label}”."]


def test_labels_of_one_row_each_are_not_listed_one_by_one() -> None:
    text = "\n".join(f"{i % 7},{i % 5}.5,{i}.25" for i in range(40))
    assert read(text).notes == []
    assert read(text, Choice(target="numbers")).notes == []


def test_of_few_rows_each_may_have_its_own_label() -> None:
    assert read("1,2,a\n3,4,b\n5,6,c").notes == []


@pytest.mark.parametrize("text", ["1,2,3\n1,2.5,3\n4,5,6", "1,2,3\n2,2,4\n5,1,6"])
def test_a_first_row_that_counts_up_but_is_like_the_others_is_a_row(text: str) -> None:
    table = read(text)
    assert table.header is None
    assert len(table.rows) == 3


@pytest.mark.parametrize("gap", GAPS)
def test_rows_that_lack_a_label_are_named_left_out_or_kept_as_one_likes(gap: str) -> None:
    text = f"x,y,label\n1,2,b\n3,4,{gap}\n5,6,c"
    table = read(text)
    assert [(problem.line, table.rows) for problem in table.problems] == [(3, [])]
    assert [offer.changes for offer in table.offers] == [
        {"missing": "leave_out"},
        {"missing": "keep"},
    ]
    table = read(text, Choice(missing="leave_out"))
    assert table.rows == [(1, 2, 0), (5, 6, 1)]
    assert table.notes == ["1 row is left out, as it lacks a value (line 3)."]
    table = read(text, Choice(missing="keep"))
    assert sorted(table.labels) == sorted(["b", "c", gap])
    assert len(table.rows) == 3


def test_rows_that_lack_a_number_can_only_be_left_out() -> None:
    text = "x,y,label\n1,2,b\n?,4,a\n5,,c\n7,8,c\n9,9,"
    table = read(text)
    assert [problem.line for problem in table.problems] == [3, 4, 6]
    assert [offer.changes for offer in table.offers] == [{"missing": "leave_out"}]
    assert [problem.line for problem in read(text, Choice(missing="keep")).problems] == [3, 4, 6]
    assert read(text, Choice(missing="leave_out")).rows == [(1, 2, 0), (7, 8, 1)]


ARFF = """% made for a test
@RELATION two
@ATTRIBUTE 'x one' REAL
@attribute y numeric
@attribute class {'no, not', "it's"}

@DATA
1,2,'no, not'
2.5, -3.5,"it's"
{0 4, 2 "it's"}
{1 7}
% the end
"""


def test_attribute_relation_files_are_read_dense_and_sparse() -> None:
    table = read(ARFF)
    assert table.problems == []
    assert table.names == ["x one", "y", "class"]
    assert table.labels == ["it's", "no, not"]
    # what a sparse row leaves out is 0, or the first of the classes
    assert table.rows == [(1, 2, 1), (2.5, -3.5, 0), (4, 0, 0), (0, 7, 1)]
    assert "are skipped" in table.notes[0]
    for wrong in ("{0 1, 7 2}", "{0 1", "{x 1}", "1,2,'no"):
        (problem,) = read(ARFF + wrong).problems
        assert problem.line == 13
    missing = read(ARFF + '1,?,"it\'s"')
    assert [(problem.line, problem.text) for problem in missing.problems] == [
        (13, "expected a number for x2, found “?”")
    ]


def test_labels_that_are_nearly_the_same_are_spoken_of() -> None:
    table = read("1,2,Cat\n2,3,cat\n2.5,2,dog\n3,3,a b\n4,4,ab")
    assert table.labels == ["Cat", "a b", "ab", "cat", "dog"]
    assert table.notes == [
        "“Cat” and “cat” differ only in capitals or spaces; they are different classes.",
        "“a b” and “ab” differ only in capitals or spaces; they are different classes.",
    ]
    table = read("1,2,1\n2.5,3,1.0\n3,3,2")
    assert table.labels == ["1", "2"]
    assert table.notes == ["“1” and “1.0” are read as the same label."]


def test_lines_that_are_passed_over_are_spoken_of() -> None:
    assert read("#1,2,a\n2.5,3,b\n3,4,c").notes == [
        "Line 1 begins with #, %, @ or ; and is skipped."
    ]
    assert "3 lines begin" in read("#a\n%b\n@c\n2.5,3,b\n3,2,c").notes[0]


def test_a_coordinate_that_is_the_same_everywhere_is_spoken_of() -> None:
    assert read("5,1,a\n5,2,b").notes == ["x1 is 5 at every point."]
    assert read("-2e-7,1,a\n-2e-7,2,b").notes == ["x1 is −2×10⁻⁷ at every point."]


def test_very_large_and_small_numbers_are_kept() -> None:
    table = read("1e300,-1e-300,a\n-1.5E+308,0,b")
    assert table.rows == [(1e300, -1e-300, 0), (-1.5e308, 0, 1)]


@pytest.mark.parametrize(
    ("text", "rows"),
    [
        ('x,y,c\n"1,234.5","2,000",a\n7,8,b', [(1234.5, 2000, 0), (7, 8, 1)]),
        ("1,234\t0.5\ta\n2,000\t1.5\tb", [(1234, 0.5, 0), (2000, 1.5, 1)]),
        ("1.234,5;2;a\n-0,25;3;b", [(1234.5, 2, 0), (-0.25, 3, 1)]),
        ("1\u202f234,5;2;a\n2'000;3;b", [(1234.5, 2, 0), (2000, 3, 1)]),
        ("–1.5,2,a\n‐3,‑4,b", [(-1.5, 2, 0), (-3, -4, 1)]),
        ("−1.5,＋2,a\n﹣3,4,b", [(-1.5, 2, 0), (-3, 4, 1)]),
    ],
)
def test_numbers_are_read_as_they_are_written_in_many_places(text: str, rows: list[Any]) -> None:
    table = read(text)
    assert table.problems == []
    assert table.rows == rows


def test_a_column_of_numbers_can_be_learned_as_it_is() -> None:
    text = "x,y,price\n" + "".join(f"{i},{i % 3},{100.5 + i}\n" for i in range(20))
    table = read(text)
    assert "20 different labels" in table.problems[0].text
    assert table.offers[0].changes == {"target": "numbers"}
    table = read(text, Choice(target="numbers"))
    assert table.rows[:2] == [(0, 0, 100.5), (1, 1, 101.5)]
    assert table.labels == []
    assert table.target == "numbers"
    RunSpec.from_dict({"data": {"kind": "custom_values", "rows": table.rows}})
    for label, said in (
        ("a", "“price” has text"),
        ("1e13", "at most 1×10¹² in size"),
        ("7", "Every label is 7"),
    ):
        wrong = read(f"x,y,price\n1,2,{label}\n3,4,{label}", Choice(target="numbers"))
        assert said in wrong.problems[0].text
    (gap,) = read(text + "1,2,NA", Choice(target="numbers")).problems
    assert (gap.line, gap.text) == (22, "expected a number for the label, found “NA”")


def test_too_many_rows_are_thinned_evenly_by_class_and_always_alike() -> None:
    text = "x,y,l\n" + "".join(
        f"{i / 100},{i / 200},{'abc'[(i % 10 > 6) + (i % 10 > 8)]}\n" for i in range(5000)
    )
    table = read(text)
    assert table.problems[0].text == "2 to 2,000 rows can be used, and there are 5,000."
    assert [(offer.label, offer.changes) for offer in table.offers] == [
        ("Keep 2,000 of them, evenly by class", {"thin": "true"})
    ]
    table = read(text, Choice(thin=True))
    assert len(table.rows) == 2000
    assert [sum(label == i for *_, label in table.rows) for i in range(3)] == [1400, 400, 200]
    assert table.notes == [
        "2,000 of 5,000 rows are kept, the same share of each class: "
        "1,400 of 3,500 “a”, 400 of 1,000 “b”, 200 of 500 “c”."
    ]
    assert [x1 for x1, *_ in table.rows] == sorted(x1 for x1, *_ in table.rows)
    assert read(text, Choice(thin=True)).rows == table.rows
    RunSpec.from_dict({"data": {"kind": "custom", "rows": table.rows}})
    for old, new in zip("abc", "123", strict=True):
        text = text.replace(old, new)
    numbers = read(text, Choice(target="numbers", thin=True))
    assert len(numbers.rows) == 2000
    assert numbers.notes == ["2,000 of 5,000 rows are kept."]


@given(st.dictionaries(st.integers(0, 7), st.integers(1, 6000), min_size=2))
def test_every_class_keeps_its_share_and_one_row_at_least(sizes: dict[float, int]) -> None:
    total = sum(sizes.values())
    if total <= 2000:
        return
    kept = shares(sizes, 2000)
    assert sum(kept.values()) == 2000
    for label, size in sizes.items():
        assert 1 <= kept[label] <= size
        assert abs(kept[label] - size * 2000 / total) <= len(sizes)


NUMBERS = st.floats(-100, 100)


@given(st.lists(st.tuples(NUMBERS, NUMBERS, st.sampled_from("abc")), min_size=2, max_size=30))
def test_what_a_library_writes_is_read_as_it_was_and_makes_a_run(
    rows: list[tuple[float, float, str]],
) -> None:
    rows = [(0.25, 0, "a"), (0, 0, "b"), (0, 0, "c"), *rows]
    for dialect in ("excel", "excel-tab", "unix"):
        text = io.StringIO()
        csv.writer(text, dialect).writerows(rows)
        table = read(text.getvalue())
        assert table.problems == []
        assert [(x1, x2, "abc"[int(label)]) for x1, x2, label in table.rows] == rows
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


@pytest.mark.parametrize(
    ("text", "choice"),
    [
        ("x1,x2,label\n1,2,a\n1,?,b\n2,2,b\n", Choice(missing="leave_out")),
        ("x1,x2,label\n1,2,a\n1,?,b\n2,2,b\n", Choice()),
        ("#a\n%b\n1,2,Cat\n1,2.5,cat\n1,2,1\n2,4,1.0", Choice()),
        ("0,1,2\n1,2,3\n3,4,3\n5,6,4", Choice(header=True)),
        ("x,y,l\n" + "".join(f"{i},{i % 7},{i % 3}\n" for i in range(3000)), Choice()),
        ("x,y,l\n" + "".join(f"{i},{i % 7},{i % 3}\n" for i in range(3000)), Choice(thin=True)),
    ],
)
def test_what_is_said_of_a_table_can_be_said_in_another_language(text: str, choice: Choice) -> None:
    table = read(text, choice)
    assert table.notes or table.offers
    assert all(is_marked(note) for note in table.notes)
    assert all(is_marked(offer.label) for offer in table.offers)
    assert is_marked(table.separator)
