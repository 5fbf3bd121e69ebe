"""Weights and biases by hand: read, set and frozen where they are drawn."""

import pytest
from playwright.sync_api import expect

from tests.browser.conftest import Visit
from tests.browser.playground_page import Playground

THETA = """(name) => wire.status.layout.find((entry) => entry.name === name)"""


def test_a_bias_is_set_and_frozen_and_stays(playground: Playground, visit: Visit):
    playground.open()
    playground.page.get_by_role("button", name="Output", exact=True).click()
    editor = playground.get("parameter-editor")
    expect(editor).to_contain_text("Output")
    playground.get("value-output.b.0").fill("-2.5")
    playground.get("value-output.b.0").press("Enter")
    playground.wait("() => wire.status.edits.length === 1")
    playground.get("freeze-output.b.0").check()
    playground.wait("() => wire.status.spec.frozen.length === 1")
    playground.page.keyboard.press("Escape")
    expect(editor).to_be_hidden()
    playground.step(5)
    playground.page.get_by_role("button", name="Output", exact=True).hover()
    expect(playground.get("network-reading")).to_contain_text("−2.500 frozen")

    # the link brings both, and the same numbers
    other = visit(playground.page.url.partition("#")[2])
    other.step(5)
    assert other.losses() == playground.losses()


def test_an_edge_is_set_by_keyboard_and_nonsense_is_refused(playground: Playground):
    playground.open()
    neuron = playground.page.get_by_role("button", name="Layer 1, neuron 1", exact=True)
    neuron.focus()
    neuron.press("Shift+ArrowDown")
    neuron.press("Enter")
    value = playground.get("value-layers.0.W.0.0")
    expect(value).to_be_focused()
    value.fill("1e99")
    value.press("Enter")
    expect(playground.get("parameter-editor")).to_contain_text("Allowed: a number")
    value.fill("3")
    value.press("Enter")
    playground.wait("() => wire.status.edits[0]?.changes['theta.layers.0.W.0.0'] === 3")
    playground.page.keyboard.press("Escape")
    expect(neuron).to_be_focused()
    expect(playground.get("network-reading")).to_contain_text("+3.000")


EDGE = "layers.0.W.0.0"


def weight(playground: Playground) -> float | None:
    """What the edge was set to, if it was."""
    for edit in playground.status["edits"]:
        if f"theta.{EDGE}" in edit["changes"]:
            return edit["changes"][f"theta.{EDGE}"]
    return None


def middle_of_edge(playground: Playground) -> tuple[float, float]:
    """Between the first input and the first neuron."""
    one = playground.box(playground.get("feature-x1"))
    other = playground.box(playground.page.get_by_role("button", name="Layer 1, neuron 1"))
    across = (one["x"] + one["width"] + other["x"]) / 2
    heights = [box["y"] + box["height"] / 2 for box in (one, other)]
    return across, sum(heights) / 2


def test_an_edge_is_dragged_and_the_map_follows(playground: Playground):
    playground.open("data=xor")
    playground.step(3)
    mouse = playground.page.mouse
    x, y = middle_of_edge(playground)
    mouse.move(x, y)
    canvas = playground.get("network")
    assert canvas.evaluate("(canvas) => getComputedStyle(canvas).cursor") == "ns-resize"
    reading = playground.get("network-reading")
    expect(reading).to_contain_text("Drag the edge up or down")
    before = playground.picture("boundary")
    mouse.down()
    for height in (30, 90, 150):
        with playground.redrawn():
            mouse.move(x, y - height, steps=3)
    first = weight(playground)
    assert first is not None
    assert first > 1
    assert playground.picture("boundary") != before
    expect(reading).not_to_contain_text("Drag")

    # Escape puts it back, bit for bit, and there is nothing to undo
    playground.page.keyboard.press("Escape")
    mouse.up()
    playground.wait("() => wire.status.edits.length === 0")
    expect(playground.get("parameter-editor")).to_be_hidden()
    expect(playground.get("undo")).to_have_attribute("aria-disabled", "true")

    # one change, whatever it went through
    mouse.move(x, y)
    mouse.down()
    for height in (30, 60, 90):
        with playground.redrawn():
            mouse.move(x, y + height, steps=3)
    mouse.up()
    expect(playground.get("undo")).not_to_have_attribute("aria-disabled", "true")
    assert len(playground.status["edits"]) == 1
    with playground.redrawn():
        playground.page.keyboard.press("Control+z")
    playground.wait("() => wire.status.edits.length === 0")


def test_a_network_that_trains_waits_while_an_edge_is_dragged(playground: Playground):
    playground.open("data=xor")
    x, y = middle_of_edge(playground)
    playground.play()
    mouse = playground.page.mouse
    mouse.move(x, y)
    mouse.down()
    mouse.move(x, y - 60, steps=5)
    playground.wait("() => wire.status.edits.length === 1 && wire.status.phase === 'paused'")
    mouse.move(x, y - 90, steps=5)
    mouse.up()
    playground.wait_phase("playing")
    assert len(playground.status["edits"]) == 1


def test_a_locked_edge_stays(playground: Playground):
    playground.open("lock=weights")
    x, y = middle_of_edge(playground)
    mouse = playground.page.mouse
    mouse.move(x, y)
    canvas = playground.get("network")
    expect(playground.get("network-reading")).to_contain_text("Weight")
    assert canvas.evaluate("(canvas) => getComputedStyle(canvas).cursor") != "ns-resize"
    mouse.down()
    mouse.move(x, y - 90, steps=5)
    mouse.up()
    playground.step(1)
    assert playground.status["edits"] == []


def test_a_deep_network_is_folded_and_unfolds(playground: Playground):
    playground.open("layers=" + ",".join(["16"] * 12))
    scroller = playground.page.locator(".network-scroller")
    fits = "(box) => box.scrollWidth <= box.clientWidth"
    expect(playground.get("fold")).to_have_text("5 more layers")
    expect(playground.get("units-11")).to_be_visible()
    expect(playground.get("units-6")).to_be_hidden()
    playground.box(playground.get("units-11"))
    assert scroller.evaluate(fits)
    playground.get("fold").click()
    expect(playground.get("units-6")).to_have_text("16")
    assert not scroller.evaluate(fits)
    playground.get("refold").click()
    expect(playground.get("units-6")).to_be_hidden()


@pytest.mark.viewport(1280, 800)
def test_eight_layers_of_sixteen_fit(playground: Playground):
    playground.open("layers=" + ",".join(["16"] * 8))
    scroller = playground.page.locator(".network-scroller")
    playground.box(playground.get("units-7"))
    width, height = scroller.evaluate(
        "(box) => [box.scrollWidth - box.clientWidth, box.scrollHeight - box.clientHeight]"
    )
    assert (width, height) == (0, 0)


def test_dead_neurons_are_marked_and_masks_of_dropout_drawn(playground: Playground):
    playground.open(
        "layers=6&layers.0.activation=relu&layers.0.dropout=0.5"
        "&initializer=constant&initializer.value=-1&initializer.bias=-9&features=radius"
    )
    playground.step(1)
    dead = playground.page.locator('.unit[data-idle="dead"]')
    expect(dead).to_have_count(6)
    dead.first.hover()
    expect(playground.get("network-reading")).to_contain_text("silent at every training point")
