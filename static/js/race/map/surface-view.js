/** The ground of the race: chosen by its picture, typed as a formula, or drawn by lot. */

import { CHEVRON } from "../../ui/icons.js";
import { fitCanvas } from "../../base/canvas.js";
import { h, icon } from "../../base/dom.js";
import { writeFormula } from "../../ui/formula.js";
import { createFormulaField } from "../../ui/formula-field.js";
import { levelsOf } from "../../draw/levels.js";
import { makePopover } from "../../ui/popover.js";
import { createRelief, drawLines, readReliefLook } from "../../draw/height-map.js";
import { controlList, settingsOf } from "../../settings/control-list.js";
import { describe } from "../../ui/tooltip.js";
import { watch } from "../../base/store.js";
import { closeButton } from "../../ui/close-button.js";
import { t } from "../../base/words.js";

/** @import {RaceActions, RaceContext, RaceView} from "../types.js" */
/** @import {Ground} from "../../draw/height-map.js" */
/** @import {CatalogRecord} from "../../base/types.js" */

const DICE =
  "M7.5 4.5h9a3 3 0 0 1 3 3v9a3 3 0 0 1-3 3h-9a3 3 0 0 1-3-3v-9a3 3 0 0 1 3-3zM9 9h.01M15 15h.01M15 9h.01M9 15h.01";

/** Drawn by lot where no ravine says how steep. */
const CONDITION = 20;

/** A typed formula has a field of its own. */
const OWN_FIELDS = ["surface.kind", "surface.text"];

/** Heights by their rank, from 0 to 255; row 0 at the top. @typedef {{levels: number[][]}} Picture */

/**
 * @param {HTMLElement} root
 * @param {RaceContext} context
 * @returns {RaceView}
 */
export function surfaceView(root, { store, results, actions, catalog }) {
  const records = catalog.families.surfaces ?? [];
  const picker = createPicker(records, actions, () => store.get().race.surface);
  const formula = h("p", { class: "formula", "data-testid": "surface-rule" });
  const sentence = h("p", { class: "surface-text" });
  const field = createFormulaField(actions.useFormula);
  const fields = h("div", { class: "field-list" });
  const render = controlList(fields, /** @type {any} */ (actions));
  const lot = h(
    "button",
    {
      type: "button",
      class: "button",
      "data-testid": "random-ravine",
      onclick: () => actions.randomRavine(store.get().race.surface.condition ?? CONDITION),
    },
    icon(DICE),
    t("Random ravine"),
  );
  describe(lot, {
    title: t("Random ravine"),
    text: t("Rotates the ravine at random and picks a new start; the condition number stays."),
  });
  root.append(picker.element, field.element, formula, sentence, fields, lot);

  watch(store, ["race", "problems"], ({ race, problems }) => {
    const { surface } = race;
    const record = records.find(({ kind }) => kind === surface.kind);
    const isTyped = surface.kind === "formula";
    picker.update(surface.kind);
    field.element.hidden = !isTyped;
    if (isTyped) field.show(surface.text);
    writeFormula(formula, isTyped ? undefined : record);
    sentence.textContent = record?.help ?? "";
    const settings = catalog.race.sections
      .filter(({ path }) => path === "surface")
      .flatMap((section) => settingsOf(section, race, catalog))
      .filter(({ path }) => !OWN_FIELDS.includes(path));
    render(settings, race, problems);
    fields.hidden = settings.length === 0;
    lot.hidden = surface.kind !== "ravine";
  });
  watch(store, ["theme", "connection"], picker.draw);

  let shown = "";
  return {
    draw() {
      const { surface } = results;
      const { theme } = store.get();
      const values = surface?.arrays.values;
      if (!values || shown === `${surface.id} ${theme}`) return;
      shown = `${surface.id} ${theme}`;
      picker.drawChosen({ values: values.data, grid: values.shape[0] ?? 0 });
    },
  };
}

/**
 * The surface at hand, and the others in a panel.
 *
 * @param {CatalogRecord[]} records
 * @param {RaceActions} actions
 * @param {() => import("../../base/types.js").Spec} chosen
 */
function createPicker(records, actions, chosen) {
  const thumb = h("canvas", { class: "surface-thumb", "aria-hidden": true });
  const name = h("strong", {});
  const button = h(
    "button",
    { type: "button", class: "surface-card", "data-testid": "surfaces", "aria-haspopup": "dialog" },
    thumb,
    name,
    icon(CHEVRON),
  );
  describe(button, {
    title: t("Surface"),
    text: t("The function to minimize. Press to choose another one, or to type your own."),
  });
  const tiles = records.map((record) =>
    createTile(record, () => {
      panel.hidePopover();
      actions.set({ "surface.kind": record.kind });
    }),
  );
  const lot = h(
    "button",
    {
      type: "button",
      class: "button",
      "data-testid": "surface-random",
      onclick: () => {
        panel.hidePopover();
        actions.randomRavine(chosen().condition ?? CONDITION);
      },
    },
    icon(DICE),
    t("Random ravine"),
  );
  describe(lot, {
    title: t("Random ravine"),
    text: t("A ravine rotated at random, with a random start on it. You can set its condition number."),
  });
  const close = closeButton(t("Close"));
  const panel = h(
    "div",
    { class: "popover surfaces", role: "dialog", "aria-label": t("Surfaces"), "data-testid": "surface-panel" },
    h("div", { class: "popover-head" }, h("strong", {}, t("Surfaces")), close),
    h("div", { class: "surface-tiles" }, ...tiles.map(({ element }) => element)),
    lot,
  );
  makePopover(panel, button, [button, close]);
  const pictures = createPictures();
  const draw = async () => {
    await pictures.load();
    for (const { kind, canvas } of tiles) if (canvas.clientWidth > 0) pictures.draw(canvas, kind);
  };
  panel.addEventListener("toggle", draw);

  return {
    element: h("div", {}, button, panel),
    draw: () => void draw(),
    /** @param {Ground} ground  the surface at hand, with its own numbers */
    drawChosen: (ground) => pictures.paint(thumb, ground),
    /** @param {string} kind */
    update(kind) {
      name.textContent = records.find((record) => record.kind === kind)?.label ?? kind;
      for (const tile of tiles) tile.element.setAttribute("aria-pressed", String(tile.kind === kind));
    },
  };
}

/**
 * @param {CatalogRecord} record
 * @param {() => void} choose
 */
function createTile({ kind, label, help, formula, legend }, choose) {
  const canvas = h("canvas", { "aria-hidden": true });
  const element = h(
    "button",
    { type: "button", class: "surface-tile", "data-testid": `surface-${kind}`, onclick: choose },
    canvas,
    h("span", {}, label),
  );
  describe(element, { title: label, text: help, formula, legend });
  return { kind, canvas, element };
}

/** The small pictures of all surfaces, fetched once. */
function createPictures() {
  /** @type {Promise<void> | null} */
  let loading = null;
  /** @type {{[kind: string]: Picture}} */
  let found = {};
  const relief = createRelief();

  return {
    load() {
      loading ??= fetch("api/surfaces").then(
        async (response) => {
          if (response.ok) found = await response.json();
          else loading = null;
        },
        () => {
          // They come with the next try; names say what they would show.
          loading = null;
        },
      );
      return loading;
    },
    /**
     * @param {HTMLCanvasElement} canvas
     * @param {string} kind
     */
    draw(canvas, kind) {
      const levels = found[kind]?.levels;
      if (levels) this.paint(canvas, { values: levels.flat(), grid: levels.length });
    },
    /**
     * @param {HTMLCanvasElement} canvas
     * @param {Ground} ground
     */
    paint(canvas, ground) {
      const { context, width } = fitCanvas(canvas);
      const look = readReliefLook(canvas);
      const levels = levelsOf(ground.values);
      relief.paint(context, width, ground, levels, look);
      drawLines(context, width, ground, { ...levels, levels: levels.levels.filter((_, i) => i % 2 === 0) }, look);
    },
  };
}
