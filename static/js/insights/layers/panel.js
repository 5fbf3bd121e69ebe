/**
 * A panel of the strip: a sentence, and a picture whose columns stand under those of the network. Both are drawn from the
 * newest reading of the panel's kind, each layer says more where it is pointed at or focused, and all can be saved.
 */

import { fitCanvas, onResize } from "../../base/canvas.js";
import { h, icon, setAttribute, setText } from "../../base/dom.js";
import { oncePerFrame } from "../../base/scheduling.js";
import { watch } from "../../base/store.js";
import { watchPalette } from "../../draw/palette.js";
import { svgFile } from "../../draw/svg-surface.js";
import { pictureFiles } from "../../run/picture-files.js";
import { fileButton } from "../../ui/file-button.js";
import { makePopover } from "../../ui/popover.js";
import { describe } from "../../ui/tooltip.js";
import { readLook } from "./look.js";
import { layerName, placeColumns } from "./place.js";

/** @import {Context, Frame, Inspect, Spec} from "../../base/types.js" */
/** @import {Surface} from "../../draw/surface.js" */
/** @import {Look} from "./look.js" */
/** @import {Place} from "./place.js" */

/** As the style has it. */
const PHONE = "(max-width: 720px)";
const SAVE = "M12 4v11M7.5 11l4.5 4.5 4.5-4.5M5 19.5h14";

/** Around a picture that is saved, and above it for the sentence. */
const MARGIN = 20;
const TITLE = 24;

/**
 * @typedef {{head: string, text: string, warn: boolean}} Sentence  `head` is what is the matter, in a word
 * @typedef {(string | number)[][]} Table  its first row has the names of the columns
 */

/**
 * @template Numbers
 * @typedef {object} Panel
 * @property {Inspect["kind"]} kind  of the readings
 * @property {string} title
 * @property {(frame: Frame) => Numbers | null} read  null where the frame has no such reading
 * @property {(numbers: Numbers) => number} layers  how many the reading is of
 * @property {(numbers: Numbers, spec: Spec) => Sentence} say
 * @property {(surface: Surface, numbers: Numbers, place: Place, look: Look, spec: Spec) => void} draw
 * @property {(numbers: Numbers, layer: number, spec: Spec) => string} tell  more of one layer
 * @property {(numbers: Numbers) => Table} table
 */

/**
 * @template Numbers
 * @param {HTMLElement} root
 * @param {Context} context
 * @param {Panel<Numbers>} panel
 */
export function createPanel(root, { store, want }, panel) {
  const { kind } = panel;
  const phone = matchMedia(PHONE);
  /** @type {{numbers: Numbers, frame: Frame} | null} */
  let read = null;
  let size = { width: 0, height: 0 };
  let look = readLook();
  const parts = build(root, kind);
  const layers = createLayers(parts.layers);

  const place = (/** @type {Numbers} */ numbers) =>
    placeColumns(size, phone.matches ? [] : store.get().columns, panel.layers(numbers));

  /** What was read last, where it is still of this network. */
  const known = () => (read && panel.layers(read.numbers) === store.get().units.length - 1 ? read : null);

  const show = oncePerFrame(() => {
    const now = known();
    if (store.get().insight !== kind || size.width === 0) return;
    const { context, width, height } = fitCanvas(parts.canvas, size);
    context.clearRect(0, 0, width, height);
    if (!now) return;
    const { spec } = store.get();
    const at = place(now.numbers);
    panel.draw(context, now.numbers, at, look, spec);
    sayIn(parts, panel.say(now.numbers, spec));
    layers.update(at, panel.layers(now.numbers), (layer) => panel.tell(now.numbers, layer, spec));
  });

  const picture = () => {
    const now = known();
    if (!now) throw new Error("there is nothing to draw yet");
    const { spec } = store.get();
    const { head, text } = panel.say(now.numbers, spec);
    const file = {
      width: size.width + 2 * MARGIN,
      height: size.height + TITLE + 2 * MARGIN,
      background: look.page,
      font: look.font,
      title: `${panel.title}, step ${now.frame.step}`,
      description: head + text,
    };
    const drawn = svgFile(file, (surface) => {
      surface.translate(MARGIN, MARGIN);
      surface.font = `13px ${look.font}`;
      surface.fillStyle = look.ink;
      surface.fillText(head + text, 0, 13);
      surface.translate(0, TITLE);
      panel.draw(surface, now.numbers, place(now.numbers), look, spec);
    });
    return { ...drawn, name: nameOf(now.frame) };
  };
  const nameOf = (/** @type {Frame} */ { step }) => `mlp-playground-${kind}-step-${step}`;
  const table = async () => {
    const now = known();
    if (!now) throw new Error("there is nothing to read yet");
    return { name: `${nameOf(now.frame)}.csv`, content: commaSeparated(panel.table(now.numbers)), media: "text/csv" };
  };
  const say = (/** @type {string} */ text) => setText(parts.said, text);
  parts.files.append(
    ...pictureFiles(kind, "The panel as it is now, for a slide.", say, picture),
    fileButton("Numbers", "CSV", `${kind}-csv`, "The numbers of the panel, a row for each layer.", say, table),
    parts.said,
  );

  watchPalette(() => {
    look = readLook();
    show();
  });
  watch(store, ["insight"], ({ insight }) => {
    want(kind, { inspect: insight === kind ? { kind } : null });
    show();
  });
  watch(store, ["columns", "units", "spec"], show);
  onResize(parts.picture, (now) => {
    size = now;
    show();
  });

  return {
    /** @param {Frame} frame */
    draw(frame) {
      const numbers = frame.reading?.kind === kind && frame !== read?.frame ? panel.read(frame) : null;
      if (!numbers) return;
      read = { numbers, frame };
      show();
    },
  };
}

/** What the picture is called until the first reading has come. */
const NOTHING_READ = "Nothing is read yet.";

/** @param {HTMLElement} root @param {string} kind */
function build(root, kind) {
  const sentence = h("p", { class: "inside-sentence", "data-testid": `${kind}-sentence` });
  const canvas = h("canvas", { class: "inside-canvas", role: "img", "aria-label": NOTHING_READ });
  const layers = h("div", { class: "inside-layers" });
  const picture = h("div", { class: "inside-picture" }, canvas, layers);
  const said = h("p", { class: "inside-said", role: "status" });
  const files = h("div", { class: "popover inside-files" });
  const save = h(
    "button",
    { type: "button", class: "icon-button inside-save", "data-testid": `${kind}-save`, "aria-label": "Save the panel" },
    icon(SAVE),
  );
  describe(save, { title: "Save the panel", text: "As a picture, or its numbers as a table." });
  makePopover(files, save, [save]);
  root.append(h("div", { class: "inside-head" }, sentence, save), picture, files);
  return { sentence, canvas, layers, picture, files, said };
}

/**
 * The sentence is also the name of the picture.
 *
 * @param {{sentence: HTMLElement, canvas: HTMLElement}} parts
 * @param {Sentence} said
 */
function sayIn({ sentence, canvas }, { head, text, warn }) {
  if (sentence.textContent === head + text) return;
  sentence.replaceChildren(h("b", { class: warn && "inside-warn" }, head), text);
  sentence.title = head + text;
  setAttribute(canvas, "aria-label", head + text);
}

/**
 * What can be focused over the columns of a picture, and says more of each layer.
 *
 * @param {HTMLElement} parent
 */
function createLayers(parent) {
  /** @type {HTMLElement[]} */
  let stops = [];
  return {
    /**
     * @param {Place} place
     * @param {number} count  of the layers there are
     * @param {(layer: number) => string} tell
     */
    update({ columns, pitch }, count, tell) {
      if (stops.length !== columns.length) {
        stops = columns.map(() => h("div", { class: "inside-layer", role: "img", tabindex: 0 }));
        parent.replaceChildren(...stops);
      }
      columns.forEach(({ layer, x }, index) => {
        const stop = stops[index];
        if (!stop) return;
        const title = layerName(layer, count);
        const text = tell(layer);
        stop.style.left = `${x - pitch / 2}px`;
        stop.style.width = `${pitch}px`;
        setAttribute(stop, "aria-label", `${title}: ${text}`);
        describe(stop, { title, text });
      });
    },
  };
}

/** @param {Table} table */
const commaSeparated = (table) =>
  `${table.map((row) => row.map((cell) => (Number.isNaN(cell) ? "" : String(cell))).join(",")).join("\r\n")}\r\n`;
