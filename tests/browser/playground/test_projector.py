"""The projector view: everything at once, large, in strong colours, and led by a clicker."""

import pytest
from playwright.sync_api import expect

from tests.browser.cases import at_sizes
from tests.browser.conftest import Visit
from tests.browser.playground_page import Playground

PARTS = ("network", "boundary", "play", "epoch", "loss-chart", "train-loss", "test-loss")
SMALLEST = """() => {
  const texts = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
  const sizes = [];
  while (texts.nextNode()) {
    const { parentElement: element, textContent: text } = texts.currentNode;
    if (text.trim() && element.checkVisibility({ visibilityProperty: true })) {
      sizes.push(parseFloat(getComputedStyle(element).fontSize));
    }
  }
  return Math.min(...sizes);
}"""


@pytest.mark.color_scheme("dark")
@at_sizes((853, 480), (1024, 768), (1920, 1080))
def test_all_is_seen_from_the_last_row(playground: Playground, size: tuple[int, int]):
    """A projector of 1280×720 at 150 % has 853×480 pixels of the page: there 14 are 21 of its own."""
    playground.open("preset=vanishing")
    playground.page.keyboard.press("p")
    playground.get("step").click()
    playground.wait_steps(1)
    playground.settle()
    width, height = size
    boxes = {name: playground.box(playground.get(name)) for name in PARTS}
    for name, box in boxes.items():
        assert box["x"] >= 0, name
        assert box["y"] >= 0, name
        assert box["x"] + box["width"] <= width, name
        assert box["y"] + box["height"] <= height, name
    assert boxes["network"]["x"] + boxes["network"]["width"] <= boxes["boundary"]["x"]
    assert boxes["boundary"]["height"] >= 0.55 * min(height, 0.6 * width)
    assert playground.page.evaluate(SMALLEST) >= 0.0164 * width - 0.01
    assert playground.class_colours()[:2] == [(0xE0, 0x78, 0x00), (0x00, 0x5F, 0xAE)]
    expect(playground.page.locator("body")).to_have_css("background-color", "rgb(255, 255, 255)")


def test_a_board_for_fingers_shows_every_neuron(visit: Visit):
    board = visit("preset=spiral", viewport={"width": 1280, "height": 720}, has_touch=True)
    board.page.keyboard.press("p")
    expect(board.get("projector-title")).to_be_visible()
    board.wait(
        "() => document.querySelector('.network-stage').offsetHeight"
        " <= document.querySelector('.network-scroller').clientHeight"
    )


def test_keys_lead_in_through_stories_and_out(playground: Playground):
    playground.open("preset=spiral")
    before = playground.box(playground.get("boundary"))
    keyboard = playground.page.keyboard
    playground.get("project").click()
    expect(playground.get("projector-title")).to_have_text("Solve the spiral")
    keyboard.press("PageDown")
    expect(playground.get("projector-title")).not_to_have_text("Solve the spiral")
    keyboard.press("PageUp")
    expect(playground.get("projector-title")).to_have_text("Solve the spiral")
    keyboard.press("b")
    expect(playground.get("blank")).to_be_visible()
    keyboard.press("b")
    expect(playground.get("blank")).not_to_be_visible()
    keyboard.press("Escape")
    expect(playground.page.locator("html")).to_have_attribute("data-theme", "light")
    assert playground.box(playground.get("boundary")) == before


def test_without_a_story_a_clicker_steps(playground: Playground):
    playground.open("data=circle")
    playground.page.keyboard.press("p")
    per = playground.status["steps_per_epoch"]
    playground.page.keyboard.press("PageDown")
    playground.wait_steps(per)
    playground.settle()
    playground.page.keyboard.press("PageUp")
    playground.wait("() => wire.drawn.step === 0")
    expect(playground.page.locator("#data-panel")).not_to_be_visible()
