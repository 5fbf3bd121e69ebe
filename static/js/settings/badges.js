/** Short marks for settings that are not as they usually are. */

import { knobValue } from "./names.js";
import { valueAt } from "./paths.js";
import { t } from "../base/words.js";

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
    const [setting, said] = [shortName(knob.label), knobValue(knob, value)];
    const text = value === true ? setting : t("{setting} {value}", { setting, value: said });
    return [{ text, title: t("{setting}: {value}", { setting: knob.label, value: said }), help: knob.help }];
  });
}

/**
 * "Batch normalization" is "BN", "Slope" stays as it is, "Dropout" is "Drop".
 *
 * @param {Knob["label"]} label
 */
export function shortName(label) {
  const words = label.split(/\s+/);
  if (words.length > 1) return words.map((word) => word.charAt(0).toUpperCase()).join("");
  return label.length > SHORT_ENOUGH ? label.slice(0, CUT) : label;
}
