/** What a landscape says, in words: its axes, how much of the truth it holds, and who has left it. */

import { ABSENT, loss as lossText, minus, percent, powerOfTen, whole, wholePercent } from "../base/format.js";
import { headOf } from "./map/plane.js";
import { isGrounded, standing } from "./landscape.js";
import { sentences, t } from "../base/words.js";

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
  const said = { axis: label, share: wholePercent(share) };
  return short ? t("{axis}, {share}", said) : t("{axis}, {share} of the paths' spread", said);
}

/**
 * How far the picture can be trusted: who lies on the ground that is drawn.
 *
 * @param {Landscape} landscape
 */
export const trustWords = (landscape) =>
  landscape.explained
    ? groundWords(landscape)
    : t("No path yet: this is the ground around the initial weights. Press Play, and paths are drawn over it.");

/**
 * How much of the paths' spread the picture holds; nothing while there is no path.
 *
 * @param {Landscape} landscape
 */
export function explainedWords({ explained, dimensions }) {
  if (!explained) return "";
  return heldWords((explained[0] ?? 0) + (dimensions === 2 ? (explained[1] ?? 0) : 0), dimensions);
}

/**
 * @param {number} held  from 0 to 1
 * @param {1 | 2} dimensions
 */
function heldWords(held, dimensions) {
  const said = { share: percent(held) };
  const isPlane = dimensions === 2;
  if (held < HALF) {
    return isPlane
      ? t(
          "This plane holds {share} of the paths' spread: most of what happened is not in this picture, only its shadow.",
          said,
        )
      : t(
          "This line holds {share} of the paths' spread: most of what happened is not in this picture, only its shadow.",
          said,
        );
  }
  if (held < MUCH) {
    return isPlane
      ? t(
          "This plane holds {share} of the paths' spread: the paths also move out of it, where the loss differs from the map's.",
          said,
        )
      : t(
          "This line holds {share} of the paths' spread: the paths also move out of it, where the loss differs from the map's.",
          said,
        );
  }
  return isPlane
    ? t("This plane holds {share} of the paths' spread.", said)
    : t("This line holds {share} of the paths' spread.", said);
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
    if (on === points) return t("The path lies on this ground: its losses are the map's.");
    return t("The path lies on this ground at {share} of its points; elsewhere its own loss differs from the map's.", {
      share: percent(on / points),
    });
  }
  const on = Array.from({ length: members }, (_, member) => isGrounded(landscape, member)).filter(Boolean).length;
  if (on === members) {
    return t("All {members} networks lie on this ground: their own losses are the map's.", { members });
  }
  const shadows = t("A hollow mark is only the shadow of a network, whose own loss is the number beside it.");
  if (on === 0) return sentences(t("None of the {members} networks lies on this ground.", { members }), shadows);
  return sentences(
    on === 1
      ? t("Only one of the {members} networks lies on this ground.", { members })
      : t("{on} of the {members} networks lie on this ground.", { on, members }),
    shadows,
  );
}

export const PROJECTION = t(
  "A network has many weights and the map only two directions, so each path is drawn as its shadow: the nearest points of the plane. The true loss is that of the network itself, the loss on the plane that of its shadow; where they differ, the network is not on the ground that is drawn under it.",
);

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
    const name = names[member] ?? "";
    const said = [];
    if (track.out) {
      said.push(
        sentences(
          headOf(track)
            ? t("{name} has left the map; the bar at the border shows where.", { name })
            : t("{name} has left the map.", { name }),
          landscape.measured && lossNow(trueLoss),
        ),
      );
    }
    if (failure) {
      const { step, cause } = failure;
      said.push(t("{name} stopped at step {step}: a weight became {cause}.", { name, step: whole(step), cause }));
    }
    return said;
  });
}

/** @param {number} loss */
const lossNow = (loss) =>
  Number.isFinite(loss) ? t("Its loss is {loss}.", { loss: lossText(loss) }) : t("Its loss is too large for a number.");

/**
 * Why a network goes no further, where its name stands above.
 *
 * @param {Pick<Failure, "step" | "cause">} failure
 */
export const stoppedWords = ({ step, cause }) =>
  t("Stopped at step {step}: a weight became {cause}.", { step: whole(step), cause });

/**
 * What a refusal says.
 *
 * @param {string} message
 * @param {readonly Problem[]} problems
 */
export const refusal = (message, problems) =>
  problems.length === 0
    ? message
    : sentences(
        ...problems.map(({ value, allowed }) =>
          t("{value} was rejected. Allowed: {allowed}.", { value: String(value), allowed }),
        ),
      );

/**
 * One point of a path: the network's loss beside that of its shadow.
 *
 * @param {Landscape} landscape
 * @param {{member: number, point: number}} at
 * @param {string[]} names
 */
export function pointWords(landscape, { member, point }, names) {
  const { step, trueLoss, planeLoss } = standing(landscape, member, point);
  return t("{name} at step {step}: true loss {loss}, on the plane {ground}", {
    name: names[member] ?? "",
    step: whole(step),
    loss: lossWords(trueLoss),
    ground: lossWords(planeLoss),
  });
}

/** @param {number} value */
export const lossWords = (value) => (Number.isFinite(value) ? lossText(value) : t("too large"));

/**
 * A coordinate of the plane.
 *
 * @param {number} value
 */
export function coordinate(value) {
  if (!Number.isFinite(value)) return ABSENT;
  return Math.abs(value) < 1e4 ? minus(value.toFixed(2)) : powerOfTen(value, 1);
}
