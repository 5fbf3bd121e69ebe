/** At the loss plot: keeps the present run, to compare the next with, and leads to where they are compared. */

import { h, icon, setAttribute } from "../base/dom.js";
import { watch } from "../base/store.js";
import { t } from "../base/words.js";
import { PIN } from "../ui/icons.js";
import { describe } from "../ui/tooltip.js";
import { MOST_PINNED } from "./list.js";
import { idOf, recordNow } from "./record.js";

/** @import {Context, View} from "../base/types.js" */
/** @import {RunList} from "./list.js" */

/**
 * @param {HTMLElement} root
 * @param {Context} context
 * @param {RunList} runs
 * @param {() => void} compare  shows the pinned runs beside the current one
 * @returns {View}
 */
export function pinView(root, context, runs, compare) {
  const { store } = context;
  const isPinned = () => store.get().pinned.some(({ id }) => id === idOf(store.get()));
  const pin = h(
    "button",
    {
      type: "button",
      class: "pin-button",
      "data-testid": "pin",
      onclick: () => {
        if (isPinned()) return runs.unpin(idOf(store.get()));
        const record = recordNow(store.get(), context);
        if (!record) return;
        runs.save(record);
        runs.pin(record.id);
      },
    },
    icon(PIN),
    t("Pin"),
  );
  const beside = h(
    "button",
    { type: "button", class: "pin-button is-link", "data-testid": "pin-compare", onclick: compare },
    t("Compare"),
  );
  describe(beside, {
    title: t("Compare"),
    text: t("Shows the maps, losses and settings of the pinned runs beside this one."),
  });
  root.append(pin, beside);

  const update = () => {
    const { pinned } = store.get();
    const [on, full, begun] = [isPinned(), pinned.length >= MOST_PINNED, isBegun()];
    root.hidden = !begun && pinned.length === 0;
    beside.hidden = pinned.length === 0;
    setAttribute(pin, "aria-pressed", String(on));
    setAttribute(pin, "aria-disabled", on || (begun && !full) ? null : "true");
    describe(pin, { title: on ? t("Unpin this run") : t("Pin this run"), text: words({ on, full, begun }) });
  };
  const isBegun = () => {
    const { latest: frame } = context.frames;
    return frame !== null && frame.run === store.get().run && frame.step > 0;
  };
  watch(store, ["pinned", "run", "session"], update);

  let hadBegun = false;
  return {
    draw() {
      if (hadBegun === isBegun()) return;
      hadBegun = !hadBegun;
      update();
    },
  };
}

/** @param {{on: boolean, full: boolean, begun: boolean}} run */
function words({ on, full, begun }) {
  if (on) return t("Takes its pale curve away.");
  if (!begun) return t("A run can be pinned once it has trained a step.");
  return full
    ? t("Four runs are pinned: unpin one first.")
    : t("Keeps this run as a pale curve behind the next ones, to compare them.");
}
