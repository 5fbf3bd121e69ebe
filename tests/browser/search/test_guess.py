"""Predict first, and what the fields say of numbers that make no search."""

import re

import pytest
from playwright.sync_api import expect

from tests.browser.search.test_search import BASE, KNOBS, SIXTEEN, page_of, searched
from tests.browser.search_page import SearchPage

__all__ = ["page_of"]


def test_a_guess_is_judged_by_the_search(page_of: SearchPage) -> None:
    page_of.open(SIXTEEN)
    slider = page_of.get("search-guess")
    expect(slider).to_have_attribute("aria-valuetext", "Drag the marker before you search.")
    slider.press("Home")
    expect(slider).to_have_attribute("aria-valuetext", "0.01")
    page_of.page.wait_for_url(re.compile(r"&guess=0\.01$"))
    page_of.search()
    best = searched().best
    assert best
    factor = best.changes["optimizer.learning_rate"] / 0.01
    words = page_of.get("search-best").locator(".search-answer")
    expect(words).to_contain_text(f"You guessed 0.01: {factor:.2g} times too low.")
    page_of.page.reload()
    page_of.ready()
    page_of.wait_phase("done")
    expect(words).to_contain_text("You guessed 0.01")
    page_of.in_sight(page_of.get("search-no-guess")).click()
    expect(words).not_to_contain_text("You guessed")


@pytest.mark.parametrize(
    ("address", "sentence"),
    [
        (f"{BASE}&{KNOBS}&knob=penalty.l2~0.01~1&budget=9600", "each knob once"),
        (f"{BASE}&knob=penalty.l2~0.01~0.01&budget=9600", "the range is empty"),
        (f"{BASE}&knob=penalty.l2~0.1~0.01&budget=9600", "the range ends before it begins"),
        (f"{BASE}&{KNOBS}&budget=9600&updates=1", "a budget for at most 2,000 trials"),
        (f"{BASE}&{KNOBS}&budget=100&updates=200", "a single trial trains one network"),
    ],
)
def test_what_makes_no_search_is_said_at_its_field(
    page_of: SearchPage, address: str, sentence: str
) -> None:
    page_of.open(address)
    before = page_of.page.evaluate("location.hash")
    page_of.get("search-run").click()
    complaint = page_of.page.locator(".search-setup [role=alert]:not([hidden])")
    expect(complaint).to_have_count(1)
    expect(complaint).to_contain_text(sentence)
    expect(page_of.get("search-best")).to_have_attribute("data-phase", "ready")
    assert page_of.page.evaluate("location.hash").startswith(before)
