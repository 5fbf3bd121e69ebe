"""The stream over real websockets: order, exactness, reconnecting, bad input, slow browsers, faults."""

import asyncio
import contextlib
import json
import os
import random
import signal
import sys
from collections.abc import Callable
from functools import partial
from itertools import islice
from typing import Any

import numpy as np
import pytest
from websockets.exceptions import ConnectionClosed

import app.session.opening
import app.session.slices
import app.stream.workers
import app.workers.pool
import engine
from app import protocol
from app.stream.outbox import CAPACITY, CREDIT
from tests.app import faults, http
from tests.app.client import PATIENCE, Client, at_rest, replayed
from tests.app.conftest import Server

RATE = "optimizer.learning_rate"
FAILING = {"optimizer": {"kind": "sgd", "learning_rate": 10}, "penalty": {"l2": 1}}

Serve = Callable[..., Any]


async def closing(client: Client) -> int | None:
    """The code that the server closes with."""
    async with asyncio.timeout(PATIENCE):
        while client.socket.close_code is None:
            with contextlib.suppress(ConnectionClosed):
                await client.receive()
    return client.socket.close_code


async def room(url: str) -> None:
    """Open a session as soon as the server has let go of one, a moment after its socket is closed."""
    async with asyncio.timeout(PATIENCE):
        while True:
            with contextlib.suppress(ConnectionClosed):
                async with Client.open(url):
                    return


async def test_what_comes_first_comes_in_order(server: Server) -> None:
    async with Client.connect(server.stream) as client:
        await client.say("hello", protocol=1)
        kinds = [(await client.receive())["type"] for _ in range(4)]
    assert kinds == ["welcome", "status", "scene", "frame"]
    assert client.welcome["protocol"] == 1
    assert client.welcome["resumed"] is False
    status = client.status
    assert status["spec"] == status["start_spec"] == engine.RunSpec.from_dict({}).to_dict()
    assert (status["run"], status["phase"], status["step"], status["epoch"]) == (1, "paused", 0, 0)
    assert (status["speed"], status["edits"], status["failure"]) == (None, [], None)
    assert (status["units"], status["parameters"], status["steps_per_epoch"]) == (
        [2, 4, 2, 1],
        25,
        25,
    )
    assert status["layout"][0] == {"name": "layers.0.W", "offset": 0, "shape": [2, 4]}
    assert status["layout"][-1] == {"name": "output.b", "offset": 24, "shape": [1]}
    assert client.frame["arrays"]["theta"].shape == (25,)


async def test_a_run_with_edits_is_what_the_engine_makes_of_it(server: Server) -> None:
    async with Client.open(server.stream) as client:
        await client.ask("play")
        await client.until(lambda: client.frame["step"] > 50)
        await client.ask("set", changes={RATE: 0.3})
        edited = client.status["edits"][0]["step"]
        await client.until(lambda: client.frame["step"] > edited + 50)
        await client.ask("set", changes={"optimizer.kind": "adam", "batch_size": 7})
        await client.until(lambda: client.frame["step"] > edited + 500)
        await at_rest(client)
        assert client.status["run"] == 1
        assert len(client.status["edits"]) == 2
        expected = replayed(client.status, client.frame["step"])
        np.testing.assert_array_equal(client.frame["arrays"]["theta"], expected.theta[0])


async def test_a_weight_that_is_set_twice_at_a_step_is_told_twice(server: Server) -> None:
    async with Client.open(server.stream) as client:
        for step in (0, 10):
            for value in (-2.5, 1.5):
                await client.ask("set", changes={"theta.output.b.0": value})
                edit = client.status["edits"][-1]
                assert edit == {"step": step, "changes": {"theta.output.b.0": value}}
            await client.ask("step", count=10)
            await client.until(lambda: client.status["phase"] == "paused")


async def test_answers_come_in_the_order_of_the_questions(server: Server) -> None:
    async with Client.open(server.stream) as client:
        await client.ask("play")
        for number in range(1000, 1060):
            kind = {0: "pause", 1: "foo", 2: "play"}[number % 3]
            await client.say(kind, id=number)
        answers: list[tuple[int, str]] = []
        while len(answers) < 60:
            message = await client.receive()
            if message["type"] in {"ok", "error"}:
                answers.append((message["id"], message["type"]))
    assert answers == [
        (number, "error" if number % 3 == 1 else "ok") for number in range(1000, 1060)
    ]


async def test_steps_are_exact(server: Server) -> None:
    async with Client.open(server.stream) as client:
        await client.ask("step", count=2, unit="epoch")
        await client.ask("step", count=3)
        await client.until(lambda: client.status["phase"] == "paused")
        await client.until(lambda: client.frame["step"] == 53)


async def test_a_restart_tells_status_and_scene_before_its_frames(server: Server) -> None:
    async with Client.open(server.stream) as client:
        await client.ask("play")
        await client.until(lambda: client.frame["step"] > 0)
        await client.say("set", changes={"data.kind": "spiral", "layers.0.units": 3})
        seen = []
        while client.frame["run"] == 1:
            message = await client.receive()
            seen.append((message["type"], message.get("run")))
        mine = [each for each in seen if each[1] == 2]
        assert mine[:2] == [("status", 2), ("scene", 2)]
        assert seen[-1] == ("frame", 2)
        assert client.status["phase"] == "playing"
        assert client.status["units"] == [2, 3, 2, 1]


async def test_a_failure_is_told_with_its_step_and_advice(server: Server) -> None:
    async with Client.open(server.stream, spec=FAILING, playing=True) as client:
        await client.until(lambda: client.status["failure"])
        failure = client.status["failure"]
        assert client.status["phase"] == "paused"
        assert failure["step"] == client.status["step"] + 1
        assert failure["cause"]
        assert all(sentence.endswith(".") for sentence in failure["advice"])
        await client.until(lambda: client.frame["step"] == client.status["step"])
        assert np.isfinite(client.frame["arrays"]["theta"]).all()
        await client.ask("set", changes={RATE: 0.01})
        await client.ask("play")
        await client.until(lambda: client.frame["step"] > failure["step"] + 10)


# Coming back


async def test_a_browser_that_comes_back_finds_its_run(server: Server) -> None:
    async with Client.open(server.stream) as first:
        await first.ask("step", count=500)
        await first.until(lambda: first.frame["step"] == 500)
        await first.until(lambda: first.status["phase"] == "paused")
    async with Client.open(server.stream, session=first.welcome["session"]) as second:
        assert second.welcome == {**first.welcome, "resumed": True}
        assert second.frame["step"] == 500
        assert second.status == first.status
        assert second.history["arrays"]["steps"][-1] == 500
        assert second.history["arrays"]["metrics"].shape[0] == 5
        np.testing.assert_array_equal(
            second.frame["arrays"]["theta"], first.frame["arrays"]["theta"]
        )


async def test_a_run_that_plays_goes_on_playing_and_waits_meanwhile(server: Server) -> None:
    async with Client.open(server.stream) as first:
        await first.ask("speed", steps_per_second=100)
        await first.ask("play")
        await first.until(lambda: first.frame["step"] > 3)
        first.socket.transport.abort()
    async with Client.open(server.stream, session=first.welcome["session"]) as second:
        assert second.status["phase"] == "playing"
        begin = second.frame["step"]
        assert begin < 1000
        await second.until(lambda: second.frame["step"] > begin)
        await at_rest(second)
        expected = replayed(second.status, second.frame["step"])
        np.testing.assert_array_equal(second.frame["arrays"]["theta"], expected.theta[0])


async def test_a_server_that_forgot_the_session_rebuilds_it(server: Server) -> None:
    lost = {
        "session": "of a server that was restarted",
        "spec": {"layers": [{"units": 3}]},
        "edits": [{"step": 10, "changes": {RATE: 0.2}}, {"step": 700, "changes": {RATE: 0.1}}],
        "step": 400,
        "speed": 5,
        "view": {"grid": 10, "neurons": 8},
    }
    async with Client.open(server.stream, **lost) as client:
        assert client.welcome["resumed"] is False
        await client.until(lambda: client.status["phase"] == "paused")
        await client.until(lambda: client.frame["step"] == 400)
        assert client.status["speed"] == 5
        assert client.status["edits"] == lost["edits"]
        assert client.frame["arrays"]["boundary"].shape == (1, 10, 10)
        expected = replayed(client.status, 400)
        np.testing.assert_array_equal(client.frame["arrays"]["theta"], expected.theta[0])


async def test_the_newest_window_takes_over(server: Server) -> None:
    async with Client.open(server.stream, playing=True) as first:
        name = first.welcome["session"]
        async with Client.open(server.stream, session=name) as second:
            assert await closing(first) == protocol.TAKEN_OVER
            step = second.frame["step"]
            await second.until(lambda: second.frame["step"] > step)


async def test_many_windows_at_once_leave_one(server: Server) -> None:
    async with Client.open(server.stream) as first:
        name = first.welcome["session"]

    async def come() -> int | None:
        async with Client.connect(server.stream) as client:
            await client.say("hello", protocol=1, session=name)
            return await closing(client)

    windows = [asyncio.create_task(come()) for _ in range(5)]
    codes = [await each for each in islice(asyncio.as_completed(windows), 4)]
    assert codes == [protocol.TAKEN_OVER] * 4
    (last,) = (window for window in windows if not window.done())
    last.cancel()
    await asyncio.wait([last])


# Limits


async def test_a_full_server_says_so(serve: Serve) -> None:
    with serve(max_sessions=1) as server:
        async with Client.open(server.stream), Client.connect(server.stream) as second:
            await second.say("hello", protocol=1)
            assert await closing(second) == protocol.TRY_LATER
        await room(server.stream)


async def test_who_says_no_hello_is_closed(serve: Serve) -> None:
    with serve(hello_timeout=0.05) as server:
        async with Client.connect(server.stream) as client:
            assert await closing(client) == protocol.NO_HELLO


async def test_another_protocol_is_closed(server: Server) -> None:
    async with Client.connect(server.stream) as client:
        await client.say("hello", protocol=2)
        assert await closing(client) == protocol.OTHER_PROTOCOL


async def test_no_more_than_two_frames_go_unacknowledged(server: Server) -> None:
    async with Client.open(server.stream) as client:
        client.acks = False
        await client.ask("play")
        await client.until(lambda: len(client.frames) == 1 + CREDIT)
        for _ in range(20):  # each of these is answered, none of them brings a frame
            await client.ask("speed", steps_per_second=None)
        assert len(client.frames) == 1 + CREDIT
        step = client.frame["step"]
        await client.say("ack", frame=client.frame["frame"])
        await client.until(lambda: client.frame["step"] > step)


async def test_a_browser_that_reads_nothing_costs_no_memory_and_is_closed(server: Server) -> None:
    async with Client.open(server.stream) as client:
        owner = server.app.state.sessions._held[client.welcome["session"]].owner
        client.socket.transport.pause_reading()

        async def keep_asking() -> None:
            while True:
                await client.say("set", changes={"layers.0.units": random.randint(1, 99)})

        asking = asyncio.create_task(keep_asking())
        loop = owner._closing.get_loop()
        released = asyncio.run_coroutine_threadsafe(owner.released.wait(), loop)
        assert await asyncio.wait_for(asyncio.wrap_future(released), PATIENCE)
        assert len(owner._outbox._queue) <= CAPACITY
        asking.cancel()
        client.socket.transport.resume_reading()
        assert await closing(client) == protocol.TRY_LATER
        client.socket.transport.abort()
        await client.socket.wait_closed()


# Bad input


async def test_nothing_goes_before_hello(server: Server) -> None:
    async with Client.connect(server.stream) as client:
        reply = await client.ask("play")
        assert reply["code"] == "hello_first"
        await client.socket.send("{")
        assert (await client.receive())["code"] == "bad_json"
        reply = await client.ask("hello", protocol=1, spec={"batch_size": 0, "layer": []})
        assert reply["code"] == "bad_spec"
        assert {problem["path"] for problem in reply["problems"]} == {"batch_size", "layer"}
        assert (await client.ask("hello", protocol=1))["type"] == "ok"
        reply = await client.ask("hello", protocol=1)
        assert (reply["type"], reply["code"]) == ("error", "bad_message")


@pytest.mark.parametrize(
    ("data", "code"),
    [
        ("x" * (protocol.MAX_TEXT + 1), "too_large"),
        (json.dumps({"type": "set", "changes": {"a": "x" * 900_000}}), "too_large"),
        (b"\x00" * 100, "binary_not_expected"),
        ("[" * 60_000, "bad_json"),
        ('{"type": "speed", "steps_per_second": NaN}', "bad_json"),
        ("{}", "bad_message"),
        ('{"type": "ack", "frame": 123456}', "bad_message"),
        ('{"type": "set", "changes": {"data.noise": 9}}', "bad_spec"),
        ('{"type": "set", "changes": {"__class__": 9}}', "bad_spec"),
        ('{"type": "set", "changes": {"layers.-1.units": 9}}', "bad_spec"),
        ('{"type": "load", "spec": {"layers": [{"units": 1e300}]}}', "bad_spec"),
    ],
    ids=lambda case: str(case)[:50],
)
async def test_bad_input_is_answered_and_survived(
    server: Server, data: str | bytes, code: str
) -> None:
    async with Client.open(server.stream) as client:
        before = client.status
        await client.socket.send(data)
        await client.until(lambda: client.errors)
        assert client.errors[0]["code"] == code
        assert client.errors[0]["message"]
        await client.ask("pause")
        assert client.status == before


async def test_a_message_past_all_limits_ends_the_connection_not_the_session(
    server: Server,
) -> None:
    async with Client.open(server.stream) as client:
        await client.ask("step", count=5)
        await client.until(lambda: client.frame["step"] == 5)
        await client.socket.send("x" * (2**20 + 1))
        assert await closing(client) == 1009
    async with Client.open(server.stream, session=client.welcome["session"]) as client:
        assert client.frame["step"] == 5


WORDS: list[Any] = [
    "",
    "layers",
    "layers.0.units",
    "relu",
    "x1",
    0,
    -1,
    2.5,
    1e308,
    10**20,
    None,
    True,
]


def nonsense(chance: random.Random, depth: int = 0) -> Any:
    """A JSON value without sense, often with words that have some."""
    if depth > 3 or chance.random() < 0.4:
        return chance.choice(WORDS)
    if chance.random() < 0.5:
        return [nonsense(chance, depth + 1) for _ in range(chance.randrange(4))]
    return {
        str(chance.choice(WORDS)): nonsense(chance, depth + 1) for _ in range(chance.randrange(4))
    }


async def test_a_thousand_senseless_messages_change_nothing(server: Server) -> None:
    chance = random.Random(1)
    keys = sorted({name for model in protocol.MODELS.values() for name in model.model_fields})
    async with Client.open(server.stream) as client:
        for _ in range(1000):
            kind = chance.choice(["set", "load", "step", "view", "speed", "seek", "hello", "foo"])
            own = list(protocol.MODELS[kind].model_fields) if kind in protocol.MODELS else keys
            names = own if chance.random() < 0.5 else keys
            message = {chance.choice(names): nonsense(chance) for _ in range(chance.randrange(4))}
            await client.socket.send(json.dumps({**message, "type": kind}))
            await client.ask("pause")
        assert {error["code"] for error in client.errors} == {"bad_message", "bad_spec"}
        assert (await client.ask("load", spec={}))["type"] == "ok"


# Faults of our own


async def test_a_slice_that_fails_is_reported_and_the_session_lives(
    serve: Serve, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    monkeypatch.setattr(app.stream.runner, "run_slice", faults.fail_at_ten)
    with serve() as server:
        async with Client.open(server.stream) as other, Client.open(server.stream) as client:
            await client.ask("step", count=10)
            await client.until(lambda: client.frame["step"] == 10)
            await client.ask("play")
            await client.until(lambda: client.errors)
            assert client.errors[0]["code"] == "internal"
            assert "ZeroDivisionError" not in json.dumps(client.errors)
            await client.until(lambda: client.status["phase"] == "paused")
            await other.ask("step", count=5)
            await other.until(lambda: other.frame["step"] == 5)
            client.frame = {}
            await client.ask("reset")
            await client.until(lambda: client.frame.get("step") == 0)
    assert "made to fail" in caplog.text


def send_all(server: Server, number: signal.Signals) -> list[int]:
    """Send all workers a signal: who got it."""
    pids = list(server.app.state.workers.pool.pids)
    for pid in pids:
        with contextlib.suppress(ProcessLookupError):
            os.kill(pid, number)
    return pids


async def exact(client: Client) -> None:
    """Pause, and compare with the engine, bit for bit."""
    await at_rest(client)
    assert client.errors == []
    expected = replayed(client.status, client.frame["step"])
    np.testing.assert_array_equal(client.frame["arrays"]["theta"], expected.theta[0])


async def ready(server: Server) -> None:
    """Wait until the server says that its workers answer."""
    async with asyncio.timeout(PATIENCE), http.AsyncClient() as asking:
        while (await asking.get(f"{server.url}/readyz")).status_code != 200:  # noqa: ASYNC110 - no event tells
            await asyncio.sleep(0.05)


SIGNALS = pytest.mark.skipif(sys.platform == "win32", reason="kills and stops with signals")


@SIGNALS
async def test_a_ping_is_answered_while_everything_else_waits(serve: Serve) -> None:
    """It asks whether the line is alive, not whether the run is."""
    with serve() as server:
        async with Client.open(server.stream) as client:
            send_all(server, signal.SIGSTOP)
            try:
                await client.say("reset", id=101)
                await client.say("ping", id=102)
                first = await client.until(lambda: None, lambda said: said.get("type") == "ok")
            finally:
                send_all(server, signal.SIGCONT)
            second = await client.until(lambda: None, lambda said: said.get("type") == "ok")
            assert (first["id"], second["id"]) == (102, 101)
            await client.say("ping")  # who gives no number wants no answer
            assert (await client.ask("pause"))["type"] == "ok"


def passed(client: Client, step: int) -> bool:
    """Whether a frame of a later step has come."""
    return client.frame["step"] > step


@SIGNALS
@pytest.mark.parametrize("number", [signal.SIGKILL, signal.SIGSTOP])
async def test_lost_workers_cost_nothing(serve: Serve, number: signal.Signals) -> None:
    with serve(workers=2, job_timeout=1) as server:
        async with Client.open(server.stream, playing=True) as client:
            for _ in range(2):
                lost = send_all(server, number)
                assert http.get(f"{server.url}/readyz").status_code == 503
                step = client.frame["step"]
                await client.until(partial(passed, client, step + 1000))
                await ready(server)
                assert not set(lost) & set(server.app.state.workers.pool.pids)
            await exact(client)


@SIGNALS
async def test_sessions_outlast_deaths_again_and_again(
    serve: Serve, caplog: pytest.LogCaptureFixture
) -> None:
    with serve(workers=2, job_timeout=1) as server:
        async with Client.open(server.stream, playing=True) as client:
            coming = []
            for turn in range(20):
                send_all(server, signal.SIGKILL)
                if turn % 5 == 0:
                    coming.append(asyncio.create_task(visit(server)))
                with contextlib.suppress(TimeoutError):
                    async with asyncio.timeout(0.1):
                        await client.until(lambda: None)
            await asyncio.gather(*coming)
            step = client.frame["step"]
            await client.until(lambda: client.frame["step"] > step + 1000)
            assert client.status["phase"] == "playing"
            await exact(client)
    assert "Traceback" not in caplog.text


async def visit(server: Server) -> None:
    """Come, play and leave."""
    async with Client.open(server.stream, playing=True) as client:
        await client.until(lambda: client.frame["step"] > 10)
        await exact(client)


async def test_a_run_that_kills_its_workers_is_given_up_and_disturbs_nobody(
    serve: Serve, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    monkeypatch.setattr(app.stream.runner, "run_slice", faults.die_at_ten)
    monkeypatch.setattr(app.workers.pool, "ATTEMPTS", 2)
    with serve(workers=2) as server:
        async with Client.open(server.stream) as other, Client.open(server.stream) as client:
            await client.ask("step", count=10)
            await client.until(lambda: client.frame["step"] == 10)
            await client.ask("play")
            await other.ask("step", count=5)
            await other.until(lambda: other.frame["step"] == 5)
            await client.until(lambda: client.errors)
            assert client.errors[0]["code"] == "internal"
            assert "could not compute" in client.errors[0]["message"]
            await client.until(lambda: client.status["phase"] == "paused")
            client.frame = {}
            await client.ask("reset")
            await client.until(lambda: client.frame.get("step") == 0)
    assert "Traceback" not in caplog.text


BEGINNINGS = pytest.mark.parametrize(
    "where", [(app.session.slices, "start"), (app.session.opening, "plan")]
)


@BEGINNINGS
async def test_a_run_that_cannot_be_begun_is_said_and_can_be_tried_again(
    where: tuple[object, str],
    serve: Serve,
    monkeypatch: pytest.MonkeyPatch,
    caplog: pytest.LogCaptureFixture,
) -> None:
    with serve() as server:
        with monkeypatch.context() as patch, caplog.at_level("WARNING"):
            patch.setattr(*where, faults.die)
            patch.setattr(app.workers.pool, "ATTEMPTS", 1)
            async with Client.connect(server.stream) as first:
                await first.say("hello", protocol=1)
                assert await closing(first) == protocol.INTERNAL
                assert (
                    first.socket.close_reason == "The server could not begin this run; try again."
                )
        session = first.welcome.get("session")  # none before it is known what is to be begun
        async with Client.open(server.stream, session=session) as second:
            assert second.welcome["resumed"] is (session is not None)
            await second.ask("step", count=5)
            await second.until(lambda: second.frame["step"] == 5)
    assert "Traceback" not in caplog.text


@BEGINNINGS
async def test_an_error_of_ours_in_a_hello_closes_in_words(
    where: tuple[object, str],
    serve: Serve,
    monkeypatch: pytest.MonkeyPatch,
    caplog: pytest.LogCaptureFixture,
) -> None:
    monkeypatch.setattr(*where, faults.fail)
    with serve() as server:
        async with Client.connect(server.stream) as client:
            await client.say("hello", protocol=1)
            assert await closing(client) == protocol.INTERNAL
            assert client.socket.close_reason == "The server made an error; try again."
    assert "made to fail" in caplog.text
    assert "Exception in ASGI application" not in caplog.text
