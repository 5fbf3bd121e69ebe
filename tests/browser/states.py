"""The states that pages can be in, one after the other, to be looked at for eyes and for words."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import Any

from playwright.sync_api import expect

from tests.browser.landscape_page import LandscapePage
from tests.browser.playground_page import Playground
from tests.browser.race_page import RacePage
from tests.browser.search_page import SearchPage


def opened(page: Playground, opener: str) -> Iterator[str]:
    """Press what opens something; afterwards it is closed again."""
    page.in_sight(page.get(opener).first).click()
    yield opener
    page.page.keyboard.press("Escape")


def leave(page: Playground) -> None:
    """What is opened next is another visit: a change of the fragment alone is none."""
    page.page.goto("about:blank")


def playground_states(page: Playground) -> Iterator[str]:
    """The playground, from the first visit on: each yield is a state to look at."""
    page.open()
    yield "first visit"
    page.step(3)
    page.get("runs").click()
    page.get("run-pin").first.click()
    page.page.keyboard.press("Escape")
    for opener in ("share", "runs", "presets", "seeds", "layer-settings-0"):
        yield from opened(page, opener)
    page.page.keyboard.press("?")
    yield "keys"
    page.page.keyboard.press("Escape")
    page.get("share").click()
    page.get("share-room").click()
    yield "code for the room"
    page.page.keyboard.press("Escape")
    page.page.keyboard.press("Escape")
    page.get("share").click()
    page.get("share-class").click()
    page.get("class-picture").frame_locator("iframe").locator("main").wait_for()
    yield "a link for class"
    page.page.keyboard.press("Escape")
    page.page.keyboard.press("Escape")
    page.page.locator(".unit:not(.feature)").first.click()
    yield "a neuron"
    page.page.keyboard.press("Escape")
    for tab in ("hidden-space", "one-point", "curves", "answers", "compare"):
        page.get(f"tab-{tab}").click()
        yield tab
    page.get("tab-gradients").click()
    page.get("sharpness").check()
    expect(page.get("gradients-sentence")).to_contain_text("λ")
    yield "gradients and sharpness"
    for more in ("more-data-sets", "more-data", "more-training"):
        page.get(more).locator("summary").first.click()
    page.fill("data.noise", 0.2)
    knob = page.knob("optimizer.learning_rate")
    knob.fill("1,000")
    knob.press("Enter")
    yield "everything unfolded, a complaint at a field"
    page.play()
    yield "playing"


def task_states(page: Playground) -> Iterator[str]:
    """What looks different with other tasks, and where something is wrong."""
    page.open("data=blobs&data.classes=8&loss=cross_entropy&layers=8,8,8,8,8,8,8,8&penalty.l2=0.01")
    page.step(2)
    page.get("boundary").hover()
    yield "eight classes, eight layers"
    page.page.mouse.move(0, 0)
    page.in_sight(page.get("open-own-data")).click()
    yield "own data"
    page.get("own-cancel").click()
    leave(page)
    page.open("data=plane&features=x1,cos_x2&colour=red")
    page.step(2)
    yield "regression, a wrong link"
    leave(page)
    page.open("layers=8,8&layers.batch_norm=true&layers.dropout=0.3&mode=training")
    page.step(1)
    page.get("tab-activations").click()
    page.get("mode-chip").wait_for()
    yield "as in training"
    page.get("close-insight").click()
    leave(page)
    page.open("preset=exploding")
    page.get("play").click()
    page.get("failure").wait_for()
    yield "diverged"
    leave(page)
    page.open("data=xor&layers=")
    page.step(40)
    page.get("finding").wait_for()
    yield "a finding"
    page.get("finding").click()
    yield "all of a finding"


def race_states(page: RacePage) -> Iterator[str]:
    """The races of optimizers."""
    page.open()
    page.get("surfaces").press("Shift+Tab")  # what has the focus from the keyboard explains itself
    page.page.get_by_role("tooltip").wait_for()
    yield "an explanation"
    page.seek(60)
    yield "arithmetic"
    page.get("arrows").select_option("parts")
    page.page.locator(".arithmetic tr.is-present").wait_for()
    yield "a step in parts"
    for measure in ("error", "curvature"):
        page.get("race-measure").select_option(measure)
        expect(page.get("race-chart-note")).not_to_be_empty()
        yield measure
    for opener in ("share", "presets", "surfaces"):
        yield from opened(page, opener)
    page.get("tab-theory").click()
    yield "theory"
    page.in_three_dimensions()
    page.wait(
        "() => document.querySelector('#panel-surface .js-plotly-plot, #panel-surface canvas')"
    )
    yield "surface"
    page.get("racer-more-0").click()
    page.get("add-start").click()
    page.raced()
    field = page.get("start-0-x")
    field.fill("1,000")
    field.press("Enter")
    yield "a racer unfolded, a complaint at a start"


def landscape_states(page: LandscapePage) -> Iterator[str]:
    """Networks side by side."""
    page.open()
    page.go(20)
    yield "map"
    yield from opened(page, "share")
    yield from opened(page, "races")
    for shown in ("surface", "slice"):
        page.page.locator(f"label:has([data-testid=shown-{shown}])").click()
        yield shown
    page.get("axes-kind").select_option("weights")
    yield "two weights"
    page.get("boundary-1").click()
    yield "another network"


def search_states(page: SearchPage) -> Iterator[str]:
    """The search of settings."""
    page.open(
        "data=moons&layers=4&knob=optimizer.learning_rate~0.01~100&knob=penalty.l2~0.001~1~log"
    )
    yield "nothing searched yet"
    page.get("search-add-knob").click()
    budget = page.get("search-budget")
    budget.fill("24000")
    budget.press("Enter")
    page.search()
    page.get("search-map").press("End")
    yield "searched along three knobs, the worst trial chosen"
    page.get("search-brush-score-to").press("Home")
    yield "the best trial brushed"
    page.press_segment(page.in_sight(page.get("search-together-slices")))
    yield "slices, brushed"
    page.get("search-brush-clear").click()
    page.get("search-truth").click()
    expect(page.get("search-truth")).to_have_attribute("data-phase", "done")
    page.get("search-around-trial").click()
    page.get("search-here").wait_for()
    yield "the truth behind the map, and a box on it"
    yield from opened(page, "share")
    high = page.get("search-high-0")
    high.fill("0.001")
    high.press("Enter")
    page.in_sight(page.get("search-more")).locator("summary").click()
    page.get("search-run").click()
    page.page.locator(".field-error:not([hidden])").first.wait_for()
    yield "everything unfolded, a complaint at a range"


Visit = tuple[type[Playground], Callable[[Any], Iterator[str]]]
VISITS: list[Visit] = [
    (Playground, playground_states),
    (Playground, task_states),
    (RacePage, race_states),
    (LandscapePage, landscape_states),
    (SearchPage, search_states),
]
"""Each page, and what is done on it."""
