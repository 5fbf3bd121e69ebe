"""A late event loop is noticed, also while it is late."""

import asyncio

import pytest

from app.operations import heartbeat
from app.operations.heartbeat import EVERY, LATE, REMEMBERED, Heartbeat
from tests.app import http
from tests.app.conftest import Server


class Clock:
    now = 100.0

    def __call__(self) -> float:
        return self.now


async def test_lateness_is_that_of_the_worst_beat_of_the_last_seconds(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    clock = Clock()
    naps = iter([EVERY, EVERY + 3.0, *[EVERY] * (REMEMBERED - 1), EVERY])
    seen: list[float] = []
    monkeypatch.setattr(heartbeat, "monotonic", clock)
    beats = Heartbeat()

    async def nap(seconds: float) -> None:
        seen.append(beats.lateness)
        try:
            clock.now += next(naps)
        except StopIteration:
            raise asyncio.CancelledError from None

    monkeypatch.setattr(asyncio, "sleep", nap)
    with pytest.raises(asyncio.CancelledError):
        await beats.beat()
    assert seen[:3] == pytest.approx([0, 0, 3])
    assert seen[-2:] == pytest.approx([3, 0]), "it is forgotten after five seconds"


def test_what_is_due_and_does_not_come_counts(monkeypatch: pytest.MonkeyPatch) -> None:
    clock = Clock()
    monkeypatch.setattr(heartbeat, "monotonic", clock)
    beats = Heartbeat()
    assert beats.lateness == 0
    clock.now += EVERY + 2
    assert beats.lateness == pytest.approx(2)


def test_readyz_says_so_while_the_server_is_late_and_healthz_that_it_is_up(server: Server) -> None:
    beats: Heartbeat = server.app.state.heartbeat
    beats._late.append(LATE + 0.5)
    late = http.get(f"{server.url}/readyz")
    assert (late.status_code, late.text) == (503, "The server is late with everything.")
    assert http.get(f"{server.url}/healthz").status_code == 200
    beats._late.clear()
    assert http.get(f"{server.url}/readyz").status_code == 200
