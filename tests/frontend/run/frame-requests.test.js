import assert from "node:assert/strict";
import { test } from "node:test";

import { createWants } from "../../../static/js/run/frame-requests.js";

test("a flag is on while anyone wants it", () => {
  /** @type {object[]} */
  const said = [];
  const want = createWants((wants) => said.push(wants));
  want("map", { evaluation: true, point: [1, 2] });
  want("table", { evaluation: true });
  want("map", { evaluation: false, point: null });
  want("table", {});
  assert.deepEqual(said, [
    { evaluation: true, point: [1, 2] },
    { evaluation: true, point: [1, 2] },
    { evaluation: true },
    {},
  ]);
});
