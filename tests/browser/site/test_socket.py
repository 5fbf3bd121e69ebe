"""Whatever another program says on the socket is answered, and the page beside it goes on."""

import json
from collections.abc import Iterator
from typing import Any

import pytest

from tests.browser.playground_page import Playground

RAW = """
async ({ messages, hello }) => {
  const socket = new Socket(new URL("ws", document.baseURI.replace("http", "ws").split("#")[0]));
  const answers = [];
  const ended = new Promise((resolve) => (socket.onclose = ({ code }) => resolve(code)));
  await new Promise((resolve) => (socket.onopen = resolve));
  let heard;
  socket.onmessage = ({ data }) => {
    if (typeof data !== "string") return;
    const message = JSON.parse(data);
    if (["ok", "error"].includes(message.type)) { answers.push(message); heard?.(); }
  };
  const ask = async (message) => {
    const answer = new Promise((resolve) => (heard = resolve));
    socket.send(message);
    return Promise.race([answer, ended]);
  };
  if (hello) await ask(JSON.stringify({ type: "hello", protocol: 1, id: 0 }));
  let code = null;
  for (const { text, bytes, long } of messages) {
    const said = long ? "x".repeat(long) : text ?? new Uint8Array(bytes);
    code = (await ask(said)) ?? null;
    if (code) break;
  }
  socket.close();
  return { answers, code };
}
"""

WRONG: list[tuple[str, dict[str, Any]]] = [
    ("bad_json", {"text": "garbage"}),
    ("bad_json", {"text": "[1, 2]"}),
    ("bad_json", {"text": '{"type": "speed", "steps_per_second": 1e999, "id": 1}'}),
    ("binary_not_expected", {"bytes": [1, 2, 3]}),
    ("too_large", {"long": 257 * 1024}),
    ("bad_message", {"text": '{"type": "fly"}'}),
    ("bad_message", {"text": '{"type": "play", "fast": true}'}),
    ("bad_message", {"text": '{"type": "step", "count": 0}'}),
    ("bad_message", {"text": '{"type": "step", "count": "many"}'}),
    ("bad_message", {"text": '{"type": "view", "grid": 100000}'}),
    ("bad_message", {"text": '{"type": "ack", "frame": 99999}'}),
    ("bad_message", {"text": '{"type": "hello", "protocol": 1}'}),
    ("bad_spec", {"text": '{"type": "set", "changes": {"data.noise": 7}}'}),
    ("bad_spec", {"text": '{"type": "set", "changes": {"nothing.here": 7}}'}),
    ("bad_spec", {"text": '{"type": "load", "spec": {"layers": [{"units": -1}]}}'}),
]


def talk(playground: Playground, *messages: dict[str, Any], hello: bool = True) -> dict[str, Any]:
    """Say these on a socket of its own, one after the other, and return what came back."""
    return playground.page.evaluate(RAW, {"messages": messages, "hello": hello})


@pytest.fixture
def playing(playground: Playground) -> Iterator[Playground]:
    """A page whose own session plays, and must still play at the end."""
    playground.open()
    playground.play()
    yield playground
    run, passed = playground.run, playground.page.evaluate("wire.drawn.step")
    playground.wait_steps(passed + 500)
    playground.wait_phase("playing")
    assert run == 1
    assert playground.page.evaluate("wire.sockets.length") == 1


def test_every_wrong_message_is_answered_and_the_session_goes_on(playing: Playground):
    well = {"text": '{"type": "step", "id": 7}'}
    said = talk(playing, *(message for _, message in WRONG), well)
    assert said["code"] is None
    _, *errors, last = said["answers"]
    assert [error["code"] for error in errors] == [code for code, _ in WRONG]
    assert all(error["message"] for error in errors)
    assert last == {"type": "ok", "id": 7}


def test_wrong_values_are_named_with_what_is_allowed(playing: Playground):
    message = {
        "type": "set",
        "changes": {"data.noise": 7, "optimizer.learning_rate": "fast"},
        "id": 3,
    }
    error = talk(playing, {"text": json.dumps(message)})["answers"][-1]
    assert (error["type"], error["id"]) == ("error", 3)
    problems = {problem["path"]: problem for problem in error["problems"]}
    assert problems["data.noise"]["value"] == 7
    assert "0.5" in problems["data.noise"]["allowed"]
    assert problems["optimizer.learning_rate"]["value"] == "fast"


def test_two_megabytes_end_the_connection_that_sent_them(playing: Playground):
    """With code 1009, or 1006 where the browser was still sending and did not hear that."""
    said = talk(playing, {"long": 2 * 1024 * 1024})
    assert said["code"] in {1009, 1006}


def test_what_comes_before_the_hello_is_answered(playing: Playground):
    said = talk(playing, {"text": '{"type": "play"}'}, {"text": "?"}, hello=False)
    assert [error["code"] for error in said["answers"]] == ["hello_first", "bad_json"]


def test_another_protocol_is_told_so(playing: Playground):
    said = talk(playing, {"text": '{"type": "hello", "protocol": 99}'}, hello=False)
    assert said["code"] == 4002
