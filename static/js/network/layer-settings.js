/** What can be set on one hidden layer beside its activation and its number of neurons. */

import { badgesOf } from "../settings/badges.js";
import { RESTART } from "../settings/controls.js";
import { h, icon } from "../base/dom.js";
import { writeFormula } from "../ui/formula.js";
import { makePopover } from "../ui/popover.js";
import { chosenRecord, controlList, settingsOf } from "../settings/control-list.js";
import { describe } from "../ui/tooltip.js";
import { layerName } from "../base/unit-names.js";
import { closeButton } from "../ui/close-button.js";
import { t } from "../base/words.js";

/** @import {Actions, Catalog, Problem, Section, Spec} from "../base/types.js" */
/** @import {Setting} from "../settings/control-list.js" */

const SLIDERS = "M4 8h7M15.5 8H20M13.2 5.6v4.8M4 16h3.5M12 16h8M9.8 13.6v4.8";

/** In sight above the layer. */
const IN_SIGHT = ["units", "activation.kind"];

/**
 * @param {number} index
 * @param {{actions: Actions, catalog: Catalog}} context
 */
export function createLayerSettings(index, { actions, catalog }) {
  const layer = index + 1;
  const title = t("Layer {layer}: settings", { layer });
  const button = h(
    "button",
    { type: "button", class: "layer-open", "data-testid": `layer-settings-${index}` },
    h("span", { class: "layer-full" }, layerName(index)),
    h("span", { class: "layer-short" }, String(layer)),
    icon(SLIDERS),
  );
  describe(button, { title, text: t("Opens everything that can be set on this layer.") });

  const record = h("p", { class: "popover-record" });
  const formula = h("p", { class: "formula" });
  const fields = h("div", { class: "group-fields" });
  const render = controlList(fields, actions);
  const close = closeButton(t("Close"));
  const panel = h(
    "div",
    { class: "popover", role: "dialog", "aria-label": title, "data-testid": `layer-popover-${index}` },
    h("div", { class: "popover-head" }, h("strong", {}, layerName(index)), close),
    h("div", {}, record, formula),
    fields,
    h(
      "div",
      { class: "popover-end" },
      action("duplicate-layer", t("Duplicate"), {
        title: t("Duplicate layer {layer}", { layer }),
        text: t("Adds a layer like this one after it."),
        onclick: () => actions.duplicateLayer(index),
      }),
      action("layer-remove", t("Remove"), {
        title: t("Remove layer {layer}", { layer }),
        text: t("Removes the layer from the network."),
        onclick: () => {
          panel.hidePopover();
          actions.removeLayer(index);
        },
      }),
    ),
  );
  const badges = h("div", { class: "badges", "data-testid": `badges-${index}` });
  makePopover(panel, button, [button, close]);

  const sections = catalog.sections.filter(({ path }) => path.startsWith("layers.*"));
  const activation = sections.find(({ path }) => path === "layers.*.activation");
  const here = (/** @type {Section} */ { path }) => path.replace("*", String(index));
  let shown = "";

  return {
    button,
    panel,
    badges,
    /**
     * @param {Spec} spec
     * @param {readonly Problem[]} problems
     */
    update(spec, problems) {
      const settings = sections
        .flatMap((section) => settingsOf(section, spec, catalog, { path: here(section) }))
        .filter(({ path }) => !IN_SIGHT.some((hidden) => path === `layers.${index}.${hidden}`))
        .sort((a, b) => Number(b.own) - Number(a.own));
      render(settings, spec, problems);
      const chosen = activation && chosenRecord(activation, spec, catalog, here(activation));
      record.textContent = chosen?.label ?? "";
      writeFormula(formula, chosen);
      showBadges(settings, spec);
    },
  };

  /**
   * @param {Setting[]} settings
   * @param {Spec} spec
   */
  function showBadges(settings, spec) {
    const list = badgesOf(settings, spec);
    if (JSON.stringify(list) === shown) return;
    shown = JSON.stringify(list);
    badges.replaceChildren(
      ...list.map(({ text, title, help }) => {
        const name = t("{sign}, {words}", { sign: text, words: title });
        const badge = h("button", { type: "button", class: "badge", "aria-label": name }, text);
        describe(badge, { title, text: help });
        badge.popoverTargetElement = panel;
        return badge;
      }),
    );
  }

  /**
   * @param {string} testid
   * @param {string} label
   * @param {{title: string, text: string, onclick: () => void}} options
   */
  function action(testid, label, { title: name, text, onclick }) {
    const element = h(
      "button",
      { type: "button", class: "button", "data-testid": `${testid}-${index}`, onclick },
      label,
      icon(RESTART, "restart-mark"),
    );
    describe(element, { title: name, text, effect: "restart" });
    return element;
  }
}
