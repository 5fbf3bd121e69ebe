/** The button that saves a panel: as a picture with its sentence above, or its numbers as a table. */

import { h, icon, setText } from "../base/dom.js";
import { unmarked } from "../base/marked.js";
import { t } from "../base/words.js";
import { svgFile } from "../draw/svg-surface.js";
import { pictureFiles } from "../run/picture-files.js";
import { fileButton } from "../ui/file-button.js";
import { makePopover } from "../ui/popover.js";
import { describe } from "../ui/tooltip.js";

/** @import {Surface} from "../draw/surface.js" */

const SAVE = "M12 4v11M7.5 11l4.5 4.5 4.5-4.5M5 19.5h14";

/** Around a picture that is saved, and above it for the sentence. */
const MARGIN = 20;
const TITLE = 24;

/** @typedef {(string | number)[][]} Table  its first row has the names of the columns */

/**
 * What is saved of a panel as it is now.
 *
 * @typedef {object} Saved
 * @property {number} step
 * @property {{width: number, height: number}} size
 * @property {string} text  the sentence
 * @property {(surface: Surface) => void} draw
 * @property {() => Table} table
 * @property {string} [kind]  where it is not what the panel usually shows
 * @property {string} [title]
 *
 * @param {object} panel
 * @param {string} panel.kind
 * @param {string} panel.title
 * @param {() => {page: string, ink: string, font: string}} panel.look
 * @param {() => Saved | null} panel.now  null where there is nothing yet
 * @param {string} panel.rows  what the table has
 * @returns {{button: HTMLElement, files: HTMLElement}}
 */
export function createSaving({ kind, title, look, now, rows }) {
  const said = h("p", { class: "inside-said", role: "status" });
  const files = h("div", { class: "popover inside-files" });
  const button = h(
    "button",
    {
      type: "button",
      class: "icon-button inside-save",
      "data-testid": `${kind}-save`,
      "aria-label": t("Save the panel"),
    },
    icon(SAVE),
  );
  describe(button, { title: t("Save the panel"), text: t("As a picture, or its numbers as a table.") });
  makePopover(files, button, [button]);

  const known = () => {
    const saved = now();
    if (!saved) throw new Error(t("there is nothing to save yet"));
    return saved;
  };
  const nameOf = (/** @type {Saved} */ { step, kind: mine = kind }) => `mlp-playground-${mine}-step-${step}`;
  const picture = () => {
    const saved = known();
    const { step, size, text, draw } = saved;
    const { page, ink, font } = look();
    const file = {
      width: size.width + 2 * MARGIN,
      height: size.height + TITLE + 2 * MARGIN,
      background: page,
      font,
      title: t("{title}, step {step}", { title: saved.title ?? title, step }),
      description: unmarked(text),
    };
    const drawn = svgFile(file, (surface) => {
      surface.translate(MARGIN, MARGIN);
      surface.font = `13px ${font}`;
      surface.fillStyle = ink;
      surface.fillText(unmarked(text), 0, 13);
      surface.translate(0, TITLE);
      draw(surface);
    });
    return { ...drawn, name: nameOf(saved) };
  };
  const table = async () => {
    const saved = known();
    return { name: `${nameOf(saved)}.csv`, content: commaSeparated(saved.table()), media: "text/csv" };
  };
  const say = (/** @type {string} */ text) => setText(said, text);
  files.append(
    ...pictureFiles(kind, t("The panel as it is now, for a slide."), say, picture),
    fileButton(t("Numbers"), "CSV", `${kind}-csv`, rows, say, table),
    said,
  );
  return { button, files };
}

/** @param {Table} table */
const commaSeparated = (table) =>
  `${table.map((row) => row.map((cell) => (Number.isNaN(cell) ? "" : String(cell))).join(",")).join("\r\n")}\r\n`;
