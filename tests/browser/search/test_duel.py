"""Duels on their page: the engine's, drawn as dots, one of them beside, linked, and stopped."""

import re
from typing import Any

import pytest
from playwright.sync_api import Page, expect

from tests.browser.conftest import NewContext
from tests.browser.search.test_search import BASE, ENGINE, KNOBS, PHONE, WIDER
from tests.browser.search_page import SearchPage
from tests.engine.searches import run_duels

NINE = f"{BASE}&{KNOBS}&strategy=grid&strategy.shift=true&budget=900&updates=100"
DUEL: dict[str, Any] = {
    "search": ENGINE
    | {"strategy": {"kind": "grid", "shift": True}, "budget": 900, "updates": 100, "seeds": 1},
    "against": "random",
    "duels": 12,
}


@pytest.fixture
def page_of(page: Page) -> SearchPage:
    """The test's own page, not opened yet."""
    return SearchPage(page)


def wait_duel(page: SearchPage, phase: str) -> None:
    expect(page.page.locator("[data-view=duel]")).to_have_attribute("data-phase", phase)


def test_the_duels_are_the_engine_s_and_the_address_brings_them_back(page_of: SearchPage) -> None:
    page_of.open(NINE)
    page_of.get("search-duel").click()
    expect(page_of.get("search-against")).to_have_value("random")
    expect(page_of.get("duel-shift")).to_be_checked()
    page_of.get("duel-count").fill("12")
    page_of.get("duel-count").press("Enter")
    page_of.get("search-run").click()
    wait_duel(page_of, "done")
    duels, ended = run_duels(DUEL)
    view = page_of.page.locator("[data-view=duel]")
    expect(view).to_have_attribute("data-first", str(duels.tally.first))
    expect(view).to_have_attribute("data-second", str(duels.tally.second))
    expect(page_of.get("duel-dots")).to_have_attribute("data-dots", "12")
    sides = page_of.page.locator("[data-view=pair] [data-score]")
    page_of.get("duel-next").click()
    page_of.get("duel-dots").press("ArrowRight")
    expect(page_of.get("duel-at")).to_have_text("3 of 12")
    scores = sides.evaluate_all("(sides) => sides.map((side) => Number(side.dataset.score))")
    assert tuple(scores) == ended[2].scores

    page_of.page.wait_for_url(re.compile(r"against=random&duels=12&fought=1&pair=3$"))
    page_of.page.reload()
    page_of.ready()
    wait_duel(page_of, "done")
    expect(view).to_have_attribute("data-first", str(duels.tally.first))
    expect(page_of.get("duel-at")).to_have_text("3 of 12")


def test_stop_ends_duels_and_the_search_is_where_it_was(page_of: SearchPage) -> None:
    page_of.open(f"{BASE}&{KNOBS}&budget=100000&updates=1000")
    page_of.page.keyboard.press("d")
    expect(page_of.get("search-against")).to_have_value("grid")
    page_of.get("search-run").click()
    expect(page_of.get("search-trials")).to_have_text(re.compile(r"^\d+ of 60 duels$"))
    page_of.get("search-run").click()
    wait_duel(page_of, "stopped")
    page_of.get("search-duel").click()
    expect(page_of.get("search-map")).to_be_visible()
    expect(page_of.get("duel-dots")).to_be_hidden()
    page_of.get("search-budget").fill("2000")
    page_of.get("search-budget").press("Enter")
    page_of.search()
    expect(page_of.get("search-trials")).to_have_attribute("data-value", "2")


def test_what_is_wrong_with_a_duel_is_said_at_its_field(page_of: SearchPage) -> None:
    page_of.open(f"{BASE}&{KNOBS}&against=halving&budget=500")
    page_of.get("search-run").click()
    expect(page_of.page.get_by_text("a single trial trains one network")).to_be_visible()


def test_nothing_of_a_duel_is_wider_than_a_phone(new_context: NewContext) -> None:
    page = SearchPage(new_context(**PHONE).new_page())
    page.open(f"{NINE}&against=random&duels=3&fought=1")
    wait_duel(page, "done")
    assert not page.page.evaluate(WIDER)
