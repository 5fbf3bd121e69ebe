"""One brush for all pictures of a search: parallel coordinates and slices, by pointer and by keys."""

import csv
import io
import re
from typing import Any

import pytest
from playwright.sync_api import Locator, Page, expect

from tests.browser.search_page import SearchPage

BASE = "data=moons&data.points=150&data.noise=0.2&layers=4&budget=2400&updates=100&seeds=1"
TWO = f"{BASE}&knob=optimizer.learning_rate~0.01~1&knob=penalty.l2~0.0001~1~log"
THREE = f"{TWO}&knob=layers.0.units~2,4"
SEARCH = {
    "rate": "optimizer.learning_rate",
    "l2": "penalty.l2",
    "units": "layers.0.units",
    "score": "score",
}
TRIALS = 24


@pytest.fixture
def page_of(page: Page) -> SearchPage:
    """Three settings, searched."""
    return SearchPage(page).open(THREE)


def searched(page_of: SearchPage) -> SearchPage:
    """The same once it has come to its end, with the pictures in sight."""
    page_of.search()
    section = page_of.page.locator("section:has(> [data-view=brush])")
    section.evaluate("(section) => section.scrollIntoView({ block: 'center' })")
    expect(page_of.get("search-gallery").locator("[data-trial]")).to_have_count(TRIALS)
    return page_of


def title(page_of: SearchPage, name: str) -> Locator:
    """The button that names an axis."""
    return page_of.get(f"search-parallel-{SEARCH[name]}")


def order(page_of: SearchPage) -> list[str]:
    """The axes from the first to the last."""
    keys = page_of.page.locator("[data-axis]").evaluate_all(
        "(all) => all.map((x) => x.dataset.axis)"
    )
    return [name for key in keys for name, path in SEARCH.items() if path == key]


def middle(locator: Locator) -> dict[str, float]:
    """The middle of an element, and its sides."""
    box = locator.bounding_box()
    assert box
    x, y, width, height = box["x"], box["y"], box["width"], box["height"]
    return {
        "x": x,
        "y": y,
        "width": width,
        "height": height,
        "cx": x + width / 2,
        "cy": y + height / 2,
    }


def kept(page_of: SearchPage) -> int:
    """How many trials the sentence says are kept."""
    return int(page_of.get("search-brush").get_attribute("data-kept") or TRIALS)


def rows_of(page_of: SearchPage) -> list[dict[str, str]]:
    """The trials of the page, as its own table has them."""
    page_of.get("share").click()
    with page_of.page.expect_download() as download:
        page_of.get("download-trials").click()
    page_of.page.keyboard.press("Escape")
    return list(csv.DictReader(io.StringIO(download.value.path().read_text(encoding="utf-8"))))


def test_a_drag_along_an_axis_is_seen_on_every_picture(page_of: SearchPage) -> None:
    page = searched(page_of).page
    picture = page_of.get("search-parallel")
    expect(picture).to_have_attribute("data-kept", str(TRIALS))
    area, axis = middle(picture), middle(title(page_of, "rate"))
    left, width = area["x"] + 104, area["width"] - 118
    page_of.drag((left + width / 2, axis["cy"]), (left + width + 20, axis["cy"]))
    wanted = [row for row in rows_of(page_of) if float(row[SEARCH["rate"]]) >= 0.1]
    assert kept(page_of) == len(wanted)
    for testid in ("search-parallel", "search-slices", "search-map"):
        expect(page_of.get(testid)).to_have_attribute("data-kept", str(len(wanted)))
    faded = page_of.get("search-gallery").locator(".is-faded")
    expect(faded).to_have_count(TRIALS - len(wanted))
    best = min(wanted, key=lambda row: float(row["score"]))["trial"]
    words = page_of.get("search-brush")
    expect(words).to_have_attribute("data-best", best)
    expect(page_of.get("search-trial")).to_have_attribute("data-trial", best)
    words.get_by_role("button").click()
    assert page_of.chosen() == int(best)

    # A second axis keeps fewer, a press beside a stretch lets it go, and so does the button.
    low = middle(title(page_of, "l2"))["cy"]
    page_of.drag((left, low), (left + width / 2, low))
    fewer = [row for row in wanted if float(row[SEARCH["l2"]]) <= 0.01]
    assert kept(page_of) == len(fewer) < len(wanted)
    page.mouse.click(left + 0.9 * width, low)
    assert kept(page_of) == len(wanted)
    page_of.get("search-brush-clear").click()
    expect(words).to_have_attribute("data-kept", "")
    expect(faded).to_have_count(0)


def test_pointing_at_a_line_lights_its_trial_and_a_press_keeps_it(page_of: SearchPage) -> None:
    page = searched(page_of).page
    picture = page_of.get("search-parallel")
    area, axis = middle(picture), middle(title(page_of, "rate"))
    number = None
    for share in (0.2, 0.4, 0.6, 0.8):
        page.mouse.move(area["x"] + 104 + share * (area["width"] - 118), axis["cy"] + 20)
        number = page_of.get("search-map").get_attribute("data-pointed")
        if number:
            break
    assert number
    expect(page_of.get("search-trial")).to_have_attribute("data-trial", number)
    page.mouse.down()
    page.mouse.up()
    assert page_of.chosen() == int(number)


def test_axes_change_places_and_turn_round_and_stay_so(page_of: SearchPage) -> None:
    page = searched(page_of).page
    assert order(page_of) == ["rate", "l2", "units", "score"]
    units, rate = middle(title(page_of, "units")), middle(title(page_of, "rate"))
    page_of.drag((units["cx"], units["cy"]), (rate["cx"], rate["cy"]))
    assert order(page_of) == ["units", "rate", "l2", "score"]
    expect(title(page_of, "units")).to_have_attribute("aria-pressed", "false")
    title(page_of, "rate").click()
    expect(title(page_of, "rate")).to_have_attribute("aria-pressed", "true")
    title(page_of, "units").press("ArrowDown")
    expect(title(page_of, "units")).to_be_focused()
    page.keyboard.press("End")
    assert order(page_of) == ["rate", "l2", "score", "units"]
    page.keyboard.press("Enter")
    expect(title(page_of, "units")).to_have_attribute("aria-pressed", "true")
    page.reload()
    page_of.ready()
    page_of.wait_phase("done")
    assert order(page_of) == ["rate", "l2", "score", "units"]
    expect(title(page_of, "rate")).to_have_attribute("aria-pressed", "true")


def test_keys_brush_as_the_pointer_does(page_of: SearchPage) -> None:
    searched(page_of)
    low = page_of.get(f"search-brush-{SEARCH['units']}-from")
    low.press("ArrowRight")
    wanted = [row for row in rows_of(page_of) if row[SEARCH["units"]] == "4"]
    assert kept(page_of) == len(wanted) < TRIALS
    expect(low).to_have_attribute("aria-valuetext", "4")
    title(page_of, "units").press("Enter")
    low.press("ArrowRight")
    assert kept(page_of) == TRIALS, "on an axis that is turned round the arrow leads back"
    page_of.get(f"search-brush-{SEARCH['score']}-to").press("Home")
    assert kept(page_of) == 1
    page_of.page.keyboard.press("Escape")
    assert kept(page_of) == TRIALS


def height_of(page_of: SearchPage, name: str) -> float:
    """Where the panel below the pictures begins."""
    box: Any = page_of.page.locator(f"[data-view={name}]").bounding_box()
    return float(box["y"])


def test_slices_share_the_brush_and_move_nothing(page_of: SearchPage) -> None:
    page = searched(page_of).page
    before = height_of(page_of, "importance")
    page_of.press_segment(page_of.get("search-together-slices"))
    expect(page_of.get("search-slices")).to_be_visible()
    assert height_of(page_of, "importance") == before
    area = middle(page_of.get("search-slices"))
    left, width = area["x"] + 44, (area["width"] - 34) / 2 - 22
    page_of.drag((left + width / 2, area["y"] + 50), (left - 20, area["y"] + 50))
    count = sum(float(row[SEARCH["rate"]]) <= 0.1 for row in rows_of(page_of))
    assert kept(page_of) == count
    page_of.get(f"search-slice-{SEARCH['rate']}-to").press("ArrowRight")
    assert kept(page_of) >= count
    page.reload()
    page_of.ready()
    page_of.wait_phase("done")
    expect(page_of.get("search-slices")).to_be_visible()


def test_brush_map_and_truth_stand_in_the_address(page_of: SearchPage) -> None:
    page = searched(page_of).page
    page_of.get(f"search-brush-{SEARCH['units']}-from").press("ArrowRight")
    page_of.get(f"search-brush-{SEARCH['score']}-to").press("ArrowLeft")
    page_of.get("search-axis-up").select_option("2")
    page_of.get("search-others").select_option("base")
    truth = page_of.get("search-truth")
    truth.click()
    expect(truth).to_have_attribute("aria-pressed", "true")
    ending = (
        r"&brush=layers\.0\.units~4&brush=score~~finite&map=.*rate~layers\.0\.units&truth=base$"
    )
    expect(page).to_have_url(re.compile(ending))
    expect(truth).to_have_attribute("data-phase", "done")
    count, cells = kept(page_of), truth.get_attribute("data-cells")
    page.reload()
    page_of.ready()
    page_of.wait_phase("done")
    expect(truth).to_have_attribute("data-phase", "done")
    expect(truth).to_have_attribute("aria-pressed", "true")
    assert truth.get_attribute("data-cells") == cells
    assert kept(page_of) == count
    expect(page_of.get("search-others")).to_have_value("base")
    expect(page).to_have_url(re.compile(ending))
    page_of.get("search-brush-clear").click()
    truth.click()
    expect(page).to_have_url(re.compile(r"&map=.*units$"))


def test_two_settings_are_too_few_for_parallel_coordinates(page: Page) -> None:
    page_of = SearchPage(page).open(TWO)
    page_of.search()
    expect(page_of.get("search-together-slices")).to_be_hidden()
    assert order(page_of) == []
    slices = page_of.get("search-slices")
    expect(slices).to_be_visible()
    expect(slices).to_have_attribute("data-kept", str(TRIALS))


def test_both_pictures_are_files_with_their_brush(page_of: SearchPage) -> None:
    searched(page_of)
    page_of.get(f"search-brush-{SEARCH['units']}-from").press("ArrowRight")
    count = kept(page_of)
    page_of.get("share").click()
    for testid, named in (("parallel", "Neurons (layer 1)"), ("slices", "Learning rate")):
        with page_of.page.expect_download() as download:
            page_of.get(f"download-{testid}-svg").click()
        text = download.value.path().read_text(encoding="utf-8")
        assert named in text
        assert f"{count} of {TRIALS} trials pass through the brush" in text
        with page_of.page.expect_download() as download:
            page_of.get(f"download-{testid}-png").click()
        assert download.value.path().read_bytes().startswith(b"\x89PNG")
