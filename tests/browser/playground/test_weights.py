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
