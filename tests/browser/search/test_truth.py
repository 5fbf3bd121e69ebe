"""The truth behind the map: every place of it is trained by the engine, on request."""

from playwright.sync_api import expect

from engine.search import SearchSpec, TruthSpec, advance_truth, begin_truth
from tests.browser.search.test_search import ENGINE, SIXTEEN, page_of, searched
from tests.browser.search_page import SearchPage

__all__ = ["page_of"]
HEIGHT = "() => document.querySelector('.search-truth').getBoundingClientRect().height"


def test_every_place_is_the_engine_s(page_of: SearchPage) -> None:
    page_of.open(SIXTEEN)
    button, words = page_of.get("search-truth"), page_of.get("search-truth-words")
    expect(button).to_be_disabled()
    page_of.search()
    expect(words).to_contain_text("256 settings, trained from 3 starts each. 153,600 updates")
    before = page_of.page.evaluate(HEIGHT)
    button.click()
    expect(button).to_have_attribute("data-phase", "done")
    expect(button).to_have_attribute("data-cells", "256")
    expect(button).to_have_attribute("aria-pressed", "true")
    assert page_of.page.evaluate(HEIGHT) == before
    truth, _ = advance_truth(
        begin_truth(TruthSpec.from_dict({"search": SearchSpec.from_dict(ENGINE).to_dict()})), 10**9
    )
    lowest = min(cell.median for cell in truth.cells)
    expect(page_of.page.locator(".search-shades")).to_contain_text(f"{lowest:.2g}")
    expect(words).to_contain_text("Lines at")

    page_of.get("share").click()
    with page_of.page.expect_download() as download:
        page_of.get("download-search-svg").click()
    picture = download.value.path().read_text(encoding="utf-8")
    assert "Lines at" in picture
    assert picture.count("<path") > 256
    page_of.page.keyboard.press("Escape")

    button.click()
    expect(button).to_have_attribute("aria-pressed", "false")
    # what is known is not trained again
    button.click()
    expect(button).to_have_attribute("aria-pressed", "true")


def test_other_settings_stand_where_it_is_said(page_of: SearchPage) -> None:
    page_of.open(f"{SIXTEEN}&knob=layers.0.units~2,5")
    page_of.search()
    best = searched(knobs=[*ENGINE["knobs"], {"path": "layers.0.units", "values": [2, 5]}]).best
    assert best
    button, words = page_of.get("search-truth"), page_of.get("search-truth-words")
    button.click()
    expect(button).to_have_attribute("data-phase", "done")
    units = best.changes["layers.0.units"]
    expect(words).to_contain_text(f"With neurons (layer 1) {units}, as in the best trial.")
    page_of.get("search-others").select_option("base")
    expect(button).to_have_attribute("data-cells", "0")
    button.click()
    expect(words).to_contain_text("With neurons (layer 1) 4, as in the base run.")
    page_of.get("search-axis-up").select_option("2")
    expect(words).to_contain_text("32 settings")
    button.click()
    expect(button).to_have_attribute("data-cells", "32")


def test_it_can_be_ended_and_is_not_begun_where_it_costs_too_much(page_of: SearchPage) -> None:
    page_of.open(f"{SIXTEEN.replace('updates=200', 'updates=9000')}&budget=54000&seeds=5")
    page_of.search()
    button = page_of.get("search-truth")
    button.click()
    expect(button).to_have_text("Stop")
    button.click()
    expect(button).to_have_text("Show the truth")
    expect(button).to_have_attribute("data-phase", "ready")
    budget, updates = page_of.get("search-budget"), page_of.get("search-updates")
    for field, value in ((budget, "500000"), (updates, "100000")):
        field.fill(value)
        field.press("Enter")
    page_of.search()
    button.click()
    expect(page_of.page.locator(".search-truth [role=alert]")).to_contain_text("try fewer updates")
    expect(button).to_have_attribute("data-phase", "ready")
