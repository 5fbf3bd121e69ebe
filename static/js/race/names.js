/** What racers are called: by their optimizer, and where several have the same, by what tells them apart. */

import { setNumber } from "../base/format.js";
import { kindName } from "../settings/names.js";
import { placeAt } from "../settings/paths.js";
import { t, within } from "../base/words.js";

/** @import {Spec} from "../base/types.js" */
/** @import {RaceCatalog} from "./settings.js" */

/**
 * @param {readonly Spec[]} racers  each with its optimizer, schedule and clip
 * @param {RaceCatalog} catalog
 * @returns {string[]}
 */
export function racerNames(racers, catalog) {
  const labels = racers.map(({ optimizer }) => kindName(catalog.families, "optimizers", optimizer.kind));
  const full = racers.map((racer, i) => {
    const others = racers.filter((other) => other !== racer && other.optimizer.kind === racer.optimizer.kind);
    return others.length === 0 ? labels[i] : [labels[i], ...differences(racer, others, catalog)].join(" ");
  });
  return full.map((name, i) => {
    const before = full.slice(0, i).filter((each) => each === name).length;
    return before > 0 ? t("{name} ({number})", { name, number: before + 1 }) : name;
  });
}

/**
 * @param {Spec} racer
 * @param {Spec[]} others
 * @param {RaceCatalog} catalog
 */
function differences(racer, others, catalog) {
  const { families } = catalog;
  const differs = (/** @type {string} */ part, /** @type {string} */ name) =>
    others.some((other) => other[part]?.[name] !== racer[part]?.[name]);
  const knobs = families.optimizers?.find(({ kind }) => kind === racer.optimizer.kind)?.knobs ?? [];
  const own = knobs
    .filter(({ name }) => differs("optimizer", name))
    .map(({ name, label, symbol }) => {
      const value = racer.optimizer[name];
      return typeof value === "boolean"
        ? value
          ? t("{setting} on", { setting: within(label) })
          : t("{setting} off", { setting: within(label) })
        : `${symbol || within(label)} ${setNumber(value)}`;
    });
  const rest = ["schedule", "clip"].flatMap((part) => {
    const kind = racer[part]?.kind;
    if (kind === catalog.race.default.racers[0]?.[part]?.kind || !differs(part, "kind")) return [];
    const records = placeAt(`racers.0.${part}`, catalog, catalog.race.sections)?.records;
    const label = records?.find((record) => record.kind === kind)?.label ?? kind;
    return [part === "clip" ? t("clipped {how}", { how: within(label) }) : within(label)];
  });
  return [...own, ...rest];
}
