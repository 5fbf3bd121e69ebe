/** How every racer stands at the step that is shown. A press on one makes it the one whose numbers are shown. */

import { h, setAttribute } from "../../base/dom.js";
import { significant } from "./numbers.js";
import { racerBadge } from "../../draw/markers.js";
import { racerNames } from "../names.js";
import { describe } from "../../ui/tooltip.js";
import { standingAt, STANDINGS } from "../record.js";
import { watch } from "../../base/store.js";
import { t } from "../../base/words.js";

/** @import {RaceActions, RaceContext, RaceView, Track} from "../types.js" */

/** What each column is called and says, and what stands over it where that is too long. */
const COLUMNS = [
  [t("Racer"), t("Each optimizer, by its colour and mark.")],
  ["f", t("The height where it is: what it minimizes.")],
  [t("Distance"), t("How far it is from the nearest lowest point, where one is known.")],
  [
    t("Steps to tolerance"),
    t(
      "The step since which it has stayed within the tolerance of the lowest height; where that height is not known, the step since which its gradient has been as small.",
    ),
    t("Steps"),
  ],
  [
    t("Status"),
    t(
      "Running; converged: within the tolerance of the lowest height; stuck: it hardly moves elsewhere, as in a higher minimum; diverged: far off the map, or no longer a finite number; outside: where f has no value. For a formula, the lowest height is the lowest that the map and the racers have found.",
    ),
  ],
];

/** A mark for each status, so that it needs no colour. */
const MARKS = { running: "›", converged: "✓", stuck: "▪", diverged: "✕", outside: "⊘" };

/**
 * @param {HTMLElement} root
 * @param {RaceContext} context
 * @returns {RaceView}
 */
export function tableView(root, { store, results, player, actions, catalog }) {
  const body = h("tbody", {});
  const table = h(
    "table",
    { class: "race-table", "data-testid": "race-table" },
    h(
      "thead",
      {},
      h(
        "tr",
        {},
        ...COLUMNS.map(([label = "", text = "", short = label]) => {
          const cell = h("th", { scope: "col" }, short);
          describe(cell, { title: label, text });
          return cell;
        }),
      ),
    ),
    body,
  );
  const other = h("p", { class: "race-starts", "data-testid": "starts-reached" });
  root.append(h("div", { class: "race-table-scroller" }, table), other);

  /** @type {ReturnType<typeof tableRow>[]} */
  let rows = [];
  let shown = "";
  watch(store, ["race", "looks", "chosen", "hidden"], ({ race, looks, chosen, hidden }) => {
    const names = racerNames(race.racers, catalog);
    const key = JSON.stringify([names, looks]);
    if (key !== shown) {
      shown = key;
      rows = names.map((name, index) => tableRow(name, index, looks[index] ?? index, actions));
      body.replaceChildren(...rows.map(({ element }) => element));
    }
    rows.forEach(({ element }, index) => {
      element.classList.toggle("is-chosen", index === chosen);
      element.classList.toggle("is-hidden", hidden.includes(index));
    });
  });

  watch(store, ["race", "changing"], () => table.setAttribute("aria-busy", "true"));

  return {
    draw() {
      const { track } = results;
      const { start, race, changing } = store.get();
      setAttribute(table, "aria-busy", String(changing || !track?.complete || track.asked !== race));
      if (!track || track.race.racers.length !== rows.length) return;
      rows.forEach(({ show }, index) => show(track, player.step, track.member(index, start)));
      const text = track.starts > 1 ? startsWords(track, player.step, start) : "";
      if (other.textContent !== text) other.textContent = text;
    },
  };
}

/**
 * @param {string} name
 * @param {number} index
 * @param {number} look
 * @param {RaceActions} actions
 */
function tableRow(name, index, look, actions) {
  const pick = h(
    "button",
    { type: "button", class: "race-name", onclick: () => actions.chooseRacer(index) },
    racerBadge(look),
    h("span", {}, name),
  );
  describe(pick, { title: name, text: t("Press to follow this racer: its arithmetic, its arrows, its basins.") });
  const [value, distance, steps] = ["value", "distance", "steps"].map((part) =>
    h("td", { "data-testid": `${part}-${index}` }),
  );
  const status = h("td", { class: "race-status", "data-testid": `status-${index}` });
  const element = h("tr", {}, h("th", { scope: "row" }, pick), value, distance, steps, status);
  /** @param {HTMLElement | undefined} cell @param {string} text */
  const write = (cell, text) => {
    if (cell && cell.textContent !== text) cell.textContent = text;
  };
  return {
    element,
    /**
     * @param {Track} track
     * @param {number} step
     * @param {number} member
     */
    show(track, step, member) {
      const event = track.events[member];
      const standing = standingAt(event, step);
      const number = track.at("value", step, member);
      if (value) value.dataset.value = String(number);
      write(value, significant(number));
      write(distance, significant(track.at("distance", step, member), 3));
      const reached = event?.converged ?? null;
      write(steps, reached !== null && reached <= step ? String(reached) : "–");
      if (status.dataset.state === standing) return;
      status.dataset.state = standing;
      status.replaceChildren(
        h("span", { class: "race-mark", "aria-hidden": true }, MARKS[standing]),
        STANDINGS[standing],
      );
    },
  };
}

/**
 * @param {Track} track
 * @param {number} step
 * @param {number} start
 */
function startsWords(track, step, start) {
  const reached = track.race.racers.map(
    (/** @type {unknown} */ _, /** @type {number} */ racer) =>
      Array.from({ length: track.starts }, (_unused, index) =>
        standingAt(track.events[racer * track.starts + index], step),
      ).filter((standing) => standing === "converged").length,
  );
  return t("Numbers of start {start} of {starts}. Converged so far, in the order of the table: {reached}.", {
    start: Math.min(start, track.starts - 1) + 1,
    starts: track.starts,
    reached: reached.join(", "),
  });
}
