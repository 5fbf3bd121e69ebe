/** The activation of all hidden layers at once. */

import { h } from "../base/dom.js";
import { describe } from "../ui/tooltip.js";
import { t } from "../base/words.js";

/** @import {Actions, Catalog, Spec} from "../base/types.js" */

/** Stands in the list while the layers differ. */
const MIXED = "mixed";

/** @param {{actions: Actions, catalog: Catalog}} context */
export function createEveryLayer({ actions, catalog }) {
  const mixed = h("option", { value: MIXED, disabled: true, hidden: true }, t("Mixed"));
  /** @type {Spec[]} */
  let layers = [];
  const select = h(
    "select",
    {
      id: "every-activation",
      "data-testid": "every-activation",
      onchange: () =>
        actions.set(Object.fromEntries(layers.map((_, index) => [`layers.${index}.activation.kind`, select.value]))),
    },
    mixed,
    ...(catalog.families.activations ?? []).map(({ kind, label }) => h("option", { value: kind }, label)),
  );
  const element = h(
    "div",
    { class: "every-layer as-text" },
    h("label", { class: "caption", for: "every-activation" }, t("All layers")),
    select,
  );
  describe(element, { title: t("All layers"), text: t("Gives every hidden layer this activation. Training goes on.") });

  return {
    element,
    /** @param {Spec} spec */
    update(spec) {
      layers = spec.layers;
      const kinds = new Set(layers.map(({ activation }) => activation.kind));
      element.hidden = layers.length < 2;
      select.value = kinds.size === 1 ? /** @type {string} */ ([...kinds][0]) : MIXED;
    },
  };
}
