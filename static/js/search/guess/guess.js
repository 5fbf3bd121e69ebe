/** Where a person thinks that the best lies, and by how much that was wrong. */

import { significant } from "../../base/format.js";
import { sentences, t } from "../../base/words.js";
import { scaleOf } from "../axis.js";
import { bestOf, inBand } from "../found.js";
import { isList } from "../space.js";

/** @import {Catalog} from "../../base/types.js" */
/** @import {Band, Found, RangeKnob, Search} from "../types.js" */

const RATE = "optimizer.learning_rate";
/** A guess this near is as good as right: a twentieth of the range. */
const NEAR = 0.05;

/**
 * The knob that is guessed at: the learning rate, or else the first one with a range.
 *
 * @param {Pick<Search, "knobs">} search
 * @returns {RangeKnob | null}
 */
export function guessedKnob({ knobs }) {
  const ranges = /** @type {RangeKnob[]} */ (knobs.filter((knob) => !isList(knob)));
  return ranges.find(({ path }) => path === RATE) ?? ranges[0] ?? null;
}

/**
 * What became of a guess: how far it was from the best, and whether trials as good as the best lie on both sides of it.
 * False where there was none, or nothing to compare it with.
 *
 * @param {Found} found
 * @param {number | null} guess
 * @param {Band | null} band
 * @param {Catalog} catalog
 */
export function guessWords(found, guess, band, catalog) {
  const knob = guessedKnob(found.search);
  const best = knob && bestOf(found)?.changes[knob.path];
  const scale = knob && scaleOf(knob, catalog);
  if (guess === null || !knob || !scale || typeof best !== "number") return false;
  const values = { guess: significant(guess, 2) };
  const far = scale.place(guess) - scale.place(best);
  // A link may name a number that has no place on a logarithmic scale.
  if (!Number.isFinite(far)) return false;
  const factor = significant(Math.max(guess / best, best / guess), 2);
  const distance = significant(Math.abs(guess - best), 2);
  const isLog = scale.scale === "log";
  const said =
    Math.abs(far) < NEAR
      ? t("You guessed {guess}: about right.", values)
      : isLog
        ? far > 0
          ? t("You guessed {guess}: {factor} times too high.", { ...values, factor })
          : t("You guessed {guess}: {factor} times too low.", { ...values, factor })
        : far > 0
          ? t("You guessed {guess}: {distance} too high.", { ...values, distance })
          : t("You guessed {guess}: {distance} too low.", { ...values, distance });
  return sentences(said, band !== null && bandWords(found, knob.path, guess, band));
}

/**
 * @param {Found} found
 * @param {string} path
 * @param {number} guess
 * @param {Band} band
 */
function bandWords(found, path, guess, band) {
  const good = inBand(found, band).map((number) => Number(found.trials[number]?.changes[path]));
  if (good.length < 2) return false;
  const [low, high] = [Math.min(...good), Math.max(...good)];
  const values = { low: significant(low, 2), high: significant(high, 2) };
  return guess >= low && guess <= high
    ? t("It is among those as good as the best, {low} to {high}.", values)
    : t("Those as good as the best go from {low} to {high}, without it.", values);
}
