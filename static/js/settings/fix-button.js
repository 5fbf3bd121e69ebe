/** One press that makes the changes which may cure what goes wrong. */

import { RESTART } from "./controls.js";
import { h, icon } from "../base/dom.js";
import { describe } from "../ui/tooltip.js";
import { t } from "../base/words.js";

/** @import {Actions, Fix} from "../base/types.js" */

/**
 * @param {Fix} fix
 * @param {Actions} actions
 */
export function fixButton(fix, actions) {
  const { label, restart } = fix;
  const button = h(
    "button",
    { type: "button", class: "button", "data-testid": "fix", onclick: () => actions.fix(fix) },
    label,
    restart && icon(RESTART, "restart-mark"),
  );
  describe(button, { title: label, text: t("Makes this change."), effect: restart ? "restart" : "live" });
  return button;
}
