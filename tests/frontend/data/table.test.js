import assert from "node:assert/strict";
import { test } from "node:test";

import { MOST_BYTES, placeOfLine, readTable, refused, textOf } from "../../../static/js/data/table.js";

test("a line is found by its number", () => {
  const text = "x,y\n1,2\n\n3,4";
  assert.equal(text.slice(...placeOfLine(text, 1)), "x,y");
  assert.equal(text.slice(...placeOfLine(text, 2)), "1,2");
  assert.equal(text.slice(...placeOfLine(text, 3)), "");
  assert.equal(text.slice(...placeOfLine(text, 4)), "3,4");
});

test("a file in UTF-8 is read, with or without a mark at its beginning", async () => {
  assert.equal(await textOf(new Blob(["1,2,größer\r\n"])), "1,2,größer\r\n");
  assert.equal(await textOf(new Blob([new Uint8Array([0xef, 0xbb, 0xbf]), "x"])), "x");
  assert.equal(await textOf(new Blob([new Uint8Array([0xff, 0xfe, 0x78, 0, 0xfc, 0])])), "xü");
  assert.equal(await textOf(new Blob([new Uint8Array([0xfe, 0xff, 0, 0x78, 0, 0xfc])])), "xü");
});

test("a file that is no text, or too large, is refused with the reason", async () => {
  await assert.rejects(textOf(new Blob([new Uint8Array([0x31, 0xff, 0xfe])])), /not text in UTF-8/);
  await assert.rejects(textOf(new Blob([" \r\n"])), /is empty/);
  await assert.rejects(textOf(new Blob([new Uint8Array(MOST_BYTES + 1)])), /larger than 1 MB/);
});

test("a text that is too large is not even sent", async () => {
  const table = await readTable("ä".repeat(MOST_BYTES / 2 + 1));
  assert.deepEqual(table, refused("The table is larger than 1 MB, the most that is read."));
  assert.equal(table.found, 1);
});

test("a server that does not answer is a problem like others, and the text can be sent again", async (t) => {
  t.mock.method(globalThis, "fetch", async () => {
    throw new TypeError("no line");
  });
  assert.match((await readTable("1,2,a")).problems[0]?.text ?? "", /does not answer/);
  t.mock.method(globalThis, "fetch", async () => new Response("", { status: 503 }));
  assert.match((await readTable("1,2,a")).problems[0]?.text ?? "", /does not answer/);
});
