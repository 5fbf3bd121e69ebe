/** Which strategy won how many duels, how sure that is, and every duel as a dot. */

import { fitCanvas, onResize } from "../../base/canvas.js";
import { h, setText } from "../../base/dom.js";
import { oncePerFrame } from "../../base/scheduling.js";
import { watch } from "../../base/store.js";
import { t } from "../../base/words.js";
import { watchPalette } from "../../draw/palette.js";
import { readSearchLook } from "../map/look.js";
import { countsOf, dotsOf, drawDuels, nearestDuel, placed } from "./dots.js";
import { duelWords, sidesOf } from "./words.js";

/** @import {SearchContext} from "../types.js" */

const STEPS = /** @type {{[key: string]: number}} */ ({
  ArrowLeft: -1,
  ArrowUp: 1,
  ArrowRight: 1,
  ArrowDown: -1,
  Home: -Infinity,
  End: Infinity,
});

/**
 * @param {HTMLElement} root
 * @param {SearchContext} context
 */
export function duelView(root, { store, actions, catalog }) {
  const parts = build(root);
  let look = readSearchLook();
  let size = { width: 0, height: 0 };
  let scene = dotsOf([]);

  const draw = () => {
    if (size.width <= 0) return;
    const { context } = fitCanvas(parts.canvas, size);
    context.clearRect(0, 0, size.width, size.height);
    const { fought, search, against, shownDuel } = store.get();
    const names = sidesOf(fought?.duel.search.strategy ?? search.strategy, fought?.duel.against ?? against, catalog);
    const tally = fought?.tally ?? { first: 0, second: 0 };
    drawDuels(context, size, scene, { look, colours: look.sides, counts: countsOf(names, tally), shown: shownDuel });
  };
  const drawSoon = oncePerFrame(draw);

  parts.canvas.addEventListener("click", (event) => {
    const { left, top } = parts.canvas.getBoundingClientRect();
    const number = nearestDuel(placed(scene, size), event.clientX - left, event.clientY - top);
    if (number !== null) actions.showDuel(number);
  });
  parts.canvas.addEventListener("keydown", (event) => {
    const step = STEPS[event.key];
    if (step === undefined) return;
    event.preventDefault();
    actions.showDuel(store.get().shownDuel + step);
  });

  watch(store, ["mode"], ({ mode }) => {
    root.hidden = mode !== "duel";
  });
  watch(store, ["fought", "duelPhase", "search", "against", "duels", "connection"], (state) => {
    const { fought, duelPhase } = state;
    const words = duelWords(state, catalog);
    setText(parts.title, words.title);
    setText(parts.text, words.text);
    root.dataset.phase = duelPhase;
    root.dataset.first = String(fought?.tally.first ?? "");
    root.dataset.second = String(fought?.tally.second ?? "");
    const [low, high] = fought?.interval ?? [0, 1];
    const decided = (fought?.tally.first ?? 0) + (fought?.tally.second ?? 0);
    parts.rail.style.setProperty("--low", String(low));
    parts.rail.style.setProperty("--high", String(high));
    parts.rail.style.setProperty("--share", String(decided > 0 ? (fought?.tally.second ?? 0) / decided : 0.5));
    parts.rail.classList.toggle("is-empty", decided === 0);
    scene = dotsOf(fought?.duels ?? []);
    parts.canvas.dataset.dots = String(scene.dots.length);
    parts.canvas.setAttribute("aria-label", t("{title} Arrow keys go from duel to duel.", words));
    drawSoon();
  });
  watch(store, ["shownDuel"], drawSoon);
  watchPalette(() => {
    look = readSearchLook();
    drawSoon();
  });
  onResize(parts.frame, (next) => {
    size = { width: Math.floor(next.width), height: Math.floor(next.height) };
    draw();
  });
}

/** @param {HTMLElement} root */
function build(root) {
  const title = h("h2", { class: "search-headline", "data-testid": "duel-title" });
  const text = h("p", { class: "search-answer" });
  const rail = h(
    "div",
    { class: "duel-rail", "aria-hidden": "true" },
    h("span", { class: "duel-rail-band" }),
    h("span", { class: "duel-rail-coin" }, t("a coin")),
    h("span", { class: "duel-rail-share" }),
  );
  const canvas = h("canvas", { class: "search-map", "data-testid": "duel-dots", role: "img", tabindex: "0" });
  const frame = h("div", { class: "search-frame duel-frame" }, canvas);
  const legend = t("How many times lower the winner’s score is. Each dot is one duel; the ringed one is shown beside.");
  root.append(
    h("div", { class: "search-best duel-verdict" }, title, text),
    rail,
    frame,
    h("p", { class: "hint search-under" }, legend),
  );
  return { title, text, rail, canvas, frame };
}
