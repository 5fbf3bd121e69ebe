/** A field of the search with its name, its tip, and the sentence that says what is wrong with it. */

import { h, setAttribute, setDescribedBy } from "../base/dom.js";
import { sentences, t } from "../base/words.js";
import { complaint } from "../settings/knobs.js";
import { describe } from "../ui/tooltip.js";

/** @import {Problem} from "./types.js" */

/**
 * @param {HTMLElement} control
 * @param {{id: string, label: string, text: string, inline?: boolean}} options  id: a path of the search
 */
export function createField(control, { id, label, text, inline = false }) {
  const error = h("p", { class: "field-error", id: `wrong-${id}`, role: "alert", hidden: true });
  const name = h("label", { class: "caption", for: `field-${id}` }, label);
  control.id = `field-${id}`;
  const element = h("div", { class: inline ? "field field-inline" : "field" }, name, control, error);
  describe(element, { title: label, text });
  return {
    element,
    error,
    /** @param {string} sentence  empty where nothing is wrong */
    complain(sentence) {
      if (error.textContent !== sentence) error.textContent = sentence;
      error.hidden = sentence === "";
      setAttribute(control, "aria-invalid", sentence === "" ? null : "true");
      setDescribedBy(control, error.id, sentence !== "");
    },
  };
}

/**
 * What the server says of a path, or of what stands in it.
 *
 * @param {readonly Problem[]} faults
 * @param {(path: string) => boolean} isHere
 */
export function wrongAt(faults, isHere) {
  const here = faults.filter(({ path }) => isHere(path));
  return sentences(
    ...here.map(({ value, allowed }) =>
      isPlain(value) ? complaint(value, allowed) : t("Allowed: {allowed}.", { allowed }),
    ),
  );
}

/** @param {unknown} value */
const isPlain = (value) => typeof value === "string" || typeof value === "number";
