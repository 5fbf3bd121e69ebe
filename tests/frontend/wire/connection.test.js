import assert from "node:assert/strict";
import { beforeEach, mock, test } from "node:test";

import { createConnection } from "../../../static/js/wire/connection.js";

/** @import {Problem} from "../../../static/js/base/types.js" */

/** A socket that the test holds the other end of. */
class FakeSocket {
  /** @type {any[]} */
  sent = [];
  readyState = 1;
  /** @type {() => void} */
  onopen = () => {};
  /** @type {((event: {data: unknown}) => void) | null} */
  onmessage = () => {};
  /** @type {((event: {code: number}) => void) | null} */
  onclose = () => {};
  /** What a dead line is: nothing said into it arrives, and nothing comes. */
  get asked() {
    return this.sent.filter(({ type }) => type === "ping").length;
  }

  /** @param {string} text */
  send(text) {
    this.sent.push(JSON.parse(text));
  }

  close(code = 1006) {
    this.onclose?.({ code });
  }

  /** @param {object} header */
  shows(header) {
    const text = new TextEncoder().encode(JSON.stringify({ ...header, arrays: [] }).padEnd(120));
    const bytes = new Uint8Array(128);
    bytes.set(new TextEncoder().encode("MLPF"));
    new DataView(bytes.buffer).setUint32(4, text.length, true);
    bytes.set(text, 8);
    this.onmessage?.({ data: bytes.buffer });
  }

  /** @param {object} message */
  says(message) {
    this.onmessage?.({ data: JSON.stringify(message) });
  }

  welcome(session = "s1") {
    this.onopen();
    this.says({ type: "welcome", protocol: 1, session, resumed: false });
  }
}

function setUp() {
  /** @type {FakeSocket[]} */
  const sockets = [];
  /** @type {string[]} */
  const states = [];
  /** @type {any[]} */
  const messages = [];
  /** @type {Problem[]} */
  const refused = [];
  /** @type {number[]} */
  const tried = [];
  const page = { plays: false };
  let spec = "first";
  const connection = createConnection({
    open: () => {
      const socket = new FakeSocket();
      sockets.push(socket);
      return /** @type {any} */ (socket);
    },
    hello: () => ({ spec }),
    refused: ({ problems, code }) => {
      refused.push(...problems);
      spec = "second";
      if (problems.length > 0) return "again";
      return code === "internal" ? "later" : "never";
    },
    due: () => page.plays,
    message: (message) => messages.push(message),
    picture: () => {},
    changed: (state, tries) => {
      states.push(state);
      tried.push(tries);
    },
  });
  const last = () => /** @type {FakeSocket} */ (sockets.at(-1));
  return { connection, sockets, last, states, messages, refused, tried, page };
}

beforeEach(() => {
  mock.timers.reset();
  mock.timers.enable({ apis: ["setTimeout"] });
});

test("it says hello first, and is open once it is welcome", () => {
  const { connection, last, states } = setUp();
  connection.connect();
  last().welcome();
  assert.deepEqual(last().sent, [{ type: "hello", protocol: 1, spec: "first" }]);
  assert.deepEqual(states, ["open"]);
});

test("nothing is sent before the welcome", async () => {
  const { connection, last } = setUp();
  connection.connect();
  last().onopen();
  assert.equal(connection.send("play"), false);
  assert.equal((await connection.request("play")).code, "lost");
  assert.equal(last().sent.length, 1);
});

test("nothing is sent into a line that is closing", () => {
  const { connection, last } = setUp();
  connection.connect();
  last().welcome();
  const said = last().sent.length;
  for (const readyState of [2, 3]) {
    last().readyState = readyState;
    assert.equal(connection.send("ack", { frame: 1 }), false);
  }
  assert.equal(last().sent.length, said);
});

test("each request gets its own answer", async () => {
  const { connection, last } = setUp();
  connection.connect();
  last().welcome();
  const [first, second] = [connection.request("play"), connection.request("set", { changes: { a: 1 } })];
  const [, play, set] = last().sent;
  last().says({
    type: "error",
    id: set.id,
    code: "bad_spec",
    message: "No.",
    problems: [{ path: "a", value: 1, allowed: "2" }],
  });
  last().says({ type: "ok", id: play.id });
  assert.equal((await first).ok, true);
  assert.deepEqual((await second).problems, [{ path: "a", value: 1, allowed: "2" }]);
});

test("the parts of a study go to whom it was asked by, and end with its answer", async () => {
  const { connection, last } = setUp();
  connection.connect();
  last().welcome();
  /** @type {number[][]} */
  const [race, surface] = [[], []];
  const reply = connection.study({ kind: "race", race: {} }, ({ part }) => race?.push(part));
  connection.study({ kind: "surface", surface: {} }, ({ part }) => surface?.push(part));
  const [, first, second] = last().sent;
  assert.deepEqual(first.what, { kind: "race", race: {} });
  last().shows({ type: "study", id: first.id, kind: "race", part: 0, done: false });
  last().shows({ type: "study", id: second.id, kind: "surface", part: 0, done: true });
  last().shows({ type: "study", id: first.id, kind: "race", part: 1, done: true });
  last().says({ type: "ok", id: first.id });
  assert.equal((await reply).ok, true);
  last().shows({ type: "study", id: first.id, kind: "race", part: 2, done: true });
  assert.deepEqual([race, surface], [[0, 1], [0]]);
});

test("what answers no request is passed on", () => {
  const { connection, last, messages } = setUp();
  connection.connect();
  last().welcome();
  last().says({ type: "status", run: 1 });
  last().says({ type: "error", id: null, code: "internal", message: "Oh." });
  assert.deepEqual(
    messages.map(({ type }) => type),
    ["status", "error"],
  );
});

test("a refused hello is said again, without what was wrong", () => {
  const { connection, last, refused } = setUp();
  connection.connect();
  last().onopen();
  last().says({
    type: "error",
    id: null,
    code: "bad_spec",
    message: "",
    problems: [{ path: "data.noise", value: 9, allowed: "0 to 0.5" }],
  });
  assert.deepEqual(
    last().sent.map(({ spec }) => spec),
    ["first", "second"],
  );
  assert.equal(refused[0]?.path, "data.noise");
});

test("a hello that cannot be mended is not said again until a person asks for it", () => {
  const { connection, last, sockets, states } = setUp();
  connection.connect();
  last().onopen();
  last().says({ type: "error", id: null, code: "too_large", message: "No.", problems: [] });
  assert.equal(last().sent.length, 1);
  assert.deepEqual(states, ["lost", "refused"]);
  connection.retry();
  mock.timers.tick(60_000);
  assert.equal(sockets.length, 1);
  connection.connect();
  last().welcome();
  assert.equal(states.at(-1), "open");
});

test("a server that cannot take it just now is asked again after a while", () => {
  const { connection, last, sockets, states } = setUp();
  connection.connect();
  last().onopen();
  last().says({ type: "error", id: null, code: "internal", message: "Sorry.", problems: [] });
  assert.deepEqual(states, ["lost"]);
  mock.timers.tick(400);
  assert.equal(sockets.length, 2);
});

test("it goes on with a session that it is given", () => {
  const { sockets } = setUp();
  const socket = new FakeSocket();
  createConnection({
    open: () => /** @type {any} */ (socket),
    session: "before",
    hello: () => ({}),
    refused: () => "never",
    message() {},
    picture() {},
    changed() {},
  }).connect();
  socket.onopen();
  assert.equal(socket.sent[0].session, "before");
  assert.equal(sockets.length, 0);
});

test("a lost connection comes back by itself, with its session, later each time", () => {
  const { connection, sockets, last, states, tried } = setUp();
  connection.connect();
  last().welcome("mine");
  last().close();
  assert.equal(sockets.length, 1);
  mock.timers.tick(320);
  assert.equal(sockets.length, 2);
  last().close();
  mock.timers.tick(370);
  assert.equal(sockets.length, 2);
  mock.timers.tick(260);
  assert.equal(sockets.length, 3);
  last().onopen();
  assert.equal(last().sent[0].session, "mine");
  assert.deepEqual(states, ["open", "lost", "lost"]);
  assert.deepEqual(tried, [0, 1, 2], "how often it was tried in vain");
});

test("a retry does not wait, and opens no second socket", () => {
  const { connection, sockets, last } = setUp();
  connection.connect();
  connection.retry();
  assert.equal(sockets.length, 1);
  last().close();
  connection.retry();
  assert.equal(sockets.length, 2);
  mock.timers.tick(5000);
  assert.equal(sockets.length, 2);
});

test("requests under way when the connection is lost are answered", async () => {
  const { connection, last } = setUp();
  connection.connect();
  last().welcome();
  const reply = connection.request("play");
  last().close();
  assert.equal((await reply).code, "lost");
});

test("a server that never welcomes is given up and tried again", () => {
  const { connection, sockets, last } = setUp();
  connection.connect();
  last().onopen();
  mock.timers.tick(10_000);
  mock.timers.tick(400);
  assert.equal(sockets.length, 2);
});

test("a full server is asked again after a while", () => {
  const { connection, sockets, last, states } = setUp();
  connection.connect();
  last().close(1013);
  mock.timers.tick(4900);
  assert.equal(sockets.length, 1);
  mock.timers.tick(200);
  assert.equal(sockets.length, 2);
  assert.deepEqual(states, ["full"]);
});

test("a session that another socket took over is left to it", () => {
  const { connection, last } = setUp();
  connection.connect();
  last().welcome("mine");
  last().close(4000);
  connection.retry();
  last().onopen();
  assert.equal(last().sent[0].session, undefined);
});

test("a server with another protocol is not asked again", () => {
  const { connection, sockets, last, states } = setUp();
  connection.connect();
  last().close(4002);
  connection.retry();
  mock.timers.tick(60_000);
  assert.equal(sockets.length, 1);
  assert.deepEqual(states, ["outdated"]);
});

/** @param {number} seconds */
const pass = (seconds) => {
  for (let second = 0; second < seconds; second++) mock.timers.tick(1000);
};

test("a line on which frames are due and nothing comes is given up after ten seconds", async () => {
  const { connection, sockets, last, states, page, messages } = setUp();
  connection.connect();
  last().welcome("mine");
  const dead = last();
  page.plays = true;
  const reply = connection.request("set", { changes: {} });
  pass(9);
  assert.deepEqual([dead.asked, sockets.length, states.at(-1)], [1, 1, "open"]);
  pass(1);
  assert.equal(states.at(-1), "lost");
  assert.equal((await reply).code, "lost");
  mock.timers.tick(400);
  last().onopen();
  assert.equal(last().sent[0].session, "mine");
  dead.says({ type: "status", run: 1 });
  assert.deepEqual(messages, [], "what a dead line still brings is not of this one");
});

test("a study that is waited for makes an answer due, and takes as long as it takes", () => {
  const { connection, sockets, last } = setUp();
  connection.connect();
  last().welcome();
  connection.study({ kind: "race", race: {} });
  for (let second = 0; second < 600; second++) {
    pass(1);
    for (const { type, id } of last().sent.splice(0)) if (type === "ping") last().says({ type: "ok", id });
  }
  assert.equal(sockets.length, 1, "who answers a ping is there");
});

test("anything that comes counts, and a run at rest asks for nothing", () => {
  const { connection, sockets, last, page } = setUp();
  connection.connect();
  last().welcome();
  pass(600);
  assert.equal(last().asked, 0);
  page.plays = true;
  for (let second = 0; second < 60; second += 6) {
    pass(6);
    last().shows({ type: "frame" });
  }
  assert.deepEqual([last().asked, sockets.length], [0, 1]);
});

test("whoever comes back into sight asks at once, and three seconds are enough", () => {
  const { connection, sockets, last, states } = setUp();
  connection.connect();
  last().welcome();
  pass(60);
  connection.retry();
  connection.retry();
  assert.equal(last().asked, 1);
  pass(2);
  assert.equal(states.at(-1), "open");
  pass(1);
  assert.equal(states.at(-1), "lost");
  mock.timers.tick(400);
  assert.equal(sockets.length, 2);
});

test("an attempt from before the network was there is not waited for", () => {
  mock.timers.reset();
  mock.timers.enable({ apis: ["setTimeout", "Date"] });
  const { connection, sockets } = setUp();
  connection.connect();
  mock.timers.tick(2000);
  connection.retry();
  assert.equal(sockets.length, 1);
  mock.timers.tick(2000);
  connection.retry();
  assert.equal(sockets.length, 2);
  mock.timers.tick(2000);
  assert.equal(sockets.length, 2, "nothing is left of the first");
});

test("an answer in time ends the doubt", () => {
  const { connection, sockets, last } = setUp();
  connection.connect();
  last().welcome();
  connection.retry();
  pass(2);
  last().says({ type: "ok", id: last().sent.at(-1).id });
  pass(60);
  assert.equal(sockets.length, 1);
});

test("a page whose timers were held up takes in first what has come", () => {
  const { connection, sockets, last, page } = setUp();
  connection.connect();
  last().welcome();
  page.plays = true;
  // Hidden, a timer fires once a minute; the frames that came meanwhile are handed over right after it.
  for (let minute = 0; minute < 30; minute++) {
    pass(1);
    last().shows({ type: "frame" });
  }
  assert.deepEqual([last().asked, sockets.length], [0, 1]);
});

test("a line that is only slow is given more time after each that was given up too early", () => {
  const { connection, sockets, last, states, page } = setUp();
  connection.connect();
  page.plays = true;
  /** @type {number[]} */
  const held = [];
  for (let line = 0; line < 5; line++) {
    last().welcome();
    let seconds = 0;
    while (states.at(-1) === "open") {
      pass(1);
      seconds += 1;
    }
    held.push(seconds);
    connection.retry();
  }
  assert.deepEqual(held, [10, 13, 19, 31, 31]);
  assert.equal(sockets.length, 6);
});
