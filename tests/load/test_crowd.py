"""A small room full of people: nobody starves, memory is bounded, and a lost worker changes no bit."""

import asyncio
import os
import signal
import sys
from collections.abc import Callable, Iterator

import numpy as np
import pytest

from app.rehearsal.command import main, stream
from app.rehearsal.crowd import Crowd, Measured, Person
from app.rehearsal.verdict import judge, table
from tests.app.client import Client, at_rest, replayed
from tests.load.machine import Machine, machine

PEOPLE = 24
MOST_BYTES = 512 * 2**20
PATIENCE = 60

pytestmark = pytest.mark.skipif(
    sys.platform != "linux", reason="reads /proc and kills with signals"
)


@pytest.fixture(scope="module")
def running() -> Iterator[Machine]:
    with machine() as made:
        yield made


async def until(condition: Callable[[], bool]) -> None:
    async with asyncio.timeout(PATIENCE):
        while not condition():  # noqa: ASYNC110 - no event tells
            await asyncio.sleep(0.02)


async def test_nobody_starves_and_a_lost_worker_changes_no_bit(running: Machine) -> None:
    hellos = [{"spec": {"weights_seed": seed % 5}} for seed in range(PEOPLE)]
    async with Crowd(running.stream, hellos) as crowd, Client.open(running.stream) as client:
        assert not crowd.lost
        crowd.play()
        await client.ask("play")
        for turn in range(3):
            for browser in crowd.browsers:
                browser.forget()
                browser.change()
            before = client.frame["step"]
            await client.ask("set", changes={"optimizer.learning_rate": 0.01 + turn / 100})
            await until(lambda: all(browser.frames > 4 for browser in crowd.browsers))
            assert all(browser.seen and browser.steps > 0 for browser in crowd.browsers)
            await client.until(lambda before=before: client.frame["step"] > before + 10)  # type: ignore[misc]
            for pid in running.workers:
                os.kill(pid, signal.SIGKILL)
        await client.until(lambda: client.frame["step"] > before + 20)
        await at_rest(client)
        expected = replayed(client.status, client.frame["step"])
        np.testing.assert_array_equal(client.frame["arrays"]["theta"], expected.theta[0])
        assert not any(browser.closed.done() for browser in crowd.browsers)
    assert running.most < MOST_BYTES


async def test_those_who_look_on_and_those_who_are_hidden_cost_nothing(running: Machine) -> None:
    """Who has not pressed Play gets one picture; who acknowledges nothing gets no more than two."""
    async with Crowd(running.stream, [{}] * 6) as crowd, Client.open(running.stream) as client:
        client.acks = False
        await client.ask("play")
        for browser in crowd.browsers:
            browser.forget()
        async with Crowd(running.stream, [{}]) as other:
            other.play()
            await until(lambda: other.browsers[0].frames > 30)
        assert [browser.frames for browser in crowd.browsers] == [0] * 6
        await client.ask("ping")
        assert len(client.frames) <= 3


def test_a_rehearsal_says_what_it_found(
    running: Machine, capsys: pytest.CaptureFixture[str]
) -> None:
    code = main(["--people", "3", f"http://{running.address}"])
    said = capsys.readouterr().out
    assert "3 people play at" in said
    assert "| people" in said
    assert ("Comfortable for 3" in said) == (code == 0)
    assert main(["--people", "2", "http://127.0.0.1:1"]) == 1
    assert "Nobody could play" in capsys.readouterr().out
    assert main(["--people", "0"]) == 2
    assert "from 1 to 2,000" in capsys.readouterr().err


@pytest.mark.parametrize(
    ("url", "expected"),
    [
        ("http://127.0.0.1:8000", "ws://127.0.0.1:8000/ws"),
        ("https://play.example.org/nets/", "wss://play.example.org/nets/ws"),
        ("play.example.org", "ws://play.example.org/ws"),
        ("http://[::1]:9", "ws://[::1]:9/ws"),
    ],
)
def test_where_the_stream_is(url: str, expected: str) -> None:
    assert stream(url) == expected
    with pytest.raises(ValueError, match="an address such as"):
        stream("ftp://x")


def found(frames: list[float], seen: float = 0.1, lost: tuple[str, ...] = ()) -> Measured:
    people = tuple(Person(each, 40 * each, 1 / each, 5000 * each) for each in frames)
    return Measured(people, (seen,), (0.5,), (0.001,), lost)


def test_verdicts() -> None:
    assert (
        judge(found([15, 20])).words == "Comfortable for 2: each gets at least 15 frames a second."
    )
    usable = judge(found([6.0] * 100))
    assert usable.words.startswith("Usable for 100, but not smooth")
    assert "50 people would be comfortable" in usable.words
    assert judge(found([2.0] * 10)).words.startswith("Too much for this server")
    assert "take" in judge(found([20.0], seen=3)).words
    assert not judge(found([20.0], lost=("The server is full.",))).comfortable
    assert not judge(found([])).comfortable
    assert found([1, 1]).fairness == pytest.approx(1)
    assert found([2, 2, 2, 1e-9]).fairness == pytest.approx(0.75)
    assert "2.0" in table(found([2.0, 3.0]))
