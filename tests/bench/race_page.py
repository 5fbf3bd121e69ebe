"""What a participant's browser does while optimizers race: frames a second, and main-thread work for each.

Eight racers over a steep surface at full speed, with the picture in three dimensions closed and open. A real
server and a headless Chromium that draws in software, on the same machine.
"""

from __future__ import annotations

import os
import statistics
from typing import TYPE_CHECKING

from tests.bench.browsing import browsing, obstacle
from tests.bench.page import main_thread_work
from tests.bench.serving import quantile
from tests.bench.timing import table

if TYPE_CHECKING:
    from playwright.sync_api import Browser, Page

SECONDS = 4
RACERS = "&".join(
    f"racer={racer}"
    for racer in (
        "sgd,learning_rate~0.001",
        "momentum,learning_rate~0.0005",
        "nesterov,learning_rate~0.0005",
        "adagrad,learning_rate~0.3",
        "rmsprop,learning_rate~0.01",
        "adam,learning_rate~0.02",
        "nadam,learning_rate~0.02",
        "adamw,learning_rate~0.02",
    )
)
ADDRESS = f"surface=rosenbrock&steps=10000&{RACERS}"
FULL_SPEED = "1000"

FRAMES = """(milliseconds) => new Promise((done) => {
  const begin = performance.now();
  let frames = 0;
  const count = (now) => {
    if (now - begin < milliseconds) requestAnimationFrame(count);
    else done(frames / ((now - begin) / 1000));
    frames += 1;
  };
  requestAnimationFrame(count);
})"""


def play(browser: Browser, url: str, is_open: bool) -> list[str]:
    """Play the race; a row of figures."""
    from tests.browser.race_page import RacePage  # noqa: PLC0415

    context = browser.new_context(viewport={"width": 1280, "height": 800})
    page = context.new_page()
    race = RacePage(page).open(ADDRESS, url)
    race.get("speed").select_option(FULL_SPEED)
    if is_open:
        race.in_three_dimensions()
        page.locator(".surface-3d .main-svg").first.wait_for(state="attached")
    frames = f"{played(page):.1f}"
    if is_open:
        # drawn by another process for the most part, so that this thread's work says little
        context.close()
        return ["open", frames, "", ""]
    press(page, "reset")
    press(page, "play")
    work = main_thread_work(browser, page)
    context.close()
    median, high = statistics.median(work), quantile(sorted(work), 0.95)
    return ["closed", frames, f"{median:.1f} ms", f"{high:.1f} ms"]


def played(page: Page) -> float:
    """Frames a second of the first seconds of play."""
    press(page, "play")
    frames: float = page.evaluate(FRAMES, 1000 * SECONDS)
    press(page, "play")
    return frames


def press(page: Page, testid: str) -> None:
    """Press a button at once: a click waits for the page to be still."""
    page.get_by_test_id(testid).dispatch_event("click")


def main() -> None:
    """Print the table."""
    why = obstacle()
    if why:
        print(f"\nThe races are not measured in a browser: {why}.")
        return
    load = os.getloadavg()[0]
    with browsing() as (browser, url):
        rows = [play(browser, url, is_open) for is_open in (False, True)]
    table(
        f"Eight racers at full speed, {FULL_SPEED} steps a second (load before: {load:.1f})",
        ["the surface in 3-D", "frames/s", "work a frame, median", "p95"],
        rows,
    )


if __name__ == "__main__":
    main()
