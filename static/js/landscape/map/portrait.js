/** A landscape as one vector picture to keep or to print: the map as the page shows it, and who is who beside it. */

import { loss as lossText, whole } from "../../base/format.js";
import { createRelief } from "../../draw/height-map.js";
import { landscapeLevels } from "./levels.js";
import { drawMark } from "../../draw/markers.js";
import { write } from "../../draw/surface.js";
import { svgFile } from "../../draw/svg-surface.js";
import { standing } from "../landscape.js";
import { claim } from "../headline.js";
import { explainedWords, trustWords } from "../words.js";
import { drawingOf, drawMap, drawSurroundings } from "./picture.js";
import { sentences, t } from "../../base/words.js";

/** @import {Landscape} from "../landscape.js" */
/** @import {LandscapeLook} from "./look.js" */

const SIZE = 560;
const LEFT = 74;
const TOP = 26;
const KEY = 250;
const BOTTOM = 92;
const LINE = 42;
/** Letters in a line below the map. */
const LONGEST = 120;

/**
 * @param {Landscape} landscape  of two dimensions
 * @param {string[]} names
 * @param {LandscapeLook} look
 * @param {number} chosen
 */
export function landscapePicture(landscape, names, look, chosen) {
  const { rim, soft, ink, font, colours } = look;
  const head = landscape.measured ? claim(landscape, names) : t("Step {step}.", { step: whole(landscape.step) });
  const words = sentences(head, explainedWords(landscape), trustWords(landscape));
  const lines = linesOf(words);
  const [width, height] = [LEFT + SIZE + KEY, TOP + SIZE + BOTTOM + 18 * (lines.length - 1)];
  const file = { width, height, background: rim, font, title: t("Loss landscape"), description: words };
  return svgFile(file, (surface) => {
    surface.save();
    surface.translate(LEFT, TOP);
    surface.save();
    surface.beginPath();
    surface.rect(0, 0, SIZE, SIZE);
    surface.clip();
    drawMap(surface, SIZE, drawingOf(landscape, landscapeLevels(landscape)), { look, chosen, painter: createRelief() });
    surface.restore();
    drawSurroundings(surface, SIZE, landscape, look);
    surface.restore();
    names.forEach((name, member) => {
      const { trueLoss, planeLoss } = standing(landscape, member);
      const said = t("loss {loss}, on the plane {ground}", { loss: lossText(trueLoss), ground: lossText(planeLoss) });
      const [x, y] = [LEFT + SIZE + 30, TOP + 16 + LINE * member];
      drawMark(surface, member, { x, y, radius: 6 }, { colour: colours[member] ?? ink, rim });
      write(surface, name, x + 16, y + 4, { font, colour: ink, size: 13 });
      write(surface, said, x + 16, y + 20, { font, colour: soft });
    });
    lines.forEach((line, index) =>
      write(surface, line, LEFT, TOP + SIZE + 76 + 18 * index, { font, colour: soft, size: 13 }),
    );
  });
}

/** A line may end at a space, and behind each Chinese character that no sign follows. */
const BREAKS = /(?<= )|(?<=[\p{Script=Han}，。：；、）])(?![，。：；、） ])/u;

/**
 * Breaks a text where a line would be too long.
 *
 * @param {string} text
 */
const linesOf = (text) =>
  text
    .split(BREAKS)
    .reduce((/** @type {string[]} */ lines, part) => {
      const line = lines.at(-1);
      return line !== undefined && widthOf(line + part.trimEnd()) < LONGEST
        ? [...lines.slice(0, -1), line + part]
        : [...lines, part];
    }, [])
    .map((line) => line.trimEnd());

/** In letters: Chinese characters and signs are twice as wide. @param {string} text */
const widthOf = (text) => text.length + (text.match(/[\p{Script=Han}，。：；、（）]/gu) ?? []).length;
