import assert from "node:assert/strict";
import { test } from "node:test";

import { toSearchWords } from "../../../static/js/search/playground-link-view.js";
import { CATALOG } from "../catalog.js";

const spec = CATALOG.default_spec;
const lost = (/** @type {any} */ ofRun, /** @type {any} */ edits) =>
  toSearchWords({ ...spec, ...ofRun }, edits).split("good.")[1];

test("the way to a search says what of a run it leaves behind, and of most runs nothing", () => {
  assert.equal(lost({}, []), "");
  assert.match(lost({}, [{ step: 9, changes: { batch_size: 5 } }]), /^ All .* are not replayed\.$/);
  assert.equal(lost({}, [{ step: 0, changes: { "theta.0": 1 } }]), " Weights set by hand are drawn anew.");
  const all = lost({ stop: { kind: "patience" } }, [{ step: 9, changes: { batch_size: 5, theta: [1] } }]);
  assert.match(all, /replayed\. Weights .* anew\. None of them stops early: .*\.$/);
});
