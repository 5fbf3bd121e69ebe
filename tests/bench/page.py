"""What a participant's browser sees: frames, main-thread work, bytes, and how soon a change shows.

A real server and Debian's Chromium, headless with software rendering, on this machine.
"""

from __future__ import annotations

import itertools
import json
import os
import socket
import statistics
import subprocess
import sys
import tempfile
import time
import urllib.error
import urllib.request
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from tests.bench.timing import table

SECONDS = 6
WARM_UP = 2
NETWORKS = {"2-4-2-1": "4,2", "2-8-8-1": "8,8", "2-8-8-8-8-8-8-1": "8,8,8,8,8,8"}
FIRST_PAINT = "performance.getEntriesByName('first-contentful-paint')[0]?.startTime ?? 0"
FLAGS = (
    "--no-sandbox",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
    "--no-first-run",
    "--disable-quic",
)


@contextmanager
def served() -> Iterator[str]:
    """A server of its own, as a URL."""
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    url = f"http://127.0.0.1:{port}/"
    environment = os.environ | {"HOST": "127.0.0.1", "PORT": str(port)}
    process = subprocess.Popen(
        [sys.executable, "-m", "app"], env=environment, stdout=subprocess.DEVNULL
    )
    try:
        wait_for(url + "readyz")
        yield url
    finally:
        process.terminate()
        process.wait(20)


def wait_for(url: str) -> None:
    """Return once the server answers."""
    for _ in range(300):
        try:
            with urllib.request.urlopen(url, timeout=5) as answer:  # noqa: S310
                if answer.status == 200:
                    return
        except (urllib.error.URLError, ConnectionError):
            time.sleep(0.1)
    raise SystemExit("the server did not answer within 30 seconds")


def number(page: Any, name: str) -> float:
    """The raw number that an element shows."""
    return float(page.get_by_test_id(name).get_attribute("data-value"))


def play(browser: Any, url: str, layers: str) -> list[str]:
    """Play a network at full speed; a row of figures."""
    context = browser.new_context(viewport={"width": 1280, "height": 800})
    page = context.new_page()
    frames: list[int] = []

    def listen(websocket: Any) -> None:
        websocket.on(
            "framereceived",
            lambda data: frames.append(len(data)) if isinstance(data, bytes) else None,
        )

    page.on("websocket", listen)
    page.goto(f"{url}#layers={layers}")
    page.get_by_test_id("play").click()
    page.wait_for_timeout(WARM_UP * 1000)
    steps, begin = number(page, "steps"), time.perf_counter()
    frames.clear()
    page.wait_for_timeout(SECONDS * 1000)
    seconds = time.perf_counter() - begin
    epochs = (number(page, "steps") - steps) / 25
    count, size = len(frames), sum(frames)
    work = main_thread_work(browser, page)
    heap = page.evaluate("performance.memory.usedJSHeapSize") / 1e6
    context.close()
    return [
        f"{epochs / seconds:.0f}",
        f"{count / seconds:.1f}",
        f"{statistics.median(work):.1f} ms",
        f"{sorted(work)[int(len(work) * 0.95)]:.1f} ms",
        f"{size / max(count, 1) / 1024:.2f} KB",
        f"{size / seconds / 1024:.0f}",
        f"{heap:.0f} MB",
    ]


def main_thread_work(browser: Any, page: Any) -> list[float]:
    """Milliseconds of work on the page's main thread from each animation frame to the next.

    From a trace: the CPU time of the outermost tasks of the thread that fires animation frames, so nested
    ones are not counted twice and waiting for a core is not counted at all.
    """
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "trace.json"
        browser.start_tracing(
            page=page, path=path, categories=["toplevel", "devtools.timeline", "blink"]
        )
        page.wait_for_timeout(3000)
        browser.stop_tracing()
        events = json.loads(path.read_text())["traceEvents"]
    fired = [event for event in events if event["name"] == "FireAnimationFrame"]
    threads = [(event["pid"], event["tid"]) for event in fired]
    thread = max(set(threads), key=threads.count)
    mine = [event for event in events if (event["pid"], event["tid"]) == thread]
    starts = sorted(event["ts"] for event in mine if event["name"] == "FireAnimationFrame")
    tasks = sorted(
        (event["ts"], event.get("tdur", event.get("dur", 0)))
        for event in mine
        if event["ph"] == "X" and event["name"].endswith("RunTask")
    )
    work, i = [], 0
    for begin, end in itertools.pairwise(starts):
        total = 0.0
        while i < len(tasks) and tasks[i][0] < end:
            total += tasks[i][1] if tasks[i][0] >= begin else 0
            i += 1
        work.append(total / 1000)
    return work


def first_sight(browser: Any, url: str) -> list[str]:
    """Milliseconds from a cold cache to the first paint and to a page that can be played."""
    paints, ready = [], []
    for _ in range(5):
        context = browser.new_context(viewport={"width": 1280, "height": 800})
        page = context.new_page()
        begin = time.perf_counter()
        page.goto(url, wait_until="commit")
        page.get_by_test_id("status").get_by_text("Connected").wait_for()
        page.locator("[data-testid=play]:enabled").wait_for()
        ready.append((time.perf_counter() - begin) * 1000)
        while not (painted := page.evaluate(FIRST_PAINT)):
            page.wait_for_timeout(20)
        paints.append(painted)
        context.close()
    return [f"{statistics.median(paints):.0f} ms", f"{statistics.median(ready):.0f} ms"]


def main() -> None:
    """Print the tables."""
    try:
        from playwright.sync_api import sync_playwright  # noqa: PLC0415
    except ImportError:
        print("Playwright is not installed: the page is not measured (make test installs it)")
        return
    chromium = os.environ.get("CHROMIUM", "/usr/bin/chromium")
    if not Path(chromium).exists():
        print("Chromium is not installed: the page is not measured (make test installs it)")
        return
    with served() as url, sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=chromium, args=FLAGS)
        rows = [[name, *play(browser, url, layers)] for name, layers in NETWORKS.items()]
        head = ["network", "epochs/s", "frames/s", "work, median", "work, p95", "a frame", "KB/s"]
        table("The page at full speed: 250 training points, batch 10", [*head, "heap"], rows)
        rows = [first_sight(browser, url)]
        table("Opening the page, cold cache", ["first paint", "ready to play"], rows)
        browser.close()


if __name__ == "__main__":
    main()
