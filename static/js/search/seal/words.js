/** What is said of the sealed points, before they are looked at and after. */

import { significant, whole } from "../../base/format.js";
import { sentences, t, tn } from "../../base/words.js";

/** @import {SearchState} from "../types.js" */

/**
 * @param {Readonly<Pick<SearchState, "found" | "phase" | "opened" | "verdict">>} state
 * @returns {{text: string, button: string}}
 */
export function sealWords({ found, phase, opened, verdict }) {
  const button = verdict ? t("Opened once") : opened ? t("Look again") : t("Open the test set");
  if (verdict) return { button, text: verdictWords(verdict.optimism) };
  if (phase !== "done") return { button, text: t("The test points stay sealed until the search is done.") };
  const seen = t("These test points have been seen: a search that goes on chooses by them, too.");
  if (opened) return { button, text: seen };
  const trials = found?.ranking.length ?? 0;
  const chosen =
    trials === 1
      ? t("The best was chosen by its validation score, and part of that is luck.")
      : tn(
          "The best of {count} trial was chosen by its validation score, and part of that is luck.",
          "The best of {count} trials was chosen by its validation score, and part of that is luck.",
          trials,
          { count: whole(trials) },
        );
  return { button, text: sentences(chosen, t("The test points have judged no trial. Look once, at the end.")) };
}

/** @param {number | null} optimism */
function verdictWords(optimism) {
  if (optimism === null) return t("On the test points it diverged.");
  const difference = significant(Math.abs(optimism), 2);
  if (optimism > 0) return t("It looked better than it is by {difference}: the winner’s curse.", { difference });
  return optimism < 0
    ? t("It came out better than it looked, by {difference}. One look can go either way.", { difference })
    : t("It is as good as it looked.");
}
