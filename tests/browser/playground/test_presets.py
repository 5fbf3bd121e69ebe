"""Presets: a newcomer is led to them, each says what to look for, and its address is short."""

import re

import pytest
from playwright.sync_api import expect

from tests.browser.conftest import Visit
from tests.browser.playground_page import Playground

SIZES = [{"width": 1280, "height": 800}, {"width": 390, "height": 844}]


def address(playground: Playground) -> str:
    return playground.page.url.partition("#")[2]


@pytest.mark.parametrize("size", SIZES, ids=["laptop", "phone"])
def test_a_newcomer_is_led_from_a_story_to_its_rescues(visit: Visit, size: dict[str, int]):
    playground = visit(viewport=size)
    expect(playground.get("welcome")).to_be_visible()
    run = playground.run
    playground.get("welcome-all").click()
    expect(playground.get("gallery")).to_be_visible()
    expect(playground.get("gallery").get_by_role("heading", level=3)).to_have_count(6)
    playground.get("preset-vanishing").click()
    expect(playground.get("gallery")).to_be_hidden()
    playground.wait_run(run + 1)
    playground.settle()
    expect(playground.get("lesson-title")).to_contain_text("vanishes")
    expect(playground.get("lesson-look")).to_contain_text("0.693")
    expect(playground.get("welcome")).to_have_count(0)
    assert playground.status["units"] == [2, *[8] * 6, 1]
    assert address(playground) == "preset=vanishing"
    assert (
        playground.page.locator(".story").evaluate(
            "(strip) => strip.clientWidth - strip.scrollWidth"
        )
        == 0
    )
    playground.speed(None)
    playground.step(20)
    assert abs(playground.number("train-loss") - 0.693) < 0.01
    playground.get("related-vanishing-he").click()
    playground.wait_run(run + 2)
    playground.settle()
    playground.step(20)
    assert playground.number("train-loss") < 0.1
    expect(playground.get("related-vanishing")).to_be_visible()


def test_a_preset_has_a_short_address_until_something_changes(playground: Playground, visit: Visit):
    playground.open("preset=dropout")
    expect(playground.get("lesson-title")).to_contain_text("dropout")
    expect(playground.get("welcome")).to_have_count(0)
    assert address(playground) == "preset=dropout"
    assert playground.status["speed"] is not None
    playground.step(2)
    losses = playground.losses()
    other = visit(address(playground))
    other.step(2)
    assert other.losses() == losses
    playground.fill("optimizer.learning_rate", 0.02)
    playground.page.wait_for_url(re.compile("#(?!preset).*edits="))
    expect(playground.get("lesson-title")).to_be_visible()
    playground.page.evaluate("location.hash = 'preset=linear'")
    expect(playground.get("lesson-title")).to_contain_text("straight line")
    playground.get("lesson-close").click()
    expect(playground.get("lesson-title")).to_have_count(0)
    playground.page.wait_for_url(re.compile("#layers=$"))


def test_the_name_of_no_preset_is_said_and_the_rest_is_kept(playground: Playground):
    playground.open("preset=vanising&batch_size=5")
    expect(playground.get("problems")).to_contain_text("preset = vanising")
    expect(playground.get("problems")).to_contain_text("the name of a preset")
    assert playground.value("batch_size") == 5
    expect(playground.get("lesson-title")).to_have_count(0)


def test_the_gallery_works_by_keyboard_and_gives_the_focus_back(playground: Playground):
    playground.open()
    playground.get("presets").focus()
    playground.page.keyboard.press("Enter")
    expect(playground.get("gallery")).to_be_visible()
    playground.page.keyboard.press("Escape")
    expect(playground.get("gallery")).to_be_hidden()
    expect(playground.get("presets")).to_be_focused()
    run = playground.run
    playground.page.keyboard.press("Enter")
    expect(playground.get("gallery")).to_be_visible()
    playground.get("preset-spiral").focus()
    playground.page.keyboard.press("Enter")
    playground.wait_run(run + 1)
    expect(playground.get("presets")).to_be_focused()
    playground.page.keyboard.press("Enter")
    expect(playground.get("preset-spiral")).to_be_focused()
    expect(playground.get("preset-spiral")).to_have_attribute("aria-current", "true")


def test_who_was_welcomed_is_not_asked_again(playground: Playground):
    playground.open()
    playground.get("welcome-close").click()
    expect(playground.get("welcome")).to_have_count(0)
    playground.page.goto("about:blank")
    playground.open()
    expect(playground.get("welcome")).to_have_count(0)
