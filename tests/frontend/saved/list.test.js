import assert from "node:assert/strict";
import { test } from "node:test";

import { createRunList, thinned } from "../../../static/js/saved/list.js";

/** @param {number} [room] characters */
function storage(room = Infinity) {
  /** @type {Map<string, string>} */
  const items = new Map();
  return {
    items,
    getItem: (/** @type {string} */ key) => items.get(key) ?? null,
    setItem: (/** @type {string} */ key, /** @type {string} */ value) => {
      if (value.length > room) throw new DOMException("full", "QuotaExceededError");
      items.set(key, value);
    },
  };
}

/** @param {string} id */
const run = (id) => ({
  id,
  title: "Circle",
  detail: "SGD",
  link: "data=circle",
  step: 1,
  epoch: 1,
  result: [0.1, 0.2, 1, 1, 0],
  picture: "data:,",
  curves: { steps: [1], epochs: [1], metrics: [[0.1]] },
});

const ids = (/** @type {ReturnType<typeof createRunList>} */ list) => list.all().map(({ id }) => id);

test("the newest ten are kept, the newest first", () => {
  const list = createRunList(storage());
  for (let i = 0; i < 13; i++) list.save(run(String(i)));
  assert.deepEqual(ids(list), ["12", "11", "10", "9", "8", "7", "6", "5", "4", "3"]);
});

test("a run that goes on takes its own place, and keeps its pin", () => {
  const list = createRunList(storage());
  list.save(run("a"));
  list.save(run("b"));
  list.pin("a");
  list.save({ ...run("a"), step: 9 });
  assert.deepEqual(ids(list), ["a", "b"]);
  assert.equal(list.pinned()[0]?.step, 9);
});

test("four are pinned at a time, each keeps its place and its name, and they outlast the ten", () => {
  const list = createRunList(storage());
  for (let i = 0; i < 6; i++) list.save(run(String(i)));
  for (const id of ["1", "0", "3", "2", "5"]) list.pin(id);
  list.unpin("0");
  list.pin("5");
  list.rename("3", " deeper ");
  list.rename("2", " ");
  for (let i = 6; i < 20; i++) list.save(run(String(i)));
  assert.equal(list.all().length, 10);
  assert.deepEqual(
    list.pinned().map(({ id, slot, name }) => [id, slot, name]),
    [
      ["1", 0, "A"],
      ["5", 1, "B"],
      ["3", 2, "deeper"],
      ["2", 3, "D"],
    ],
  );
  for (const { id } of list.pinned()) list.unpin(id);
  assert.deepEqual(list.pinned(), []);
});

test("what was pinned when there was one place for it has the first", () => {
  const place = storage();
  place.items.set("runs", JSON.stringify([run("b"), { ...run("a"), pinned: true }]));
  assert.deepEqual(
    createRunList(place)
      .pinned()
      .map(({ id, slot, name }) => [id, slot, name]),
    [["a", 0, "A"]],
  );
});

test("another page of the same browser reads what this one wrote", () => {
  const place = storage();
  const [here, there] = [createRunList(place), createRunList(place)];
  here.save(run("a"));
  there.reload();
  assert.deepEqual(there.all(), here.all());
});

test("what is no list of runs is no run", () => {
  for (const stored of ["", "nonsense", "{}", "[1, null, {}]", '[{"id": "a"}]']) {
    const place = storage();
    place.items.set("runs", stored);
    assert.deepEqual(createRunList(place).all(), []);
  }
});

test("where there is little room the oldest are not stored, and all are still shown", () => {
  const place = storage(JSON.stringify([{ ...run("1"), pinned: false, slot: 0, name: "" }]).length + 5);
  const list = createRunList(place);
  list.save(run("1"));
  list.save(run("2"));
  assert.deepEqual(ids(list), ["2", "1"]);
  assert.deepEqual(ids(createRunList(place)), ["2"]);
});

test("without storage runs last as long as the page", () => {
  const list = createRunList(null);
  list.save(run("a"));
  assert.deepEqual(ids(list), ["a"]);
});

test("a listener hears the list at once and after every change", () => {
  const list = createRunList(storage());
  /** @type {number[]} */
  const heard = [];
  list.subscribe((runs) => heard.push(runs.length));
  list.save(run("a"));
  list.remove("a");
  assert.deepEqual(heard, [0, 1, 0]);
});

test("a long curve is thinned and ends where it ended; NaN becomes null", () => {
  const steps = Float64Array.from({ length: 1000 }, (_, i) => 10 * i);
  const metrics = [Float64Array.from(steps, (step) => step / 3), new Float64Array(1000).fill(NaN)];
  const curves = thinned({ length: 1000, steps, epochs: steps, metrics }, 150);
  assert.equal(curves.steps.length, 150);
  assert.equal(curves.steps.at(-1), 9990);
  assert.equal(curves.metrics[0]?.at(-1), 3330);
  assert.ok(curves.metrics[1]?.every((value) => value === null));
  assert.ok(curves.steps.every((step, i) => i === 0 || step > (curves.steps[i - 1] ?? 0)));
});

test("a short curve stays as it is", () => {
  const steps = [0, 5, 9];
  assert.deepEqual(thinned({ length: 3, steps, epochs: steps, metrics: [steps] }).steps, steps);
});
