"""The presets of the search on their page: chosen, run, told, and known by their short addresses."""

import re

import pytest
from playwright.sync_api import Page, expect

from tests.browser.conftest import NewContext
from tests.browser.search.test_search import PHONE, WIDER
from tests.browser.search_page import SearchPage


@pytest.fixture
def page_of(page: Page) -> SearchPage:
    """The test's own page, not opened yet."""
    return SearchPage(page)


def test_a_preset_is_chosen_run_and_changed(page_of: SearchPage) -> None:
    page_of.open()
    page_of.get("presets").click()
    page_of.get("preset-at-the-edge").click()
    expect(page_of.get("gallery")).to_be_hidden()
    expect(page_of.get("lesson-title")).to_have_text("The best lies at the edge")
    page_of.page.wait_for_url(re.compile("#preset=at-the-edge$"))
    page_of.search()
    expect(page_of.get("search-trials")).to_have_attribute("data-value", "32")
    expect(page_of.get("search-best")).to_contain_text("The best lies at the edge of learning rate")
    page_of.page.wait_for_url(re.compile("#preset=at-the-edge&searched=1$"))
    page_of.get("lesson-close").click()
    expect(page_of.get("lesson-title")).to_be_hidden()
    page_of.page.wait_for_url(
        re.compile(r"knob=optimizer.learning_rate~0.0001~0.01~log.*&searched=1$")
    )


def test_an_address_names_a_duel_and_settings_beside_it_take_its_place(page_of: SearchPage) -> None:
    page_of.open("preset=halving-wins")
    expect(page_of.get("lesson-title")).to_have_text("Cutting early pays")
    expect(page_of.get("search-against")).to_have_value("halving")
    page_of.get("duel-count").fill("2")
    page_of.get("duel-count").press("Enter")
    page_of.page.wait_for_url(re.compile("against=halving&duels=2$"))
    page_of.get("search-run").click()
    expect(page_of.page.locator("[data-view=duel]")).to_have_attribute("data-phase", "done")
    expect(page_of.get("duel-dots")).to_have_attribute("data-dots", "2")
    page_of.page.goto("about:blank")
    page_of.open("preset=halving-wins&duels=3")
    expect(page_of.get("duel-count")).to_have_value("3")


def test_no_preset_is_wider_than_a_phone(new_context: NewContext) -> None:
    page = SearchPage(new_context(**PHONE).new_page())
    page.open("preset=tuned-together")
    expect(page.get("lesson-title")).to_be_visible()
    assert not page.page.evaluate(WIDER)


@pytest.mark.parametrize("preset", ["one-knob", "wasted-columns"])
def test_what_came_of_it_stands_below_the_text_of_the_preset(
    page_of: SearchPage, preset: str
) -> None:
    page_of.open(f"preset={preset}")
    text = page_of.page.locator(".lesson").bounding_box()
    answer = page_of.page.locator(".search-in-sight").bounding_box()
    assert text
    assert answer
    assert answer["y"] >= text["y"] + text["height"]
