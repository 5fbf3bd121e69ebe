import assert from "node:assert/strict";
import { test } from "node:test";

import { createPlayer } from "../../../static/js/race/player.js";

/** @param {number} last */
function ready(last, speed = 10) {
  const player = createPlayer({ speed });
  player.know(last, true);
  return player;
}

test("it plays at its speed, whatever the screen's", () => {
  const player = ready(100);
  player.play();
  for (let frame = 0; frame < 40; frame++) player.advance(25);
  assert.equal(player.step, 10);
  player.setSpeed(1000);
  player.advance(20);
  assert.equal(player.step, 30);
});

test("time that passes while it is paused moves nothing", () => {
  const player = ready(100);
  assert.equal(player.advance(1000), false);
  assert.equal(player.step, 0);
});

test("it stops at the end, and play begins again", () => {
  const player = ready(3);
  player.play();
  assert.equal(player.advance(250), true);
  assert.equal(player.advance(250), false);
  assert.deepEqual([player.step, player.playing], [3, false]);
  player.play();
  assert.deepEqual([player.step, player.playing], [0, true]);
});

test("steps forth and back stay within the race, and pause it", () => {
  const player = ready(2);
  player.play();
  player.move(1);
  assert.deepEqual([player.step, player.playing], [1, false]);
  player.move(5);
  assert.equal(player.step, 2);
  player.move(-7);
  assert.equal(player.step, 0);
});

test("it waits at what is known so far, and goes on when more is", () => {
  const player = createPlayer({ speed: 100 });
  player.know(10, false);
  player.play();
  player.advance(200);
  assert.deepEqual([player.step, player.playing], [10, true]);
  player.know(50, false);
  player.advance(200);
  assert.equal(player.step, 30);
});

test("a new race keeps the step that is shown, as far as it goes", () => {
  const player = ready(100);
  player.seek(40);
  player.know(16, false);
  assert.deepEqual([player.step, player.waiting], [16, true]);
  player.know(90, true);
  assert.deepEqual([player.step, player.waiting], [40, false]);
  player.know(20, true);
  assert.equal(player.step, 20);
});

test("a page that was hidden goes on from where it was", () => {
  const player = ready(1000, 100);
  player.play();
  player.advance(60_000);
  assert.equal(player.step, 25);
});

test("it says when it is set to another place", () => {
  const player = ready(10);
  let calls = 0;
  player.subscribe(() => calls++);
  player.seek(5);
  player.toggle();
  player.toggle();
  player.reset();
  assert.equal(calls, 4);
});

test("a step that is shown in parts is walked part by part", () => {
  const player = ready(2);
  assert.equal(player.part, 0);
  player.showParts(3);
  const walk = (/** @type {(1 | -1)[]} */ ...directions) =>
    directions.map((direction) => {
      player.walk(direction);
      return [player.step, player.part];
    });
  assert.deepEqual([player.step, player.part], [0, 1]);
  assert.deepEqual(walk(1, 1, 1, 1), [
    [0, 2],
    [0, 3],
    [1, 1],
    [1, 2],
  ]);
  assert.deepEqual(walk(-1, -1, -1), [
    [1, 1],
    [0, 3],
    [0, 2],
  ]);
  player.seek(2);
  assert.deepEqual(walk(1, 1), [
    [2, 1],
    [2, 1],
  ]);
  player.seek(1);
  player.showParts(0);
  assert.deepEqual(walk(1), [[2, 0]]);
});

test("slow play goes part by part at the pace of its steps, fast play step by step", () => {
  const player = ready(100, 1);
  player.showParts(4);
  player.play();
  player.advance(250);
  assert.deepEqual([player.step, player.part], [0, 2]);
  player.advance(250);
  player.advance(250);
  assert.deepEqual([player.step, player.part], [0, 4]);
  player.advance(250);
  assert.deepEqual([player.step, player.part], [1, 1]);
  player.setSpeed(10);
  player.advance(200);
  assert.deepEqual([player.step, player.part], [3, 0]);
  player.pause();
  assert.deepEqual([player.step, player.part], [3, 1]);
});
