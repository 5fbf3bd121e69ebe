/** What theory says of a quadratic, beside what the race shows; and which learning rates and momenta do well. */

import { onResize } from "../../base/canvas.js";
import { h } from "../../base/dom.js";
import { trackPointer } from "../../draw/pointer.js";
import { watchPalette } from "../../draw/palette.js";
import { ABSENT } from "../../base/format.js";
import { significant } from "./numbers.js";
import { racerBadge } from "../../draw/markers.js";
import { racerNames } from "../names.js";
import { createRatesMap, RATES_ROOM, ratesAt } from "../map/rate-map.js";
import { readReliefLook } from "../../draw/height-map.js";
import { describe } from "../../ui/tooltip.js";
import { all, sentences, t } from "../../base/words.js";

/** @import {RaceContext, RaceView} from "../types.js" */
/** @import {Theory} from "../record.js" */

const DIGITS = 4;

/**
 * @param {HTMLElement} root
 * @param {RaceContext} context
 * @returns {RaceView}
 */
export function theoryView(root, context) {
  const { store, results, catalog } = context;
  const facts = h("dl", { class: "theory-facts", "data-testid": "theory" });
  const none = h(
    "p",
    { class: "race-note" },
    t("This surface is not a quadratic: its curvature changes from place to place, and no theory predicts every step."),
  );
  const body = h("tbody", {});
  const table = h(
    "table",
    { class: "race-table theory-table", "data-testid": "theory-table" },
    h(
      "thead",
      {},
      h(
        "tr",
        {},
        ...[
          [t("Racer"), t("Each optimizer, by its colour and mark.")],
          [
            t("Predicted"),
            t("The factor by which each update multiplies the distance in the long run, from the eigenvalues alone."),
          ],
          [t("Measured"), t("The same, measured over this race.")],
        ].map(([label = "", text = ""]) => {
          const cell = h("th", { scope: "col" }, label);
          describe(cell, { title: label, text });
          return cell;
        }),
      ),
    ),
    body,
  );
  const from = h("p", { class: "race-note", "data-testid": "theory-start" });
  const rates = ratesPart(context);
  root.append(none, facts, table, from, rates.element);

  /** @type {unknown} */
  let shown = null;
  return {
    draw() {
      if (root.hidden) return;
      const { track } = results;
      rates.draw();
      const { looks } = store.get();
      const key = track?.theory ?? track;
      if (!track?.complete || shown === key) return;
      shown = key;
      const { theory } = track;
      none.hidden = theory !== null;
      facts.hidden = table.hidden = from.hidden = theory === null;
      if (!theory) return;
      const names = racerNames(track.race.racers, catalog);
      from.textContent = sentences(
        track.starts > 1
          && t("Measured from the first of the {starts} starts; theory is the same for all.", { starts: track.starts }),
        track.race.noise > 0 && t("Theory leaves the noise out."),
        ...theory.racers.map((racer, i) => meetingWords(names[i] ?? "", racer)),
      );
      facts.replaceChildren(...factsOf(theory));
      body.replaceChildren(
        ...theory.racers.map(({ predicted, measured, stable }, i) =>
          h(
            "tr",
            {},
            h(
              "th",
              { scope: "row" },
              h("span", { class: "race-name" }, racerBadge(looks[i] ?? i), h("span", {}, names[i] ?? "")),
            ),
            h("td", {}, predictedWords(predicted, stable)),
            h("td", {}, measured === null ? ABSENT : significant(measured, DIGITS)),
          ),
        ),
      );
    },
  };
}

/**
 * @param {number | null} predicted
 * @param {boolean | null} stable
 */
function predictedWords(predicted, stable) {
  if (predicted === null) return ABSENT;
  const factor = significant(predicted, DIGITS);
  return stable === false ? t("{factor} diverges", { factor }) : factor;
}

/**
 * Why a racer at a double root is measured a little slower than it is predicted.
 *
 * @param {string} name
 * @param {Theory["racers"][number]} racer
 */
function meetingWords(name, { predicted, first, last, meeting }) {
  if (predicted === null || meeting === null) return "";
  const factor = significant(predicted, DIGITS);
  return t(
    "{name}: both roots are {factor} here, so the distance shrinks as t · {factor}ᵗ. From step {first} to {last} that is {meeting} in each update, which comes down to {factor} as the race gets longer.",
    { name, factor, first: first ?? ABSENT, last: last ?? ABSENT, meeting: significant(meeting, DIGITS) },
  );
}

/** @param {Theory} theory */
function factsOf({ eigenvalues, condition, best_rate: rate, best_factor: factor, best_momentum: best }) {
  const number = (/** @type {number} */ value) => significant(value, DIGITS);
  const fact = (/** @type {string} */ name, /** @type {string} */ value, /** @type {string} */ text) => {
    const element = h("div", {}, h("dt", {}, name), h("dd", {}, value));
    describe(element, { title: name, text });
    return element;
  };
  return [
    fact(
      t("Curvatures"),
      all(eigenvalues.map(number)),
      t("The eigenvalues of the Hessian: how steep the surface curves along its flattest and its steepest direction."),
    ),
    condition !== null
      && fact(
        t("Condition number"),
        number(condition),
        t("The larger curvature over the smaller one: the larger it is, the slower plain gradient descent."),
      ),
    rate !== null
      && fact(
        t("Best rate, plain"),
        factor === null
          ? `η = ${number(rate)}`
          : t("η = {rate}, factor {factor}", { rate: number(rate), factor: number(factor) }),
        t(
          "2 over the sum of the curvatures: the best learning rate for plain gradient descent. Each update multiplies the distance by the factor.",
        ),
      ),
    best !== null
      && fact(
        t("Best with momentum"),
        t("η = {rate}, μ = {momentum}, factor {factor}", {
          rate: number(best.learning_rate),
          momentum: number(best.momentum),
          factor: number(best.factor),
        }),
        t("The best pair for momentum (Polyak 1964): its factor depends only on the root of the condition number."),
      ),
  ].filter((part) => part !== false);
}

/** @param {RaceContext} context */
function ratesPart({ store, results, actions }) {
  const canvas = h("canvas", {
    tabindex: 0,
    class: "rates-map",
    role: "application",
    "data-testid": "rates-map",
    "aria-label": t("Map of learning rate and momentum. The arrow keys point, Enter races."),
  });
  const reading = h("p", { class: "race-note", "data-testid": "rates-reading" });
  const hint = t(
    "Green is lowest, plain grey diverges. Press a place to give the chosen racer its learning rate and momentum.",
  );
  const element = h(
    "div",
    { class: "rates" },
    h("h3", { class: "caption" }, t("f at the end of the race, by learning rate and momentum")),
    canvas,
    reading,
  );
  const map = createRatesMap();
  let look = readReliefLook();
  let drawn = "";
  /** @type {{across: number, down: number} | null} */
  let pointed = null;

  /** @param {{across: number, down: number}} at  as shares of the canvas */
  const place = (at) => {
    const { rates } = results;
    if (!rates) return null;
    const { clientWidth: width, clientHeight: height } = canvas;
    const across = (at.across * width - RATES_ROOM.left) / (width - RATES_ROOM.left - RATES_ROOM.right);
    const down = (at.down * height - RATES_ROOM.top) / (height - RATES_ROOM.top - RATES_ROOM.bottom);
    return across < 0 || across > 1 || down < 0 || down > 1 ? null : ratesAt(rates, across, down);
  };
  const race = () => {
    const found = pointed && place(pointed);
    if (!found) return;
    actions.raceRates(Number((found.learningRate ?? NaN).toPrecision(3)), Number((found.momentum ?? NaN).toFixed(3)));
  };
  const read = () => {
    const found = pointed && place(pointed);
    reading.textContent = found
      ? `η ${significant(found.learningRate ?? NaN, 3)}   μ ${significant(found.momentum ?? NaN, 3)}   ${found.words}`
      : hint;
  };
  trackPointer(canvas, (at) => {
    pointed = at;
    read();
  });
  canvas.addEventListener("click", race);
  canvas.addEventListener("keydown", (event) => {
    if (event.key === "Enter") race();
  });
  read();

  const draw = () => {
    const { rates, track } = results;
    if (!rates || !track || canvas.clientWidth === 0) return;
    const { optimizer } = store.get().race.racers[store.get().chosen] ?? {};
    const mine =
      optimizer && ["sgd", "momentum", "nesterov"].includes(optimizer.kind)
        ? { learningRate: optimizer.learning_rate, momentum: optimizer.momentum ?? 0 }
        : null;
    const key = JSON.stringify([rates.id, rates.part, mine, canvas.clientWidth, look]);
    if (key === drawn) return;
    drawn = key;
    read();
    map.draw(canvas, rates, mine, track.at("value", 0, track.member(0, store.get().start)), look);
  };
  onResize(canvas, draw);
  watchPalette(() => {
    look = readReliefLook();
    draw();
  });
  return { element, draw };
}
