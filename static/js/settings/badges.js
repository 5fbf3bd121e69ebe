/** Short marks for settings that are not as they usually are. */

import { setNumber } from "../base/format.js";
import { valueAt } from "./paths.js";

/** @import {Knob, Spec} from "../base/types.js" */
/** @import {Setting} from "./control-list.js" */

const SHORT_ENOUGH = 5;
const CUT = 4;

/**
 * @param {Setting[]} settings
 * @param {Spec} spec
 * @returns {{text: string, title: string, help: string}[]}  one for each knob away from its default
 */
export function badgesOf(settings, spec) {
  return settings.flatMap(({ knob, path }) => {
    const value = valueAt(spec, path);
    if (!knob || value === knob.default) return [];
    const name = shortName(knob.label);
    const text = value === true ? name : `${name} ${said(value)}`;
    return [{ text, title: `${knob.label}: ${said(value)}`, help: knob.help }];
  });
}

/**
 * "Batch normalization" is "BN", "Slope" is "slope", "Dropout" is "drop".
 *
 * @param {Knob["label"]} label
 */
export function shortName(label) {
  const words = label.split(/\s+/);
  if (words.length > 1) return words.map((word) => word.charAt(0).toUpperCase()).join("");
  return (label.length > SHORT_ENOUGH ? label.slice(0, CUT) : label).toLowerCase();
}

/** @param {unknown} value */
function said(value) {
  return typeof value === "boolean"
    ? value
      ? "on"
      : "off"
    : typeof value === "number"
      ? setNumber(value)
      : String(value);
}
