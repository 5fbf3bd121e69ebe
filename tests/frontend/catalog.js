/** The engine's own catalogue, as pytest writes it and checks that it is fresh. */

import { readFileSync } from "node:fs";

/** @import {Knob} from "../../static/js/base/types.js" */
/** @import {RaceCatalog} from "../../static/js/race/settings.js" */

const path = new URL("../golden/catalog.json", import.meta.url);

/** @type {RaceCatalog} */
export const CATALOG = JSON.parse(readFileSync(path, "utf8"));

/**
 * A knob of its own, for what is said of knobs alone.
 *
 * @param {string} name
 * @param {Partial<Knob>} [rest]
 * @returns {Knob}
 */
export function knob(name, rest = {}) {
  return {
    name,
    label: name,
    help: "A sentence.",
    type: "number",
    default: 0,
    minimum: null,
    maximum: null,
    scale: "linear",
    step: null,
    choices: null,
    ...rest,
  };
}
