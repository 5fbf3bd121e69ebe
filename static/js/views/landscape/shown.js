/** In which form the landscape is drawn: as a map, as a surface, or cut along one line. */

import { query } from "../../lib/dom.js";
import { createSegments } from "../../lib/segments.js";
import { watch } from "../../store.js";

/** @import {View} from "../../types.js" */
/** @import {LandscapeContext} from "../../landscape.js" */

const FORMS = /** @type {{value: "map" | "surface" | "slice", label: string, text: string}[]} */ ([
  { value: "map", label: "Map", text: "Seen from above: the darker the ground, the higher the loss; lines join places of equal loss." },
  { value: "surface", label: "3-D", text: "The same as a surface to turn, with the paths at the height of their true loss." },
  { value: "slice", label: "Slice", text: "The loss along the first direction alone, for training and test points." },
]);

/**
 * @param {HTMLElement} root
 * @param {LandscapeContext} context
 * @returns {View}
 */
export function shownView(root, { store, race }) {
  const segments = createSegments("Shown", FORMS, (shown) => race.draw({ shown }));
  root.append(segments.element);
  watch(store, ["landscape"], ({ landscape }) => {
    segments.update(landscape.shown);
    for (const { value } of FORMS) query(document, `[data-view="${value}"]`).hidden = value !== landscape.shown;
  });
}
