/** One point's way through the network: a stepper, a sentence, tables under the columns, and the diagram above in step. */

import { onResize } from "../../base/canvas.js";
import { h, icon, setText } from "../../base/dom.js";
import { isTyping } from "../../ui/shortcuts.js";
import { marked, unmarked } from "../../base/marked.js";
import { watch } from "../../base/store.js";
import { t } from "../../base/words.js";
import { readLook } from "../layers/look.js";
import { createSaving } from "../saving.js";
import { createTraceKeeper } from "./keeper.js";
import { createLossBar } from "./loss-bar.js";
import { marksOf } from "./marks.js";
import { namesOf, percent, short } from "./numbers.js";
import { drawPortrait, parameterTable, portraitSize } from "./portrait.js";
import { nameOf, sentenceOf } from "./sentence.js";
import { informationOf, softmax, WORKED_SCORES } from "./softmax.js";
import { stepsOf, strongestPath } from "./steps.js";
import { createTables } from "./drawn-tables.js";
import { backwardTable, columnTables, updateTable } from "./tables.js";

/** @import {Context, Followed, View} from "../../base/types.js" */
/** @import {Base} from "./numbers.js" */
/** @import {Step} from "./steps.js" */
/** @import {Trace} from "./trace.js" */

const NAME = "one-point";

/** So many rows a table has where the panel has the whole window. */
const LARGE_ROWS = 16;

const BACK = "M15 6l-6 6 6 6";
const ON = "M9 6l6 6-6 6";

/**
 * @param {HTMLElement} root
 * @param {Context} context
 * @returns {View}
 */
export function onePointView(root, { store, frames, catalog, study }) {
  /** @type {Trace | null} */
  let trace = null;
  /** @type {number[]} */
  let path = [];
  /** @type {number[] | null} those that somebody dragged */
  let scores = null;
  /** @type {Followed | null} what is followed again when the panel opens */
  let kept = null;
  /** @type {Base} */
  let base = "nats";
  let at = 0;

  const isOpen = () => store.get().insight === NAME;
  const lossOf = () => String(store.get().spec.loss?.kind ?? "");
  const steps = () => (trace ? stepsOf(trace, path, lossOf()) : []);
  const stepNow = () => steps()[Math.min(at, steps().length - 1)];

  const lossBar = createLossBar(() => {
    base = base === "nats" ? "bits" : "nats";
    render();
  });
  const parts = build(root, { go, try: tryScores, loss: lossBar.element });
  const tables = createTables(parts.body, (place, score) => {
    const from = scores ?? Array.from(trace?.output ?? []);
    tryScores(from.map((each, index) => (index === place ? score : each)));
  });

  const saving = createSaving({
    kind: NAME,
    title: t("One point"),
    look: readLook,
    rows: t("The numbers of the point, a row for each weight and bias."),
    now: () => {
      const step = stepNow();
      if (!trace || !step) return null;
      const shown = { trace, path, scores, loss: lossOf(), names: namesOf(trace, frames.scene, catalog) };
      const all = placedTables(step, shown).map(({ table }) => table);
      const lines = [nameOf(step, { ...shown, base }), lossBar.text()];
      const { names } = shown;
      const found = trace;
      return {
        step: found.step,
        size: portraitSize(all, lines),
        text: parts.sentence.textContent ?? "",
        draw: (surface) => drawPortrait(surface, all, lines, readLook()),
        table: () => parameterTable(found, names),
      };
    },
  });
  parts.head.append(saving.button);
  root.append(saving.files);

  const keeper = createTraceKeeper({
    store,
    study,
    needs: () => ({ check: stepNow()?.kind === "backward", update: stepNow()?.kind === "update" }),
    show(found) {
      const before = trace;
      trace = found;
      // while it plays the path would jump from unit to unit
      const isOther = String([before?.units, before?.point]) !== String([found.units, found.point]);
      if (!before || isOther || store.get().phase === "paused") path = strongestPath(found);
      render();
    },
  });

  /** @param {number} by */
  function go(by) {
    if (!trace) return;
    at = Math.min(Math.max(0, at + by), steps().length - 1);
    scores = null;
    keeper.ask();
    render();
  }

  /** @param {number[] | null} values */
  function tryScores(values) {
    scores = values;
    render();
  }

  function render() {
    const step = stepNow();
    const { scene } = frames;
    if (!trace || !step || !isOpen()) return;
    const isLarge = store.get().enlarged === "strip";
    const names = namesOf(trace, scene, catalog);
    const shown = { trace, path, scores, loss: lossOf(), names, ...(isLarge && { most: LARGE_ROWS }) };
    const telling = { ...shown, base };
    const information = shown.loss === "cross_entropy" || shown.loss === "logistic" ? trace.information : null;
    const tried = scores && informationOf(scores.length === trace.target.length ? trace.target : oneHot(trace), scores);
    say(tried ? triedSentence(scores ?? [], trace, tried.crossEntropy) : sentenceOf(step, telling));
    const place = t("*{step}* of {steps}", { step: Math.min(at, steps().length - 1) + 1, steps: steps().length });
    parts.step.replaceChildren(...marked(place, bold), " ", h("span", {}, nameOf(step, telling)));
    parts.back.disabled = at === 0;
    parts.next.disabled = at >= steps().length - 1;
    parts.tries.hidden = step.kind !== "answer" || shown.loss !== "cross_entropy";
    parts.own.disabled = scores === null;
    lossBar.show(
      lossName(shown.loss),
      trace.loss,
      tried ?? information,
      base,
      step.kind === "answer" || step.kind === "loss",
    );
    tables.show(placedTables(step, shown), parts.tries.hidden ? null : parts.tries);
    store.set({ tracing: marksOf(step, shown) });
  }

  /**
   * @param {Step} step
   * @param {import("./tables.js").Shown} shown
   */
  function placedTables(step, shown) {
    if (step.kind === "backward") return [{ table: backwardTable(step, shown), x: null }];
    if (step.kind === "update") return [{ table: updateTable(shown), x: null }];
    const { columns, enlarged } = store.get();
    const found = columnTables(step, shown);
    if (enlarged === "strip") {
      const pitch = parts.body.clientWidth / found.length;
      return found.map((table, index) => ({ table, x: (index + 0.5) * pitch }));
    }
    return found.flatMap((table, index) => {
      const layer = index - 1;
      const column = columns.find((each) => each.role !== "fold" && each.layer === layer);
      return column ? [{ table, x: column.x }] : [];
    });
  }

  /** @param {string} sentence */
  function say(sentence) {
    if (parts.sentence.textContent !== unmarked(sentence)) parts.sentence.replaceChildren(...marked(sentence, bold));
  }

  const follow = () => {
    const { scene } = frames;
    if (!isOpen() || !scene) return;
    if (!kept || !isLabel(kept.label, scene.classes)) kept = firstPoint(scene);
    store.set({ followed: kept });
  };

  watch(store, ["insight"], () => {
    if (isOpen()) {
      follow();
      keeper.ask();
      render();
    } else store.set({ followed: null, tracing: null });
  });
  watch(store, ["followed"], ({ followed }) => {
    if (!followed) return;
    kept = followed;
    scores = null;
    keeper.ask();
  });
  watch(store, ["run"], () => (scores = null));
  watch(store, ["units"], () => {
    trace = null;
    store.set({ tracing: null });
  });
  watch(store, ["columns"], render);
  onResize(parts.body, render);
  watch(store, ["members", "member"], ({ members, member }) => {
    parts.member.hidden = members.length < 2;
    setText(parts.member, t("Network {network} of {networks}", { network: member + 1, networks: members.length }));
    keeper.ask();
  });
  watch(store, ["connection"], keeper.ask);
  frames.subscribe(follow);
  onResize(parts.body, render);
  document.addEventListener("keydown", (event) => {
    const by = { PageDown: 1, PageUp: -1 }[event.key];
    if (!by || !isOpen() || store.get().projecting || isTyping(event) || document.querySelector("dialog[open]")) return;
    event.preventDefault();
    go(by);
  });

  return { draw: ({ frame }) => keeper.drawn(frame) };
}

/**
 * @param {HTMLElement} root
 * @param {object} options
 * @param {(by: number) => void} options.go
 * @param {(scores: number[] | null) => void} options.try
 * @param {HTMLElement} options.loss
 */
function build(root, { go, try: tryScores, loss }) {
  const sentence = h(
    "p",
    { class: "inside-sentence", id: "point-sentence", "data-testid": "point-sentence" },
    t("Press a point of the map, or any place on it, to follow it through the network."),
  );
  const own = h(
    "button",
    {
      type: "button",
      class: "button is-quiet",
      "data-testid": "point-own-scores",
      "data-tip-title": t("The network’s scores"),
      "data-tip": t("Takes the dragged scores away and shows those of the network for this point."),
      onclick: () => tryScores(null),
    },
    t("The network’s scores"),
  );
  const worked = h(
    "button",
    {
      type: "button",
      class: "button is-quiet",
      "data-testid": "point-worked-example",
      "data-tip-title": t("Worked example"),
      "data-tip": t(
        "Softmax turns the scores 0.5, 1.2 and −0.3 into 0.289, 0.581 and 0.130. If your notes differ, check: their exponentials are 1.649, 3.320 and 0.741, and the sum of these is 5.710.",
      ),
      onclick: () => tryScores([...WORKED_SCORES]),
    },
    t("Try 0.5, 1.2, −0.3"),
  );
  const tries = h("div", { class: "point-tries", hidden: true }, h("p", {}, t("Drag a score, or")), worked, own);
  const body = h("div", { class: "point-body", role: "group", "aria-labelledby": "point-sentence" }, tries);
  const back = stepper("point-back", t("Back"), BACK, () => go(-1));
  const next = stepper("point-next", t("Next"), ON, () => go(1));
  const step = h("p", { class: "point-step", "data-testid": "point-step", "aria-live": "polite" });
  const member = h("span", { class: "point-member", hidden: true });
  const walk = h(
    "div",
    {
      class: "point-walk",
      role: "group",
      "aria-label": t("Steps"),
      onkeydown: (/** @type {KeyboardEvent} */ event) => {
        const by = { ArrowRight: 1, ArrowLeft: -1 }[event.key];
        if (!by) return;
        event.preventDefault();
        go(by);
      },
    },
    back,
    next,
    step,
    member,
  );
  const head = h("div", { class: "inside-head point-head" }, sentence);
  root.append(h("div", { class: "point" }, head, body, h("div", { class: "point-foot" }, walk, loss)));
  return { head, sentence, body, tries, own, back, next, step, member };
}

/**
 * @param {string} testid
 * @param {string} label
 * @param {string} path
 * @param {() => void} press
 */
function stepper(testid, label, path, press) {
  const isNext = testid === "point-next";
  return h(
    "button",
    {
      type: "button",
      class: "button",
      "data-testid": testid,
      "aria-label": label,
      "aria-keyshortcuts": isNext ? "PageDown" : "PageUp",
      "data-tip-title": label,
      "data-tip": isNext
        ? t("One step on: forward to the loss, then back to every weight. Page Down does the same.")
        : t("One step back. Page Up does the same."),
      onclick: press,
    },
    isNext && h("span", {}, label),
    icon(path),
  );
}

/** @param {string} text */
const bold = (text) => h("b", {}, text);

/** @param {string} loss */
const lossName = (loss) => ({ hinge: t("hinge loss"), squared_error: t("squared error") })[loss] ?? t("loss");

/**
 * @param {number} label
 * @param {number} classes  0 in regression
 */
const isLabel = (label, classes) => classes === 0 || (Number.isInteger(label) && label >= 0 && label < classes);

/** @param {import("../../base/types.js").Scene} scene @returns {Followed | null} */
function firstPoint({ arrays: { points, labels } }) {
  const [x1 = NaN, x2 = NaN] = points.data;
  const label = labels.data[0];
  return label === undefined ? null : { point: [x1, x2], label };
}

/** The label of scores that are not the network's: the same class where they have it, else the last. @param {Trace} trace */
const oneHot = ({ label }) => WORKED_SCORES.map((_, place) => (place === Math.min(label, 2) ? 1 : 0));

/**
 * @param {number[]} scores
 * @param {Trace} trace
 * @param {number} loss  in nats
 */
function triedSentence(scores, { label }, loss) {
  const truth = Math.min(label, scores.length - 1);
  const share = softmax(scores).probabilities[truth] ?? NaN;
  return t("Softmax turns the scores {scores} into *{share}* for the true class, {truth}: a loss of {loss} nats.", {
    scores: scores.map(short).join(", "),
    share: percent(share),
    truth,
    loss: short(loss),
  });
}
