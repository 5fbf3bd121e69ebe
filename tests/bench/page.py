"""What a participant's browser does: frames, main-thread work, bytes, and how soon a change shows.

A real server and a headless Chromium that draws in software, on the same machine. Everything is timed
by the page's own clock. A frame counts when the page acknowledges it, which is after it was drawn.
"""

from __future__ import annotations

import bisect
import itertools
import json
import os
import statistics
import tempfile
from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any

from tests.bench.browsing import browsing, obstacle
from tests.bench.serving import quantile
from tests.bench.timing import table

if TYPE_CHECKING:
    from playwright.sync_api import Browser, Page

WARM_UP = 2
SECONDS = 6
TRACED = 3
VISITS = 11
"""How often the page is opened in each language."""
LANGUAGES = ("en", "zh-CN")
TURNS = 9
"""How often a knob is turned."""
MINUTES = float(os.environ.get("PAGE_MINUTES", "1"))
"""How long the page plays on while its memory is looked at."""
LOOKS = 5
NETWORKS = {"2-4-2-1": "4,2", "2-8-8-1": "8,8", "2-8-8-8-8-8-8-1": "8,8,8,8,8,8"}
EPOCH = 25
"""Steps: 250 training points in batches of 10."""

TURN = """(value) => new Promise((done) => {
  const knob = document.querySelector('[data-testid="knob-optimizer.learning_rate"]');
  const begin = performance.now();
  knob.value = value;
  knob.dispatchEvent(new Event("change"));
  const look = () => {
    const edit = wire.status.edits.at(-1);
    const shown = edit?.changes["optimizer.learning_rate"] === value && wire.drawn.step > edit.step;
    if (shown) done(wire.drawn.at - begin);
    else requestAnimationFrame(look);
  };
  look();
})"""


def play(browser: Browser, url: str, layers: str) -> list[str]:
    """Play a network at full speed; a row of figures."""
    from tests.browser.playground_page import Playground  # noqa: PLC0415

    context = browser.new_context(viewport={"width": 1280, "height": 800})
    page = context.new_page()
    playground = Playground(page).open(f"layers={layers}", url)
    playground.wait_chart_begun()
    playground.play()
    page.wait_for_timeout(1000 * WARM_UP)
    begin = page.evaluate("({ ...wire.drawn, frames: wire.frames, bytes: wire.bytes })")
    page.wait_for_timeout(1000 * SECONDS)
    end = page.evaluate(
        "({ ...wire.drawn, frames: wire.frames, bytes: wire.bytes, size: wire.frameBytes })"
    )
    seconds = (end["at"] - begin["at"]) / 1000
    work = main_thread_work(browser, page)
    delays = [page.evaluate(TURN, 0.02 + i / 1000) for i in range(TURNS)]
    heap = heap_size(page)
    context.close()
    return [
        f"{(end['step'] - begin['step']) / EPOCH / seconds:,.0f}",
        f"{(end['frames'] - begin['frames']) / seconds:.1f}",
        f"{statistics.median(work):.1f} ms",
        f"{quantile(sorted(work), 0.95):.1f} ms",
        f"{statistics.median(delays):.0f} ms",
        f"{end['size'] / 1000:.2f} KB",
        f"{(end['bytes'] - begin['bytes']) / seconds / 1000:.0f}",
        f"{heap / 1e6:.0f} MB",
    ]


def main_thread_work(browser: Browser, page: Page) -> list[float]:
    """Milliseconds of work on the page's main thread from each animation frame to the next, from a trace."""
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "trace.json"
        browser.start_tracing(page=page, path=path, categories=["toplevel", "devtools.timeline"])
        page.wait_for_timeout(1000 * TRACED)
        browser.stop_tracing()
        events = json.loads(path.read_text())["traceEvents"]
    fired = [event for event in events if event["name"] == "FireAnimationFrame"]
    thread = statistics.mode((event["pid"], event["tid"]) for event in fired)
    mine = [event for event in events if (event["pid"], event["tid"]) == thread]
    starts = sorted(event["ts"] for event in mine if event["name"] == "FireAnimationFrame")
    return work_between(starts, outermost(mine))


def outermost(events: Sequence[dict[str, Any]]) -> list[tuple[float, float]]:
    """Begin and CPU time of a thread's tasks; those inside another one are part of it.

    CPU time, so that waiting for a core that somebody else uses is not taken for work.
    """
    tasks = sorted(
        (event["ts"], event["dur"], event.get("tdur", event["dur"]))
        for event in events
        if event["ph"] == "X" and event["name"].endswith("RunTask")
    )
    found: list[tuple[float, float]] = []
    free = 0.0
    for begin, length, work in tasks:
        if begin >= free:
            found.append((begin, work))
            free = begin + length
    return found


def work_between(starts: Sequence[float], tasks: Sequence[tuple[float, float]]) -> list[float]:
    """The work of the tasks that begin between one start and the next, in milliseconds.

    The task that draws a frame begins a little before its animation frame fires, so that each one's drawing
    counts for the gap before it; every task counts once.
    """
    begins = [begin for begin, _ in tasks]
    return [
        sum(work for _, work in tasks[bisect.bisect(begins, a) : bisect.bisect(begins, b)]) / 1000
        for a, b in itertools.pairwise(starts)
    ]


def heap_size(page: Page) -> float:
    """Bytes that the page holds after cleaning up, arrays outside of the heap included."""
    session = page.context.new_cdp_session(page)
    session.send("HeapProfiler.collectGarbage")
    usage = session.send("Runtime.getHeapUsage")
    return usage["usedSize"] + usage.get("backingStorageSize", 0)


def memory(browser: Browser, url: str, minutes: float) -> list[str]:
    """What the page holds while it plays on at full speed: at the beginning and every quarter of the time."""
    from tests.browser.playground_page import Playground  # noqa: PLC0415

    context = browser.new_context(viewport={"width": 1280, "height": 800})
    page = context.new_page()
    playground = Playground(page).open("layers=8,8", url)
    playground.wait_chart_begun()
    playground.play()
    page.wait_for_timeout(5000 * WARM_UP)  # until the curves are as long as they are kept
    held = []
    for look in range(LOOKS):
        page.wait_for_timeout(60_000 * minutes / (LOOKS - 1) if look else 0)
        held.append(heap_size(page) / 1e6)
    frames = page.evaluate("wire.frames")
    context.close()
    return [*(f"{each:.2f} MB" for each in held), f"{frames:,}"]


def first_sight(browser: Browser, url: str) -> list[list[str]]:
    """From a cold cache: the first paint, and the first picture, when everything can be used.

    English and Chinese by turns, so that both meet the same machine; the last row is the median difference
    within a turn.
    """
    for tag in LANGUAGES:
        visit(browser, url, tag)  # what the server and the browser do only once is not measured
    turns = [[visit(browser, url, tag) for tag in LANGUAGES] for _ in range(VISITS)]
    english, chinese = (list(zip(*each, strict=True)) for each in zip(*turns, strict=True))
    rows = [
        [name, *(f"{statistics.median(each):.0f} ms" for each in times)]
        for name, times in (("English", english), ("Chinese", chinese))
    ]
    later = [
        statistics.median(b - a for a, b in zip(*pair, strict=True))
        for pair in zip(english, chinese, strict=True)
    ]
    return [*rows, ["difference", *(f"{each:+.0f} ms" for each in later)]]


def visit(browser: Browser, url: str, tag: str) -> tuple[float, float]:
    """Open the page in a new profile that reads a language; when it paints, and when it can be used."""
    from tests.browser.playground_page import Playground  # noqa: PLC0415

    context = browser.new_context(viewport={"width": 1280, "height": 800}, locale=tag)
    playground = Playground(context.new_page()).open("", url)
    playground.wait_chart_begun()
    paint, usable = playground.page.evaluate(
        """() => {
          const [paint] = performance.getEntriesByName("first-contentful-paint");
          return [paint.startTime, wire.first];
        }"""
    )
    context.close()
    return paint, usable


def main() -> None:
    """Print the tables."""
    why = obstacle()
    if why:
        print(f"\nThe page is not measured: {why}.")
        return
    load = os.getloadavg()[0]
    with browsing() as (browser, url):
        rows = [[name, *play(browser, url, layers)] for name, layers in NETWORKS.items()]
        sight = first_sight(browser, url)
        held = memory(browser, url, MINUTES)
    head = ["network", "epochs/s", "frames/s", "work a frame, median", "p95", "a knob shows after"]
    table(
        f"The page at full speed: 250 training points, batch 10 (load before: {load:.1f})",
        [*head, "a frame", "KB/s", "heap"],
        rows,
    )
    table(
        "Opening the page, cold cache",
        ["language", "first paint", "usable, with the first picture"],
        sight,
    )
    marks = [f"{MINUTES * look / (LOOKS - 1):g} min" for look in range(LOOKS)]
    table(
        "What the page holds while it plays (PAGE_MINUTES says how long)",
        [*marks, "frames"],
        [held],
    )


if __name__ == "__main__":
    main()
