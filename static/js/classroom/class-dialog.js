/** Makes a link for class: what it says, what people see, at what speed it plays; and shows what comes of it. */

import { formatClass, speedOf } from "../address/class-link.js";
import { OPEN } from "../base/classroom.js";
import { h } from "../base/dom.js";
import { epochSpeed, speed as speedWords } from "../base/format.js";
import { closeButton } from "../ui/close-button.js";
import { option } from "../ui/option.js";
import { createLinkPart, createRoomPart } from "../ui/share-link.js";
import { describe } from "../ui/tooltip.js";
import { createChoices } from "./choices.js";
import { treat } from "./draft.js";
import { PARTS } from "./parts.js";
import { createPicture } from "./picture.js";
import { createPreview } from "./preview.js";
import { createRoomSheet } from "./room-sheet.js";
import { t } from "../base/words.js";

/** @import {Classroom} from "../base/types.js" */
/** @import {Treatment} from "./draft.js" */

const SPEEDS = ["slow-then-fast", "1-steps", "10-steps", "1-epochs", "3-epochs", "10-epochs", "30-epochs", "max"];

/**
 * @param {object} options
 * @param {() => Classroom} options.classroom  what the page at hand was opened with
 * @param {(classroom: Classroom) => string} options.address  of this run with what is said to a class
 */
export function createClassDialog({ classroom, address }) {
  let draft = OPEN;
  const change = (/** @type {Partial<Classroom>} */ patch) => {
    draft = { ...draft, ...patch };
    show();
  };
  const choose = (/** @type {string[]} */ names, /** @type {Treatment} */ treatment) =>
    change(treat(draft, names, treatment));

  const form = createForm(change);
  const choices = createChoices(choose);
  const picture = createPicture();
  const preview = createPreview(choose);
  const said = h("p", { class: "share-said", role: "status" });
  const link = createLinkPart(
    (words) => {
      said.textContent = words;
    },
    t(
      "It opens this run at its start. Hidden and locked parts stay as they are: the page refuses remedies, undo, stories and earlier runs that would change them.",
    ),
    "class-link",
  );
  const room = createRoomPart("class-code");
  const sheet = createRoomSheet();
  const print = h(
    "button",
    {
      type: "button",
      class: "button",
      "data-testid": "class-print",
      onclick: () => void sheet.print(address(draft), draft),
    },
    t("Print sheet"),
  );
  describe(print, { title: t("Print sheet"), text: t("Title, instruction, code and address on one page.") });
  const words = h("p", { class: "class-address", "data-testid": "class-words" });
  const reset = h(
    "button",
    { type: "button", class: "link-button", onclick: () => change({ hide: [], lock: [] }) },
    t("Show all"),
  );
  const dialog = h(
    "dialog",
    {
      class: "class-dialog",
      "aria-label": t("A link for class"),
      "data-testid": "class-dialog",
      onclose: () => picture.close(),
    },
    h(
      "div",
      { class: "class-head" },
      h("h2", {}, t("A link for class")),
      closeButton(t("Close"), () => dialog.close()),
    ),
    h(
      "div",
      { class: "class-form" },
      form.element,
      h("div", { class: "class-caption" }, h("h3", {}, t("What people see")), reset),
      choices.element,
      form.everything,
    ),
    h(
      "div",
      { class: "class-result" },
      h("div", { class: "class-caption" }, h("h3", {}, t("Preview"))),
      picture.element,
      h("div", { class: "class-caption" }, h("h3", {}, t("The link in words"))),
      words,
      link.element,
      h("div", { class: "class-room" }, room.element, print),
      said,
      h("div", { class: "class-caption" }, h("h3", {}, t("Press a part: lock, hide, show"))),
      preview.element,
    ),
  );
  document.body.append(dialog);

  const show = () => {
    form.update(draft);
    choices.update(draft);
    picture.update(draft);
    preview.update(draft);
    const url = address(draft);
    words.textContent = formatClass(draft, PARTS) || t("Nothing yet: this is the plain link to this run.");
    link.show(url);
    room.show(url);
  };
  return {
    open() {
      draft = { ...classroom(), revealed: false };
      said.textContent = "";
      show();
      dialog.showModal();
      picture.open();
    },
  };
}

/** @param {(patch: Partial<Classroom>) => void} change */
function createForm(change) {
  const title = h("input", {
    type: "text",
    id: "class-title",
    maxlength: 80,
    "data-testid": "class-title-field",
    oninput: () => change({ title: title.value }),
  });
  const text = h("textarea", {
    id: "class-text",
    rows: 3,
    maxlength: 1000,
    "data-testid": "class-text-field",
    oninput: () => change({ text: text.value }),
  });
  const speed = h(
    "select",
    { id: "class-speed", "data-testid": "class-speed", onchange: () => change({ speed: speed.value }) },
    h("option", { value: "" }, t("As usual")),
    ...SPEEDS.map((value) => h("option", { value }, nameOf(value))),
  );
  const everything = h("input", {
    type: "checkbox",
    "data-testid": "class-everything",
    onchange: () => change({ revealable: everything.checked }),
  });
  const field = (/** @type {HTMLElement} */ control, /** @type {string} */ name) =>
    h("div", { class: "field" }, h("label", { class: "caption", for: control.id }, name), control);
  return {
    element: h(
      "div",
      { class: "field-list" },
      field(title, t("Title")),
      field(text, t("Instruction: **bold**, *italic*, `code`, lists, [links](https://…)")),
      field(speed, t("Speed")),
    ),
    everything: option(
      everything,
      t("Offer “Show everything” on the page"),
      t("Anyone with the link can then show and unlock everything with one press."),
    ),
    /** @param {Classroom} classroom */
    update(classroom) {
      if (title.value !== classroom.title) title.value = classroom.title;
      if (text.value !== classroom.text) text.value = classroom.text;
      speed.value = classroom.speed;
      everything.checked = classroom.revealable;
    },
  };
}

/** @param {string} value  a speed as a link has it */
function nameOf(value) {
  if (value === "max") return t("Max");
  if (value === "slow-then-fast") return t("Slow, then fast");
  const count = Number(speedOf(value, 1));
  return value.endsWith("epochs") ? epochSpeed(count) : speedWords(count);
}
