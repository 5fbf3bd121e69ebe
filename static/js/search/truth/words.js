/** What is said of the truth behind a map: what it would cost, how its shades are to be read, and where other settings stand. */

import { significant, whole } from "../../base/format.js";
import { all, listed, t, tn, within } from "../../base/words.js";
import { settingName } from "../../settings/names.js";
import { valueAt } from "../../settings/paths.js";
import { valueText } from "../words.js";
import { shadesOf } from "./truth.js";

/** @import {Catalog} from "../../base/types.js" */
/** @import {Found, Truth} from "../types.js" */

/**
 * @param {NonNullable<ReturnType<typeof import("./truth.js").truthCost>>} cost
 * @param {number} seeds
 */
export function costWords({ cells, updates, seconds }, seeds) {
  const values = { cells: whole(cells), updates: whole(updates), seconds: whole(Math.ceil(seconds)) };
  return tn(
    "The truth behind it: {cells} settings, trained once each. {updates} updates, about {seconds} s.",
    "The truth behind it: {cells} settings, trained from {count} starts each. {updates} updates, about {seconds} s.",
    seeds,
    values,
  );
}

/**
 * What the two ends of the shades stand for, and the scores at which there are lines; null while no cell is known.
 *
 * @param {Truth} truth
 */
export function shadeWords(truth) {
  const shades = shadesOf(truth);
  if (!shades) return null;
  const levels = listed(shades.lines.map((at) => significant(at, 2)));
  return {
    low: significant(shades.low, 2),
    high: t("{score} and worse", { score: significant(shades.high, 2) }),
    lines: levels !== "" && t("Lines at {levels}.", { levels }),
  };
}

/**
 * Where the settings stand that are not on the map; false where there are none.
 *
 * @param {Truth} truth
 * @param {Found} found
 * @param {Catalog} catalog
 */
export function besideWords({ axes, others }, { search: { knobs, base } }, catalog) {
  const beside = knobs.filter((_, i) => !axes.includes(i));
  if (beside.length === 0) return false;
  const settings = all(
    beside.map(({ path }) =>
      t("{name} {value}", {
        name: within(settingName(path, catalog)),
        value: valueText(path, path in others ? others[path] : valueAt(base, path), catalog),
      }),
    ),
  );
  return Object.keys(others).length > 0
    ? t("With {settings}, as in the best trial.", { settings })
    : t("With {settings}, as in the base run.", { settings });
}
