/**
 * Writes runs and races as the page's links, and reads them back; says what the page shows of a status and carries to
 * the playground: a line of JSON in, a line of JSON out.
 */

import { createInterface } from "node:readline";

import * as races from "../../../static/js/race/link.js";
import { shortSpec, wholeSpec } from "../../../static/js/settings/minimal-spec.js";
import { format, parse } from "../../../static/js/address/run-link.js";
import { formatChosen, formatLandscape, parseLandscape } from "../../../static/js/landscape/link.js";
import { INITIAL } from "../../../static/js/base/store.js";
import { stateOf } from "../../../static/js/run/status.js";

let catalog;
for await (const line of createInterface({ input: process.stdin })) {
  const { catalog: given, spec, edits = [], race, link, status } = JSON.parse(line);
  if (given) {
    catalog = given;
    continue;
  }
  if (status) {
    const state = { ...INITIAL, ...stateOf(status) };
    const alone = state.specs.map((_, member) => parse(formatChosen({ ...state, member }, catalog), catalog));
    const { wanted } = parseLandscape(formatLandscape(state, 0, catalog), catalog);
    console.log(JSON.stringify({ shown: state.specs, alone, wanted }));
    continue;
  }
  const text = link ?? (race ? races.format(race, catalog) : format({ spec: shortSpec(spec, catalog), edits }));
  const read = race ? races.parse(text, catalog, []) : parse(text, catalog);
  console.log(JSON.stringify({ text, ...read, whole: race ? null : wholeSpec(read.spec, catalog) }));
}
