/** How long the race is, what disturbs it, and where it starts. */

import { h, icon } from "../base/dom.js";
import { controlList, settingsOf } from "../settings/control-list.js";
import { numberField } from "../settings/number-field.js";
import { startsOf } from "./visible.js";
import { rounded } from "../draw/scale.js";
import { describe } from "../ui/tooltip.js";
import { watch } from "../base/store.js";
import { CLOSE } from "../ui/icons.js";
import { t } from "../base/words.js";

/** @import {RaceActions, RaceContext, RaceView} from "./types.js" */

const PLUS = "M12 5.5v13M5.5 12h13";

/** The arrow keys move a start by this. */
const STEP = 0.1;

/**
 * @param {HTMLElement} root
 * @param {RaceContext} context
 * @returns {RaceView}
 */
export function settingsView(root, { store, results, actions, catalog }) {
  const fields = h("div", { class: "field-list" });
  const render = controlList(fields, /** @type {any} */ (actions));
  const starts = startsList(
    catalog.limits.starts,
    actions,
    () => startsOf(store.get().race, catalog),
    () => results.track?.view,
  );
  root.append(starts.element, fields);
  watch(store, ["race", "problems"], ({ race, problems }) => {
    const top = catalog.race.sections.filter(({ path }) => path === "");
    render(
      top.flatMap((section) => settingsOf(section, race, catalog)),
      race,
      problems,
    );
  });
  return {
    draw() {
      const { race, start, problems } = store.get();
      starts.show(
        startsOf(race, catalog),
        start,
        problems.find(({ path }) => path.startsWith("starts"))?.allowed ?? "",
      );
    },
  };
}

/**
 * @param {number} most
 * @param {RaceActions} actions
 * @param {() => [number, number][]} starts
 * @param {() => readonly number[] | undefined} view
 */
function startsList(most, actions, starts, view) {
  const list = h("ul", { class: "starts" });
  const add = h(
    "button",
    {
      type: "button",
      class: "text-button",
      "data-testid": "add-start",
      onclick: () => {
        const [xMin = -1, xMax = 1, yMin = -1, yMax = 1] = view() ?? [];
        const [x, y] = starts().at(-1) ?? [0, 0];
        // Across the middle of the map, and a little to the side, so that it can be seen and dragged.
        const across = (/** @type {number} */ value, /** @type {number} */ low, /** @type {number} */ high) =>
          rounded(low + high - value - (high - low) / 16, high - low);
        const next = /** @type {[number, number][]} */ ([...starts(), [across(x, xMin, xMax), across(y, yMin, yMax)]]);
        actions.setStarts(next);
        actions.chooseStart(next.length - 1);
      },
    },
    icon(PLUS),
    t("Add a start"),
  );
  describe(add, {
    title: t("Add a start"),
    text: t("Every racer runs from each start; the numbers are those of the chosen one."),
  });
  const error = h("p", { class: "field-error", role: "alert", hidden: true });
  const element = h(
    "div",
    { class: "starts-part" },
    h("div", { class: "starts-head" }, h("span", { class: "caption" }, t("Start")), add),
    list,
    error,
  );
  /** @type {ReturnType<typeof startRow>[]} */
  let rows = [];

  return {
    element,
    /**
     * @param {[number, number][]} places
     * @param {number} chosen
     * @param {string} allowed  what is wrong with them
     */
    show(places, chosen, allowed) {
      if (rows.length !== places.length) {
        rows = places.map((_, index) => startRow(index, actions, starts));
        list.replaceChildren(...rows.map((row) => row.element));
      }
      rows.forEach((row, index) => row.update(places[index] ?? [0, 0], index === chosen, places.length > 1));
      add.disabled = places.length >= most;
      error.hidden = allowed === "";
      error.textContent = allowed && t("Allowed: {allowed}.", { allowed });
    },
  };
}

/**
 * @param {number} index
 * @param {RaceActions} actions
 * @param {() => [number, number][]} starts
 */
function startRow(index, actions, starts) {
  const error = h("p", { class: "field-error", id: `start-${index}-error`, role: "alert", hidden: true });
  const fields = ["x", "y"].map((name, part) => {
    const input = h("input", {
      "data-testid": `start-${index}-${name}`,
      "aria-label": t("Start {number}, {axis}", { number: index + 1, axis: name }),
      onfocus: () => actions.chooseStart(index),
    });
    return numberField(input, {
      rule: { type: "number", minimum: null, maximum: null },
      error,
      next: (value, direction) => value + direction * STEP,
      take: (value) => {
        const places = starts();
        const place = /** @type {[number, number]} */ ([...(places[index] ?? [0, 0])]);
        place[part] = value;
        actions.setStarts(places.with(index, place));
      },
    });
  });
  const [x, y] = fields.map(({ input }) => input);
  const remove = h(
    "button",
    {
      type: "button",
      class: "icon-button",
      "aria-label": t("Remove start {number}", { number: index + 1 }),
      onclick: () => {
        actions.setStarts(starts().toSpliced(index, 1));
      },
    },
    icon(CLOSE),
  );
  describe(remove, { title: t("Remove this start"), text: t("Removes this starting point.") });
  const element = h("li", { class: "start-row" }, h("label", {}, "x", x), h("label", {}, "y", y), remove, error);
  describe(element, {
    title: t("Start {number}", { number: index + 1 }),
    text: t("Where every racer starts. You can also drag it on the map."),
  });
  return {
    element,
    /**
     * @param {[number, number]} place
     * @param {boolean} isChosen
     * @param {boolean} removable
     */
    update(place, isChosen, removable) {
      fields.forEach((field, part) => field.show(place[part] ?? 0));
      element.classList.toggle("is-chosen", isChosen && removable);
      remove.hidden = !removable;
    },
  };
}
