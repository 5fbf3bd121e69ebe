/** How the network learns: optimizer, loss, penalty and all the rest of the spec's sections. */

import { h, icon } from "../lib/dom.js";
import { RESTART } from "../lib/controls.js";
import { controlList, settingsOf } from "../lib/settings.js";
import { describe } from "../lib/tooltip.js";
import { watch } from "../store.js";

/** @import {Context, Section, View} from "../types.js" */

/** In sight, in this order; everything else is behind "More". */
const IN_SIGHT = ["optimizer.kind", "optimizer.learning_rate", "loss.kind", "penalty.l2"];

/** Shown in other panels. */
const ELSEWHERE = ["data", "features", "layers"];
const ELSEWHERE_PATHS = ["batch_size"];

/**
 * @param {HTMLElement} root
 * @param {Context} context
 * @returns {View}
 */
export function trainingView(root, { store, actions, catalog }) {
  const sections = catalog.sections.filter(({ path }) => !ELSEWHERE.includes(path.split(".")[0] ?? ""));
  const strip = h("div", { class: "strip" });
  const renderStrip = controlList(strip, actions);

  const groups = sections.map((section) => {
    const fields = h("div", { class: "group-fields" });
    const element = h("fieldset", { class: "group" }, h("legend", {}, section.label), fields);
    return { section, element, render: controlList(fields, actions) };
  });
  const more = h("details", { class: "more", "data-testid": "more-training" },
    h("summary", {}, "More settings"),
    h("div", { class: "groups" }, ...groups.map(({ element }) => element)));
  root.append(strip, h("div", { class: "strip-end" }, more, markKey()));

  watch(store, ["spec", "problems", "run"], ({ run, spec, problems }) => {
    if (run === 0) return;
    /** @param {Section} section @param {{full?: boolean}} [options] */
    const settings = (section, options = {}) => settingsOf(section, spec, catalog, options)
      .filter(({ path }) => !ELSEWHERE_PATHS.includes(path));
    const inSight = sections.flatMap((section) => settings(section, { full: true }))
      .filter(({ path }) => IN_SIGHT.includes(path))
      .sort((a, b) => IN_SIGHT.indexOf(a.path) - IN_SIGHT.indexOf(b.path));
    renderStrip(inSight, spec, problems);
    for (const { section, element, render } of groups) {
      const rest = settings(section).filter(({ path }) => !IN_SIGHT.includes(path));
      element.hidden = rest.length === 0;
      render(rest, spec, problems);
    }
  });
}

/** Says what the mark means before anything is touched. */
function markKey() {
  const key = h("p", { class: "mark-key", tabindex: 0 }, icon(RESTART, "restart-mark"), "restarts the run");
  describe(key, {
    title: "Restarts the run",
    text: "Settings with this mark start again from step 0; all others apply at once, while the network trains.",
  });
  return key;
}
