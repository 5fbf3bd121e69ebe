import assert from "node:assert/strict";
import { test } from "node:test";

import { differences } from "../../../static/js/settings/diff.js";
import { wholeSpec } from "../../../static/js/settings/minimal-spec.js";
import { CATALOG as catalog } from "../catalog.js";

test("a short spec is compared with what it leaves out, which is as its own kinds have it", () => {
  const now = wholeSpec({ optimizer: { kind: "adam", learning_rate: 0.5 }, layers: [{ units: 8 }] }, catalog);
  assert.deepEqual(differences({ optimizer: { kind: "adam" }, layers: [{ units: 8 }] }, now, catalog), [
    { label: "Learning rate", before: "0.01", after: "0.5" },
  ]);
  assert.deepEqual(differences({}, wholeSpec({}, catalog), catalog), []);
});
