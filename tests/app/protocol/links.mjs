/** Writes runs and races as the page's links, and reads them back: a line of JSON in, a line of JSON out. */

import { createInterface } from "node:readline";

import * as races from "../../../static/js/race/link.js";
import { shortSpec, wholeSpec } from "../../../static/js/settings/minimal-spec.js";
import { format, parse } from "../../../static/js/address/run-link.js";

let catalog;
for await (const line of createInterface({ input: process.stdin })) {
  const { catalog: given, spec, edits = [], race, link } = JSON.parse(line);
  if (given) {
    catalog = given;
    continue;
  }
  const text = link ?? (race ? races.format(race, catalog) : format(shortSpec(spec, catalog), edits));
  const read = race ? races.parse(text, catalog, []) : parse(text, catalog);
  console.log(JSON.stringify({ text, ...read, whole: race ? null : wholeSpec(read.spec, catalog) }));
}
