"""One person does not stop the others: what is long is done in a worker, what comes in floods together."""

import asyncio
import base64
import json
import random
from functools import partial
from typing import Any

import numpy as np
import pytest
from websockets.exceptions import ConnectionClosed

import engine
from app.protocol import MAX_EDITS
from app.session import opening
from app.session.slices import Slice
from app.stream import reading, runner
from app.stream.workers import SHORTEST
from engine.spec.parameter_names import pack, unpack
from tests.app.client import PATIENCE, Client, at_rest, replayed
from tests.app.conftest import Server

RATE = "optimizer.learning_rate"
ROWS = [[i % 11 - 5.5, i % 13 - 6.5, i % 2] for i in range(2000)]
OWN = {"data": {"kind": "custom", "rows": ROWS}}


def rates(count: int) -> list[dict[str, Any]]:
    return [{"step": i + 10, "changes": {RATE: 0.01 + i / 10**5}} for i in range(count)]


@pytest.fixture
def jobs(server: Server, monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """The names of what workers are given to do."""
    workers, done = server.app.state.workers, list[str]()
    run = workers.run

    async def noted(function: Any, job: Any, **keys: Any) -> Any:
        done.append(f"{function.__module__}.{function.__name__}")
        return await run(function, job, **keys)

    monkeypatch.setattr(workers, "run", noted)
    return done


def never(*_: object) -> None:
    raise AssertionError("this is done in the web process")


async def test_what_is_long_is_read_and_planned_in_a_worker(
    server: Server, jobs: list[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    # the server under test runs in a thread here, so these are its own
    for name in (
        "app.session.opening.engine.Recipe.from_dict",
        "engine.catalog.datasets.custom._numbers",
    ):
        monkeypatch.setattr(name, never)
    async with Client.open(server.stream, spec=OWN, edits=rates(900)) as client:
        assert jobs[:2] == ["app.stream.reading.read", "app.session.opening.plan"]
        assert len(client.status["edits"]) == 900
        reply = await client.ask("load", spec=OWN, edits=rates(30))
        assert reply["type"] == "ok"
        assert client.status["spec"]["data"]["rows"] == ROWS
        reply = await client.ask("set", changes={"data.rows": ROWS[:1000]})
        assert reply["type"] == "ok"
        assert client.status["spec"]["data"]["rows"] == ROWS[:1000]
        before = len(jobs)
        assert (await client.ask("set", changes={RATE: 0.2}))["type"] == "ok"
        assert "app.stream.reading.read" not in jobs[before:]


async def test_too_many_edits_are_refused_with_the_limit(server: Server) -> None:
    async with Client.open(server.stream) as client:
        reply = await client.ask("load", spec={}, edits=rates(MAX_EDITS + 1))
        assert reply["code"] == "bad_message"
        assert "at most 1,000" in reply["message"]
        assert (await client.ask("load", spec={}, edits=rates(MAX_EDITS)))["type"] == "ok"
        # one more, before all the others
        await client.ask("step", count=1)
        await client.until(lambda: client.frame["step"] == 1)
        reply = await client.ask("set", changes={RATE: 0.7})
        assert reply["type"] == "error"
        assert "at most 1,000 changes" in reply["message"]
        assert len(client.status["edits"]) == MAX_EDITS
        assert client.status["spec"]["optimizer"]["learning_rate"] != 0.7


async def test_what_cannot_be_paid_for_is_refused_wherever_it_comes(server: Server) -> None:
    large = {"layers": [{"units": 128}] * 16, "data": {"points": 5000}, "dtype": "float64"}
    async with Client.connect(server.stream) as client:
        reply = await client.ask("hello", protocol=1, spec=large, members=[{}] * 8)
        assert reply["code"] == "bad_spec"
        assert "8 networks of 248,193 parameters" in reply["message"]
        assert (await client.ask("hello", protocol=1, members=[{}] * 8))["type"] == "ok"
        for kind, keys in (
            ("load", {"spec": large}),
            ("set", {"changes": {"layers": large["layers"], "dtype": "float64"}}),
        ):
            reply = await client.ask(kind, **keys)
            assert reply["code"] == "bad_spec", reply
            assert "try fewer or narrower layers" in reply["message"]
        assert client.status["units"] == [2, 4, 2, 1]


async def test_many_changes_at_once_are_each_answered_in_order(server: Server) -> None:
    """Different paths all take effect, the last of one path counts, and a wrong one is told its own error."""
    async with Client.open(server.stream) as client:
        await client.ask("step", count=5)
        await client.until(lambda: client.frame["step"] == 5)
        statuses, answers = 0, list[dict[str, Any]]()
        said: list[dict[str, Any]] = [
            {"type": "set", "changes": {RATE: 0.01 + i / 1000}} for i in range(20)
        ]
        said[7] = {"type": "set", "changes": {"batch_size": 7}}
        said[11] = {"type": "set", "changes": {RATE: -3}}
        said[12] = {"type": "speed", "steps_per_second": 9}
        said[13] = {"type": "view", "grid": 9, "neurons": 0}
        said[14] = {"type": "view", "member": 3}
        said[16] = {"type": "set", "changes": {"theta.output.b.0": "x"}}
        said[17] = {"type": "set", "changes": {"theta.output.b.0": 1.5}}
        said[15] = {"type": "set", "changes": {"optimizer.kind": "momentum"}}
        for i, each in enumerate(said):
            await client.socket.send(json.dumps({**each, "id": 100 + i}))
        async with asyncio.timeout(PATIENCE):
            while len(answers) < len(said):
                message = await client.receive()
                statuses += message["type"] == "status"
                if message["type"] in {"ok", "error"}:
                    answers.append(message)
        assert [answer["id"] for answer in answers] == list(range(100, 120))
        wrong = {answer["id"] - 100: answer for answer in answers if answer["type"] == "error"}
        assert sorted(wrong) == [11, 14, 16]
        assert wrong[11]["problems"][0]["path"] == RATE
        assert wrong[14]["problems"][0]["path"] == "member"
        spec = client.status["spec"]
        assert spec["batch_size"] == 7
        assert spec["optimizer"]["kind"] == "momentum"
        assert spec["optimizer"]["learning_rate"] == pytest.approx(0.029)
        assert client.status["speed"] == 9
        assert client.status["edits"][0]["changes"]["theta.output.b.0"] == 1.5
        assert statuses < len(said)
        assert [edit["step"] for edit in client.status["edits"]] == [5]


async def test_changes_that_begin_a_new_run_go_together_too(server: Server) -> None:
    async with Client.open(server.stream) as client:
        run = client.status["run"]
        for i in range(12):
            changes = {"data.noise": i / 100} if i % 2 else {"data.seed": i}
            await client.say("set", id=500 + i, changes=changes)
        await client.until(lambda: None, lambda message: message.get("id") == 511)
        data = client.status["spec"]["data"]
        assert (data["seed"], data["noise"]) == (10, 0.11)
        assert client.status["run"] < run + 12
        assert client.scene["run"] == client.status["run"]


async def test_a_flood_of_changes_ends_in_a_run_that_replays(server: Server) -> None:
    rng = random.Random(3)
    async with Client.open(server.stream) as client:
        await client.say("play")
        for i in range(300):
            path, values = rng.choice(
                [
                    (RATE, (0.01, 0.1)),
                    ("optimizer.kind", ("sgd", "adam", "momentum")),
                    ("batch_size", (3, 10)),
                    ("theta.layers.0.W.0.1", (0.5, -0.5)),
                    ("layers.0.activation.kind", ("relu", "tanh")),
                ]
            )
            await client.say("set", id=1000 + i, changes={path: rng.choice(values)})
        await client.until(lambda: None, lambda message: message.get("id") == 1299)
        await at_rest(client)
        expected = replayed(client.status, client.frame["step"])
        np.testing.assert_array_equal(client.frame["arrays"]["theta"], expected.theta[0])
        assert client.status["spec"] == expected.spec.to_dict()


WIDE = {"layers": [{"units": 40}, {"units": 40}]}
"""2·40 + 40 + 40·40 + 40 + 40 + 1 = 1,801 parameters."""


def is_at(client: Client, step: int) -> bool:
    """Whether the last frame is of this step."""
    return client.frame["step"] == step


@pytest.mark.parametrize("dtype", ["float32", "float64"])
async def test_every_run_that_was_taken_comes_back_after_a_restart(
    server: Server, dtype: str
) -> None:
    spec = {**WIDE, "dtype": dtype}
    size = engine.parameters(engine.RunSpec.from_dict(spec))
    assert size == 1801
    rng = np.random.default_rng(5)
    taken = 0
    async with Client.open(server.stream, spec=spec, view={"grid": 8, "neurons": 0}) as client:
        for turn in range(14):
            theta = rng.normal(0, 0.4, size).astype(dtype)
            # a list of all numbers is taken as well, and kept as the shorter text
            values = pack(theta) if turn % 2 else theta.tolist()
            reply = await client.ask("set", changes={"theta": values})
            if reply["type"] == "error":
                assert "to begin the run again" in reply["message"]
                break
            taken += 1
            await client.ask("step", count=3)
            await client.until(partial(is_at, client, 3 * (turn + 1)))
        assert taken == (14 if dtype == "float32" else 13)
        before, shown = client.status, client.frame
        sent = unpack(before["edits"][-1]["changes"]["theta"])
        np.testing.assert_array_equal(sent, theta if taken == 14 else sent)
    keys = {"spec": before["start_spec"], "edits": before["edits"], "step": shown["step"]}
    async with Client.open(server.stream, session="of another server", **keys) as client:
        assert client.welcome["resumed"] is False
        await client.until(lambda: client.frame["step"] == shown["step"])
        again = client.frame["arrays"]
        np.testing.assert_array_equal(again["theta"], shown["arrays"]["theta"])
        np.testing.assert_array_equal(again["metrics"], shown["arrays"]["metrics"])


async def test_a_message_past_the_limit_is_answered_with_its_id(server: Server) -> None:
    async with Client.open(server.stream) as client:
        reply = await client.ask("set", changes={"data.rows": [[1, 2, 0]] * 60_000})
        assert reply["code"] == "too_large"
        reply = await client.ask("set", changes={RATE: float("inf")})
        assert reply["code"] == "bad_json"


async def test_a_way_back_has_longer_slices_than_play_in_a_crowd(server: Server) -> None:
    """Whoever lost their server waits for the run to come back; at the crowd's pace that takes long."""
    budgets: dict[bool, set[float]] = {True: set(), False: set()}
    workers = server.app.state.workers
    run = workers.run

    async def noted(function: Any, job: Any, **keys: Any) -> Any:
        if isinstance(job, Slice):
            budgets[job.target == 500].add(job.budget)
        return await run(function, job, **keys)

    workers.run, workers.busy = noted, workers.busy + 200
    try:
        async with Client.open(server.stream, step=500, playing=True) as client:
            await client.until(lambda: client.frame["step"] > 520)
    finally:
        workers.busy -= 200
        del workers.run
    assert budgets == {True: {runner.SEEKING}, False: {SHORTEST}}


async def test_what_is_long_waits_for_what_is_long(server: Server) -> None:
    """One person's long messages, however many, are read one at a time."""
    under_way = most = 0
    workers = server.app.state.workers
    run = workers.run

    async def counted(function: Any, job: Any, **keys: Any) -> Any:
        nonlocal under_way, most
        long = function in (reading.read, opening.plan)
        under_way += long
        most = max(most, under_way)
        try:
            return await run(function, job, **keys)
        finally:
            under_way -= long

    workers.run = counted
    try:
        await asyncio.gather(*(_begun(server, i) for i in range(5)))
    finally:
        del workers.run
    assert most == 1


async def _begun(server: Server, seed: int) -> None:
    edits = rates(60)
    async with Client.open(
        server.stream, spec={**OWN, "weights_seed": seed}, edits=edits
    ) as client:
        assert client.status["spec"]["weights_seed"] == seed


async def test_garbage_of_the_wire_is_survived(server: Server) -> None:
    text = base64.b64encode(random.Random(1).randbytes(150_000)).decode()
    async with Client.open(server.stream) as client:
        for garbage in (text, f'{{"type": "set", "id": 3, "changes": {{"theta": "f4.{text}"}}}}'):
            await client.socket.send(garbage)
        await client.until(lambda: len(client.errors) == 2)
        assert [error["id"] for error in client.errors] == [None, 3]
        await client.socket.send("[" * 2**21)
        with pytest.raises(ConnectionClosed):
            await client.until(lambda: None)
