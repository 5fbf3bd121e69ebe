/** A panel's picture, large, in the place of the map. */

import { fitCanvas } from "../base/canvas.js";
import { h, icon, query, setText } from "../base/dom.js";
import { t } from "../base/words.js";
import { describe } from "../ui/tooltip.js";

/** @import {Surface} from "../draw/surface.js" */
/** @import {Box} from "./space/place.js" */

const BACK = "M15 6l-6 6 6 6";

/**
 * @param {string} name  for tests
 * @param {() => void} close
 */
export function createStage(name, close) {
  const square = query(document, ".output-square");
  const map = query(square, ".output-map");
  const canvas = h("canvas", { class: "space-large", role: "img" });
  const title = h("p", { class: "space-title", "data-testid": `${name}-title` });
  const back = h(
    "button",
    { type: "button", class: "button space-back", "data-testid": `${name}-back`, onclick: close },
    icon(BACK),
    t("Output"),
  );
  describe(back, { title: t("Back to the output"), text: t("Shows the map of the network’s answers again.") });
  const stage = h("div", { class: "space-stage", "data-testid": `${name}-stage`, hidden: true }, canvas, title, back);
  square.append(stage);

  return {
    element: stage,
    canvas,
    /** Where the picture stands on the canvas. @returns {Box} */
    box: () => ({ x: map.offsetLeft, y: map.offsetTop, side: Math.min(map.clientWidth, map.clientHeight) }),
    /**
     * @param {string | null} said  null where the map is to be seen
     * @param {(surface: Surface, box: Box) => void} draw
     */
    show(said, draw) {
      stage.hidden = said === null;
      if (said === null) return;
      setText(title, said);
      canvas.ariaLabel = said;
      const { context, width, height } = fitCanvas(canvas);
      context.clearRect(0, 0, width, height);
      draw(context, this.box());
    },
  };
}
