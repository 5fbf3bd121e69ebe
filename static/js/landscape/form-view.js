/** In which form the landscape is drawn, with or without the penalty, and whether it follows training. */

import { h } from "../base/dom.js";
import { createSegments } from "../ui/segments.js";
import { watch } from "../base/store.js";
import { option } from "../ui/option.js";

/** @import {View} from "../base/types.js" */
/** @import {LandscapeContext} from "./types.js" */

const FORMS = /** @type {{value: "map" | "surface" | "slice", label: string, text: string}[]} */ ([
  {
    value: "map",
    label: "Map",
    text: "Seen from above: the darker the ground, the higher the loss; lines join places of equal loss.",
  },
  {
    value: "surface",
    label: "3-D",
    text: "The same as a surface to turn, with the paths at the height of their true loss.",
  },
  { value: "slice", label: "Slice", text: "The loss along the first direction alone, for training and test points." },
]);

/**
 * @param {HTMLElement} root
 * @param {LandscapeContext} context
 * @returns {View}
 */
export function shownView(root, { store, race }) {
  const segments = createSegments("Shown", FORMS, (shown) => race.draw({ shown }));
  const penalty = h("input", {
    type: "checkbox",
    "data-testid": "penalty",
    onchange: () => race.draw({ penalty: penalty.checked }),
  });
  const follow = h("input", {
    type: "checkbox",
    "data-testid": "follow",
    onchange: () => race.draw({ follow: follow.checked }),
  });
  root.append(
    option(penalty, "With penalty", "Adds what the penalty of the chosen network adds to its loss."),
    option(follow, "Follow training", "Draws it again as training goes on, about once a second."),
    segments.element,
  );
  watch(store, ["landscape"], ({ landscape }) => {
    segments.update(landscape.shown);
    penalty.checked = landscape.penalty;
    follow.checked = landscape.follow;
  });
}
