import assert from "node:assert/strict";
import { test } from "node:test";

import { createFile } from "../../../static/js/wire/file-parts.js";

/** @param {string[]} sections @param {number} part */
const partOf = (sections, part) => {
  const data = new TextEncoder().encode(sections.join(""));
  return /** @type {import("../../../static/js/base/types.js").FileFrame} */ ({
    type: "file",
    id: 3,
    name: "race.csv",
    media: "text/csv",
    part,
    done: false,
    sections: sections.map((text) => new TextEncoder().encode(text).length),
    arrays: { bytes: { data, shape: [data.length] } },
  });
};

test("sections follow each other, each in the order of the parts", () => {
  const first = partOf(["head\n", "a1 é\n", "b1\n"], 0);
  const file = createFile(first);
  file.add(first);
  file.add(partOf(["", "a2\n", "b2\n"], 1));
  file.add(partOf(["", "a3\n", ""], 2));
  const {
    name,
    media,
    arrays: { bytes },
  } = file.whole();
  assert.deepEqual([name, media], ["race.csv", "text/csv"]);
  assert.equal(new TextDecoder().decode(/** @type {Uint8Array} */ (bytes.data)), "head\na1 é\na2\na3\nb1\nb2\n");
  assert.deepEqual(bytes.shape, [bytes.data.length]);
});

test("a file in one part is that part", () => {
  const only = partOf(["x"], 0);
  const file = createFile(only);
  file.add(only);
  assert.equal(file.whole().arrays.bytes.data[0], 120);
});
