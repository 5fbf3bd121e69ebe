"""Strategies beside each other on one picture, and what was changed on the way taken back."""

from collections.abc import Callable

from playwright.sync_api import expect

from tests.browser.cases import case
from tests.browser.search.test_search import SIXTEEN, page_of
from tests.browser.search_page import SearchPage

__all__ = ["page_of"]


def test_each_strategy_has_a_line_until_the_question_is_another(page_of: SearchPage) -> None:
    page_of.open(SIXTEEN)
    lines, words = page_of.get("search-progress"), page_of.get("search-compared")
    strategy = page_of.get("search-strategy")
    page_of.search()
    expect(lines).to_have_attribute("data-lines", "random")
    expect(words).to_contain_text("Search again with another strategy")
    for kind in ("grid", "coarse_to_fine"):
        strategy.select_option(kind)
        page_of.get("search-run").click()
        expect(lines).to_have_attribute("data-lines", f"random {kind}".replace("m c", "m grid c"))
    expect(lines).to_have_attribute("data-lines", "random grid coarse_to_fine")
    expect(words).to_contain_text("A single line each is luck")
    page_of.get("search-budget").fill("4800")
    page_of.get("search-budget").press("Enter")
    page_of.get("search-run").click()
    expect(lines).to_have_attribute("data-lines", "coarse_to_fine")
    strategy.select_option("random")
    page_of.get("search-run").click()
    expect(lines).to_have_attribute("data-lines", "coarse_to_fine random")
    words.get_by_role("button").click()
    expect(page_of.get("search-duel")).to_have_attribute("aria-pressed", "true")


Change = Callable[[SearchPage], object]


def fill(testid: str, value: str) -> Change:
    def change(page: SearchPage) -> None:
        field = page.in_sight(page.get(testid))
        field.fill(value)
        field.press("Enter")

    return change


def choose(testid: str, value: str) -> Change:
    return lambda page: page.in_sight(page.get(testid)).select_option(value)


def judged(testid: str, value: str, how: Callable[[str, str], Change]) -> Change:
    def change(page: SearchPage) -> None:
        page.in_sight(page.get("search-more")).locator("summary").click()
        how(testid, value)(page)

    return change


def load_preset(page: SearchPage) -> None:
    page.get("presets").click()
    page.page.locator("[data-testid^=preset-]").first.click()


CHANGES: dict[str, Change] = {
    "a knob more": lambda page: page.get("search-add-knob").click(),
    "a knob less": lambda page: page.get("search-remove-1").click(),
    "another knob": choose("search-knob-1", "penalty.l1"),
    "range": fill("search-low-0", "0.1"),
    "scale": choose("search-scale-0", "linear"),
    "strategy": choose("search-strategy", "halving"),
    "budget": fill("search-budget", "4800"),
    "starts": lambda page: page.press_segment(page.page.get_by_role("radio", name="5", exact=True)),
    "score": judged("search-score", "error", choose),
    "search seed": judged("search-search-seed", "7", fill),
    "base": lambda page: page.page.evaluate(
        "location.hash = location.hash.replace('moons', 'circle')"
    ),
    "preset": load_preset,
}


def test_undo_brings_back_what_was_asked(page_of: SearchPage) -> None:
    page_of.open(SIXTEEN)
    expect(page_of.get("undo")).to_have_attribute("aria-disabled", "true")
    # the page writes the address in its own form a moment after it has been opened
    page_of.wait("(typed) => location.hash !== typed", f"#{SIXTEEN}")
    for name, change in CHANGES.items():
        with case(name):
            taken_back(page_of, change)


def taken_back(page_of: SearchPage, change: Change) -> None:
    """Change, undo, redo, and undo again."""
    undo, redo = page_of.get("undo"), page_of.get("redo")
    before = page_of.page.evaluate("location.hash")
    change(page_of)
    page_of.wait("(before) => location.hash !== before", before)
    after = page_of.page.evaluate("location.hash")
    expect(undo).not_to_have_attribute("aria-disabled", "true")
    undo.click()
    page_of.wait("(before) => location.hash === before", before)
    expect(redo).not_to_have_attribute("aria-disabled", "true")
    redo.click()
    page_of.wait("(after) => location.hash === after", after)
    undo.click()
    page_of.wait("(before) => location.hash === before", before)


def test_keys_take_back_too(page_of: SearchPage) -> None:
    page_of.open(SIXTEEN)
    page_of.get("search-remove-1").click()
    expect(page_of.get("search-knob-1")).to_have_count(0)
    expect(page_of.get("undo")).not_to_have_attribute("aria-disabled", "true")
    page_of.page.locator("body").press("Control+z")
    expect(page_of.get("search-knob-1")).to_have_count(1)
    page_of.page.locator("body").press("Control+Shift+z")
    expect(page_of.get("search-knob-1")).to_have_count(0)
