"""Studies over real websockets: every kind, beside a run that plays, with members, nonsense and faults."""

import asyncio
import json
import os
import signal
from collections.abc import Callable
from typing import Any

import numpy as np
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

import app.stream.study_queue
import engine
from app.export.race_files import make_race_file
from engine.spec.parameter_names import unpack
from tests.app import faults
from tests.app.client import PATIENCE, Client
from tests.app.conftest import Server

Serve = Callable[..., Any]

RACE: dict[str, Any] = {"steps": 60}
SEARCH: dict[str, Any] = {
    "base": {"data": {"kind": "xor", "points": 100}},
    "knobs": [{"path": "optimizer.learning_rate", "low": 0.01, "high": 1}],
    "updates": 100,
    "budget": 2400,
}
MEMBERS = [{"optimizer.kind": "sgd"}, {"optimizer.kind": "adam"}]
TRAIL = {"grid": 8, "neurons": 0, "trajectory": True, "members": 8}
STUDIES: list[dict[str, Any]] = [
    {"kind": "surface", "surface": {"kind": "rosenbrock"}, "grid": 16},
    {"kind": "race", "race": RACE},
    {"kind": "arithmetic", "race": RACE, "racer": 1},
    {"kind": "basins", "race": RACE, "grid": 8},
    {"kind": "rates", "race": RACE, "grid": 8},
    {"kind": "landscape", "size": 25},
    {"kind": "search", "search": SEARCH},
]


async def studied(client: Client, what: dict[str, Any], number: int) -> list[dict[str, Any]]:
    """Everything that is said of a study up to its answer."""
    await client.say("study", id=number, what=what)
    return await answered(client, number)


async def answered(client: Client, number: int) -> list[dict[str, Any]]:
    found: list[dict[str, Any]] = []
    async with asyncio.timeout(PATIENCE):
        while not found or found[-1]["type"] not in {"ok", "error"}:
            message = await client.receive()
            if message.get("id") == number:
                found.append(message)
    return found


@pytest.mark.parametrize("what", STUDIES, ids=lambda what: what["kind"])
async def test_every_kind_is_answered_by_parts_and_ok(server: Server, what: dict[str, Any]) -> None:
    async with Client.open(server.stream, playing=True) as client:
        *parts, answer = await studied(client, what, 100)
        assert answer == {"type": "ok", "id": 100}
        assert parts
        for number, part in enumerate(parts):
            assert (part["type"], part["kind"], part["part"]) == ("study", what["kind"], number)
            assert part["done"] is (number == len(parts) - 1)
        step = client.frame["step"]
        await client.until(lambda: client.frame["step"] > step)  # and play goes on


async def test_a_race_is_the_one_that_the_engine_runs(server: Server) -> None:
    async with Client.open(server.stream) as client:
        *parts, _ = await studied(client, {"kind": "race", "race": {"steps": 300}}, 100)
    spec = engine.race.RaceSpec.from_dict(parts[-1]["race"])
    assert spec == engine.race.RaceSpec.from_dict({"steps": 300})
    _, whole = engine.race.advance_race(engine.race.begin_race(spec), 300)
    path = np.concatenate([part["arrays"]["path"] for part in parts])
    np.testing.assert_array_equal(path, whole.path)


async def test_a_search_is_the_one_that_the_engine_makes(server: Server) -> None:
    async with Client.open(server.stream) as client:
        *parts, _ = await studied(client, {"kind": "search", "search": SEARCH}, 100)
        backwards = [SEARCH["knobs"][0] | {"low": 2}]
        wrong = {"kind": "search", "search": SEARCH | {"knobs": backwards}}
        (answer,) = await studied(client, wrong, 101)
    spec = engine.search.SearchSpec.from_dict(parts[0]["search"])
    assert spec == engine.search.SearchSpec.from_dict(SEARCH)
    _, piece = engine.search.advance_search(engine.search.begin_search(spec), spec.budget)
    scores = np.concatenate([part["arrays"]["median"] for part in parts])
    np.testing.assert_array_equal(scores, [trial.median for trial in piece.looks])
    assert answer["code"] == "bad_spec"
    assert [problem["path"] for problem in answer["problems"]] == ["what.search.knobs.0.high"]


async def test_a_search_of_none_ends_the_one_under_way(server: Server) -> None:
    long = SEARCH | {"budget": 2_000_000, "updates": 10_000}
    async with Client.open(server.stream) as client:
        await client.say("study", id=100, what={"kind": "search", "search": long})
        assert await studied(client, {"kind": "search", "search": None}, 101) == [
            {"type": "ok", "id": 101}
        ]
        again = await studied(client, {"kind": "search", "search": SEARCH}, 102)
        assert again[-1] == {"type": "ok", "id": 102}


async def test_a_race_is_changed_as_the_engine_does(server: Server) -> None:
    own = {"racers": [{"optimizer": {"kind": "sgd", "learning_rate": 0.5}}], "starts": [[1, 2]]}
    changes = {"racers.0.optimizer.kind": "adam", "surface.kind": "bowl"}
    async with Client.open(server.stream, playing=True) as client:
        await client.say("race_spec", id=7, race=own, changes=changes)
        (answer,) = await answered(client, 7)
        assert answer["race"] == json.loads(
            json.dumps(engine.race.RaceSpec.from_dict(own).replace(changes).to_dict())
        )
        assert answer["race"]["racers"][0]["optimizer"]["learning_rate"] == 0.5
        assert (answer["race"]["starts"], answer["race"]["view"]) == ([], None)
        wrong = {"surface": {"kind": "formula", "text": "x +* y"}, "steps": 0}
        await client.say("race_spec", id=8, race=own, changes=wrong)
        (answer,) = await answered(client, 8)
        assert answer["code"] == "bad_spec"
        at = {problem["path"]: problem.get("at") for problem in answer["problems"]}
        assert at.keys() == {"surface.text", "steps"}
        assert at["surface.text"] is not None


@pytest.mark.parametrize(("kind", "media"), [("csv", "text/csv"), ("numpy", "text/x-python")])
async def test_a_race_comes_as_a_file(server: Server, kind: str, media: str) -> None:
    async with Client.open(server.stream) as client:
        what = {"kind": "race_file", "race": RACE, "file": kind}
        *parts, answer = await studied(client, what, 100)
        assert answer["type"] == "ok"
        wanted = make_race_file(engine.race.RaceSpec.from_dict(RACE), kind)  # type: ignore[arg-type]
        sections: dict[int, bytes] = {}
        for number, file in enumerate(parts):
            assert (file["type"], file["media"], file["name"]) == ("file", media, wanted.name)
            assert (file["part"], file["done"]) == (number, number == len(parts) - 1)
            rest = file["arrays"]["bytes"].tobytes()
            for index, length in enumerate(file["sections"]):
                sections[index] = sections.get(index, b"") + rest[:length]
                rest = rest[length:]
        assert b"".join(sections.values()) == wanted.content


async def test_networks_side_by_side_their_landscape_and_a_place_on_it(server: Server) -> None:
    async with Client.open(server.stream, members=MEMBERS, view=TRAIL) as client:
        assert client.status["members"] == MEMBERS
        assert client.frame["arrays"]["boundaries"].shape == (2, 8, 8)
        await client.ask("step", count=100)
        await client.until(lambda: client.frame["step"] == 100)
        *parts, _ = await studied(client, {"kind": "landscape", "member": 1}, 100)
        last = parts[-1]
        assert last["step"] == 100
        assert last["arrays"]["loss"].shape == (51, 51)
        assert last["arrays"]["path_steps"][[0, -1]].tolist() == [0, 100]
        losses = client.frame["arrays"]["metrics"][0]
        np.testing.assert_allclose(last["arrays"]["true_loss"][-1], losses, rtol=1e-5)
        assert (await client.ask("place", at=[0.5, 0.25]))["type"] == "ok"
        assert [edit["step"] for edit in client.status["edits"]] == [100]
        placed = unpack(client.status["edits"][0]["changes"]["theta"])
        assert placed is not None
        await client.until(lambda: np.array_equal(client.frame["arrays"]["theta"], placed))
        await client.ask("seek", step=60)
        await client.until(lambda: client.frame["step"] == 60)
        await client.ask("seek", step=100)
        await client.until(lambda: client.frame["step"] == 100)
        np.testing.assert_array_equal(client.frame["arrays"]["theta"], placed)
    name = client.welcome["session"]
    async with Client.open(server.stream, session=name, view={**TRAIL, "member": 1}) as again:
        assert again.status["members"] == MEMBERS
        assert again.history["arrays"]["member_metrics"].shape[:2] == (2, 5)
        reply = await again.ask("place", at=[0, 0])
        assert (reply["code"], reply["message"]) == (
            "bad_message",
            "There is no landscape yet to find this place on.",
        )


async def test_the_newest_of_a_kind_wins(server: Server) -> None:
    async with Client.open(server.stream) as client:
        long = {"kind": "race", "race": {"steps": 10_000}}
        await client.say("study", id=100, what=long)
        await client.say("study", id=101, what=long)
        await client.say("study", id=102, what={"kind": "race", "race": RACE})
        *_, last = await answered(client, 102)
        assert last["type"] == "ok"
        assert [(error["id"], error["code"]) for error in client.errors] == [
            (100, "superseded"),
            (101, "superseded"),
        ]


async def test_a_long_race_fills_no_queue_of_a_slow_reader(server: Server) -> None:
    async with Client.open(server.stream) as client:
        runner = server.app.state.sessions._held[client.welcome["session"]].owner
        long = {"kind": "race", "race": {"steps": 10_000}}
        await client.say("study", id=100, what=long)
        client.socket.transport.pause_reading()
        # meanwhile another browser, which reads, gets as much
        async with Client.open(server.stream) as other:
            await other.say("study", id=100, what=long)
            await answered(other, 100)
        assert len(runner._outbox._queue) < 3
        client.socket.transport.resume_reading()
        *parts, answer = await answered(client, 100)
        assert answer["type"] == "ok"
        assert sum(len(part["arrays"]["path"]) for part in parts) == 10_001


async def test_other_controls_are_answered_meanwhile(server: Server) -> None:
    async with Client.open(server.stream) as client:
        await client.say("study", id=100, what={"kind": "race", "race": {"steps": 1500}})
        for _ in range(20):
            assert (await client.ask("pause"))["type"] == "ok"
        *_, answer = await answered(client, 100)
        assert answer["type"] == "ok"


# Bad input

words = st.sampled_from(
    ["race", "surface", "landscape", "ravine", "formula", "x^2", "adam", "pca", "output.b.0", ""]
)
values = st.recursive(
    st.none() | st.booleans() | st.integers(-5, 200) | st.floats() | words,
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(words, inner, max_size=3),
    max_leaves=6,
)
KEYS = ["race", "surface", "grid", "racer", "start", "axes", "size", "member", "view", "names"]
studies = st.fixed_dictionaries(
    {"kind": st.sampled_from([*(what["kind"] for what in STUDIES), "foo"])},
    optional=dict.fromkeys(KEYS, values),
)
races = st.fixed_dictionaries(
    {},
    optional={
        "surface": values | st.just({"kind": "formula", "text": "x^y/0"}),
        "racers": st.lists(st.just({"optimizer": {"kind": "lion"}}) | values, max_size=2),
        "starts": st.lists(st.tuples(st.floats(-1e9, 1e9), st.floats(-9, 9)) | values, max_size=2),
        "steps": st.integers(-1, 40) | values,
        "noise": st.floats(0, 5) | values,
    },
)
made = st.one_of(
    studies,
    st.builds(lambda race: {"kind": "race", "race": race}, races),
    st.builds(lambda race: {"kind": "basins", "race": race, "grid": 8}, races),
    st.builds(lambda race: {"kind": "arithmetic", "race": race}, races),
)


def test_every_study_gets_an_answer_and_the_stream_lives(server: Server) -> None:
    codes: set[str] = set()

    async def ask_all(asked: list[Any]) -> None:
        async with Client.open(server.stream, view={"grid": 8, "neurons": 0}) as client:
            for number, what in enumerate(asked, 1000):
                await client.socket.send(
                    json.dumps({"type": "study", "id": number, "what": what}, allow_nan=True)
                )
                async with asyncio.timeout(PATIENCE):
                    while True:
                        message = await client.receive()
                        # what is no JSON at all has no id
                        mine = message.get("id") == number or message.get("code") == "bad_json"
                        if mine and message["type"] in {"ok", "error"}:
                            break
                codes.add(message.get("code", "ok"))
            assert (await client.ask("pause"))["type"] == "ok"

    @settings(max_examples=40, deadline=None, suppress_health_check=list(HealthCheck))
    @given(st.lists(made, min_size=1, max_size=6))
    def fuzz(asked: list[Any]) -> None:
        asyncio.run(ask_all(asked))

    fuzz()
    assert (
        {"ok", "bad_message", "bad_spec"}
        <= codes
        <= {
            "ok",
            "bad_message",
            "bad_spec",
            "bad_json",
        }
    )


# Faults of our own


async def test_a_study_that_fails_is_reported_and_the_session_lives(
    serve: Serve, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    with serve() as server:
        async with Client.open(server.stream, playing=True) as client:
            monkeypatch.setattr(app.stream.study_queue, "work", faults.fail)
            (answer,) = await studied(client, STUDIES[0], 100)
            assert (answer["code"], answer["problems"]) == ("internal", [])
            assert "ZeroDivisionError" not in json.dumps(answer)
            assert client.status["phase"] == "playing"
            monkeypatch.undo()
            *_, answer = await studied(client, STUDIES[0], 101)
            assert answer["type"] == "ok"
    assert "made to fail" in caplog.text


@pytest.mark.skipif(not hasattr(signal, "SIGKILL"), reason="kills with a signal")
async def test_killed_workers_cost_a_study_nothing(serve: Serve) -> None:
    with serve(workers=1) as server:
        async with Client.open(server.stream) as client:
            what = {"kind": "race", "race": {"steps": 1500}}
            await client.say("study", id=100, what=what)
            parts = []
            for _ in range(2):
                parts.append(await client.until(lambda: None, lambda m: m.get("type") == "study"))
                for pid in list(server.app.state.workers.pool.pids):
                    os.kill(pid, signal.SIGKILL)
            *rest, answer = await answered(client, 100)
            assert answer["type"] == "ok"
            path = np.concatenate([part["arrays"]["path"] for part in [*parts, *rest]])
            spec = engine.race.RaceSpec.from_dict({"steps": 1500})
            _, whole = engine.race.advance_race(engine.race.begin_race(spec), 1500)
            np.testing.assert_array_equal(path, whole.path)
