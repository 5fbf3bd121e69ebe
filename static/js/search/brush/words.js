/** What the brush says in words: how many trials it keeps, and the best of them. */

import { sentences, t, tn } from "../../base/words.js";
import { whole } from "../../base/format.js";
import { unmarked } from "../../base/marked.js";
import { scoreText } from "../words.js";
import { keptBy } from "./brush.js";

/** @import {SearchState} from "../types.js" */

/**
 * With marks around what leads to the best.
 *
 * @param {Readonly<Pick<SearchState, "found" | "brush">>} state
 */
export function markedWords({ found, brush }) {
  const kept = keptBy(found, brush);
  if (!found || !kept) return t("All trials are in sight. Drag along an axis to keep only those that pass there.");
  if (kept.count === 0) return t("No trial passes through the brush.");
  const total = whole(found.trials.length);
  const { best } = kept;
  return sentences(
    tn(
      "{count} of {total} trials passes through the brush.",
      "{count} of {total} trials pass through the brush.",
      kept.count,
      { count: whole(kept.count), total },
    ),
    best
      ? t("The best of them is *trial {number}* with a score of {score}.", {
          number: best.number,
          score: scoreText(best.median),
        })
      : t("None of them has a score."),
  );
}

/** @param {Readonly<Pick<SearchState, "found" | "brush">>} state */
export const keptWords = (state) => unmarked(markedWords(state));
