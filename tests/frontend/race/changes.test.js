import assert from "node:assert/strict";
import { test } from "node:test";

import { createChanges } from "../../../static/js/race/changes.js";
import { createStore } from "../../../static/js/base/store.js";
import { CATALOG } from "../catalog.js";

/** @import {Race, RaceState} from "../../../static/js/race/types.js" */

const turn = () => new Promise((resolve) => setImmediate(resolve));

/** A page whose server answers when it is told to, and counts the changes in the steps of the race. */
function page() {
  const store = createStore(
    /** @type {RaceState} */ (
      /** @type {unknown} */ ({
        race: structuredClone(CATALOG.race.default),
        connection: "open",
        problems: [],
        notice: null,
      })
    ),
  );
  /** @type {{keys: any, answer: (reply: object) => void}[]} */
  const asked = [];
  const connection = /** @type {any} */ ({
    request: (/** @type {string} */ type, /** @type {any} */ keys) =>
      new Promise((answer) => {
        assert.equal(type, "race_spec");
        asked.push({
          keys,
          answer: (reply) => answer({ ok: false, code: "", message: "", problems: [], file: null, ...reply }),
        });
      }),
  });
  const use = (/** @type {Race} */ race, /** @type {Partial<RaceState>} */ rest) =>
    store.set({ race, problems: [], ...rest });
  return { store, asked, change: createChanges({ store, connection, use }) };
}

const made = (/** @type {{keys: any}} */ { keys: { race, changes } }) => ({ ...race, ...changes });

test("changes are made one after the other, each of what the last one left", async () => {
  const { store, asked, change } = page();
  const [first, second] = [
    change(() => ({ changes: { steps: 10 } })),
    change(() => ({ changes: { noise: 0.5 }, rest: { chosen: 2 } })),
  ];
  assert.equal(asked.length, 1);
  asked[0].answer({ ok: true, race: made(asked[0]) });
  assert.equal(await first, null);
  await turn();
  assert.equal(asked[1].keys.race.steps, 10);
  asked[1].answer({ ok: true, race: made(asked[1]) });
  assert.equal(await second, null);
  const { race, chosen } = store.get();
  assert.deepEqual([race.steps, race.noise, chosen], [10, 0.5, 2]);
});

test("what is changed on the page meanwhile is not lost: the change is asked for again", async () => {
  const { store, asked, change } = page();
  const done = change(() => ({ changes: { steps: 10 } }));
  store.set({ race: { ...store.get().race, starts: [[3, 4]] } });
  asked[0].answer({ ok: true, race: made(asked[0]) });
  await turn();
  assert.deepEqual(asked[1].keys.race.starts, [[3, 4]]);
  asked[1].answer({ ok: true, race: made(asked[1]) });
  await done;
  assert.deepEqual([store.get().race.starts, store.get().race.steps], [[[3, 4]], 10]);
});

test("of what a slider sends only the newest waits", async () => {
  const { store, asked, change } = page();
  for (const steps of [1, 2, 3, 4]) void change(() => ({ changes: { steps } }), "steps");
  asked[0].answer({ ok: true, race: made(asked[0]) });
  await turn();
  asked[1].answer({ ok: true, race: made(asked[1]) });
  await turn();
  assert.deepEqual([asked.length, store.get().race.steps], [2, 4]);
});

test("what is refused is said, and the next change is made", async () => {
  const { store, asked, change } = page();
  const problem = { path: "steps", value: 0, allowed: "1 or more" };
  const [first, second] = [change(() => ({ changes: { steps: 0 } })), change(() => ({ changes: { noise: 1 } }))];
  asked[0].answer({ problems: [problem], code: "bad_spec" });
  assert.deepEqual(await first, problem);
  assert.deepEqual(store.get().problems, [problem]);
  await turn();
  asked[1].answer({ ok: true, race: made(asked[1]) });
  assert.equal(await second, null);
});

test("while the line is lost a change waits for it", async () => {
  const { store, asked, change } = page();
  const done = change(() => ({ changes: { steps: 10 } }));
  store.set({ connection: "lost" });
  asked[0].answer({ code: "lost" });
  await turn();
  assert.equal(asked.length, 1);
  store.set({ connection: "open" });
  await turn();
  asked[1].answer({ ok: true, race: made(asked[1]) });
  assert.equal(await done, null);
  assert.equal(store.get().race.steps, 10);
});
