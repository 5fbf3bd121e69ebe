/** Which knob mattered: the share of the scores' variance that each explains by itself, and how sure that is. */

import { h } from "../base/dom.js";
import { settingName } from "../settings/names.js";
import { watch } from "../base/store.js";
import { wholePercent } from "../base/format.js";
import { t } from "../base/words.js";

/** @import {Importance, SearchContext} from "./types.js" */

/** Of fewer trials nothing is said. */
const LEAST = 20;

/**
 * @param {HTMLElement} root
 * @param {SearchContext} context
 */
export function importanceView(root, { store, catalog }) {
  const title = h("h2", { id: "importance-title" }, t("Which setting mattered most?"));
  const body = h("div", { "data-testid": "search-importance" });
  root.append(title, body);
  watch(store, ["found", "phase", "mode"], ({ found, phase, mode }) => {
    root.hidden = !found || mode === "duel";
    if (!found) return;
    const shares = found.importance;
    if (shares.length === 0) {
      const few =
        found.planned < LEAST
          ? t("Too few to say: {least} trials are needed.", { least: LEAST })
          : t("These trials cannot tell.");
      const text =
        phase === "running"
          ? t("The answer comes at the end.")
          : phase === "stopped"
            ? t("A search says this when it ends.")
            : few;
      return body.replaceChildren(h("p", { class: "hint" }, text));
    }
    const rows = shares.toSorted((a, b) => b.share - a.share).map((each) => row(settingName(each.path, catalog), each));
    body.replaceChildren(
      h("ul", { class: "search-shares" }, ...rows),
      h(
        "p",
        { class: "hint" },
        t(
          "The share of the differences in score that each setting explains by itself; the line shows where it lies in 90 of 100 resamples. The rest is chance, and what settings do together.",
        ),
      ),
    );
  });
}

/**
 * @param {string} name
 * @param {Importance} importance
 */
function row(name, { path, share, low, high }) {
  const bar = h(
    "span",
    { class: "search-share-bar", "aria-hidden": "true" },
    h("span", { class: "search-share-fill" }),
    h("span", { class: "search-share-range" }),
  );
  bar.style.setProperty("--share", String(share));
  bar.style.setProperty("--low", String(low));
  bar.style.setProperty("--high", String(high));
  return h(
    "li",
    { "data-path": path, "data-share": String(share) },
    h("span", { class: "search-share-name" }, name),
    bar,
    h(
      "span",
      { class: "search-share-value" },
      h("strong", {}, wholePercent(share)),
      " ",
      t("{low} to {high}", { low: wholePercent(low), high: wholePercent(high) }),
    ),
  );
}
