"""Where things stand: the map is the largest, nothing moves when a story opens, a phone has room for it."""

from typing import Any

import pytest
from playwright.sync_api import Page, expect

from tests.browser.cases import at_sizes
from tests.browser.playground_page import Playground
from tests.browser.race_page import RacePage

PARTS = ("boundary", "network", "play", "timeline")
EIGHTS = "preset=vanishing"


def places(playground: Playground) -> dict[str, Any]:
    """Where the parts stand that nothing may move."""
    return {name: playground.box(playground.get(name)) for name in PARTS}


def least_tile(playground: Playground) -> float:
    """The side of the smallest neuron on the page."""
    sides: float = playground.page.evaluate(
        """() => Math.min(...[...document.querySelectorAll(".unit:not(.feature)")].map((unit) => {
          const around = parseFloat(getComputedStyle(unit).outlineOffset) || 0;
          return unit.offsetWidth + 2 * around;
        }))"""
    )
    return sides


@pytest.mark.parametrize(
    ("map_side", "tile"),
    [
        pytest.param(340, 30, marks=pytest.mark.viewport(1280, 800)),
        pytest.param(520, 44, marks=pytest.mark.viewport(1920, 1080)),
    ],
)
def test_the_map_and_the_neurons_are_large(playground: Playground, map_side: int, tile: int):
    playground.open(EIGHTS)
    expect(playground.get("lesson-title")).to_be_visible()
    box = playground.box(playground.get("boundary"))
    assert box["width"] >= map_side
    assert box["height"] == box["width"]
    assert least_tile(playground) >= tile
    chart = playground.box(playground.get("loss-chart"))
    assert chart["width"] * chart["height"] < box["width"] * box["height"]


@at_sizes((1024, 768), (1280, 800), (1920, 1080))
def test_a_story_moves_nothing_else(playground: Playground, size: tuple[int, int]):
    playground.open("preset=vanishing")
    before = places(playground)
    playground.get("lesson-close").click()
    expect(playground.get("lesson-title")).to_have_count(0)
    assert places(playground) == before
    expect(playground.get("new-data")).to_be_visible()


def test_stories_follow_each_other(playground: Playground):
    playground.open("preset=linear")
    expect(playground.get("story-progress")).to_contain_text("2 of")
    run = playground.run
    playground.get("story-next").click()
    playground.wait_run(run + 1)
    expect(playground.get("story-progress")).to_contain_text("3 of")
    playground.get("story-back").click()
    playground.wait_run(run + 2)
    expect(playground.get("lesson-title")).to_have_text("A straight line cannot")


CUT_CARDS = """(cards) => cards.filter((card) => {
  const floor = card.closest(".inside").getBoundingClientRect().bottom;
  const words = [...card.children].map((part) => part.getBoundingClientRect());
  const box = card.getBoundingClientRect();
  return box.bottom > floor || words.some(({ right, bottom }) => right > box.right || bottom > box.bottom);
}).map((card) => card.textContent)"""


def test_the_questions_about_the_network_are_read_whole(playground: Playground):
    playground.open()
    cards = playground.page.locator(".inside-question")
    expect(cards).to_have_count(5)
    for width, height in ((853, 480), (1024, 768), (1280, 800), (1440, 900), (1920, 1080)):
        playground.page.set_viewport_size({"width": width, "height": height})
        playground.wait("(width) => document.documentElement.clientWidth === width", width)
        assert cards.evaluate_all(CUT_CARDS) == [], width


@pytest.mark.viewport(390, 844)
def test_on_a_phone_the_transport_leaves_room_for_the_map(playground: Playground):
    playground.open()
    assert playground.box(playground.transport)["height"] <= 91
    assert playground.box(playground.get("boundary"))["width"] >= 320
    for name in ("play", "step", "reset", "new-start", "speed", "step-count", "timeline"):
        box = playground.box(playground.get(name))
        assert 0 <= box["x"] <= 390 - box["width"], name


@pytest.mark.viewport(390, 844)
def test_on_a_phone_ten_thousand_epochs_leave_the_timeline_where_it_is(playground: Playground):
    playground.open()
    before = playground.box(playground.get("timeline"))
    playground.get("epoch").evaluate("(value) => { value.textContent = '10,000'; }")
    assert playground.box(playground.get("timeline")) == before


@pytest.mark.viewport(390, 844)
def test_on_a_phone_a_step_of_a_thousand_is_read_whole(playground: Playground):
    playground.open()
    count = playground.get("step-count")
    count.fill("1000")
    count.press("Tab")
    assert count.evaluate("(field) => field.scrollWidth <= field.clientWidth"), "read whole"


@pytest.mark.viewport(390, 844)
def test_on_a_phone_play_brings_the_map_of_a_story_in_sight(playground: Playground):
    playground.open("preset=linear")
    boundary = playground.get("boundary")
    expect(playground.get("lesson-title")).to_be_in_viewport()
    expect(boundary).not_to_be_in_viewport(ratio=0.9)
    playground.play()
    expect(boundary).to_be_in_viewport(ratio=1)
    box = playground.box(boundary)
    assert box["y"] + box["height"] <= playground.box(playground.transport)["y"]
    playground.pause()


@pytest.mark.viewport(390, 844)
def test_on_a_phone_a_finding_stands_over_the_transport(playground: Playground):
    playground.open("data=xor&layers=")
    playground.step(40)
    line = playground.get("finding-line")
    expect(line).to_be_in_viewport(ratio=1)
    box = playground.box(line)
    assert box["y"] + box["height"] <= playground.box(playground.transport)["y"]
    text = playground.get("finding-text")
    assert text.evaluate("(text) => text.scrollHeight <= text.clientHeight"), "read whole"
    playground.get("finding-hide").click()
    expect(line).to_have_count(0)


@pytest.mark.viewport(390, 844)
def test_on_a_phone_a_finding_leaves_an_open_panel_in_sight(playground: Playground):
    playground.open("data=xor&layers=")
    playground.step(40)
    line = playground.get("finding-line")
    whole = playground.box(line)["height"]
    playground.get("tab-weights").click()
    expect(playground.get("weights-sentence")).not_to_be_empty()
    assert playground.box(line)["height"] <= min(48, whole / 2)
    expect(playground.get("finding-text")).to_contain_text("Only a straight line")
    sentence = playground.get("weights-sentence")
    assert sentence.evaluate("(text) => text.scrollHeight <= text.clientHeight"), "read whole"
    playground.get("finding").click()
    expect(playground.get("findings-panel")).to_contain_text("Add a hidden layer")


@pytest.mark.viewport(844, 390)
def test_a_phone_on_its_side_shows_the_whole_map_and_the_transport(playground: Playground):
    playground.open()
    bar = playground.box(playground.transport)
    square = playground.box(playground.page.locator(".output-square"))
    assert bar["y"] + bar["height"] <= 390
    assert square["y"] + square["height"] <= bar["y"]
    assert playground.box(playground.get("boundary"))["width"] >= 180


@at_sizes((844, 390), (853, 480))
def test_in_a_low_window_a_race_is_seen_whole_over_its_transport(page: Page, size: tuple[int, int]):
    race = RacePage(page)
    race.open("")
    frame = race.box(page.locator(".race-frame"))
    assert frame["height"] >= 240
    assert frame["y"] + frame["height"] <= race.box(race.transport)["y"]


def test_eight_classes_leave_the_map_where_it_is(playground: Playground):
    playground.open()
    boundary = playground.box(playground.get("boundary"))
    playground.open("data=blobs&data.classes=8&loss=cross_entropy")
    assert playground.box(playground.get("boundary")) == boundary


@at_sizes((1280, 800), (390, 844))
def test_nothing_moves_while_it_trains(playground: Playground, size: tuple[int, int]):
    playground.open()
    playground.step(1)
    playground.wait_chart_begun()
    playground.play()
    assert playground.shifts(600) == []


@pytest.mark.viewport(390, 844)
def test_a_race_has_its_transport_in_two_rows_as_well(page: Page):
    race = RacePage(page)
    race.open("")
    assert race.box(race.transport)["height"] <= 91
    first = ("steps", "timeline", "reset")
    second = ("step-back", "play", "step", "speed")
    rows = [[race.box(race.get(name)) for name in names] for names in (first, second)]
    for name, box in zip((*first, *second), (*rows[0], *rows[1]), strict=True):
        assert 0 <= box["x"] <= 390 - box["width"], name
    lowest = max(box["y"] + box["height"] / 2 for box in rows[0])
    assert all(box["y"] + box["height"] / 2 > lowest for box in rows[1])


@pytest.mark.allow_console("willReadFrequently")
def test_no_mistake_is_ringed_before_the_first_step(playground: Playground):
    playground.open()
    blank = """(canvas) => canvas.getContext("2d")
      .getImageData(0, 0, canvas.width, canvas.height).data.every((value) => value === 0)"""
    marks = playground.get("marks")
    assert marks.evaluate(blank)
    playground.step(1)
    playground.wait("() => wire.drawn.step > 0")
    expect(marks).to_be_attached()
    handle = marks.element_handle()
    playground.wait(f"(canvas) => !({blank})(canvas)", handle)
    playground.reset()
    playground.wait(blank, handle)


CUT = """(heads) => heads.filter((head) => {
  const list = head.querySelector("select");
  const name = head.querySelector(".layer-kind");
  if (name.checkVisibility()) {
    return name.scrollWidth > name.clientWidth || name.scrollHeight > name.clientHeight;
  }
  const style = getComputedStyle(list);
  const pen = document.createElement("canvas").getContext("2d");
  pen.font = `${style.fontWeight} ${style.fontSize} ${style.fontFamily}`;
  const room = list.clientWidth - parseFloat(style.paddingLeft) - parseFloat(style.paddingRight);
  return pen.measureText(list.selectedOptions[0].text).width > room + 1;
}).length"""
"""Above how many layers the name of the activation is not read whole."""


@pytest.mark.parametrize(
    ("layers", "kind"),
    [
        (2, "leaky_relu"),
        (5, "leaky_relu"),
        (6, "leaky_relu"),
        (8, "leaky_relu"),
        (8, "sigmoid"),
        (8, "softplus"),
    ],
)
def test_the_name_of_every_activation_is_read_whole(playground: Playground, layers: int, kind: str):
    kinds = "".join(f"&layers.{i}.activation={kind}" for i in range(layers))
    playground.open("layers=" + ",".join(["8"] * layers) + kinds)
    heads = playground.page.locator(".layer-activation")
    expect(heads).to_have_count(layers)
    chosen = heads.first.locator("option:checked").text_content() or ""
    expect(heads.first.locator(".layer-kind")).to_have_text(chosen)
    for width in (1024, 1280, 1920):
        playground.page.set_viewport_size({"width": width, "height": 900})
        playground.wait("(width) => document.documentElement.clientWidth === width", width)
        assert heads.evaluate_all(CUT) == 0


OVERLAPS = """() => [...document.querySelectorAll(".layer-line")].flatMap((line) => {
  const parts = [...line.querySelectorAll("button, select, output")].filter((one) => one.checkVisibility());
  const boxes = parts.map((one) => one.getBoundingClientRect());
  return parts.filter((_, i) => boxes.some((b, j) => j > i
    && boxes[i].left < b.right - 1 && b.left < boxes[i].right - 1
    && boxes[i].top < b.bottom - 1 && b.top < boxes[i].bottom - 1)).map((one) => one.outerHTML);
})"""


@pytest.mark.parametrize("layers", [2, 6])
def test_nothing_above_a_layer_lies_on_anything_else(playground: Playground, layers: int):
    playground.open("layers=" + ",".join(["4"] * layers))
    for width in (1024, 1280, 1600, 1920, 2560):
        playground.page.set_viewport_size({"width": width, "height": 900})
        playground.wait("(width) => document.documentElement.clientWidth === width", width)
        assert playground.page.evaluate(OVERLAPS) == []


def test_one_list_sets_the_activation_of_every_layer(playground: Playground):
    playground.open("layers=4,3,2")
    playground.step(1)
    playground.get("every-activation").select_option("relu")
    playground.wait_value("layers.2.activation.kind", "relu")
    kinds = [layer["activation"]["kind"] for layer in playground.value("layers")]
    assert kinds == ["relu", "relu", "relu"]
    assert playground.steps == 25, "training goes on"
    playground.choose("layers.1.activation.kind", "sine")
    expect(playground.get("every-activation")).to_have_value("mixed")


def test_play_begins_slowly_and_grows_faster(playground: Playground):
    playground.open()
    expect(playground.get("speed")).to_have_value("rising")
    assert playground.status["speed"] == "rising"
    playground.get("play").click()
    playground.wait_steps(30)
    first = playground.page.evaluate("performance.now()")
    playground.wait_steps(60)
    middle = playground.page.evaluate("performance.now()")
    playground.wait_steps(1200)
    playground.wait("() => wire.status.phase === 'playing'")
    # thirty steps took half a second at the beginning; a machine can only be slower than its clock
    assert middle - first > 200
    playground.pause()
