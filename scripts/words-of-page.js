/** Prints every sentence that the page's modules ask for at the door for words, as JSON: an array for each file. */

import { readFileSync } from "node:fs";

import { parse } from "espree";

/** Which arguments of a function are its context, its sentence, and the sentence for several. */
const PLACES = { t: ["sentence"], tn: ["sentence", "plural"], tc: ["context", "sentence"] };

/** @param {any} node @param {(node: any) => void} visit */
function walk(node, visit) {
  if (Array.isArray(node)) for (const each of node) walk(each, visit);
  else if (node && typeof node.type === "string") {
    visit(node);
    for (const [key, value] of Object.entries(node)) {
      if (key !== "type" && typeof value === "object") walk(value, visit);
    }
  }
}

/** A literal text; undefined for anything else. @param {any} node @returns {string | undefined} */
function textOf(node) {
  if (node?.type === "Literal" && typeof node.value === "string") return node.value;
  if (node?.type === "TemplateLiteral" && node.expressions.length === 0) return node.quasis[0].value.cooked;
  return undefined;
}

/** @param {string} path */
function sentencesOf(path) {
  /** @type {Record<string, string>[]} */
  const found = [];
  const tree = parse(readFileSync(path, "utf8"), { ecmaVersion: "latest", sourceType: "module", loc: true });
  walk(tree, (node) => {
    const places = node.type === "CallExpression" && node.callee.type === "Identifier" && PLACES[node.callee.name];
    if (!places) return;
    const texts = places.map((_, index) => textOf(node.arguments[index]));
    if (texts.includes(undefined)) {
      throw new Error(`${path}:${node.loc.start.line}: ${node.callee.name}() takes literal sentences`);
    }
    found.push(Object.fromEntries(places.map((place, index) => [place, texts[index]])));
  });
  return found;
}

const paths = process.argv.slice(2);
process.stdout.write(JSON.stringify(Object.fromEntries(paths.map((path) => [path, sentencesOf(path)]))));
