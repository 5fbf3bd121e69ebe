/** Who races: each with its mark, its optimizer and its learning rate; everything else of it behind "More". */

import { h, icon, query, setAttribute } from "../base/dom.js";
import { racerBadge } from "../draw/markers.js";
import { racerNames } from "./names.js";
import { controlList, settingsOf } from "../settings/control-list.js";
import { describe } from "../ui/tooltip.js";
import { watch } from "../base/store.js";
import { CLOSE } from "../ui/icons.js";
import { t } from "../base/words.js";

/** @import {RaceActions, RaceCatalog, RaceContext, RaceState, RaceView} from "./types.js" */

const PLUS = "M12 5.5v13M5.5 12h13";
const EYE =
  "M3 12c2.5-4.3 5.5-6.5 9-6.5s6.5 2.2 9 6.5c-2.5 4.3-5.5 6.5-9 6.5s-6.5-2.2-9-6.5zM12 9.5a2.5 2.5 0 1 1 0 5 2.5 2.5 0 0 1 0-5z";
const SLIDERS = "M4 7h9M17 7h3M4 12h3M11 12h9M4 17h11M19 17h1M15 5v4M9 10v4M17 15v4";
const COPY = "M9 9h10.5v10.5H9zM15 9V4.5H4.5V15H9";

const IN_SIGHT = ["kind", "learning_rate"];

/**
 * @param {HTMLElement} root
 * @param {RaceContext} context
 * @returns {RaceView}
 */
export function racersView(root, { store, actions, catalog }) {
  const add = h(
    "button",
    { type: "button", class: "button race-add", "data-testid": "add-racer", onclick: actions.addRacer },
    icon(PLUS),
    t("Add"),
  );
  describe(add, {
    title: t("Add a racer"),
    text: t("Adds another optimizer to the race, up to {most}.", { most: catalog.limits.racers }),
  });
  query(document, '[data-slot="racers"]').append(add);
  const list = h("ul", { class: "racers" });
  root.append(list);

  /** @type {ReturnType<typeof racerRow>[]} */
  let rows = [];
  let shown = "";
  watch(store, ["race", "looks", "problems", "chosen", "hidden"], (state) => {
    const { race, looks } = state;
    add.disabled = race.racers.length >= catalog.limits.racers;
    const key = looks.join();
    if (key !== shown) {
      shown = key;
      rows = race.racers.map((_, index) => racerRow(index, looks[index] ?? index, actions, catalog));
      list.replaceChildren(...rows.map(({ element }) => element));
    }
    const names = racerNames(race.racers, catalog);
    rows.forEach(({ update }, index) => update(state, names[index] ?? ""));
  });
}

/**
 * @param {number} index
 * @param {number} look
 * @param {RaceActions} actions
 * @param {RaceCatalog} catalog
 */
function racerRow(index, look, actions, catalog) {
  const controls = h("div", { class: "racer-controls" });
  const render = controlList(controls, /** @type {any} */ (actions));
  const badge = h(
    "button",
    {
      type: "button",
      class: "racer-pick",
      "data-testid": `racer-pick-${index}`,
      onclick: () => actions.chooseRacer(index),
    },
    racerBadge(look),
  );
  const eye = h(
    "button",
    {
      type: "button",
      class: "icon-button",
      "data-testid": `racer-show-${index}`,
      onclick: () => actions.toggleRacer(index),
    },
    icon(EYE),
  );
  const more = racerMore(index, actions, catalog);
  const element = h(
    "li",
    { class: "racer", "data-testid": `racer-${index}` },
    h("div", { class: "racer-row" }, badge, controls, eye, more.button),
    more.panel,
  );

  return {
    element,
    /**
     * @param {Readonly<RaceState>} state
     * @param {string} name
     */
    update(state, name) {
      const { race, problems, chosen, hidden } = state;
      const isHidden = hidden.includes(index);
      const settings = settingsAt(index, race, catalog).filter(({ path }) => isInSight(path, index));
      render(settings, race, problems);
      element.classList.toggle("is-chosen", chosen === index);
      element.classList.toggle("is-hidden", isHidden);
      setAttribute(badge, "aria-pressed", String(chosen === index));
      badge.setAttribute("aria-label", t("Follow {name}", { name }));
      describe(badge, {
        title: name,
        text:
          chosen === index
            ? t("Its numbers and arrows are shown; it is ringed on the map.")
            : t("Press to see the numbers and arrows of this racer."),
      });
      setAttribute(eye, "aria-pressed", String(!isHidden));
      eye.setAttribute("aria-label", t("Show {name}", { name }));
      describe(eye, {
        title: isHidden ? t("Show") : t("Hide"),
        text: isHidden
          ? t("Shows {name} on the map and in the curves.", { name })
          : t("Hides {name} on the map and in the curves.", { name }),
      });
      more.update(state, name);
    },
  };
}

/**
 * @param {string} path
 * @param {number} index
 */
const isInSight = (path, index) => IN_SIGHT.some((name) => path === `racers.${index}.optimizer.${name}`);

/**
 * @param {number} index
 * @param {RaceState["race"]} race
 * @param {RaceCatalog} catalog
 */
function settingsAt(index, race, catalog) {
  return catalog.race.sections
    .filter(({ path }) => path.startsWith("racers.*."))
    .flatMap((section) => settingsOf(section, race, catalog, { path: section.path.replace("*", String(index)) }));
}

/**
 * Everything of a racer that is not in sight, and what can be done with it.
 *
 * @param {number} index
 * @param {RaceActions} actions
 * @param {RaceCatalog} catalog
 */
function racerMore(index, actions, catalog) {
  const controls = h("div", { class: "field-list" });
  const render = controlList(controls, /** @type {any} */ (actions));
  const copy = h(
    "button",
    {
      type: "button",
      class: "button",
      "data-testid": `racer-duplicate-${index}`,
      onclick: () => actions.duplicateRacer(index),
    },
    icon(COPY),
    t("Duplicate"),
  );
  describe(copy, {
    title: t("Duplicate"),
    text: t("Adds a copy of this racer, so that you can change one thing about it."),
  });
  const remove = h(
    "button",
    {
      type: "button",
      class: "button",
      "data-testid": `racer-remove-${index}`,
      onclick: () => actions.removeRacer(index),
    },
    icon(CLOSE),
    t("Remove"),
  );
  describe(remove, { title: t("Remove"), text: t("Takes this racer out of the race.") });
  const panel = h(
    "div",
    { class: "racer-more", hidden: true },
    controls,
    h("div", { class: "racer-acts" }, copy, remove),
  );
  const button = h(
    "button",
    {
      type: "button",
      class: "icon-button",
      "aria-expanded": "false",
      "data-testid": `racer-more-${index}`,
      onclick: () => {
        panel.hidden = !panel.hidden;
        button.setAttribute("aria-expanded", String(!panel.hidden));
      },
    },
    icon(SLIDERS),
  );

  return {
    button,
    panel,
    /**
     * @param {Readonly<RaceState>} state
     * @param {string} name
     */
    update({ race, problems }, name) {
      button.setAttribute("aria-label", t("More of {name}", { name }));
      describe(button, {
        title: t("More"),
        text: t("The other settings of {name}, its schedule and its clipping; duplicate and remove.", { name }),
      });
      render(
        settingsAt(index, race, catalog).filter(({ path }) => !isInSight(path, index)),
        race,
        problems,
      );
      remove.disabled = race.racers.length === 1;
      copy.disabled = race.racers.length >= catalog.limits.racers;
    },
  };
}
