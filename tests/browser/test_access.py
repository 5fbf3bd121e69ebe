"""No state of any page breaks a rule of axe-core, at both sizes, in both themes; targets are large enough.

The same states are read in English, to find what was translated that should not be. In Chinese, where words
are shorter and letters wider, each page is looked at as it opens; `make test-long` looks at every state.
"""

from collections.abc import Callable, Iterator
from typing import Any

import pytest
from playwright.sync_api import ViewportSize

from tests.browser.access import audit
from tests.browser.conftest import NewContext
from tests.browser.playground_page import Playground
from tests.browser.states import VISITS
from tests.browser.words import chinese, english

LAPTOP: dict[str, ViewportSize] = {"viewport": {"width": 1280, "height": 800}}
PHONE: dict[str, ViewportSize] = {"viewport": {"width": 390, "height": 844}}
DEVICES = [pytest.param(LAPTOP, 24, id="laptop"), pytest.param(PHONE, 40, id="phone")]
States = Callable[[Any], Iterator[str]]
EVERY_DEVICE = pytest.mark.parametrize(("device", "least"), DEVICES)
FIRST_VISITS = list(dict(reversed(VISITS)).items())
"""The first one to each page."""
EVERY_VISIT = pytest.mark.parametrize(("page_of", "states"), VISITS)

pytestmark = [
    # axe-core itself draws letters on a canvas and reads them back, to tell icons from text; and where
    # Chromium draws in software, it says that reading the picture in 3-D back takes time
    pytest.mark.allow_console(
        "Multiple readback operations using getImageData", "GPU stall due to ReadPixels"
    ),
    pytest.mark.timeout(600),  # many states, each looked at as a whole
]


FAINT = """() => {
  const text = document.createElement("p");
  text.textContent = "hardly to be read";
  text.style.cssText = "position: fixed; inset: 300px auto auto 300px; background: #fff; color: #eee";
  document.querySelector("main").append(text);
}"""


def test_what_is_hardly_to_be_read_is_found_in_both_themes(playground: Playground):
    playground.open()
    playground.page.evaluate(FAINT)
    light, dark = audit(playground.page, "faint")
    assert light.startswith("faint: color-contrast")
    assert dark.startswith("faint: in the dark theme: color-contrast")


@EVERY_DEVICE
@EVERY_VISIT
def test_every_state_can_be_used_by_everybody(
    new_context: NewContext,
    page_of: type[Playground],
    states: States,
    device: dict[str, Any],
    least: int,
):
    page = page_of(new_context(**device).new_page())
    found = []
    for state in states(page):
        found += audit(page.page, state, least=least)
        found += [f"{state}: “{text}” is not English" for text in chinese(page.page)]
    assert found == []


@pytest.mark.parametrize(("page_of", "states"), FIRST_VISITS)
def test_a_chinese_page_can_be_used_by_everybody(
    new_context: NewContext, page_of: type[Playground], states: States
):
    page = page_of(new_context(**LAPTOP, locale="zh-CN").new_page())
    first = next(states(page))
    found = [*audit(page.page, first, least=24), *english(page.page)]
    page.page.set_viewport_size(PHONE["viewport"])
    assert [*found, *audit(page.page, f"{first} on a phone", least=40)] == []


@pytest.mark.thorough  # that each sentence has its Chinese is tested without a browser, in tests/locales
@EVERY_DEVICE
@EVERY_VISIT
def test_every_chinese_state_can_be_used_by_everybody(
    new_context: NewContext,
    page_of: type[Playground],
    states: States,
    device: dict[str, Any],
    least: int,
):
    page = page_of(new_context(**device, locale="zh-CN").new_page())
    found = []
    for state in states(page):
        found += audit(page.page, state, least=least)
        found += [f"{state}: {text}" for text in english(page.page)]
    assert found == []
