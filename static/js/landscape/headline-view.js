/** The title of the page: what the picture shows, and how far the picture can be trusted. */

import { h, setText } from "../base/dom.js";
import { claim, question } from "./headline.js";
import { trustWords } from "./words.js";
import { watch } from "../base/store.js";

/** @import {View} from "../base/types.js" */
/** @import {LandscapeContext} from "./types.js" */

/**
 * @param {HTMLElement} root
 * @param {LandscapeContext} context
 * @returns {View}
 */
export function headlineView(root, { store, keeper, race }) {
  const title = h("h2", { id: "landscape-title", "data-testid": "landscape-title" });
  const trust = h("p", { class: "landscape-trust", "data-testid": "trust" });
  root.replaceChildren(title, trust);

  const show = () => {
    const { latest, problem } = keeper;
    const { run, members } = store.get();
    const isOfRun = latest !== null && latest.run === run;
    // A claim names its step and its loss: it stays true while the next picture is still being measured.
    if (isOfRun && latest.measured) setText(title, claim(latest, race.names()));
    else if (!isOfRun) setText(title, question(Math.max(1, members.length)));
    setText(trust, isOfRun && !problem ? trustWords(latest) : "");
  };
  keeper.subscribe(show);
  watch(store, ["members", "run"], show);
}
