"""The page can play for hours: what it holds does not grow with the frames it has drawn."""

import pytest
from playwright.sync_api import CDPSession

from tests.browser.playground_page import Playground

pytestmark = pytest.mark.fresh_profile

NETWORK = "layers=" + ",".join(["16"] * 8)
"""As large as is drawn in full, so that few frames are many bytes."""
LEAST_FRAME = 40_000
"""Bytes: each frame has more."""
WARM_UP = 60
"""Frames after which the code that draws them is compiled; until then the page grows by up to 2 MB."""
READINGS, APART = 10, 15
"""How often the page is measured, and frames between two readings."""
MARGIN = 2_000_000
"""Bytes that compiled code and a chart that happens to be drawn take more or less."""


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
    watch_frames(playground, WARM_UP)
    readings = []
    for _ in range(READINGS):
        readings.append(held(session))
        watch_frames(playground, APART)
    assert playground.page.evaluate("wire.frameBytes") > LEAST_FRAME
    # the least of three: a reading may fall on a picture that is just being drawn
    grown = min(readings[-3:]) - min(readings[:3])
    assert grown < MARGIN < (READINGS - 3) * APART * LEAST_FRAME


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
