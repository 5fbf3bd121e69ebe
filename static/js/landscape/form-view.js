/** In which form the landscape is drawn, with or without the penalty, and whether it follows training. */

import { h } from "../base/dom.js";
import { createSegments } from "../ui/segments.js";
import { watch } from "../base/store.js";
import { option } from "../ui/option.js";
import { t } from "../base/words.js";

/** @import {View} from "../base/types.js" */
/** @import {LandscapeContext} from "./types.js" */

const FORMS = /** @type {{value: "map" | "surface" | "slice", label: string, text: string}[]} */ ([
  {
    value: "map",
    label: t("Map"),
    text: t("Seen from above. Lines join places of equal loss, and the bar beside it says which shade is which."),
  },
  {
    value: "surface",
    label: t("3-D"),
    text: t("The same as a surface that you can turn, with the paths at the height of their true loss."),
  },
  {
    value: "slice",
    label: t("Slice"),
    text: t("The loss along the first direction alone, for training and test points."),
  },
]);

/**
 * @param {HTMLElement} root
 * @param {LandscapeContext} context
 * @returns {View}
 */
export function shownView(root, { store, race }) {
  const segments = createSegments(t("Shown"), FORMS, (shown) => race.draw({ shown }), "shown");
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
    segments.element,
    option(penalty, t("With penalty"), t("Adds what the penalty of the chosen network adds to its loss.")),
    option(follow, t("Follow training"), t("Redraws the landscape as training goes on, about once a second.")),
  );
  watch(store, ["landscape"], ({ landscape }) => {
    segments.update(landscape.shown);
    penalty.checked = landscape.penalty;
    follow.checked = landscape.follow;
  });
}
