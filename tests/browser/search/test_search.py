"""The search of settings on its page: the trials of the engine, drawn, judged, linked and opened."""

import csv
import io
import re
from collections.abc import Iterator
from typing import Any

import pytest
from playwright.sync_api import Page, expect

import engine
from engine.search import (
    Search,
    importance,
    open_seal,
    seed_band,
)
from tests.browser.conftest import NewContext
from tests.browser.playground_page import Playground
from tests.browser.search_page import SearchPage
from tests.engine.searches import run_search

PHONE = {"viewport": {"width": 390, "height": 844}, "has_touch": True, "is_mobile": True}
BASE = "data=moons&data.points=150&data.noise=0.2&layers=4&layers.activation=relu"
KNOBS = "knob=optimizer.learning_rate~0.01~3~log&knob=penalty.l2~0.0001~1~log"
SIXTEEN = f"{BASE}&{KNOBS}&budget=9600&updates=200&seeds=3"
ENGINE: dict[str, Any] = {
    "base": {
        "data": {"kind": "moons", "points": 150, "noise": 0.2},
        "layers": [{"units": 4, "activation": "relu"}],
    },
    "knobs": [
        {"path": "optimizer.learning_rate", "low": 0.01, "high": 3, "scale": "log"},
        {"path": "penalty.l2", "low": 0.0001, "high": 1, "scale": "log"},
    ],
    "budget": 9600,
    "updates": 200,
    "seeds": 3,
}
WIDER = "() => document.documentElement.scrollWidth > document.documentElement.clientWidth"


def searched(**changes: Any) -> Search:
    """The engine's own search."""
    return run_search(ENGINE | changes)


@pytest.fixture
def page_of(page: Page) -> SearchPage:
    """The test's own page, not opened yet."""
    return SearchPage(page)


def test_the_trials_are_the_engine_s_and_the_address_brings_them_back(page_of: SearchPage) -> None:
    page_of.open(SIXTEEN)
    assert page_of.get("search-map").get_attribute("data-dots") == "0"
    page_of.search()
    run = searched()
    assert run.best
    expect(page_of.get("search-trials")).to_have_attribute("data-value", "16")
    expect(page_of.get("search-map")).to_have_attribute("data-dots", "16")
    expect(page_of.get("search-curves")).to_have_attribute("data-curves", "16")
    tiles = page_of.get("search-gallery").locator("[data-trial]")
    expect(tiles).to_have_count(16)
    best = page_of.get("search-best")
    assert best.get_attribute("data-trial") == str(run.best.number)
    score = best.get_attribute("data-score")
    assert float(score or "nan") == run.best.median
    assert page_of.ranking(16) == [trial.number for trial in run.ranking]
    last = run.ranking[-1]
    values = page_of.get("search-trial").locator("[data-path]")
    shown = values.evaluate_all(
        "(rows) => rows.map((row) => [row.dataset.path, row.dataset.value])"
    )
    assert {path: float(value) for path, value in shown} == last.changes

    page_of.page.wait_for_url(re.compile(rf"searched=1&trial={last.number}$"))
    page_of.page.reload()
    page_of.ready()
    page_of.wait_phase("done")
    assert page_of.chosen() == last.number
    assert page_of.get("search-best").get_attribute("data-score") == score


def test_a_trial_opens_as_the_run_that_it_is_and_the_run_leads_back(page_of: SearchPage) -> None:
    page_of.open(SIXTEEN)
    page_of.search()
    trial = searched().trials[page_of.ranking(4)[-1]]
    page_of.get("search-open").click()
    playground = Playground.at(page_of.page)
    playground.ready()
    wanted = engine.RunSpec.from_dict(ENGINE["base"]).replace(trial.changes)
    assert playground.status["spec"] == wanted.to_dict()

    playground.in_sight(playground.get("search-around")).click()
    page_of.ready()
    expect(page_of.get("search-base")).to_contain_text("Moons, a layer of 4")
    page_of.get("search-change-base").click()
    playground.ready()
    assert playground.status["spec"] == wanted.to_dict()


def test_the_way_to_a_search_says_what_of_the_run_stays_behind(
    playground: Playground, page_of: SearchPage
) -> None:
    playground.open("data=xor&layers=3")
    playground.step(1)
    playground.fill("optimizer.learning_rate", 0.1)
    playground.wait_value("optimizer.learning_rate", 0.1)
    way = playground.in_sight(playground.get("search-around"))
    expect(way).to_have_attribute("data-tip", re.compile("changes made while training are not re"))
    way.click()
    page_of.ready()
    expect(page_of.page).to_have_url(re.compile(r"/search#.*optimizer\.learning_rate=0\.1"))
    expect(page_of.get("problems")).not_to_be_visible()


def test_what_is_wrong_is_said_at_its_field_or_above(page_of: SearchPage) -> None:
    page_of.open(f"{SIXTEEN}&strategy=fog&knob=nothing")
    expect(page_of.get("problems")).to_contain_text("strategy = fog")
    expect(page_of.get("problems")).to_contain_text("knob = nothing")
    page_of.get("problems").get_by_role("button").click()
    high = page_of.get("search-high-0")
    high.fill("0.001")
    high.press("Enter")
    page_of.get("search-run").click()
    expect(high).to_have_attribute("aria-invalid", "true")
    group = page_of.page.get_by_role("group", name="Learning rate")
    expect(group).to_contain_text("the range ends before it begins")
    budget = page_of.get("search-budget")
    high.fill("3")
    high.press("Enter")
    budget.fill("100")
    budget.press("Enter")
    page_of.get("search-run").click()
    expect(page_of.page.get_by_text("a single trial trains 3 networks")).to_be_visible()
    budget.fill("9600")
    budget.press("Enter")
    page_of.search()
    expect(page_of.get("search-trials")).to_have_attribute("data-value", "16")


def test_what_is_wrong_with_the_settings_together_is_said_below_them(page_of: SearchPage) -> None:
    page_of.open("knob=layers.0.units~2,4,8,16,32")
    wrong = page_of.get("search-knobs-wrong")
    expect(wrong).to_be_hidden()
    page_of.get("search-run").click()
    expect(wrong).to_have_text("Allowed: values that make networks of at most 4 different shapes.")
    page_of.open("knob=layers.0.units~2,4,8,16")
    expect(wrong).to_be_hidden()


def test_stop_ends_a_search_and_a_lost_line_does_not(page_of: SearchPage) -> None:
    page_of.open(f"{BASE}&{KNOBS}&budget=6000000&updates=10000")
    page_of.get("search-run").click()
    expect(page_of.get("search-map")).to_have_attribute("data-dots", "600")
    page_of.page.evaluate("() => wire.sockets.at(-1).close()")
    page_of.wait("() => wire.sockets.length > 1")
    page_of.ready()
    expect(page_of.get("search-map")).to_have_attribute("data-dots", "600")
    page_of.get("search-run").click()
    page_of.wait_phase("stopped")
    page_of.get("search-budget").fill("20000")
    page_of.get("search-budget").press("Enter")
    page_of.search()
    expect(page_of.get("search-trials")).to_have_attribute("data-value", "2")


def test_another_address_ends_the_search_under_way(page_of: SearchPage) -> None:
    page_of.open(f"{BASE}&{KNOBS}&budget=6000000&updates=10000")
    page_of.get("search-run").click()
    chart = page_of.get("search-map")
    expect(chart).to_have_attribute("data-dots", "600")
    page_of.page.evaluate(f"location.hash = '{SIXTEEN}'")
    # the page writes the address in its own form a moment later, and trials came all the time
    page_of.wait("(typed) => location.hash !== typed", f"#{SIXTEEN}")
    page_of.wait_phase("ready")
    expect(chart).to_have_attribute("data-dots", "0")
    page_of.search()
    expect(page_of.get("search-trials")).to_have_attribute("data-value", "16")


def test_which_setting_mattered_is_told_of_twenty_trials_and_more(page_of: SearchPage) -> None:
    page_of.open(SIXTEEN)
    page_of.search()
    expect(page_of.get("search-importance")).to_contain_text("20 trials are needed")
    page_of.get("search-budget").fill("14400")
    page_of.get("search-budget").press("Enter")
    page_of.search()
    wanted = {each.path: each.share for each in importance(searched(budget=14_400))}
    bars = page_of.get("search-importance").locator("[data-share]")
    expect(bars).to_have_count(2)
    found = bars.evaluate_all("(rows) => rows.map((row) => [row.dataset.path, row.dataset.share])")
    assert {path: float(share) for path, share in found} == wanted


def states(page: SearchPage) -> Iterator[str]:
    """What the page looks like on its way."""
    page.open(f"{SIXTEEN}&knob=layers.0.units~2,4")
    yield "before"
    page.search()
    yield "after"
    page.get("search-map").press("End")
    yield "the worst trial"
    page.in_sight(page.get("search-more")).locator("summary").click()
    yield "all settings"


def test_nothing_is_wider_than_a_phone(new_context: NewContext) -> None:
    page = SearchPage(new_context(**PHONE).new_page())
    assert [state for state in states(page) if page.page.evaluate(WIDER)] == []


def test_the_seal_is_opened_once_and_the_address_says_so(page_of: SearchPage) -> None:
    page_of.open(SIXTEEN)
    page_of.search()
    run = searched()
    band, verdict = seed_band(run), open_seal(run)
    assert band
    assert verdict
    alike = sum(band.holds(trial) for trial in run.trials)
    expect(page_of.get("search-map")).to_have_attribute("data-alike", str(alike))
    seal = page_of.page.locator("[data-view=seal]")
    button = page_of.in_sight(page_of.get("seal-open"))
    expect(button).to_have_text("Open the test set")
    button.click()
    expect(button).to_have_text("Opened once")
    expect(button).to_be_disabled()
    assert float(seal.get_attribute("data-optimism") or "nan") == verdict.optimism
    page_of.page.wait_for_url(re.compile(r"searched=1.*&opened=1$"))
    page_of.page.reload()
    page_of.ready()
    page_of.wait_phase("done")
    expect(seal).to_have_attribute("data-optimism", str(verdict.optimism))


def test_who_has_looked_and_searches_on_is_told(page_of: SearchPage) -> None:
    page_of.open(f"{SIXTEEN}&opened=1")
    page_of.get("search-run").click()
    page_of.wait_phase("done")
    expect(page_of.page.locator("[data-view=seal]")).to_contain_text("Opened once")


def test_files_to_keep(page_of: SearchPage) -> None:
    page_of.open(SIXTEEN)
    page_of.search()
    page_of.get("share").click()

    def saved(testid: str) -> str:
        with page_of.page.expect_download() as download:
            page_of.get(f"download-{testid}").click()
        return download.value.path().read_text(encoding="utf-8")

    rows = list(csv.DictReader(io.StringIO(saved("trials"))))
    assert [float(row["score"]) for row in rows] == [trial.median for trial in searched().trials]
    for name in ("numpy", "optuna", "sklearn"):
        compile(saved(name), f"{name}.py", "exec")
    assert "<svg" in saved("search-svg")
