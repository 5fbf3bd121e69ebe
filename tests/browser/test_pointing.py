"""Pointing at units: what the cards and the map beside the network show, and how they are put away."""

import re

from playwright.sync_api import expect

from tests.browser.playground_page import Playground

FINEST = "() => wire.drawn.grid === 100"
SAME = """() => {
  const [pinned, current] = ["compare-pinned", "compare-current"].map((name) => {
    const copy = new OffscreenCanvas(400, 400).getContext("2d");
    copy.drawImage(document.querySelector(`[data-testid="${name}"]`), 0, 0, 400, 400);
    return copy.getImageData(0, 0, 400, 400).data;
  });
  return pinned.every((value, at) => Math.abs(value - current[at]) < 8);
}"""


def test_pointing_at_the_output_keeps_the_map_as_fine_as_it_is(playground: Playground):
    playground.open("data=xor")
    playground.step(5)
    playground.wait(FINEST)
    smooth = playground.picture("boundary")
    playground.page.get_by_role("button", name="Output", exact=True).hover()
    expect(playground.get("network-reading")).to_contain_text("Output")
    expect(playground.page.locator(".output-title")).to_have_text("Output")
    assert playground.picture("boundary") == smooth
    playground.page.get_by_role("button", name="Layer 1, neuron 1", exact=True).hover()
    expect(playground.page.locator(".output-title")).to_have_text("Layer 1, neuron 1")
    playground.page.mouse.move(0, 0)
    expect(playground.page.locator(".output-title")).to_be_hidden()
    assert playground.picture("boundary") == smooth


def test_one_of_several_outputs_gets_as_fine_a_map(playground: Playground):
    playground.open("data=blobs&loss=cross_entropy")
    playground.step(2)
    playground.wait(FINEST)
    with playground.redrawn():
        playground.page.get_by_role("button", name="Output 1", exact=True).hover()
    assert playground.page.evaluate(
        "wire.drawn.arrays.some(([name, , [, grid]]) => name === 'scores' && grid === 100)"
    )


def test_escape_puts_card_and_map_away(playground: Playground):
    playground.open()
    unit = playground.page.get_by_role("button", name="Layer 1, neuron 1", exact=True)
    card, title = playground.get("network-reading"), playground.page.locator(".output-title")
    unit.focus()
    expect(card).to_be_visible()
    expect(title).to_be_visible()
    playground.page.keyboard.press("Shift+ArrowDown")
    expect(card).to_contain_text("→")
    playground.page.keyboard.press("Escape")
    expect(card).not_to_contain_text("→")
    playground.page.keyboard.press("Escape")
    expect(card).to_be_hidden()
    expect(title).to_be_hidden()
    expect(unit).to_be_focused()
    playground.page.keyboard.press("ArrowDown")
    expect(card).to_contain_text("neuron 2")
    playground.page.keyboard.press("Escape")
    unit.hover()
    expect(card).to_be_visible()
    playground.page.keyboard.press("Escape")
    expect(card).to_be_hidden()
    expect(title).to_be_hidden()


def test_a_pinned_map_is_as_fine_as_the_other(playground: Playground):
    playground.open("data=spiral")
    playground.step(20)
    playground.wait(FINEST)
    playground.get("runs").click()
    pin = playground.get("run-pin").first
    expect(pin).to_have_attribute("data-tip", re.compile("^Draws its curves and its map beside"))
    pin.click()
    expect(pin).to_have_attribute("data-tip-title", "Unpin")
    expect(pin).to_have_attribute("data-tip", re.compile("^Removes its curves and its map"))
    playground.page.keyboard.press("Escape")
    pinned = playground.get("compare-pinned")
    expect(pinned).to_be_visible()
    pinned.scroll_into_view_if_needed()
    assert pinned.evaluate("(image) => image.decode().then(() => image.naturalWidth)") == 400
    playground.wait(SAME)
