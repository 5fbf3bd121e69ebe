/** Along which directions the landscape is drawn, of which loss, and how finely. */

import { h } from "../base/dom.js";
import { numberField } from "../settings/number-field.js";
import { parameterNames } from "./landscape.js";
import { racerBadge } from "../draw/markers.js";
import { describe } from "../ui/tooltip.js";
import { watch } from "../base/store.js";
import { endsOf, parameterLabel } from "../base/unit-names.js";
import { halfSelect, hasTestPoints } from "./halves.js";
import { t } from "../base/words.js";

/** @import {LandscapeChoices, Spec, State, View} from "../base/types.js" */
/** @import {LandscapeContext} from "./types.js" */

const AXES = /** @type {[LandscapeChoices["axes"], string, string][]} */ ([
  [
    "pca",
    t("Along the paths (PCA)"),
    t("The two directions in which the paths spread most: the plane that shows most of them."),
  ],
  [
    "networks",
    t("Through three networks"),
    t("The plane that three of the networks lie in: for these three the ground is exactly their loss."),
  ],
  [
    "random",
    t("Random directions"),
    t(
      "Two random directions, scaled to each neuron's weights (Li et al. 2018): the ground as it is, not as the paths saw it.",
    ),
  ],
  [
    "line",
    t("Start to end"),
    t("The straight line from the initial weights to the present ones, and a random direction beside it."),
  ],
  ["weights", t("Two weights"), t("Two single weights or biases, all others held where they are.")],
]);

const HALVES = t("The loss on the training points, or on the test points.");

const SIZES = [25, 51, 75, 101];

const THREE = 3;

/**
 * @param {HTMLElement} root
 * @param {LandscapeContext} context
 * @returns {View}
 */
export function choicesView(root, { store, frames, catalog, race }) {
  const parts = build(root, race.draw);
  const picked = createNetworkPicker(parts.networks, (networks) => race.draw({ networks }));
  /** @type {State["layout"] | null} */
  let layout = null;

  watch(store, ["landscape", "layout", "phase", "run"], (state) => {
    const { landscape } = state;
    if (state.layout !== layout) {
      layout = state.layout;
      const names = parameterNames(layout);
      const ends = endsOf(state.spec, layout, frames.scene, catalog);
      parts.list.replaceChildren(...names.map((value) => h("option", { value, label: parameterLabel(value, ends) })));
      const known = landscape.names.length === 2 && landscape.names.every((name) => names.includes(name));
      if (state.run > 0 && landscape.axes === "weights" && !known) {
        return race.draw({ names: names.slice(0, 2) });
      }
    }
    parts.update(landscape);
  });
  watch(store, ["landscape", "members", "member", "run"], ({ landscape, members, member, run }) => {
    const fitting = networksFor(landscape, members.length, member);
    if (run > 0 && fitting !== landscape.networks) return race.draw({ networks: fitting });
    parts.allow("networks", members.length >= THREE);
    picked.update(landscape, race.names().slice(0, members.length));
  });
  watch(store, ["landscape", "spec", "run"], ({ landscape, spec, run }) => {
    if (run === 0) return;
    // what a link or an earlier task asked for
    if (landscape.half === "test" && !hasTestPoints(spec)) return race.draw({ half: "train" });
    parts.offerHalves(spec);
  });
  parts.axes.addEventListener("change", () => {
    const axes = /** @type {LandscapeChoices["axes"]} */ (parts.axes.value);
    const { landscape } = store.get();
    const names = landscape.names.length === 2 ? landscape.names : parameterNames(store.get().layout).slice(0, 2);
    const { members, member } = store.get();
    const networks = networksFor({ axes, networks: [] }, members.length, member);
    race.draw({ axes, ...(axes === "weights" && { names }), ...(landscape.axes !== axes && { networks }) });
  });
}

/**
 * The networks that a choice of axes is about, as far as they exist: three for a plane through them, the chosen one
 * first. The same array where nothing is amiss.
 *
 * @param {Pick<LandscapeChoices, "axes" | "networks">} landscape
 * @param {number} count  of networks
 * @param {number} chosen
 */
function networksFor({ axes, networks }, count, chosen) {
  const known = networks.every((network) => network < count) ? networks : networks.filter((network) => network < count);
  if (axes !== "networks" || known.length === THREE || count < THREE) return known;
  const others = Array.from({ length: count }, (_, index) => index).filter(
    (index) => index !== chosen && !known.includes(index),
  );
  return [...known.slice(0, THREE), ...[chosen].filter((index) => !known.includes(index)), ...others].slice(0, THREE);
}

/**
 * Which networks: a press takes one in or leaves it out. Of three, one more takes the place of the first.
 *
 * @param {HTMLElement} root
 * @param {(networks: number[]) => void} pick
 */
function createNetworkPicker(root, pick) {
  /** @type {Pick<LandscapeChoices, "axes" | "networks">} */
  let shown = { axes: "pca", networks: [] };
  let count = 0;
  const all = () => Array.from({ length: count }, (_, index) => index);
  /** @param {number} index */
  const toggle = (index) => {
    const { axes, networks } = shown;
    if (axes === "networks") return pick(networks.includes(index) ? networks : [...networks.slice(1), index]);
    const now = networks.length > 0 ? networks : all();
    const next = now.includes(index) ? now.filter((other) => other !== index) : [...now, index].sort((a, b) => a - b);
    // with nobody in, there would be no axes
    pick(next.length === count ? [] : next.length === 0 ? now : next);
  };
  return {
    /**
     * @param {LandscapeChoices} landscape
     * @param {string[]} names
     */
    update({ axes, networks }, names) {
      shown = { axes, networks };
      count = names.length;
      root.hidden = count < 2 || !["pca", "networks"].includes(axes);
      const text =
        axes === "networks"
          ? t("The three networks that the plane goes through. Choose another one, and it replaces the first.")
          : t(
              "The networks whose paths set the directions and the size of the map. Leave out one that ran away, and the others fill the map.",
            );
      describe(root, { title: t("Networks"), text });
      const buttons = names.map((name, index) => {
        const isIn = axes === "networks" ? networks.includes(index) : networks.length === 0 || networks.includes(index);
        const button = h(
          "button",
          {
            type: "button",
            class: "network-pick",
            "data-testid": `axes-network-${index}`,
            "aria-pressed": String(isIn),
            "aria-label": name,
            onclick: () => toggle(index),
          },
          racerBadge(index),
        );
        describe(button, { title: name, text });
        return button;
      });
      const focused = [...root.querySelectorAll("button")].indexOf(
        /** @type {HTMLButtonElement} */ (document.activeElement),
      );
      root.replaceChildren(
        h("span", { class: "caption" }, t("Networks")),
        h("span", { class: "network-picks" }, ...buttons),
      );
      buttons[focused]?.focus();
    },
  };
}

/**
 * @param {HTMLElement} root
 * @param {(patch: Partial<LandscapeChoices>) => void} draw
 */
function build(root, draw) {
  const axes = h(
    "select",
    { "data-testid": "axes-kind" },
    ...AXES.map(([value, label]) => h("option", { value }, label)),
  );
  const error = h("p", { class: "field-error", id: "axes-seed-error", role: "alert", hidden: true });
  const seed = numberField(h("input", { "data-testid": "axes-seed" }), {
    rule: { type: "integer", minimum: 0, maximum: 2 ** 31 - 1 },
    error,
    take: (value) => draw({ seed: value }),
  });
  const list = h("datalist", { id: "parameter-names" });
  const names = [0, 1].map((index) =>
    h("input", {
      type: "text",
      list: list.id,
      autocomplete: "off",
      spellcheck: "false",
      "data-testid": `axis-${index}`,
      onchange: () => draw({ names: names.map((input) => input.value.trim()) }),
    }),
  );
  const half = halfSelect({ "data-testid": "half", onchange: () => draw({ half: half.value() }) });
  const size = h(
    "select",
    { "data-testid": "landscape-size", onchange: () => draw({ size: Number(size.value) }) },
    ...SIZES.map((value) => h("option", { value }, `${value} × ${value}`)),
  );
  const fields = {
    axes: field(axes, t("Directions"), ""),
    seed: field(seed.input, t("Seed"), t("The same seed draws the same random directions."), error),
    first: field(names[0], t("Across"), t("The weight or bias that grows to the right.")),
    second: field(names[1], t("Up"), t("The weight or bias that grows upwards.")),
    half: field(half.element, t("Points"), HALVES),
    size: field(size, t("Resolution"), t("How many losses are computed along each side. A coarse map comes first.")),
  };
  const networks = h("div", {
    class: "field landscape-field",
    role: "group",
    "aria-label": t("Networks"),
    hidden: true,
  });
  const { axes: first, ...others } = fields;
  root.append(h("div", { class: "landscape-fields" }, first, networks, ...Object.values(others)), list);
  return {
    axes,
    list,
    networks,
    /**
     * @param {LandscapeChoices["axes"]} kind
     * @param {boolean} isAllowed
     */
    allow(kind, isAllowed) {
      const option = [...axes.options].find(({ value }) => value === kind);
      if (option) option.disabled = !isAllowed;
    },
    /** @param {Spec} spec */
    offerHalves: (spec) => half.offer(spec, fields.half, { title: t("Points"), text: HALVES }),
    /** @param {LandscapeChoices} choices */
    update(choices) {
      axes.value = choices.axes;
      describe(fields.axes, {
        title: t("Directions"),
        text: AXES.find(([value]) => value === choices.axes)?.[2] ?? "",
      });
      fields.seed.hidden = !["random", "line"].includes(choices.axes);
      fields.first.hidden = choices.axes !== "weights";
      fields.second.hidden = choices.axes !== "weights" || choices.shown === "slice";
      seed.show(choices.seed);
      names.forEach((input, index) => {
        input.value = choices.names[index] ?? "";
      });
      half.element.value = choices.half;
      half.element.disabled = choices.shown === "slice";
      if (![...size.options].some(({ value }) => Number(value) === choices.size)) {
        size.append(h("option", { value: choices.size }, `${choices.size} × ${choices.size}`));
      }
      size.value = String(choices.size);
    },
  };
}

/**
 * @param {HTMLElement | undefined} control
 * @param {string} label
 * @param {string} text
 * @param {HTMLElement} [error]  where complaints stand
 */
function field(control, label, text, error) {
  const element = h(
    "div",
    { class: "field landscape-field" },
    h("label", {}, h("span", { class: "caption" }, label), control),
    error,
  );
  describe(element, { title: label, text });
  return element;
}
