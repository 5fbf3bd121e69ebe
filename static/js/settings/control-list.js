/** From catalogue sections to lists of controls. A new record or knob appears here by itself. */

import { choiceControl, knobControl } from "./controls.js";
import { pathOf, recordsOf, valueAt } from "./paths.js";

/** @import {Actions, Catalog, CatalogRecord, Knob, Problem, Section, Spec} from "../base/types.js" */
/** @import {Control, Place} from "./controls.js" */

/**
 * One control to be: `key` tells apart controls that stand at one path for different kinds.
 * `knob` is what it turns, null where it chooses the kind; `own` says that only this kind has it.
 * @typedef {{key: string, path: string, live: boolean, knob: Knob | null, own: boolean,
 *   make: (place: Place) => Control}} Setting
 */

/**
 * The record that a section's kind names as the spec stands.
 *
 * @param {Section} section
 * @param {Spec} spec
 * @param {Catalog} catalog
 * @param {string} [path]  where the section stands, if that is not its own path
 * @returns {CatalogRecord | undefined}
 */
export function chosenRecord(section, spec, catalog, path = section.path) {
  return recordsOf(section, catalog).find(({ kind }) => kind === valueAt(spec, pathOf(path, "kind")));
}

/**
 * The record that acts in a section without a kind, such as the penalty: its knobs are just those that are on.
 *
 * @param {Section} section
 * @param {Spec} spec
 * @param {Catalog} catalog
 * @returns {CatalogRecord | undefined}
 */
export function actingRecord({ path, knobs, family }, spec, { families }) {
  if (family || path === "") return undefined;
  const on = knobs.filter(({ name, default: usual }) => (valueAt(spec, pathOf(path, name)) ?? usual) !== usual);
  const names = on.map(({ name }) => name).join();
  return Object.values(families)
    .flat()
    .find((record) => record.knobs.length > 0 && record.knobs.map(({ name }) => name).join() === names);
}

/**
 * What can be set in one section as the spec stands: its kind, the knobs of that kind, and those of all.
 *
 * @param {Section} section
 * @param {Spec} spec
 * @param {Catalog} catalog
 * @param {object} [options]
 * @param {string} [options.path]  where it stands, if that is not the section's own path: "layers.0"
 * @returns {Setting[]}
 */
export function settingsOf(section, spec, catalog, { path = section.path } = {}) {
  const records = recordsOf(section, catalog);
  const chosen = chosenRecord(section, spec, catalog, path);
  const own = chosen?.knobs ?? [];
  const all = [...own, ...section.knobs];
  const shown = all.filter(({ name, type }) => type !== "rows" && type !== "names" && !chosen?.ignores?.includes(name));
  const knobs = shown.map((knob) => ({
    key: `${pathOf(path, knob.name)} ${chosen?.kind ?? ""}`,
    path: pathOf(path, knob.name),
    live: knob.live ?? section.live,
    knob,
    own: own.includes(knob),
    /** @param {Place} place */
    make: (place) => knobControl(knob, place),
  }));
  if (records.length === 0) return knobs;
  const kindPath = pathOf(path, "kind");
  return [
    {
      key: kindPath,
      path: kindPath,
      live: section.live,
      knob: null,
      own: false,
      make: (place) => choiceControl(section, records, place),
    },
    ...knobs,
  ];
}

/**
 * Keeps a place in the page filled with the controls of a list of settings. Controls that stay
 * keep their element, so that focus and a thumb that is being dragged stay too.
 *
 * @param {HTMLElement} root
 * @param {Pick<Actions, "set">} actions
 */
export function controlList(root, actions) {
  /** @type {Map<string, Control>} */
  let controls = new Map();

  /**
   * @param {Setting[]} settings
   * @param {Spec} spec
   * @param {readonly Problem[]} problems
   */
  return (settings, spec, problems) => {
    const next = new Map(
      settings.map((setting) => [
        setting.key,
        controls.get(setting.key)
          ?? setting.make({
            path: setting.path,
            live: setting.live,
            change: (value) => actions.set({ [setting.path]: value }),
          }),
      ]),
    );
    if ([...next.keys()].join() !== [...controls.keys()].join()) {
      root.replaceChildren(...[...next.values()].map((control) => control.element));
    }
    controls = next;
    for (const { key, path } of settings) {
      next.get(key)?.update(
        valueAt(spec, path),
        problems.find((problem) => problem.path === path),
      );
    }
  };
}
