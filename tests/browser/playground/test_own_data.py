"""Points of one's own: painted, pasted, uploaded, downloaded, and kept in the address."""

import random
import re
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from playwright.sync_api import FilePayload, Locator, expect

from tests.browser.conftest import StartServer, Visit
from tests.browser.playground_page import Playground

# How far the axes keep the map from the sides of the canvas; see static/js/draw/axes.js.
LEFT, TOP, RIGHT = 22, 6, 6


class Editor:
    """The editor of own points, as a person works it."""

    def __init__(self, playground: Playground) -> None:
        self.playground = playground
        self.page = playground.page
        self.dialog = playground.get("own-data")
        self.canvas = playground.get("paint")
        self.use_button = playground.get("use-points")

    def open(self) -> None:
        self.playground.get("open-own-data").click()
        expect(self.dialog).to_be_visible()

    def place(self, point: Sequence[float]) -> tuple[float, float]:
        """Where (x1, x2) is on the screen."""
        box = self.playground.box(self.canvas)
        size = box["width"] - LEFT - RIGHT
        across, down = (point[0] + 6) / 12, (6 - point[1]) / 12
        return box["x"] + LEFT + across * size, box["y"] + TOP + down * size

    def press(self, *points: Sequence[float]) -> None:
        for point in points:
            self.page.mouse.click(*self.place(point))

    def drag(self, begin: Sequence[float], end: Sequence[float]) -> None:
        self.page.mouse.move(*self.place(begin))
        self.page.mouse.down()
        self.page.mouse.move(*self.place(end), steps=10)
        self.page.mouse.up()

    def choose(self, testid: str) -> None:
        """Press the label of a choice."""
        self.label(testid).click()

    def label(self, testid: str) -> Locator:
        return self.page.locator(f'label:has([data-testid="{testid}"])')

    def counts(self) -> list[int]:
        """The points of each class, as the editor says."""
        return [
            int(text) for text in self.page.locator(".class-chip .class-count").all_inner_texts()
        ]

    def write(self, text: str) -> None:
        self.choose("way-table")
        area = self.playground.get("table-text")
        if text.count("\n") < 100:
            area.fill(text)
            return
        # Chromium takes many seconds to type thousands of lines
        area.evaluate(
            """(area, text) => {
              area.value = text;
              area.dispatchEvent(new InputEvent("input", { bubbles: true }));
            }""",
            text,
        )

    def use(self) -> list[list[float]]:
        """Use the points, and return the rows that are trained on."""
        run = self.playground.run
        self.use_button.click()
        self.playground.wait_run(run + 1)
        expect(self.dialog).to_be_hidden()
        rows: list[list[float]] = self.playground.value("data.rows")
        return rows


def same_points(playground: Playground, rows: list[Any]) -> bool:
    """Whether the points on the map are these rows."""
    _, arrays = playground.scene()
    shown = np.column_stack([arrays["points"], arrays["labels"]])
    given = np.array(rows)
    return np.allclose(sorted(map(tuple, shown)), sorted(map(tuple, given)), atol=1e-5)


def test_points_painted_with_a_mouse_are_learned_from(playground: Playground, visit: Visit):
    playground.open("data=gauss&layers=4")
    editor = Editor(playground)
    editor.open()
    expect(editor.use_button).to_be_disabled()
    editor.press((-4, 3), (-3, 0.5), (-3.5, -2))
    expect(playground.get("own-said")).to_contain_text("two classes")
    editor.choose("paint-class-1")
    editor.drag((2, 4), (2, -4))
    first, second = editor.counts()
    assert first == 3
    assert second > 10
    playground.get("paint-undo").click()
    assert editor.counts() == [3, 0]
    playground.get("paint-redo").click()
    playground.get("add-class").click()
    editor.choose("brush-spray")
    editor.press((0, 5))
    editor.choose("brush-erase")
    editor.press((-3, 0.5))
    assert editor.counts() == [2, second, 4]
    assert playground.value("data.kind") == "gauss", "nothing changes before the points are used"

    rows = editor.use()
    assert [sum(label == i for *_, label in rows) for i in range(3)] == [2, second, 4]
    for seen, wanted in zip(rows[:2], [(-4, 3), (-3.5, -2)], strict=True):
        assert seen == pytest.approx([*wanted, 0], abs=0.03)
    assert same_points(playground, rows)
    assert playground.status["units"][-1] == 3

    editor.open()
    assert editor.counts() == [2, second, 4]
    playground.get("own-cancel").click()
    playground.choose_data("xor")
    playground.tile("custom").click()
    playground.wait_value("data.rows", rows)
    expect(editor.dialog).to_be_visible()
    other = visit(playground.page.url.partition("#")[2])
    other.step(5)
    playground.get("own-cancel").click()
    playground.step(5)
    assert other.losses() == playground.losses()


def test_points_are_painted_with_the_keyboard(playground: Playground):
    playground.open()
    keyboard = playground.page.keyboard
    playground.get("open-own-data").focus()
    keyboard.press("Enter")
    editor = Editor(playground)
    expect(editor.canvas).to_be_focused()
    for key in (
        "ArrowRight",
        "Shift+ArrowUp",
        "Enter",
        "1",
        "ArrowLeft",
        "ArrowLeft",
        "Space",
        "ArrowDown",
        "Enter",
    ):
        keyboard.press(key)
    assert editor.counts() == [1, 2]
    keyboard.press("ControlOrMeta+z")
    assert editor.counts() == [1, 1]
    keyboard.press("ControlOrMeta+y")
    keyboard.press("Delete")
    assert editor.counts() == [1, 1]
    editor.use_button.focus()
    run = playground.run
    keyboard.press("Enter")
    playground.wait_run(run + 1)
    assert playground.value("data.rows") == [[0.2, 1, 0], [-0.2, 1, 1]]
    assert playground.status["phase"] == "paused", "Space painted, it did not play"
    expect(playground.get("open-own-data")).to_be_focused()


@pytest.mark.viewport(390, 844)
def test_points_are_painted_with_a_finger(visit: Visit):
    phone = visit("", has_touch=True, is_mobile=True)
    editor = Editor(phone)
    phone.get("open-own-data").tap()
    expect(editor.dialog).to_be_visible()
    phone.page.touchscreen.tap(*editor.place((-3, 3)))
    editor.label("paint-class-1").tap()
    client = phone.page.context.new_cdp_session(phone.page)
    stops = [editor.place((2, 3 - i)) for i in range(7)]
    client.send("Input.dispatchTouchEvent", {"type": "touchStart", "touchPoints": [at(stops[0])]})
    for stop in stops[1:]:
        client.send("Input.dispatchTouchEvent", {"type": "touchMove", "touchPoints": [at(stop)]})
    client.send("Input.dispatchTouchEvent", {"type": "touchEnd", "touchPoints": []})
    expect(phone.page.locator(".class-chip .class-count").last).not_to_have_text("0")
    first, second = editor.counts()
    assert first == 1
    assert second > 10, "the finger painted and did not scroll"
    rows = editor.use()
    assert rows[0] == pytest.approx([-3, 3, 0], abs=0.05)
    assert same_points(phone, rows)


def at(place: tuple[float, float]) -> dict[str, float]:
    return {"x": place[0], "y": place[1]}


def test_a_table_with_mistakes_says_where_and_stays(playground: Playground):
    playground.open()
    editor = Editor(playground)
    editor.open()
    lines = ["height;weight;species", "0;10;setosa", "300;abc;virginica", "150;15;setosa"]
    editor.write("\n".join(lines))
    report = playground.get("table-report")
    expect(report).to_contain_text("Line 3: expected a number for x2, found “abc”")
    expect(editor.use_button).to_be_disabled()
    report.get_by_role("button", name="Line 3").click()
    area = playground.get("table-text")
    expect(area).to_be_focused()
    playground.page.keyboard.type("300;30;virginica")
    expect(area).to_have_value("\n".join(lines).replace("abc", "30"))
    expect(report).to_contain_text("3 points, separated by semicolons.")
    expect(report.get_by_role("listitem")).to_contain_text(["setosa", "virginica"])
    expect(playground.get("scale")).to_be_checked()
    expect(editor.label("scale")).to_contain_text("x1 is from 0 to 300, x2 from 10 to 30")
    playground.get("scale").uncheck()
    expect(playground.get("own-said")).to_contain_text("scale them to the map")
    expect(editor.use_button).to_be_disabled()
    playground.get("scale").check()
    assert editor.use() == [[-5, -5, 0], [5, 5, 1], [0, -2.5, 0]]


@pytest.mark.allow_console("WebSocket", "ERR_CONNECTION")
def test_painting_goes_on_while_the_line_is_lost(visit: Visit, start_server: StartServer):
    server = start_server()
    playground = visit("", base=server.url)
    playground.wait_chart_begun()  # all that the page loads is there
    playground.wait_pictures()
    editor = Editor(playground)
    editor.open()
    editor.press((-2, 0))
    server.stop()
    expect(playground.get("status")).not_to_have_text("Connected")
    editor.choose("paint-class-1")
    editor.press((2, 0))
    editor.use_button.click()
    expect(playground.get("own-said")).to_have_text(
        "There is no connection now; your points stay here."
    )
    editor.write("1,2,a\n3,4,b")
    expect(playground.get("table-report")).to_contain_text("The server does not answer")
    editor.choose("way-paint")
    start_server(port=int(server.url.rpartition(":")[2]))
    playground.look_again()
    playground.ready()
    assert [row[2] for row in editor.use()] == [0, 1]


def test_what_is_downloaded_can_be_uploaded(playground: Playground, tmp_path: Path):
    playground.open("data=spirals&data.points=60&data.noise=0.1")
    with playground.page.expect_download() as download:
        playground.in_sight(playground.get("download-data")).click()
    assert download.value.suggested_filename == "spirals.csv"
    path = tmp_path / "mine.csv"
    download.value.save_as(path)
    header, *lines = path.read_text().splitlines()
    assert header == "x1,x2,label,split"
    assert [line.endswith(",train") for line in lines] == [True] * 30 + [False] * 30
    _, before = playground.scene()

    editor = Editor(playground)
    editor.open()
    editor.choose("way-table")
    playground.get("table-file").set_input_files(path)
    expect(playground.get("table-report")).to_contain_text("60 points")
    rows = editor.use()
    given = np.column_stack([before["points"], before["labels"]])
    assert np.allclose(rows, given, atol=1e-5)

    editor.open()
    file: FilePayload = {"name": "a.csv", "mimeType": "text/csv", "buffer": b"1,2,\xff"}
    playground.get("table-file").set_input_files(file)
    expect(playground.get("table-report")).to_contain_text("not text in UTF-8")
    expect(playground.get("table-text")).to_have_value(path.read_text())


@pytest.mark.parametrize("count", [300, 2000])
def test_a_link_carries_many_points(playground: Playground, visit: Visit, count: int):
    rng = random.Random(count)
    rows = [
        [round(rng.uniform(-6, 6), 5), round(rng.uniform(-6, 6), 5), i % 3] for i in range(count)
    ]
    playground.open()
    editor = Editor(playground)
    editor.open()
    editor.write("\n".join(f"{x1} {x2} {label}" for x1, x2, label in rows))
    expect(playground.get("table-report")).to_contain_text(f"{count} points, separated by spaces")
    assert editor.use() == rows
    playground.step(2)
    other = visit(playground.page.url.partition("#")[2])
    assert other.value("data.rows") == rows
    other.step(2)
    assert other.losses() == playground.losses()


TEAMS = "\n".join(
    ["Key,Side,height,weight,team"]
    + [
        f"{100 + i},l,{1.4 + i / 50:.2f},{60 + 7 * (i % 9)},{('red <b>', 'grün', 'NA or so')[i % 3]}"
        for i in range(45)
    ]
)


def test_columns_are_chosen_above_the_preview_and_names_travel(
    playground: Playground, visit: Visit
):
    playground.open()
    editor = Editor(playground)
    editor.open()
    editor.write(TEAMS)
    report = playground.get("table-report")
    expect(report).to_contain_text("45 points, separated by commas. Not read: Key, Side.")
    chosen = {role: playground.get(f"column-{role}") for role in ("x1", "x2", "label")}
    expect(chosen["x1"]).to_have_value("2")
    expect(chosen["x2"]).to_have_value("3")
    expect(chosen["label"]).to_have_value("4")
    chosen["x1"].select_option("weight")
    # whoever had the column takes the other one
    expect(chosen["x2"]).to_have_value("2")
    expect(report.locator(".table-label")).to_have_text(["NA or so", "grün", "red <b>"])
    rows = editor.use()
    assert len(rows) == 45
    names = ["NA or so", "grün", "red <b>"]
    assert playground.value("data.class_names") == names
    assert playground.value("data.column_names") == ["weight", "height", "team"]
    expect(playground.get("legend").locator(".legend-name")).to_have_text(names)
    playground.step(3)

    other = visit(playground.page.url.partition("#")[2])
    other.step(3)
    assert other.value("data.class_names") == names
    assert other.losses() == playground.losses()
    other.page.get_by_role("tab", name="Answers").click()
    table = other.get("confusion-training")
    expect(table.locator("thead th")).to_have_text(["actual ↓ / predicted →", *names])
    other.get("boundary").hover()
    expect(other.get("reading")).to_contain_text(re.compile("→ (NA or so|grün|red <b>)"))
    assert other.page.locator("b").count() == 0, "names are text"


def test_a_row_without_a_label_is_named_and_left_out_at_a_press(playground: Playground):
    playground.open()
    editor = Editor(playground)
    editor.open()
    editor.write("x,y,label\n1,2,a\n2,3,NA\n3,4,b\n0,1,a")
    report = playground.get("table-report")
    expect(report).to_contain_text("Line 3: expected a label, found “NA”")
    report.get_by_role("button", name="Leave out the row that lacks a value").click()
    expect(report).to_contain_text("1 row is left out, as it lacks a value (line 3).")
    assert editor.use() == [[1, 2, 0], [3, 4, 1], [0, 1, 0]]


def test_too_many_rows_are_thinned_at_a_press(playground: Playground):
    playground.open()
    editor = Editor(playground)
    editor.open()
    editor.write("\n".join(f"{i / 500},{i % 7},{'ab'[i % 4 == 0]}" for i in range(2400)))
    report = playground.get("table-report")
    expect(report).to_contain_text("there are 2,400")
    report.get_by_role("button", name="Keep 2,000 of them").click()
    expect(report).to_contain_text("1,500 of 1,800 “a”, 500 of 600 “b”")
    assert len(editor.use()) == 2000


def test_four_points_are_all_trained_on_and_learned(playground: Playground):
    playground.open("layers=8&loss=cross_entropy&optimizer=adam&optimizer.learning_rate=0.05")
    editor = Editor(playground)
    editor.open()
    editor.choose("way-table")
    file: FilePayload = {
        "name": "xor.data",
        "mimeType": "application/octet-stream",
        "buffer": b"0,0,0\n0,1,1\n1,0,1\n1,1,0\n",
    }
    playground.get("table-file").set_input_files(file)
    expect(playground.get("table-report")).to_contain_text("4 points")
    expect(playground.get("train-on-all")).to_be_checked()
    editor.use()
    assert playground.value("data.train_share") == 1
    expect(playground.get("no-test-points")).to_be_visible()
    expect(playground.get("test-loss")).to_have_text("–")
    playground.step(1500)
    expect(playground.get("train-accuracy")).to_have_text("100.0 %")
    assert playground.status["findings"] == []
    editor.open()
    editor.label("train-on-all").click()
    editor.use()
    assert playground.value("data.train_share") == 0.5
    expect(playground.get("no-test-points")).to_be_hidden()


def test_a_column_of_numbers_is_learned_in_its_own_units(playground: Playground, visit: Visit):
    playground.open("layers=4")
    editor = Editor(playground)
    editor.open()
    lines = [f"{i % 5},{i % 7},{100 + 20 * (i % 5) + 10 * (i % 7)}" for i in range(35)]
    editor.write("\n".join(["rooms,area,price", *lines]))
    report = playground.get("table-report")
    expect(report).to_contain_text("“price” has 15 different labels, and 8 can be told apart.")
    report.get_by_role("button", name="Learn its numbers").click()
    expect(report).to_contain_text("price is from 100 to 240.")
    editor.label("train-on-all").click()
    rows = editor.use()
    assert rows[:2] == [[0, 0, 100], [1, 1, 130]]
    assert playground.value("data.kind") == "custom_values"
    expect(playground.get("legend")).to_have_text("price100240")
    playground.step(20)
    other = visit(playground.page.url.partition("#")[2])
    other.step(20)
    assert other.losses() == playground.losses()
    other.get("boundary").hover()
    expect(other.get("reading")).to_contain_text(re.compile(r"price \d\d\d"))
    editor.open()
    editor.choose("way-paint")
    expect(editor.dialog).to_contain_text("brushes paint classes")
    editor.press((0, 0))
    expect(playground.get("own-count")).to_have_text("35 of 2,000 points")


SHAPES = """() => {
  const canvas = document.querySelector('.output-overlay');
  const copy = new OffscreenCanvas(canvas.width, canvas.height).getContext("2d");
  copy.drawImage(canvas, 0, 0);
  const box = [...copy.getImageData(0, 0, canvas.width, canvas.height).data];
  return [canvas.width, canvas.height, box];
}"""


def test_eight_classes_differ_without_colour(playground: Playground):
    """Two points of each class on the map: filled where one trains, hollow where the other tests."""
    places = [(-4.5 + 3 * (i % 4), 3 if i < 4 else -3) for i in range(8)]
    text = "\n".join(f"{x1},{x2},c{i}\n{x1},{x2 - 2},c{i}" for i, (x1, x2) in enumerate(places))
    playground.open()
    editor = Editor(playground)
    editor.open()
    editor.write(text)
    expect(playground.get("table-report")).to_contain_text("16 points")
    editor.label("train-on-all").click()
    editor.use()
    paths = (
        playground.get("legend")
        .locator("path")
        .evaluate_all("(paths) => paths.map((path) => path.getAttribute('d'))")
    )
    assert len(set(paths)) == 8
    playground.in_sight(playground.get("mark-mistakes")).set_checked(False)
    playground.in_sight(playground.get("show-test")).set_checked(True)
    playground.page.evaluate(
        "new Promise((done) => requestAnimationFrame(() => requestAnimationFrame(done)))"
    )
    width, height, flat = playground.page.evaluate(SHAPES)
    picture = np.array(flat).reshape(height, width, 4)
    scale = width / (playground.box(playground.page.locator(".output-overlay"))["width"])
    _, arrays = playground.scene()
    size = width / scale - LEFT - RIGHT
    seen = []
    for x1, x2 in arrays["points"]:
        across = (LEFT + (x1 + 6) / 12 * size) * scale
        down = (TOP + (6 - x2) / 12 * size) * scale
        reach = round(7 * scale)
        row, column = round(down), round(across)
        seen.append(picture[row - reach : row + reach + 1, column - reach : column + reach + 1])
    order = np.argsort(arrays["labels"][:8])
    masks = [(seen[i][..., 3] > 100) for i in order]
    for one in range(8):
        for other in range(one):
            assert (masks[one] ^ masks[other]).sum() >= 6, (one, other)
    # the middle of a point that tests is lighter than that of one that trains
    for label in range(8):
        filled, hollow = (
            seen[half + int(np.flatnonzero(arrays["labels"][half : half + 8] == label)[0])]
            for half in (0, 8)
        )
        # the very middle: the sides of a triangle are two pixels away from it
        middle = len(filled) // 2
        colours = [part[middle, middle, :3].astype(int) for part in (filled, hollow)]
        assert np.abs(colours[0] - colours[1]).sum() > 100, label
