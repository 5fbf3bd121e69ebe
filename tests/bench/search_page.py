"""How smoothly a search is brushed: 2,000 trials under a moving brush, and what the page holds.

A brush of a changing width goes along the first axis of the parallel coordinates, and after it along a
slice, one move for every frame, while the map, the curves and the gallery follow. A real server and a
headless Chromium that draws in software, on the same machine.
"""

from __future__ import annotations

import os
import statistics
from typing import TYPE_CHECKING

from tests.bench.browsing import browsing, obstacle
from tests.bench.page import heap_size
from tests.bench.timing import table

if TYPE_CHECKING:
    from playwright.sync_api import Browser, Page

TRIALS = 2000
UPDATES = 60
SECONDS = 4
PATIENCE = 60
"""Seconds in which the search itself has to end."""
KNOBS = (
    "optimizer.learning_rate~0.001~10",
    "penalty.l2~0.00001~1",
    "layers.0.units~2,4,8",
    "optimizer.kind~sgd,momentum,adam",
)
ADDRESS = f"data=moons&layers=4&budget={TRIALS * UPDATES}&updates={UPDATES}&seeds=1" + "".join(
    f"&knob={knob}" for knob in KNOBS
)

BRUSH = """([testid, down, from, to, milliseconds]) => new Promise((done) => {
  const picture = document.querySelector(`[data-testid="${testid}"]`);
  const box = picture.getBoundingClientRect();
  const send = (type, share) => picture.dispatchEvent(new PointerEvent(type, {
    clientX: box.left + box.width * share, clientY: box.top + down, pointerId: 1, button: 0, bubbles: true,
  }));
  picture.setPointerCapture = () => {};
  send("pointerdown", from);
  const begin = performance.now();
  const gaps = [];
  let last = begin;
  const move = (now) => {
    gaps.push(now - last);
    last = now;
    send("pointermove", to * (1 + 0.35 * Math.sin((now - begin) / 300)));
    if (now - begin < milliseconds) requestAnimationFrame(move);
    else {
      send("pointerup", to);
      done(gaps.slice(1));
    }
  };
  requestAnimationFrame(move);
})"""


def searched(browser: Browser, url: str) -> Page:
    """A page with so many trials, whose pictures can be seen beside the map."""
    from tests.browser.search_page import SearchPage  # noqa: PLC0415

    context = browser.new_context(viewport={"width": 1280, "height": 800})
    page = SearchPage(context.new_page()).open(ADDRESS, url)
    page.get("search-run").click()
    done = page.page.locator("[data-testid=search-best][data-phase=done]")
    done.wait_for(timeout=1000 * PATIENCE)
    page.get("search-gallery").wait_for()
    page.get("search-brush").evaluate("(words) => words.scrollIntoView({ block: 'center' })")
    return page.page


def brush(page: Page, picture: str, down: int, begin: float, end: float) -> list[str]:
    """Brush along an axis that lies so far down in a picture, in shares of its width; a row of figures."""
    page.get_by_test_id(f"search-together-{picture}").check(force=True)
    gaps = page.evaluate(BRUSH, [f"search-{picture}", down, begin, end, 1000 * SECONDS])
    kept = int(page.get_by_test_id("search-brush").get_attribute("data-kept") or 0)
    return [
        picture,
        f"{kept:,} of {TRIALS:,}",
        f"{1000 / statistics.mean(gaps):.1f}",
        f"{statistics.quantiles(gaps, n=20)[-1]:.0f} ms",
        f"{heap_size(page) / 1e6:.1f} MB",
    ]


def main() -> None:
    """Print the table."""
    why = obstacle()
    if why:
        print(f"\nThe search is not measured in a browser: {why}.")
        return
    load = os.getloadavg()[0]
    with browsing() as (browser, url):
        page = searched(browser, url)
        rows = [brush(page, "parallel", 16, 0.45, 0.7), brush(page, "slices", 50, 0.15, 0.3)]
        page.context.close()
    table(
        f"{TRIALS:,} trials under a moving brush (load before: {load:.1f})",
        ["picture", "kept at the end", "frames/s", "frame gap, p95", "held by the page"],
        rows,
    )


if __name__ == "__main__":
    main()
