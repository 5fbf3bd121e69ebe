/** How honest the picture is: what it holds of the paths, and each network's true loss beside that of its shadow. */

import { h, setAttribute, setText } from "../base/dom.js";
import { whole } from "../base/format.js";
import { coordinate, explainedWords, lossWords, PROJECTION } from "./words.js";
import { standing } from "./landscape.js";
import { racerBadge } from "../draw/markers.js";
import { describe } from "../ui/tooltip.js";
import { watch } from "../base/store.js";
import { t } from "../base/words.js";

/** @import {View} from "../base/types.js" */
/** @import {LandscapeContext} from "./types.js" */

const COLUMNS = [
  [t("Network"), t("The chosen one is in the middle of the picture: the plane goes through its weights.")],
  [t("True loss"), t("The loss of the network itself, at the step that the landscape shows.")],
  [t("On the plane"), t("The loss of its shadow, the point of the plane that is nearest to it.")],
  [t("Distance"), t("How far the network's weights are from their shadow.")],
];

/**
 * @param {HTMLElement} root
 * @param {LandscapeContext} context
 * @returns {View}
 */
export function lossesView(root, { store, frames, keeper, race }) {
  const again = h(
    "button",
    { type: "button", class: "text-button", "data-testid": "renew", onclick: keeper.renew },
    t("Draw it at this step"),
  );
  describe(again, {
    title: t("Draw it at this step"),
    text: t("The landscape does not follow training: it stays until you ask for a new one."),
  });
  const age = h("span", {});
  const old = h("p", { class: "landscape-old", hidden: true }, age, " ", again);
  const explained = h("p", { class: "landscape-explained", "data-testid": "explained" });
  const body = h("tbody");
  const head = COLUMNS.map(([label = "", text = ""]) => {
    const cell = h("th", { scope: "col" }, label);
    describe(cell, { title: label, text });
    return cell;
  });
  const table = h(
    "table",
    { class: "true-losses", "data-testid": "true-losses" },
    h("caption", { class: "visually-hidden" }, t("True loss and loss on the plane")),
    h("thead", {}, h("tr", {}, ...head)),
    body,
  );
  root.append(old, explained, table, h("p", { class: "hint" }, PROJECTION));

  const show = () => {
    const { latest, problem } = keeper;
    if (!latest || latest.run !== store.get().run) return;
    const words = problem || explainedWords(latest);
    setText(explained, words);
    explained.dataset.value = String(
      (latest.explained ?? []).slice(0, latest.dimensions).reduce((sum, share) => sum + share, 0),
    );
    const names = race.names();
    const { member: chosen } = store.get();
    const rows = Array.from({ length: latest.members }, (_, member) => {
      const { trueLoss, planeLoss, away } = standing(latest, member);
      const row = h(
        "tr",
        {},
        h(
          "th",
          { scope: "row" },
          h("span", { class: "true-losses-name" }, racerBadge(member), h("span", {}, names[member] ?? "")),
        ),
        number(trueLoss, lossWords),
        number(planeLoss, lossWords),
        number(away, coordinate),
      );
      setAttribute(row, "aria-current", member === chosen ? "true" : null);
      return row;
    });
    body.replaceChildren(...rows);
  };
  const showAge = () => {
    const { latest } = keeper;
    const { follow } = store.get().landscape;
    old.hidden = follow || !latest || latest.step === (frames.latest?.step ?? 0);
    const words = t("This is the landscape of step {step}.", { step: whole(latest?.step ?? 0) });
    if (age.textContent !== words) age.textContent = words;
  };
  keeper.subscribe(() => {
    show();
    showAge();
  });
  watch(store, ["members", "member", "run"], show);
  watch(store, ["landscape"], showAge);
  return { draw: showAge };
}

/**
 * @param {number} value
 * @param {(value: number) => string} write
 */
function number(value, write) {
  return h("td", { "data-value": value }, write(value));
}
