"""Every page opens, plays and draws in the engines of Firefox and Safari, and none complains."""

import time

import pytest

from tests.browser.conftest import Server
from tests.other_browsers.drivers import Browser

PATIENCE_SECONDS = 30

READY = """() => {
  const text = (name) => document.querySelector(`[data-testid=${name}]`)?.textContent ?? "";
  return text("status") === "Connected" && !document.querySelector(".transport")?.inert;
}"""

STEPS = """() => Number(document.querySelector("[data-testid=steps]").dataset.value)"""

PLAY = """() => document.querySelector("[data-testid=play]").click()"""

PICTURES = """() => [...document.querySelectorAll("canvas")]
  .filter((canvas) => canvas.width > 0 && canvas.height > 0)
  .map((canvas) => canvas.toDataURL())"""

IS_TOO_WIDE = """() => document.documentElement.scrollWidth > innerWidth"""


def wait(browser: Browser, condition: str) -> None:
    """Wait until a JavaScript function is true; show what the page says if it does not get so."""
    deadline = time.monotonic() + PATIENCE_SECONDS
    while not browser.run(condition):
        if time.monotonic() > deadline:
            pytest.fail(f"{condition} is not true in time: {browser.complaints()}")
        time.sleep(0.05)


@pytest.mark.parametrize("path", ["", "optimizers", "landscape"])
def test_every_page_opens_plays_and_draws(browser: Browser, server: Server, path: str) -> None:
    browser.open(f"{server.url}/{path}")
    wait(browser, READY)
    wait(browser, f"() => Number.isFinite(({STEPS})()) && ({PICTURES})().length > 0")
    before, steps = browser.run(PICTURES), browser.run(STEPS)
    browser.run(PLAY)
    wait(browser, f"() => ({STEPS})() >= {steps + 20}")
    browser.run(PLAY)
    assert browser.run(PICTURES) != before
    assert not browser.run(IS_TOO_WIDE)
    assert browser.complaints() == []
