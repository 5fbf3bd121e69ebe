"""A part that has the whole window, and goes back to where it was."""

from playwright.sync_api import Locator, expect

from tests.browser.cases import case
from tests.browser.playground_page import Playground

PARTS = {
    "map": "boundary",
    "network": "network",
    "loss": "loss-chart",
    "curves": "curves-chart",
}

PANELS = ("gradients", "activations", "weights", "hidden-space", "one-point")


def test_a_part_is_enlarged_and_back_with_two_presses_at_one_spot(playground: Playground):
    playground.open("data=spiral&layers=8,8")
    playground.step(2)
    for name, part in PARTS.items():
        with case(name):
            enlarged_and_back(playground, name, playground.get(part))


def enlarged_and_back(playground: Playground, name: str, part: Locator) -> None:
    button = playground.get(f"enlarge-{name}")
    button.scroll_into_view_if_needed()
    before, spot = playground.box(part), playground.box(button)
    button.click()
    expect(button).to_have_attribute("aria-label", f"Shrink the {name}")
    larger = playground.box(part)
    assert larger["width"] * larger["height"] > 1.3 * before["width"] * before["height"]
    assert larger["y"] >= 100, "play and time stay"
    assert larger["y"] + larger["height"] <= 800
    assert playground.box(button) == spot
    expect(playground.page.locator("#data-panel")).to_have_css("visibility", "hidden")

    playground.page.mouse.click(spot["x"] + spot["width"] / 2, spot["y"] + spot["height"] / 2)
    expect(button).to_have_attribute("aria-label", f"Enlarge the {name}")
    assert playground.box(part) == before


def test_a_key_enlarges_what_has_the_focus(playground: Playground):
    playground.open("data=spiral")
    keyboard = playground.page.keyboard
    playground.get("feature-x1").focus()
    keyboard.press("f")
    expect(playground.page.locator(".is-enlarged")).to_have_id("network-panel")
    keyboard.press("Escape")
    expect(playground.page.locator(".is-enlarged")).to_have_count(0)
    playground.get("boundary").focus()
    keyboard.press("f")
    expect(playground.get("enlarge-map")).to_have_attribute("aria-label", "Shrink the map")
    keyboard.press("f")
    expect(playground.page.locator(".is-enlarged")).to_have_count(0)


def test_a_panel_of_the_strip_is_enlarged_and_back(playground: Playground):
    playground.open("data=spiral&layers=8,8&layers.batch_norm=true")
    expect(playground.get("enlarge-strip")).to_be_hidden()
    for name in PANELS:
        with case(name):
            panel_enlarged_and_back(playground, name)


def panel_enlarged_and_back(playground: Playground, name: str) -> None:
    button = playground.get("enlarge-strip")
    playground.step(2)
    playground.get(f"tab-{name}").click()
    parts = ("boundary", "network", "play", "timeline", "strip", f"panel-{name}")
    before = {part: playground.box(playground.get(part)) for part in parts}
    spot = playground.box(button)
    button.click()
    expect(button).to_have_attribute("aria-label", "Shrink the panel")
    larger = playground.box(playground.get("strip"))
    assert larger["width"] == 1280
    assert larger["y"] >= 100, "play and time stay"
    assert larger["y"] + larger["height"] <= 800
    assert playground.box(playground.get(f"panel-{name}"))["height"] > 500
    assert playground.box(button) == spot
    playground.step(1)
    playground.page.mouse.click(spot["x"] + spot["width"] / 2, spot["y"] + spot["height"] / 2)
    expect(button).to_have_attribute("aria-label", "Enlarge the panel")
    assert {part: playground.box(playground.get(part)) for part in parts} == before


def test_the_key_enlarges_a_panel_and_closing_it_shrinks_the_strip(playground: Playground):
    playground.open("data=spiral")
    enlarged = playground.page.locator(".is-enlarged")
    playground.get("tab-gradients").focus()
    playground.page.keyboard.press("f")
    expect(enlarged).not_to_have_attribute("data-testid", "strip")
    playground.page.keyboard.press("f")
    expect(enlarged).to_have_count(0)
    playground.get("tab-gradients").click()
    playground.page.keyboard.press("f")
    expect(enlarged).to_have_attribute("data-testid", "strip")
    playground.get("close-insight").click()
    expect(enlarged).to_have_count(0)
    expect(playground.get("insight-questions")).to_be_visible()
