/** One of the duels: where each side tried, and what it found. */

import { fitCanvas, onResize } from "../../base/canvas.js";
import { h, icon, setText } from "../../base/dom.js";
import { whole } from "../../base/format.js";
import { oncePerFrame } from "../../base/scheduling.js";
import { watch } from "../../base/store.js";
import { t, tn } from "../../base/words.js";
import { watchPalette } from "../../draw/palette.js";
import { settingName } from "../../settings/names.js";
import { describe } from "../../ui/tooltip.js";
import { axisOf } from "../axis.js";
import { readSearchLook } from "../map/look.js";
import { scoreText } from "../words.js";
import { drawSide } from "./side-picture.js";
import { sidesOf } from "./words.js";

/** @import {SearchContext} from "../types.js" */

const BACK = "M14.5 6l-6 6 6 6";
const FORWARD = "M9.5 6l6 6-6 6";

/**
 * @param {HTMLElement} root
 * @param {SearchContext} context
 */
export function pairView(root, { store, actions, catalog }) {
  const title = h("h2", { id: "pair-title" }, t("One of the duels"));
  const at = h("span", { class: "duel-at", "data-testid": "duel-at" });
  const back = stepButton(t("The duel before"), BACK, "duel-back", () => actions.showDuel(store.get().shownDuel - 1));
  const next = stepButton(t("The next duel"), FORWARD, "duel-next", () => actions.showDuel(store.get().shownDuel + 1));
  const sides = [createSide(), createSide()];
  root.append(
    h("div", { class: "duel-pair-head" }, title, h("div", { class: "duel-steps" }, back, at, next)),
    h("div", { class: "duel-pair" }, ...sides.map(({ element }) => element)),
  );
  let look = readSearchLook();

  const draw = () => {
    const { fought, search, against, shownDuel, axes } = store.get();
    const duel = fought?.duels[shownDuel];
    const { knobs } = fought?.duel.search ?? search;
    const [across, up] = axes.map((index) => axisOf(knobs[index], catalog));
    const name = knobs[axes[0]] ? settingName(knobs[axes[0]]?.path ?? "", catalog) : "";
    const names = sidesOf(fought?.duel.search.strategy ?? search.strategy, fought?.duel.against ?? against, catalog);
    setText(at, fought ? t("{at} of {all}", { at: whole(shownDuel + 1), all: whole(fought.duels.length) }) : "");
    back.disabled = !fought || shownDuel <= 0;
    next.disabled = !fought || shownDuel >= fought.duels.length - 1;
    sides.forEach((side, i) => {
      const trials = duel?.sides[i];
      const score = duel?.scores[i];
      const values = new Set(trials?.places.map((place) => place[axes[0]]?.toFixed(6))).size;
      setText(side.name, names[i] ?? "");
      side.name.style.color = look.sides[i] ?? look.ink;
      const tried = tn("{count} value of {name}", "{count} values of {name}", values, { name, count: whole(values) });
      setText(side.values, trials ? tried : "");
      setText(side.score, score === undefined ? "" : t("best {score}", { score: scoreText(score) }));
      side.element.dataset.score = score === undefined ? "" : String(score);
      side.element.classList.toggle("is-winner", duel !== undefined && score === Math.min(...duel.scores));
      if (!across || !up || side.size.width <= 0) return;
      const { context } = fitCanvas(side.canvas, side.size);
      context.clearRect(0, 0, side.size.width, side.size.height);
      drawSide(context, side.size, { trials, axes, across, up, look });
    });
  };
  const drawSoon = oncePerFrame(draw);
  watch(store, ["mode"], ({ mode }) => {
    root.hidden = mode !== "duel";
  });
  watch(store, ["fought", "shownDuel", "search", "against", "axes"], drawSoon);
  watchPalette(() => {
    look = readSearchLook();
    drawSoon();
  });
  for (const side of sides) {
    onResize(side.frame, ({ width, height }) => {
      side.size = { width: Math.floor(width), height: Math.floor(height) };
      drawSoon();
    });
  }
}

/**
 * @param {string} label
 * @param {string} path
 * @param {string} testid
 * @param {() => void} act
 */
function stepButton(label, path, testid, act) {
  const button = h(
    "button",
    { type: "button", class: "icon-button", "aria-label": label, "data-testid": testid, onclick: act },
    icon(path),
  );
  describe(button, { title: label, text: t("The arrow keys on the dots do the same.") });
  return button;
}

function createSide() {
  const name = h("strong", {});
  const values = h("span", { class: "duel-values" });
  const score = h("p", { class: "duel-score" });
  const canvas = h("canvas", { class: "search-map", "aria-hidden": "true" });
  const frame = h("div", { class: "duel-side-frame" }, canvas);
  const element = h("div", { class: "duel-side" }, name, values, frame, score);
  return { element, name, values, score, canvas, frame, size: { width: 0, height: 0 } };
}
