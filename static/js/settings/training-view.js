/** How the network learns: optimizer, loss, penalty and all the rest of the spec's sections. */

import { h, icon } from "../base/dom.js";
import { RESTART } from "./controls.js";
import { writeFormula } from "../ui/formula.js";
import { actingRecord, chosenRecord, controlList, settingsOf } from "./control-list.js";
import { describe } from "../ui/tooltip.js";
import { watch } from "../base/store.js";
import { closeButton } from "../ui/close-button.js";
import { t } from "../base/words.js";

/** @import {Actions, Catalog, Context, Problem, Section, Spec, View} from "../base/types.js" */

/** In sight, in this order; everything else is behind "More settings". */
const IN_SIGHT = ["optimizer.kind", "optimizer.learning_rate", "loss.kind", "penalty.l2"];

/** The groups there, in this order; others come after them. */
const ORDER = ["optimizer", "schedule", "clip", "loss", "penalty", "", "stop", "initializer"];

/** Shown in other panels. */
const ELSEWHERE = ["data", "augmentation", "features", "layers"];
const ELSEWHERE_PATHS = ["batch_size"];

/**
 * @param {HTMLElement} root
 * @param {Context} context
 * @returns {View}
 */
export function trainingView(root, { store, actions, catalog }) {
  const sections = catalog.sections
    .filter(({ path }) => !ELSEWHERE.includes(path.split(".")[0] ?? ""))
    .sort((a, b) => rank(a) - rank(b));
  const strip = h("div", { class: "strip lined" });
  const renderStrip = controlList(strip, actions);
  const groups = sections.map((section) => createGroup(section, catalog, actions));
  root.append(strip, h("div", { class: "strip-end" }, morePanel(groups.map(({ element }) => element)), markKey()));

  watch(store, ["spec", "problems", "run"], ({ run, spec, problems }) => {
    if (run === 0) return;
    const inSight = sections
      .flatMap((section) => settingsOf(section, spec, catalog))
      .filter(({ path }) => IN_SIGHT.includes(path))
      .sort((a, b) => IN_SIGHT.indexOf(a.path) - IN_SIGHT.indexOf(b.path));
    renderStrip(inSight, spec, problems);
    for (const { update } of groups) update(spec, problems);
  });
}

/** @param {Section} section */
function rank({ path }) {
  const place = ORDER.indexOf(path);
  return place < 0 ? ORDER.length : place;
}

/**
 * One section of the spec, but for what is in sight elsewhere; not there where nothing is left.
 *
 * @param {Section} section
 * @param {Catalog} catalog
 * @param {Actions} actions
 */
function createGroup(section, catalog, actions) {
  const name = h("legend", {}, section.label);
  const formula = h("p", { class: "formula", hidden: true });
  const fields = h("div", { class: "group-fields" });
  const render = controlList(fields, actions);
  const element = h("fieldset", { class: "group", "data-section": section.path }, name, formula, fields);
  const isKindElsewhere = IN_SIGHT.includes(`${section.path}.kind`);

  return {
    element,
    /**
     * @param {Spec} spec
     * @param {readonly Problem[]} problems
     */
    update(spec, problems) {
      const settings = settingsOf(section, spec, catalog).filter(
        ({ path }) => !IN_SIGHT.includes(path) && !ELSEWHERE_PATHS.includes(path),
      );
      const record = isKindElsewhere ? chosenRecord(section, spec, catalog) : actingRecord(section, spec, catalog);
      name.textContent = record
        ? t("{setting}: {value}", { setting: section.label, value: record.label })
        : section.label;
      writeFormula(formula, record);
      element.hidden = settings.length === 0 && !record?.formula;
      render(settings, spec, problems);
    },
  };
}

/**
 * Slides over the data where there is room beside the network, and opens in its place where there is not.
 *
 * @param {HTMLElement[]} groups
 */
function morePanel(groups) {
  const summary = h("summary", {}, t("More settings"));
  const shut = () => {
    details.open = false;
    summary.focus();
  };
  const close = closeButton(t("Close"), shut);
  const details = h(
    "details",
    {
      class: "more more-training",
      "data-testid": "more-training",
      onkeydown: (/** @type {KeyboardEvent} */ event) => {
        if (event.key === "Escape" && details.open) shut();
      },
    },
    summary,
    h(
      "section",
      { class: "sheet", "aria-label": t("More settings") },
      h("div", { class: "sheet-head" }, h("h2", {}, t("More settings")), close),
      h("div", { class: "groups" }, ...groups),
    ),
  );
  return details;
}

/** Says what the mark means before anything is touched. */
function markKey() {
  const key = h("p", { class: "mark-key", tabindex: 0 }, icon(RESTART, "restart-mark"), t("restarts the run"));
  describe(key, {
    title: t("Restarts the run"),
    text: t("Settings with this mark start again from step 0; all others apply at once, while the network trains."),
  });
  return key;
}
