"""No state of any page breaks a rule of axe-core, at both sizes, in both themes; targets are large enough.

The same states are read in English, to find what was translated that should not be.
"""

from collections.abc import Callable, Iterator
from typing import Any

import pytest

from tests.browser.access import audit
from tests.browser.conftest import NewContext
from tests.browser.playground_page import Playground
from tests.browser.states import VISITS
from tests.browser.words import chinese

LAPTOP = {"viewport": {"width": 1280, "height": 800}}
PHONE = {"viewport": {"width": 390, "height": 844}}
DEVICES = [pytest.param(LAPTOP, 24, id="laptop"), pytest.param(PHONE, 40, id="phone")]


# axe-core itself draws letters on a canvas and reads them back, to tell icons from text; and where Chromium
# draws in software, it says that reading the picture in 3-D back takes time
@pytest.mark.allow_console(
    "Multiple readback operations using getImageData", "GPU stall due to ReadPixels"
)
@pytest.mark.timeout(600)  # many states, each looked at as a whole
@pytest.mark.parametrize(("device", "least"), DEVICES)
@pytest.mark.parametrize(("page_of", "states"), VISITS)
def test_every_state_can_be_used_by_everybody(
    new_context: NewContext,
    page_of: type[Playground],
    states: Callable[[Any], Iterator[str]],
    device: dict[str, Any],
    least: int,
):
    page = page_of(new_context(**device).new_page())
    found = []
    for state in states(page):
        found += audit(page.page, state, least=least)
        found += [f"{state}: “{text}” is not English" for text in chinese(page.page)]
    assert found == []
