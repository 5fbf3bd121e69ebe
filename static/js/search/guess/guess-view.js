/** Predict first: a marker on the range of the learning rate, or of the first knob that has one. */

import { h, setAttribute, setText } from "../../base/dom.js";
import { significant } from "../../base/format.js";
import { watch } from "../../base/store.js";
import { t, within } from "../../base/words.js";
import { settingName } from "../../settings/names.js";
import { scaleOf } from "../axis.js";
import { guessedKnob } from "./guess.js";

/** @import {SearchContext} from "../types.js" */

/** The range has so many places. */
const PLACES = 200;

/**
 * @param {HTMLElement} root
 * @param {SearchContext} context
 */
export function guessView(root, { store, actions, catalog }) {
  const question = h("label", { class: "caption", for: "search-guess" });
  const slider = h("input", {
    type: "range",
    id: "search-guess",
    class: "search-guess",
    min: "0",
    max: String(PLACES),
    "data-testid": "search-guess",
  });
  const value = h("output", { for: "search-guess" });
  const forget = h(
    "button",
    { type: "button", class: "text-button", "data-testid": "search-no-guess", onclick: () => actions.setGuess(null) },
    t("No guess"),
  );
  root.append(question, slider, h("div", { class: "search-guess-end" }, value, forget));

  const measure = () => {
    const knob = guessedKnob(store.get().search);
    return knob && { knob, scale: scaleOf(knob, catalog) };
  };
  slider.addEventListener("input", () => {
    const at = measure()?.scale?.at(Number(slider.value) / PLACES);
    if (at !== undefined) actions.setGuess(Number(at.toPrecision(2)));
  });
  watch(store, ["search", "guess", "mode"], ({ guess, mode }) => {
    const { knob = null, scale = null } = measure() ?? {};
    const panel = root.closest("section");
    if (panel) panel.hidden = mode === "duel" || !knob;
    if (!knob) return;
    const name = within(settingName(knob.path, catalog));
    setText(question, t("Where does the best {name} lie?", { name }));
    slider.disabled = !scale;
    slider.classList.toggle("is-empty", guess === null);
    const place = guess === null || !scale ? 0.5 : Math.min(1, Math.max(0, scale.place(guess)));
    const at = String(Math.round(place * PLACES));
    if (document.activeElement !== slider || guess === null) slider.value = at;
    const words = guess === null ? t("Drag the marker before you search.") : significant(guess, 2);
    setAttribute(slider, "aria-valuetext", words);
    setText(value, words);
    forget.hidden = guess === null;
  });
}
