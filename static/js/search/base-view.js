/** The run that trials are changes of, in a line of words, and the way to where it is changed. */

import { h, setText } from "../base/dom.js";
import { wholeSpec } from "../settings/minimal-spec.js";
import { formatShort } from "../address/run-link.js";
import { describe } from "../ui/tooltip.js";
import { runWords } from "./words.js";
import { watch } from "../base/store.js";
import { t } from "../base/words.js";

/** @import {SearchContext} from "./types.js" */

/**
 * @param {HTMLElement} root
 * @param {SearchContext} context
 */
export function baseView(root, { store, catalog }) {
  const words = h("p", { "data-testid": "search-base" });
  const change = h("a", { class: "text-button", "data-testid": "search-change-base", href: "./" }, t("Change"));
  describe(change, {
    title: t("Change"),
    text: t("Opens this run in the playground. “Search around this” there leads back."),
  });
  root.append(words, change);
  watch(store, ["search"], ({ search: { base } }) => {
    const spec = wholeSpec(base, catalog);
    setText(words, runWords(spec, catalog));
    change.href = `./#${formatShort({ spec }, catalog)}`;
  });
}
