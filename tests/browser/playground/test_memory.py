"""The page can play for hours: what it holds does not grow with the frames it has drawn."""

import pytest
from playwright.sync_api import CDPSession

from tests.browser.playground_page import Playground

pytestmark = pytest.mark.fresh_profile

NETWORK = "layers=" + ",".join(["16"] * 8)
"""As large as is drawn in full, so that few frames are many bytes."""
FRAMES = 90
LEAST_FRAME = 40_000
"""Bytes: each frame has more."""
MARGIN = 2_000_000
"""What compiled code and a chart that happens to be drawn take more or less at any moment."""


def held(session: CDPSession) -> float:
    """Bytes that the page holds after cleaning up, arrays outside of the heap included."""
    session.send("HeapProfiler.collectGarbage")
    usage = session.send("Runtime.getHeapUsage")
    return usage["usedSize"] + usage.get("backingStorageSize", 0)


def watch_frames(playground: Playground, count: int) -> None:
    drawn = playground.page.evaluate("wire.frames")
    playground.wait("(count) => wire.frames >= count", drawn + count)


def test_memory_does_not_grow_with_the_frames(playground: Playground):
    playground.open(NETWORK)
    session = playground.page.context.new_cdp_session(playground.page)
    playground.play()
    playground.wait_chart_begun()
    watch_frames(playground, 30)
    before = held(session)
    for _ in range(6):
        watch_frames(playground, FRAMES // 6)
    assert playground.page.evaluate("wire.frameBytes") > LEAST_FRAME
    assert held(session) - before < MARGIN < FRAMES * LEAST_FRAME


def test_restarts_leave_nothing_behind(playground: Playground):
    playground.open()
    session = playground.page.context.new_cdp_session(playground.page)
    playground.wait_chart_begun()

    def restart(times: int) -> None:
        for _ in range(times):
            playground.click_restart(playground.get("add-unit-0"))
            playground.click_restart(playground.get("remove-unit-0"))

    restart(3)
    before = held(session)
    nodes = session.send("Memory.getDOMCounters")["nodes"]
    restart(10)
    assert held(session) - before < MARGIN
    assert session.send("Memory.getDOMCounters")["nodes"] - nodes < 300
