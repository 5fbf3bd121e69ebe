/** A picture as a file: of pixels, and of lines. */

import { rasterize } from "../draw/rasterize.js";
import { fileButton } from "../ui/file-button.js";
import { t } from "../base/words.js";

/**
 * @param {string} testid
 * @param {string} text  what is in the picture
 * @param {(text: string) => void} say
 * @param {() => {text: string, width: number, height: number, name: string}} draw  throws where there is nothing to draw
 */
export const pictureFiles = (testid, text, say, draw) => [
  fileButton(t("Picture"), "PNG", `${testid}-png`, text, say, async () => {
    const picture = draw();
    return { name: `${picture.name}.png`, content: await rasterize(picture), media: "image/png" };
  }),
  fileButton(
    t("Picture"),
    "SVG",
    `${testid}-svg`,
    t("The same with sharp lines at any size, for print."),
    say,
    async () => {
      const { name, text: content } = draw();
      return { name: `${name}.svg`, content, media: "image/svg+xml" };
    },
  ),
];
