/** What a landscape claims: which network is lowest, by its own loss, at the step that is shown. */

import { loss as lossText, whole } from "../base/format.js";
import { all, t } from "../base/words.js";
import { standing } from "./landscape.js";

/** @import {LandscapeChoices} from "../base/types.js" */
/** @import {Landscape} from "./landscape.js" */

/** So many networks that are equally low are named; more are counted. */
const MOST_NAMED = 2;

/**
 * @param {Landscape} landscape  of which the losses are measured
 * @param {string[]} names
 * @returns {string}
 */
export function claim(landscape, names) {
  return landscape.members === 1 ? wayWords(landscape) : lowestWords(landscape, names);
}

/** While nothing is measured yet. @param {number} members */
export const question = (members) =>
  members > 1 ? t("Which of the {members} networks comes lowest?", { members }) : t("How low does the network come?");

/** @param {LandscapeChoices} choices */
function measureWords({ half, penalty }) {
  if (half === "test") return penalty ? t("test loss with penalty") : t("test loss");
  return penalty ? t("training loss with penalty") : t("training loss");
}

/**
 * Those that read alike are alike: a claim is no finer than the numbers that stand beside it.
 *
 * @param {Landscape} landscape
 * @param {string[]} names
 */
function lowestWords(landscape, names) {
  const { members, choices } = landscape;
  const losses = Array.from({ length: members }, (_, member) => standing(landscape, member).trueLoss);
  const step = whole(standing(landscape, 0).step);
  const finite = losses.filter(Number.isFinite);
  if (finite.length === 0) return t("At step {step} all {members} networks have diverged.", { step, members });
  const loss = lossText(Math.min(...finite));
  const said = { step, loss, measure: measureWords(choices), members };
  const lowest = losses.flatMap((value, member) =>
    Number.isFinite(value) && lossText(value) === loss ? [names[member] ?? ""] : [],
  );
  if (lowest.length === 1) return t("{name} is lowest at step {step}: {measure} {loss}.", { ...said, name: lowest[0] });
  if (lowest.length === members) {
    return t("All {members} networks are equally low at step {step}: {measure} {loss}.", said);
  }
  return lowest.length <= MOST_NAMED
    ? t("{names} are lowest at step {step}: {measure} {loss} each.", { ...said, names: all(lowest) })
    : t("{count} of the {members} networks are lowest at step {step}: {measure} {loss} each.", {
        ...said,
        count: lowest.length,
      });
}

/**
 * How far a single network has come since the oldest point of its path.
 *
 * @param {Landscape} landscape
 */
function wayWords(landscape) {
  const { points, choices } = landscape;
  const [before, now] = [standing(landscape, 0, -points).trueLoss, standing(landscape, 0).trueLoss];
  const step = whole(standing(landscape, 0).step);
  if (!Number.isFinite(now)) return t("At step {step} the network has diverged.", { step });
  const [from, to] = [lossText(before), lossText(now)];
  const said = { step, from, to, measure: measureWords(choices) };
  if (points === 1) return t("At step {step} the {measure} is {to}.", said);
  if (from === to) return t("At step {step} the {measure} is still {to}.", said);
  return now < before
    ? t("By step {step} the {measure} has fallen from {from} to {to}.", said)
    : t("By step {step} the {measure} has risen from {from} to {to}.", said);
}
