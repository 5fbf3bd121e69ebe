/** One measure of every racer over the steps. The curves are drawn when the race changes; only a line moves with it. */

import { baseLayout, readLook } from "../../charts/layout.js";
import { h } from "../../base/dom.js";
import { levelsOf } from "../../draw/levels.js";
import { watchPalette } from "../../draw/palette.js";
import { createPlot } from "../../charts/plot.js";
import { curvatureFigure } from "./curvature-figure.js";
import { curvatureWords, errorWords } from "./curvature-words.js";
import { createEdgeScale, edgesOf } from "./edge-scale.js";
import { MARGIN, raceFigure } from "./figure.js";
import { chartMark, racerBadge, readRacerColours } from "../../draw/markers.js";
import { racerNames } from "../names.js";
import { describe } from "../../ui/tooltip.js";
import { watch } from "../../base/store.js";
import { option } from "../../ui/option.js";
import { t } from "../../base/words.js";

/** @import {RaceContext, RaceState, RaceView} from "../types.js" */
/** @import {Look} from "../../charts/layout.js" */
/** @import {Edges} from "./edge-scale.js" */

const MEASURES = /** @type {[RaceState["measure"], string, string][]} */ ([
  ["value", "f", t("Height f")],
  ["gradient_norm", t("‖gradient‖"), t("Length of the gradient")],
  ["rate", t("‖update‖ ∕ ‖gradient‖"), t("Effective learning rate")],
  ["learning_rate", "η", t("Scheduled learning rate")],
  ["distance", t("Distance"), t("Distance to the nearest minimum")],
  ["error", t("Error"), t("Error by direction")],
  ["curvature", "λ", t("Curvature λmax")],
]);

/**
 * @param {HTMLElement} root
 * @param {RaceContext} context
 * @returns {RaceView}
 */
export function chartView(root, { store, results, player, catalog, actions }) {
  const parts = build(root, (measure) => actions.setMeasure(measure));
  /** @type {Look} */
  let look;
  /** @type {string[]} */
  let colours = [];

  const figure = () => {
    const { track, surface, curvature } = results;
    const { looks, hidden, chosen, start, measure } = store.get();
    const logarithmic = parts.isLogarithmic();
    const key = JSON.stringify([
      track?.race,
      track?.known,
      looks,
      hidden,
      chosen,
      start,
      measure,
      logarithmic,
      colours,
      surface?.id,
      curvature?.id,
      curvature?.arrays.edges?.shape[0],
    ]);
    const names = track ? racerNames(track.race.racers, catalog) : [];
    const lines = names.flatMap((name, racer) =>
      hidden.includes(racer) || !track
        ? []
        : [
            {
              name,
              colour: colours[looks[racer] ?? racer] ?? "",
              mark: chartMark(looks[racer] ?? racer),
              racer,
              member: track.member(racer, start),
              chosen: racer === chosen,
            },
          ],
    );
    const [, title = ""] = MEASURES.find(([series]) => series === measure) ?? [];
    const make = () => {
      if (!track || !surface) return { data: [], layout: {} };
      if (measure === "error" || measure === "curvature") {
        return curvature
          ? curvatureFigure(curvature, lines, look, { measure, logarithmic })
          : { data: [], layout: baseLayout(look) };
      }
      const ground = levelsOf(surface.arrays.values?.data ?? []);
      return raceFigure(track, lines, look, { series: measure, logarithmic, title, ground });
    };
    return { key, make };
  };
  const chart = createPlot(parts.plot, {
    figure,
    ready: () =>
      parts.plot.addEventListener("click", (event) => {
        const { left, width } = parts.plot.getBoundingClientRect();
        const share = (event.clientX - left - MARGIN.l) / (width - MARGIN.l - MARGIN.r);
        if (results.track && share >= 0 && share <= 1) player.seek(Math.round(share * results.track.race.steps));
      }),
    failed() {
      parts.empty.textContent = t("The chart could not be loaded. Reload the page to try again.");
    },
  });
  parts.onChange(chart.draw);
  watchPalette(() => {
    look = readLook(root);
    colours = readRacerColours();
    chart.drawSoon();
  });
  watch(store, ["race", "looks", "hidden", "chosen", "start"], chart.drawSoon);
  watch(store, ["measure"], ({ measure }) => {
    parts.choose(measure);
    chart.draw();
  });

  let drawn = "";
  /** @type {typeof results.track} */
  let lastTrack = null;
  return {
    draw() {
      const { track } = results;
      parts.empty.hidden = track !== null;
      if (!track) return;
      parts.moveTo(player.step / track.race.steps);
      parts.say(...noteOf(results, store.get(), player.step));
      parts.scale.draw(...scaleOf(results, store.get()));
      const key = `${track.known} ${track.complete} ${results.surface?.id} ${results.curvature?.id} ${results.curvature?.arrays.edges?.shape[0]}`;
      if (key === drawn && lastTrack === track) return;
      [drawn, lastTrack] = [key, track];
      chart.drawSoon();
    },
  };
}

/**
 * What curvature does to the steps of the chosen racer, and its look.
 *
 * @param {RaceContext["results"]} results
 * @param {Readonly<RaceState>} state
 * @param {number} step
 * @returns {[words: string, look: number]}
 */
function noteOf({ curvature, track }, { measure, chosen, looks }, step) {
  const isAbout = curvature && track && chosen < curvature.edges.length;
  const look = looks[chosen] ?? chosen;
  if (!isAbout || (measure !== "error" && measure !== "curvature")) return ["", look];
  return [measure === "error" ? errorWords(curvature, chosen) : curvatureWords(curvature, chosen, step), look];
}

/**
 * Up to which learning rates the steps of the chosen racer are stable, and its look.
 *
 * @param {RaceContext["results"]} results
 * @param {Readonly<RaceState>} state
 * @returns {[edges: Edges | null, look: number]}
 */
function scaleOf({ curvature, track }, { chosen, looks }) {
  const rate = track?.race.racers[chosen]?.optimizer.learning_rate;
  const along = curvature?.along?.[chosen];
  return [edgesOf(along, curvature?.values, curvature?.edges[chosen], rate), looks[chosen] ?? chosen];
}

/**
 * @param {HTMLElement} root
 * @param {(measure: RaceState["measure"]) => void} choose
 */
function build(root, choose) {
  const measure = h(
    "select",
    { "data-testid": "race-measure", onchange: () => choose(/** @type {RaceState["measure"]} */ (measure.value)) },
    ...MEASURES.map(([value, , label]) => h("option", { value }, label)),
  );
  describe(measure, {
    title: t("What to draw"),
    text: t(
      "The effective learning rate is the length of an update over the length of its gradient: how far it really goes. The error by direction is how far a racer is from the minimum of a quadratic along each eigenvector, solid along the steep one; λmax is the largest curvature where a racer is, dashed the edge up to which its steps are stable.",
    ),
  });
  const logarithmic = h("input", { type: "checkbox", "data-testid": "race-log", checked: true });
  const log = option(
    logarithmic,
    t("Log scale"),
    t(
      "Spreads small values apart: each line is a tenth of the one above it, or less. It has no place for zero and below.",
    ),
  );
  const plot = h("div", {
    class: "race-plot",
    "data-testid": "race-chart",
    role: "img",
    "aria-label": t("Curves of all racers over the steps"),
  });
  const future = h("div", { class: "race-future" });
  const now = h("div", { class: "race-now" }, h("div", {}));
  const empty = h("p", { class: "loss-empty" }, t("The curves come with the race."));
  const frame = h("div", { class: "race-chart-frame" }, plot, future, now, empty);
  const [badge, words] = [h("span", {}), h("span", {})];
  const scale = createEdgeScale();
  const note = h("p", { class: "race-chart-note", "data-testid": "race-chart-note", hidden: true }, badge, words);
  describe(plot, { title: t("Curves"), text: t("The line marks the step shown. Press anywhere to go to that step.") });
  root.append(
    h(
      "div",
      { class: "race-chart-bar" },
      h("label", { class: "race-measure" }, h("span", { class: "visually-hidden" }, t("Curve")), measure),
      log,
    ),
    frame,
    scale.element,
    note,
  );
  frame.style.setProperty("--plot-left", `${MARGIN.l}px`);
  frame.style.setProperty("--plot-right", `${MARGIN.r}px`);
  frame.style.setProperty("--plot-top", `${MARGIN.t}px`);
  frame.style.setProperty("--plot-bottom", `${MARGIN.b}px`);
  return {
    plot,
    empty,
    scale,
    isLogarithmic: () => logarithmic.checked,
    /** @param {() => void} listener */
    onChange(listener) {
      logarithmic.addEventListener("change", listener);
    },
    /** The note and the scale take their room from the curves. @param {RaceState["measure"]} chosen */
    choose(chosen) {
      measure.value = chosen;
      note.hidden = chosen !== "error" && chosen !== "curvature";
      scale.element.hidden = chosen !== "error";
      frame.classList.toggle("is-noted", !note.hidden);
      frame.classList.toggle("is-scaled", !scale.element.hidden);
    },
    /**
     * @param {string} text
     * @param {number} look
     */
    say(text, look) {
      if (words.textContent === text && badge.dataset.look === String(look)) return;
      words.textContent = text;
      badge.dataset.look = String(look);
      badge.replaceChildren(...(text ? [racerBadge(look)] : []));
    },
    /** @param {number} share  of the race that has been shown */
    moveTo(share) {
      future.style.transform = `scaleX(${1 - share})`;
      now.style.transform = `translateX(${share * 100}%)`;
    },
  };
}
