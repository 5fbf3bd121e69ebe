import assert from "node:assert/strict";
import { test } from "node:test";

import { parseMarkdown } from "../../../static/js/classroom/markdown.js";

const line = (/** @type {string} */ text) => parseMarkdown(text)[0]?.items[0];

test("paragraphs keep their lines, and lists their points", () => {
  assert.deepEqual(parseMarkdown("One\ntwo\n\nthree\n- a\n* b\n\n1. c\n2) d"), [
    { kind: "p", items: [["One"], ["two"]] },
    { kind: "p", items: [["three"]] },
    { kind: "ul", items: [["a"], ["b"]] },
    { kind: "ol", items: [["c"], ["d"]] },
  ]);
  assert.deepEqual(parseMarkdown(" \n\n"), []);
});

test("strong, emphasis and code stand within a line", () => {
  assert.deepEqual(line("Find the **smallest *best* one**, `a * b`"), [
    "Find the ",
    { kind: "strong", parts: ["smallest ", { kind: "em", parts: ["best"] }, " one"] },
    ", ",
    { kind: "code", parts: ["a * b"] },
  ]);
  assert.deepEqual(line("2 * 3 * 4 is 24"), ["2 * 3 * 4 is 24"]);
});

test("links lead to the web and nowhere else", () => {
  assert.deepEqual(line("[a](https://example.org/x?y=1)"), [
    { kind: "link", address: "https://example.org/x?y=1", parts: ["a"] },
  ]);
  for (const text of ["[a](javascript:alert(1))", "[a](data:text/html,x)", "[a](//example.org)", "[a](https://)"]) {
    assert.ok(
      line(text)?.every((part) => typeof part === "string"),
      text,
    );
  }
});

test("HTML is text", () => {
  assert.deepEqual(line("<b onclick=x>bold</b> & <script>"), ["<b onclick=x>bold</b> & <script>"]);
});
