"""The range box: dragged, moved by keys and by touch, it is the range of the next search."""

import pytest
from playwright.sync_api import expect

from tests.browser.conftest import NewContext
from tests.browser.search.test_search import PHONE, SIXTEEN, page_of
from tests.browser.search_page import SearchPage

__all__ = ["page_of"]


def ends(page: SearchPage) -> list[float]:
    """The ranges in the fields: of the learning rate and of the penalty, from and to."""
    return [
        float(page.get(f"search-{end}-{i}").input_value())
        for i in (0, 1)
        for end in ("low", "high")
    ]


def middle(page: SearchPage, selector: str) -> tuple[float, float]:
    box = page.page.locator(selector).bounding_box()
    assert box
    return box["x"] + box["width"] / 2, box["y"] + box["height"] / 2


def drag(page: SearchPage, selector: str, by: tuple[float, float]) -> None:
    x, y = middle(page, selector)
    page.drag((x, y), (x + by[0], y + by[1]))


def test_edges_corners_and_the_whole_of_it_are_dragged(page_of: SearchPage) -> None:
    page_of.open(SIXTEEN)
    frame = page_of.page.locator(".search-box-frame")
    expect(frame).to_be_hidden()
    page_of.search()
    expect(frame).to_have_class("search-box-frame is-whole")
    expect(page_of.get("search-here")).to_be_hidden()
    drag(page_of, ".search-edge.is-left", (100, 0))
    low, high, *penalty = ends(page_of)
    assert (0.01 < low < high, penalty) == (True, [0.0001, 1])
    drag(page_of, ".search-corner.is-right.is-top", (-100, 80))
    first = ends(page_of)
    assert first[0] == low
    assert first[1] < 3
    assert first[3] < 1
    drag(page_of, "[data-testid=search-box-move]", (-40, 40))
    second = ends(page_of)
    assert all(now < before for now, before in zip(second[:2], first[:2], strict=True))
    # the ratio of both ends is as it was, but for rounding
    assert second[1] / second[0] == pytest.approx(first[1] / first[0], rel=0.02)
    expect(page_of.get("search-spent")).to_have_text("Settings have changed: search again")

    page_of.get("search-here").click()
    page_of.wait_phase("done")
    expect(page_of.get("search-here")).to_be_hidden()
    expect(frame).to_have_class("search-box-frame is-whole")
    assert ends(page_of) == second


def test_a_narrow_range_follows_a_slow_hand(page_of: SearchPage) -> None:
    page_of.open(SIXTEEN.replace("~0.01~3~log", "~0.1~0.12~log"))
    page_of.search()
    plot = page_of.page.locator(".search-box").bounding_box()
    assert plot
    drag(page_of, ".search-edge.is-left", (plot["width"] / 2, 0))
    low, high = ends(page_of)[:2]
    x, y = middle(page_of, "[data-testid=search-box-move]")
    page_of.page.mouse.move(x, y)
    page_of.page.mouse.down()
    page_of.page.mouse.move(x - plot["width"] / 4, y, steps=100)
    page_of.page.mouse.up()
    quarter = 1.2**-0.25
    assert ends(page_of)[:2] == pytest.approx([low * quarter, high * quarter], abs=0.0011)


def test_keys_move_it_and_fields_show_it(page_of: SearchPage) -> None:
    page_of.open(SIXTEEN)
    page_of.search()
    edge = page_of.get("search-box-left")
    edge.press("ArrowRight")
    edge.press("ArrowRight")
    low = ends(page_of)[0]
    assert low == pytest.approx(0.01 * 300**0.04, rel=0.01)
    expect(edge).to_have_attribute("aria-valuetext", f"{low:g}")
    page_of.get("search-box-move").press("ArrowLeft")
    assert ends(page_of)[:2] == pytest.approx([0.01 * 300**0.02, 3 * 300**-0.02], rel=0.01)
    # a field moves the box
    high = page_of.get("search-high-1")
    high.fill("0.01")
    high.press("Enter")
    expect(page_of.get("search-box-top")).to_have_attribute("aria-valuenow", "50")


def test_a_search_around_a_trial(page_of: SearchPage) -> None:
    page_of.open(SIXTEEN)
    page_of.search()
    page_of.get("search-map").press("End")
    rows = page_of.get("search-trial").locator("[data-path]")
    values = [float(row.get_attribute("data-value") or "nan") for row in rows.all()]
    page_of.in_sight(page_of.get("search-around-trial")).click()
    found = ends(page_of)
    for value, low, high, ratio in zip(values, found[::2], found[1::2], (300, 10_000), strict=True):
        assert low < value < high
        assert high / low == pytest.approx(ratio**0.5, rel=0.02)
    page_of.get("search-here").click()
    page_of.wait_phase("done")


def test_a_finger_drags_it(new_context: NewContext) -> None:
    page = SearchPage(new_context(**PHONE).new_page())
    page.open(SIXTEEN)
    page.search()
    x, y = middle(page, ".search-edge.is-right")
    client = page.page.context.new_cdp_session(page.page)

    def touch(kind: str, points: list[dict[str, float]]) -> object:
        return client.send("Input.dispatchTouchEvent", {"type": kind, "touchPoints": points})

    touch("touchStart", [{"x": x, "y": y}])
    touch("touchMove", [{"x": x - 40, "y": y}])
    touch("touchMove", [{"x": x - 80, "y": y}])
    touch("touchEnd", [])
    expect(page.get("search-here")).to_be_visible()
    assert ends(page)[1] < 3
