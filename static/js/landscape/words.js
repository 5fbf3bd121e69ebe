/** What a landscape says, in words: its axes, how much of the truth it holds, and who has left it. */

import { ABSENT, loss as lossText, minus, percent, powerOfTen, whole } from "../base/format.js";
import { headOf } from "./map/plane.js";
import { isGrounded, standing } from "./landscape.js";

/** @import {Failure, Problem} from "../base/types.js" */
/** @import {Landscape} from "./landscape.js" */
/** @import {Track} from "./map/plane.js" */

/** A plane that holds this much of the paths' spread shows them nearly as they are. */
const MUCH = 0.9;
const HALF = 0.5;

/**
 * @param {Landscape} landscape
 * @param {0 | 1} axis
 * @param {boolean} [short]  where there is little room
 */
export function axisTitle({ labels, explained, choices }, axis, short = false) {
  const label = labels[axis] ?? "";
  const share = explained?.[axis];
  if (share === undefined || choices.axes === "random" || choices.axes === "weights") return label;
  return `${label}, ${Math.round(100 * share)} %${short ? "" : " of the paths' spread"}`;
}

/**
 * How far the picture can be trusted: how much of the paths' spread it holds, and who lies on its ground.
 *
 * @param {Landscape} landscape
 */
export function explainedWords(landscape) {
  const { explained, dimensions } = landscape;
  if (!explained) {
    return "No path yet: this is the ground around the first weights. Press Play, and paths are drawn over it.";
  }
  const held = (explained[0] ?? 0) + (dimensions === 2 ? (explained[1] ?? 0) : 0);
  const shape = dimensions === 2 ? "plane" : "line";
  const lead = `This ${shape} holds ${percent(held)} of the paths' spread`;
  if (held < HALF) {
    return `${lead}: most of what happened is not in this picture, only its shadow. ${groundWords(landscape)}`.trim();
  }
  if (held < MUCH) {
    return `${lead}: the paths also move out of it, where the loss is another than the map's. ${groundWords(landscape)}`.trim();
  }
  return `${lead}. ${groundWords(landscape)}`.trim();
}

/**
 * Whose loss is what the ground under it says. Of one network, which the plane goes through, it is its path that may
 * leave the ground.
 *
 * @param {Landscape} landscape
 */
export function groundWords(landscape) {
  const { members, measured, points } = landscape;
  if (!measured) return "";
  if (members === 1) {
    const on = Array.from({ length: points }, (_, point) => isGrounded(landscape, 0, -1 - point)).filter(
      Boolean,
    ).length;
    if (on === points) return "The path lies on this ground: its losses are the map's.";
    return `The path lies on this ground at ${percent(on / points)} of its points; elsewhere its own loss is another than the map's.`;
  }
  const on = Array.from({ length: members }, (_, member) => isGrounded(landscape, member)).filter(Boolean).length;
  if (on === members) return `All ${members} networks lie on this ground: their own losses are the map's.`;
  return (
    `${on === 0 ? "None" : on === 1 ? "Only one" : on} of the ${members} networks ${on > 1 ? "lie" : "lies"} on this ground; `
    + "a hollow mark is only the shadow of one, whose own loss is the number beside it."
  );
}

export const PROJECTION =
  "A network has many weights and the map only two directions, so each path is drawn by its shadow: the nearest point "
  + "of the plane. The true loss is that of the network itself, the loss on the plane that of its shadow; where they "
  + "differ, the network is not on the ground that is drawn under it.";

/**
 * Who is not on the map, and who cannot go on.
 *
 * @param {Landscape} landscape
 * @param {Track[]} tracks
 * @param {string[]} names
 * @param {readonly (Failure | null)[]} failures
 * @returns {string[]}
 */
export function absences(landscape, tracks, names, failures) {
  return tracks.flatMap((track, member) => {
    const { trueLoss } = standing(landscape, member);
    const failure = failures[member];
    const loss = Number.isFinite(trueLoss) ? lossText(trueLoss) : "too large for a number";
    const lossNow = landscape.measured ? `: its loss is ${loss}` : "";
    const said = [];
    if (track.out) {
      said.push(
        `${names[member]} has left the map${headOf(track) ? ", where the bar is at its border" : ""}${lossNow}.`,
      );
    }
    if (failure) {
      said.push(`${names[member]} stopped at step ${whole(failure.step)}: a weight became ${failure.cause}.`);
    }
    return said;
  });
}

/**
 * What a refusal says.
 *
 * @param {string} message
 * @param {readonly Problem[]} problems
 */
export const refusal = (message, problems) =>
  problems.length === 0
    ? message
    : problems.map(({ value, allowed }) => `${value} was not taken. Allowed: ${allowed}.`).join(" ");

/**
 * One point of a path: the network's loss beside that of its shadow.
 *
 * @param {Landscape} landscape
 * @param {{member: number, point: number}} at
 * @param {string[]} names
 */
export function pointWords(landscape, { member, point }, names) {
  const { step, trueLoss, planeLoss } = standing(landscape, member, point);
  return `${names[member] ?? ""} at step ${whole(step)}: true loss ${lossWords(trueLoss)}, on the plane ${lossWords(planeLoss)}`;
}

/** @param {number} value */
export const lossWords = (value) => (Number.isFinite(value) ? lossText(value) : "too large");

/**
 * A coordinate of the plane.
 *
 * @param {number} value
 */
export function coordinate(value) {
  if (!Number.isFinite(value)) return ABSENT;
  return Math.abs(value) < 1e4 ? minus(value.toFixed(2)) : powerOfTen(value, 1);
}
