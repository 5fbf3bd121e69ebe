/** What duels say in words. */

import { whole } from "../../base/format.js";
import { kindName } from "../../settings/names.js";
import { sentences, t, tn } from "../../base/words.js";

/** @import {Catalog, Spec} from "../../base/types.js" */
/** @import {Fought, SearchState} from "../types.js" */

/**
 * @param {Spec} strategy
 * @param {Catalog} catalog
 * @returns {string}
 */
export const labelOf = ({ kind }, catalog) => kindName(catalog.families, "strategies", kind);

/**
 * The names of both sides; where a strategy meets its like, with which is which.
 *
 * @param {Spec} first
 * @param {Spec} second
 * @param {Catalog} catalog
 * @returns {[string, string]}
 */
export function sidesOf(first, second, catalog) {
  const [one, other] = [labelOf(first, catalog), labelOf(second, catalog)];
  return one === other
    ? [t("{strategy}, left", { strategy: one }), t("{strategy}, right", { strategy: other })]
    : [one, other];
}

/**
 * The headline and the sentence below it, wherever duels stand.
 *
 * @param {Pick<SearchState, "search" | "against" | "duels" | "fought" | "duelPhase" | "connection">} state
 * @param {Catalog} catalog
 * @returns {{title: string, text: string}}
 */
export function duelWords({ search, against, duels, fought, duelPhase, connection }, catalog) {
  if (!fought) {
    const [first, second] = sidesOf(search.strategy, against, catalog);
    const title = t("{first} or {second}: which finds the lower loss?", { first, second });
    const waiting = t("The first duels are under way.");
    return { title, text: duelPhase === "running" ? waiting : invitation(search.budget, duels) };
  }
  const [first, second] = sidesOf(fought.duel.search.strategy, fought.duel.against, catalog);
  const { tally, duel } = fought;
  const played = tally.first + tally.second + tally.equal;
  if (duelPhase === "running") {
    const title = tn(
      "{first} has won {one}, {second} {other} of {count} duel.",
      "{first} has won {one}, {second} {other} of {count} duels.",
      played,
      { first, second, one: tally.first, other: tally.second },
    );
    const lost = t("The line is lost. The duels begin again by themselves when it is back.");
    const going = t("{done} of {all} duels are over. Each has seeds of its own.", { done: played, all: duel.duels });
    return { title, text: connection === "open" ? going : lost };
  }
  return verdict(fought, [first, second], duelPhase === "stopped");
}

/**
 * @param {number} budget
 * @param {number} duels
 */
const invitation = (budget, duels) =>
  sentences(
    t("Both may spend {budget} updates.", { budget: whole(budget) }),
    duels === 1
      ? t("This is one duel, which can go either way.")
      : tn(
          "One duel can go either way, so they meet {count} time, each time with other seeds.",
          "One duel can go either way, so they meet {count} times, each time with other seeds.",
          duels,
        ),
  );

/**
 * @param {Fought} fought
 * @param {readonly [string, string]} names
 * @param {boolean} isStopped
 */
function verdict({ tally, interval, tells }, [first, second], isStopped) {
  const played = tally.first + tally.second + tally.equal;
  const stopped = isStopped && t("Stopped before the last duel.");
  const secondLeads = tally.second >= tally.first;
  const [name, wins] = secondLeads ? [second, tally.second] : [first, tally.first];
  const [low, high] = secondLeads ? interval : [1 - interval[1], 1 - interval[0]];
  const ends = { name, low: percent(low), high: percent(high) };
  if (played === 0) return { title: t("No duel is over yet."), text: t("Press Duel to begin again.") };
  if (tally.first + tally.second === 0) {
    const title = tn("Nobody won the duel.", "Nobody won any of {count} duels.", played);
    return { title, text: sentences(stopped, t("Both found the same, or every network diverged.")) };
  }
  const won = tn("{name} won {wins} of {count} duel.", "{name} won {wins} of {count} duels.", played, { name, wins });
  if (tells) {
    const text = t(
      "If they met for ever, {name} would probably win between {low} and {high} of a hundred: better than a coin.",
      ends,
    );
    return { title: won, text: sentences(stopped, text) };
  }
  const title = tn("One duel cannot tell them apart.", "{count} duels cannot tell them apart.", played);
  const text = t(
    "If they met for ever, it might win anything between {low} and {high} of a hundred, and a coin wins 50.",
    ends,
  );
  return { title, text: sentences(stopped, won, text) };
}

/** @param {number} share */
const percent = (share) => Math.round(100 * share);
