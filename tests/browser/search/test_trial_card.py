"""The card of a trial: its starts' maps and curves, the button that pins it, and that nothing jumps."""

import re
from typing import Any

import pytest
from playwright.sync_api import expect

from engine.search import Search
from tests.browser.conftest import NewContext
from tests.browser.search.test_search import ENGINE, PHONE, SIXTEEN, page_of, searched
from tests.browser.search_page import SearchPage
from tests.engine.searches import run_search

__all__ = ["page_of"]

TOPS = """() => [...document.querySelectorAll('[data-view=trial] .search-trial-ways > *')]
  .map((way) => Math.round(way.getBoundingClientRect().top))"""
PAINTED = """(canvas) => {
  const blank = document.createElement('canvas');
  [blank.width, blank.height] = [canvas.width, canvas.height];
  return canvas.width > 0 && canvas.toDataURL() !== blank.toDataURL();
}"""
APART = """([one, other]) => {
  const [a, b] = [one, other].map((canvas) => {
    const small = new OffscreenCanvas(8, 8).getContext('2d', { willReadFrequently: true });
    small.imageSmoothingQuality = 'high';
    small.drawImage(canvas, 0, 0, 8, 8);
    return small.getImageData(0, 0, 8, 8).data;
  });
  return Math.max(...a.map((value, i) => Math.abs(value - b[i])));
}"""
"""How far the shades of two pictures of different sizes lie apart at most, from 0 to 255."""
WILD = "data=plane&layers=8&layers.activation=relu&knob=optimizer.learning_rate~0.01~10~log"


def starts(page: SearchPage) -> Any:
    return page.get("search-starts")


def wait_starts(page: SearchPage, number: int) -> None:
    """Wait until the maps of that trial are there."""
    expect(starts(page)).to_have_attribute("data-trial", str(number))


def scores(page: SearchPage) -> list[float]:
    found = starts(page).locator("[data-value]")
    return [
        float(score) for score in found.evaluate_all("(all) => all.map((e) => e.dataset.value)")
    ]


def test_each_start_has_its_map_its_score_and_its_curve(page_of: SearchPage) -> None:
    page_of.open(SIXTEEN)
    page_of.search()
    run = searched()
    assert run.best
    wait_starts(page_of, run.best.number)
    assert scores(page_of) == list(run.best.scores)
    maps = starts(page_of).get_by_role("img")
    expect(maps).to_have_count(3)
    expect(maps.first).to_have_accessible_name("Decision boundary of start 1")
    assert all(each.evaluate(PAINTED) for each in maps.all())
    gallery = page_of.get("search-gallery")
    tile = gallery.locator(f'[data-trial="{run.best.number}"] canvas')
    expect(tile).not_to_have_attribute("width", "300")
    canvases = [each.element_handle() for each in (tile, maps.first, maps.nth(1))]
    assert page_of.page.evaluate(APART, canvases[:2]) < 48
    assert page_of.page.evaluate(APART, canvases[1:]) > 96
    curves = page_of.get("search-starts-curves")
    expect(curves).to_have_attribute("data-looks", str(len(run.best.curve)))
    expect(curves).to_have_accessible_name(re.compile(r"^Score against updates, 3 starts: median"))


def test_the_card_keeps_its_height_and_what_comes_late_stays_with_its_trial(
    page_of: SearchPage,
) -> None:
    page_of.open(SIXTEEN)
    page_of.search()
    run = searched()
    chart = page_of.get("search-map")
    chart.press("Home")
    wait_starts(page_of, run.ranking[0].number)
    tops = page_of.page.evaluate(TOPS)
    for trial in run.ranking[1:]:
        chart.press("ArrowRight")
        # the maps of the trial before are gone at once, the places stay
        assert starts(page_of).get_attribute("data-trial") in {"", str(trial.number)}
        assert scores(page_of) == list(trial.scores)
        assert page_of.page.evaluate(TOPS) == tops
    wait_starts(page_of, run.ranking[-1].number)
    assert page_of.page.evaluate(TOPS) == tops
    chart.press("Home")
    wait_starts(page_of, run.ranking[0].number)


def test_a_trial_that_was_cut_shows_what_it_was_cut_with(page_of: SearchPage) -> None:
    page_of.open(f"{SIXTEEN}&strategy=halving")
    page_of.search()
    run = run_search(ENGINE | {"strategy": "halving"})
    last = next(trial for trial in reversed(run.ranking) if trial.cut)
    page_of.get("search-map").press("End")
    assert page_of.chosen() == last.number
    wait_starts(page_of, last.number)
    assert scores(page_of) == list(last.scores)
    expect(page_of.get("search-trial")).to_contain_text(f"Cut after {last.steps} updates")


def wild() -> Search:
    base = {"data": "plane", "layers": [{"units": 8, "activation": "relu"}]}
    knobs = [{"path": "optimizer.learning_rate", "low": 0.01, "high": 10, "scale": "log"}]
    values = {"base": base, "knobs": knobs, "budget": 7200, "updates": 100, "seeds": 3}
    return run_search(values)


def test_a_start_that_diverged_says_when(page_of: SearchPage) -> None:
    page_of.open(f"{WILD}&budget=7200&updates=100&seeds=3")
    page_of.search()
    run = wild()
    assert run.ranking[-1].diverged
    page_of.get("search-map").press("End")
    wait_starts(page_of, run.ranking[-1].number)
    words = starts(page_of).locator(".starts-lost:visible")
    expect(words).to_have_count(3)
    assert f"diverged at update {run.ranking[-1].diverged}" in words.all_inner_texts()
    expect(starts(page_of).locator("canvas:visible")).to_have_count(0)


def test_the_button_pins_as_a_press_on_the_dot_does(page_of: SearchPage) -> None:
    page_of.open(SIXTEEN)
    page_of.search()
    best, chart = searched().ranking[0].number, page_of.get("search-map")
    pin = page_of.get("search-pin")
    expect(pin).to_have_text("Pin")
    expect(pin).to_have_attribute("aria-pressed", "false")
    pin.press("Enter")
    expect(pin).to_have_text("Let go")
    expect(pin).to_have_attribute("aria-pressed", "true")
    assert page_of.chosen() == best
    page_of.page.wait_for_url(re.compile(rf"searched=1&trial={best}$"))
    pin.press("Space")
    expect(pin).to_have_text("Pin")
    expect(chart).to_have_attribute("data-chosen", "")
    page_of.page.wait_for_url(re.compile(r"searched=1$"))
    chart.press("End")
    expect(pin).to_have_attribute("aria-pressed", "true")
    chart.press("Escape")
    expect(pin).to_have_attribute("aria-pressed", "false")


def test_what_is_pointed_at_stands_in_the_card_and_the_pinned_one_keeps_its_ring(
    page_of: SearchPage,
) -> None:
    page_of.open(SIXTEEN)
    page_of.search()
    chart = page_of.get("search-map")
    chart.press("End")
    pinned = page_of.chosen()
    tile = page_of.get("search-gallery").locator("button").first
    tile.hover()
    best = searched().ranking[0].number
    expect(page_of.get("search-trial")).to_have_attribute("data-trial", str(best))
    expect(page_of.get("search-pin")).to_have_text("Pin")
    wait_starts(page_of, best)
    expect(chart).to_have_attribute("data-chosen", str(pinned))
    page_of.page.mouse.move(2, 2)
    expect(page_of.get("search-trial")).to_have_attribute("data-trial", str(pinned))
    wait_starts(page_of, pinned)


def test_after_a_lost_line_the_maps_are_asked_for_again(page_of: SearchPage) -> None:
    page_of.open(SIXTEEN)
    page_of.search()
    wait_starts(page_of, searched().ranking[0].number)
    page_of.page.evaluate("() => wire.sockets.at(-1).close()")
    chart = page_of.get("search-map")
    chart.press("End")
    page_of.wait("() => wire.sockets.length > 1")
    page_of.ready()
    wait_starts(page_of, searched().ranking[-1].number)


@pytest.mark.parametrize("seeds", [1, 5, 10])
def test_on_a_phone_every_start_has_a_place(new_context: NewContext, seeds: int) -> None:
    page = SearchPage(new_context(**PHONE).new_page())
    budget = 8 * 50 * seeds
    page.open(SIXTEEN.replace("9600&updates=200&seeds=3", f"{budget}&updates=50&seeds={seeds}"))
    page.search()
    best = run_search(ENGINE | {"budget": budget, "updates": 50, "seeds": seeds}).ranking[0]
    wait_starts(page, best.number)
    assert scores(page) == list(best.scores)
    pin = page.in_sight(page.get("search-pin"))
    pin.tap()
    expect(pin).to_have_text("Let go")
    assert page.chosen() == best.number
    assert not page.page.evaluate(
        "() => document.documentElement.scrollWidth > document.documentElement.clientWidth"
    )
