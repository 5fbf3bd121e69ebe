"""A part that has the whole window, and goes back to where it was."""

import pytest
from playwright.sync_api import expect

from tests.browser.playground_page import Playground

PARTS = {"map": "boundary", "network": "network", "loss": "loss-chart", "curves": "curves-chart"}


@pytest.mark.parametrize("name", PARTS)
def test_a_part_is_enlarged_and_back_with_two_presses_at_one_spot(
    playground: Playground, name: str
):
    playground.open("data=spiral&layers=8,8")
    playground.step(2)
    part = playground.get(PARTS[name])
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
