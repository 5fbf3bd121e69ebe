"""What is computed for HTTP requests: once for all who ask the same, one at a time, bounded and kept."""

import asyncio
from collections.abc import Callable
from typing import Any, cast

import pytest
from fastapi import HTTPException

import engine
from app.stream.workers import Workers
from app.web import answers
from app.web.answers import Answers
from app.web.assets import Asset
from app.workers.process import WorkerLostError
from tests.app import http
from tests.app.conftest import Server


class Slow:
    """Workers that finish a job when they are told to."""

    def __init__(self) -> None:
        self.begun: list[Any] = []
        self.gate = asyncio.Semaphore(0)

    async def run(self, function: Callable[[Any], Any], job: Any) -> Any:
        self.begun.append(job)
        await self.gate.acquire()
        return function(job)


def asset(job: int) -> Asset:
    return Asset.of(bytes([job]) * 1000, "text/plain")


def double(job: int) -> int:
    if job < 0:
        raise engine.SpecError(engine.Problem("n", job, "0 or more"))
    return 2 * job


async def settle() -> None:
    """Let everything go as far as it can without time passing."""
    for _ in range(20):
        await asyncio.sleep(0)


def slow_answers() -> tuple[Slow, Answers]:
    workers = Slow()
    return workers, Answers(cast(Workers, workers))


async def test_who_asks_for_the_same_shares_one_computation() -> None:
    workers, found = slow_answers()
    asking = [asyncio.create_task(found.once(double, 4)) for _ in range(5)]
    await settle()
    # one who leaves does not take it from the others
    asking[0].cancel()
    await settle()
    workers.gate.release()
    assert await asyncio.gather(*asking[1:]) == [8] * 4
    assert workers.begun == [4]
    workers.gate.release()
    assert await found.once(double, 4) == 8  # not kept: made again
    assert workers.begun == [4, 4]


async def test_one_is_computed_at_a_time_and_too_many_are_refused() -> None:
    workers, found = slow_answers()
    asking = [asyncio.create_task(found.once(double, n)) for n in range(answers.WAITING)]
    await settle()
    assert workers.begun == [0]
    with pytest.raises(HTTPException) as refused:
        await found.once(double, 99)
    assert refused.value.status_code == 503
    assert refused.value.headers == {"Retry-After": "2"}
    assert refused.value.detail.endswith("Try again in a few seconds.")
    # for the same as those who wait there is room
    same = asyncio.create_task(found.once(double, 3))
    for _ in asking:
        workers.gate.release()
    assert await asyncio.gather(*asking, same) == [*range(0, 2 * answers.WAITING, 2), 6]
    workers.gate.release()
    assert await found.once(double, 99) == 198


async def test_a_job_that_is_lost_with_its_workers_can_be_asked_for_again(
    monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    workers, found = slow_answers()

    async def run(_function: Any, _job: Any) -> Any:
        raise WorkerLostError("one worker after the other")

    monkeypatch.setattr(workers, "run", run)
    with pytest.raises(HTTPException) as refused:
        await found.once(double, 1)
    assert refused.value.status_code == 503
    assert refused.value.headers == {"Retry-After": "2"}
    assert refused.value.detail.endswith("Try again in a few seconds.")
    assert "one worker after the other" in caplog.text
    assert "Traceback" not in caplog.text


async def test_there_is_a_rest_as_long_as_the_work(monkeypatch: pytest.MonkeyPatch) -> None:
    workers, found = slow_answers()
    now, slept = [100.0], []

    async def sleep(seconds: float) -> None:
        slept.append(max(seconds, 0.0))
        now[0] += max(seconds, 0.0)

    async def run(_function: Any, job: float) -> float:
        now[0] += job
        return job

    monkeypatch.setattr(answers, "monotonic", lambda: now[0])
    monkeypatch.setattr(asyncio, "sleep", sleep)
    monkeypatch.setattr(workers, "run", run)
    for job in (0.25, 0.5, 0.125):
        await found.once(double, job)  # type: ignore[arg-type]
    assert slept == [0, 0.25, 0.5]


async def test_what_stays_is_kept_the_newest_of_it(monkeypatch: pytest.MonkeyPatch) -> None:
    workers, found = slow_answers()
    size = asset(0).size
    monkeypatch.setattr(answers, "CAPACITY", 2 * size)
    for _ in range(9):
        workers.gate.release()
    one = await found.kept(asset, 1)
    await found.kept(asset, 2)
    assert await found.kept(asset, 1) is one
    await found.kept(asset, 3)  # in place of 2, which nobody has asked for since
    assert await found.kept(asset, 1) is one
    await found.kept(asset, 2)
    assert workers.begun == [1, 2, 3, 2]


async def test_errors_are_told_to_all_and_not_kept() -> None:
    workers, found = slow_answers()
    asking = [asyncio.create_task(found.once(double, -1)) for _ in range(3)]
    await settle()
    workers.gate.release()
    told = await asyncio.gather(*asking, return_exceptions=True)
    assert [type(error) for error in told] == [engine.SpecError] * 3
    workers.gate.release()
    with pytest.raises(engine.SpecError):
        await found.once(double, -1)
    assert workers.begun == [-1, -1]


@pytest.mark.parametrize("path", ["qr?text=abc", "previews?seed=3", "catalog", "surfaces", "races"])
def test_a_browser_that_has_it_gets_no_second_copy(server: Server, path: str) -> None:
    first = http.get(f"{server.url}/api/{path}")
    assert first.headers["Cache-Control"]
    again = http.get(f"{server.url}/api/{path}", headers={"If-None-Match": first.headers["ETag"]})
    assert (again.status_code, again.content) == (304, b"")
