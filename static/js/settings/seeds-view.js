/** Where chance comes from: three seeds, and which of them a new start draws anew. */

import { h } from "../base/dom.js";
import { numberField } from "./number-field.js";
import { makePopover } from "../ui/popover.js";
import { describe } from "../ui/tooltip.js";
import { watch } from "../base/store.js";
import { valueAt } from "./paths.js";
import { closeButton } from "../ui/close-button.js";
import { t } from "../base/words.js";

/** @import {Actions, Context, Locks, Store, View} from "../base/types.js" */

const LARGEST = 2 ** 31 - 1;

const SEEDS =
  /** @type {{name: keyof Locks, path: string, label: string, title: string, text: string, live: boolean}[]} */ ([
    {
      name: "weights",
      path: "weights_seed",
      label: t("Weights"),
      title: t("Weights seed"),
      live: false,
      text: t("The same seed draws the same initial weights."),
    },
    {
      name: "data",
      path: "data.seed",
      label: t("Data"),
      title: t("Data seed"),
      live: false,
      text: t("The same seed draws the same points."),
    },
    {
      name: "batches",
      path: "batches_seed",
      label: t("Batches"),
      title: t("Batches seed"),
      live: true,
      text: t("The same seed shuffles, drops out and augments in the same way."),
    },
  ]);

/**
 * @param {HTMLElement} root
 * @param {Context} context
 * @returns {View}
 */
export function seedsView(root, { store, actions }) {
  const button = h("button", { type: "button", class: "text-button", "data-testid": "seeds" }, t("Seeds"));
  describe(button, { title: t("Seeds"), text: t("Shows the three seeds, and which of them a new start draws anew.") });
  const close = closeButton(t("Close"));
  const rows = SEEDS.map((seed) => row(seed, store, actions));
  const panel = h(
    "div",
    { class: "popover seeds-panel", role: "dialog", "aria-label": t("Seeds"), "data-testid": "seeds-panel" },
    h("div", { class: "popover-head" }, h("strong", {}, t("Seeds")), close),
    h("div", { class: "field-list" }, ...rows.map(({ element }) => element)),
    h("p", { class: "hint" }, t("New start takes the next of every seed that is not locked. Reset keeps all three.")),
  );
  makePopover(panel, button, [button, close]);
  root.append(button, panel);
  watch(store, ["spec", "locks", "run"], ({ spec, locks, run }) => {
    if (run === 0) return;
    for (const { seed, update } of rows) update(valueAt(spec, seed.path), locks[seed.name]);
  });
}

/**
 * @param {typeof SEEDS[number]} seed
 * @param {Store} store
 * @param {Actions} actions
 */
function row(seed, store, actions) {
  const id = `seed-${seed.name}`;
  const error = h("p", { class: "field-error", id: `${id}-error`, role: "alert", hidden: true });
  const input = h("input", { id, "data-testid": id });
  const number = numberField(input, {
    rule: { type: "integer", minimum: 0, maximum: LARGEST },
    error,
    take: (value) => actions.set({ [seed.path]: value }),
  });
  const lock = h("input", {
    type: "checkbox",
    class: "switch",
    "data-testid": `lock-${seed.name}`,
    onchange: () => actions.setLocks({ ...store.get().locks, [seed.name]: lock.checked }),
  });
  const field = h(
    "div",
    { class: "field field-inline" },
    h("label", { class: "caption", for: id }, seed.label),
    input,
    error,
  );
  describe(field, { title: seed.title, text: seed.text, effect: seed.live ? "live" : "restart" });
  const locking = h("label", { class: "seed-lock" }, h("span", { class: "caption" }, t("Locked")), lock);
  describe(locking, { title: t("Locked"), text: t("A new start keeps this seed.") });
  return {
    seed,
    element: h("div", { class: "seed-row" }, field, locking),
    /**
     * @param {number} value
     * @param {boolean} isLocked
     */
    update(value, isLocked) {
      number.show(value);
      lock.checked = isLocked;
    },
  };
}
