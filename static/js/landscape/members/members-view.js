/** The networks that train side by side: which optimizer each has, and all that may differ from one to the next. */

import { h, setAttribute } from "../../base/dom.js";
import { loss as lossText } from "../../base/format.js";
import { VARIED, VARIED_SEEDS } from "./members.js";
import { racerBadge } from "../../draw/markers.js";
import { controlList, settingsOf } from "../../settings/control-list.js";
import { describe } from "../../ui/tooltip.js";
import { watch } from "../../base/store.js";
import { closeButton } from "../../ui/close-button.js";
import { t } from "../../base/words.js";
import { stoppedWords } from "../words.js";

/** @import {Catalog, Changes, Failure, Problem, Spec, View} from "../../base/types.js" */
/** @import {LandscapeContext} from "../types.js" */
/** @import {Setting} from "../../settings/control-list.js" */

/** The sections in sight; the others are behind "More settings". */
const IN_SIGHT = ["optimizer"];

/**
 * @param {HTMLElement} root
 * @param {LandscapeContext} context
 * @returns {View}
 */
export function membersView(root, { store, race, actions, catalog }) {
  const list = h("ul", { class: "members" });
  const add = h(
    "button",
    { type: "button", class: "button", "data-testid": "add-member", onclick: race.add },
    t("Add a network"),
  );
  describe(add, {
    title: t("Add a network"),
    text: t("Adds one with the same initial weights and batches, and another optimizer."),
    effect: "restart",
  });
  root.append(list, add);
  /** @type {ReturnType<typeof createCard>[]} */
  let cards = [];

  const change = (/** @type {number} */ index, /** @type {Changes} */ changes) => {
    // One network is the spec itself, whose settings change while it trains.
    if (store.get().members.length === 0) actions.set(changes);
    else void actions.change(changes, index);
  };

  watch(store, ["members", "member", "specs", "problems", "failures", "run"], (state) => {
    if (state.run === 0) return;
    const members = state.members.length > 0 ? state.members : [{}];
    if (members.length !== cards.length) {
      const live = state.members.length === 0;
      cards = members.map((_, index) =>
        createCard(index, { live, catalog, change, choose: race.choose, remove: race.remove }),
      );
      list.replaceChildren(...cards.map(({ element }) => element));
    }
    const names = race.names();
    cards.forEach((card, index) =>
      card.update({
        whole: state.specs[index] ?? state.spec,
        name: names[index] ?? "",
        isChosen: members.length === 1 || state.member === index,
        isOnly: members.length === 1,
        failure: state.failures[index] ?? null,
        problems: problemsOf(state.problems, state.members.length > 0 ? index : null),
      }),
    );
    add.disabled = members.length >= catalog.limits.members;
  });

  return {
    draw({ arrays: { metrics } }) {
      cards.forEach((card, index) => card.show(metrics.data[index] ?? NaN));
    },
  };
}

/**
 * @param {readonly Problem[]} problems
 * @param {number | null} member  null where the spec itself is meant
 */
function problemsOf(problems, member) {
  const prefix = member === null ? "" : `members.${member}.`;
  return problems
    .filter(({ path }) => path.startsWith(prefix))
    .map((problem) => ({ ...problem, path: problem.path.slice(prefix.length) }));
}

/**
 * @param {number} index
 * @param {object} options
 * @param {boolean} options.live  whether changes go on with the running network
 * @param {Catalog} options.catalog
 * @param {(index: number, changes: Changes) => void} options.change
 * @param {(index: number) => void} options.choose
 * @param {(index: number) => void} options.remove
 */
function createCard(index, { live, catalog, change, choose, remove }) {
  const name = h("span", { class: "member-name" });
  const value = h("output", { class: "member-loss", "aria-live": "off" });
  const open = h(
    "button",
    { type: "button", class: "member-open", onclick: () => choose(index) },
    racerBadge(index),
    name,
    value,
  );
  const gone = closeButton(t("Remove this network"), () => remove(index));
  describe(gone, {
    title: t("Remove"),
    text: t("Removes this network; the others start again without it."),
    effect: "restart",
  });
  const failed = h("p", { class: "member-failed", role: "status", hidden: true });
  const advice = h("ul", { class: "member-advice" });
  const near = h("div", { class: "field-list" });
  const far = h("div", { class: "field-list" });
  const more = h("details", { class: "more" }, h("summary", {}, t("More settings")), far);
  const body = h("div", { class: "member-body" }, advice, near, more);
  const element = h(
    "li",
    { class: "member", "data-testid": `member-${index}` },
    h("div", { class: "member-head" }, open, gone),
    failed,
    body,
  );
  const actions = { set: (/** @type {Changes} */ changes) => change(index, changes) };
  const [renderNear, renderFar] = [controlList(near, actions), controlList(far, actions)];

  return {
    element,
    /** @param {{whole: Spec, name: string, isChosen: boolean, isOnly: boolean, failure: Failure | null, problems: Problem[]}} member */
    update({ whole: spec, name: text, isChosen, isOnly, failure, problems }) {
      name.textContent = text;
      describe(open, { title: text, text: t("Its settings, and the plane of the landscape through its weights.") });
      element.classList.toggle("is-chosen", isChosen);
      setAttribute(open, "aria-expanded", String(isChosen));
      gone.hidden = isOnly;
      body.hidden = !isChosen;
      failed.hidden = !failure;
      failed.textContent = failure ? stoppedWords(failure) : "";
      // Where it is alone, the page says it beside the message that training has stopped.
      const sentences = isChosen && !isOnly ? (failure?.advice ?? []) : [];
      advice.replaceChildren(...sentences.map((sentence) => h("li", {}, sentence)));
      advice.hidden = sentences.length === 0;
      // Only the chosen one has controls: there is one of each on the page.
      const settings = isChosen ? settingsOfMember(spec, catalog, live) : { near: [], far: [] };
      renderNear(settings.near, spec, problems);
      renderFar(settings.far, spec, problems);
    },
    /** @param {number} loss */
    show(loss) {
      value.dataset.value = String(loss);
      const text = lossText(loss);
      if (value.textContent !== text) value.textContent = text;
    },
  };
}

/**
 * @param {Spec} spec  of the member, whole
 * @param {Catalog} catalog
 * @param {boolean} live
 * @returns {{near: Setting[], far: Setting[]}}
 */
function settingsOfMember(spec, catalog, live) {
  const all = catalog.sections
    .filter(({ path }) => VARIED.includes(path) || path === "")
    .flatMap((section) =>
      settingsOf(section, spec, catalog)
        .filter(({ path }) => section.path !== "" || VARIED_SEEDS.includes(path))
        .map((setting) => ({ setting, section: section.path })),
    )
    .map(({ setting, section }) => ({ setting: live ? setting : { ...setting, live: false }, section }));
  return {
    near: all.filter(({ section }) => IN_SIGHT.includes(section)).map(({ setting }) => setting),
    far: all.filter(({ section }) => !IN_SIGHT.includes(section)).map(({ setting }) => setting),
  };
}
