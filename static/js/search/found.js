/** What a search has found so far, put together from its parts as they come. */

/** @import {Band, Found, Search, StudyPart, Trial} from "./types.js" */

/**
 * @param {StudyPart} part  the first one
 * @param {Search} asked
 * @returns {Found}
 */
export function begin(part, asked) {
  /** @type {Found} */
  const found = {
    asked,
    search: part.search,
    planned: part.plan.trials,
    seconds: part.plan.seconds,
    spent: 0,
    trials: [],
    ranking: [],
    importance: [],
    progress: null,
    done: false,
  };
  return withPart(found, part);
}

/**
 * @param {Found} before
 * @param {StudyPart} part
 * @returns {Found}
 */
export function withPart(before, { arrays, ...header }) {
  const trials = [...before.trials, ...header.trials.map(proposed)];
  looks(arrays).forEach((look) => {
    const trial = trials[look.number];
    if (trial) trials[look.number] = seen(trial, look);
  });
  for (const number of header.cut) {
    const trial = trials[number];
    if (trial) trials[number] = { ...trial, cut: true };
  }
  const { best_spent: spent, best_score: score } = arrays;
  return {
    ...before,
    trials,
    ranking: ranked(trials.filter(({ scores }) => scores.length > 0)),
    spent: header.spent,
    importance: header.importance,
    progress: spent && score ? { spent: [...spent.data], score: [...score.data] } : null,
    done: header.done,
  };
}

/**
 * A trial that has been looked at once more.
 *
 * @param {Trial} trial
 * @param {Pick<Trial, "number" | "steps" | "scores" | "median" | "diverged">} look
 * @returns {Trial}
 */
function seen(trial, look) {
  const traces = new Float32Array(trial.traces.length + look.scores.length);
  traces.set(trial.traces);
  traces.set(look.scores, trial.traces.length);
  return { ...trial, ...look, curve: [...trial.curve, [look.steps, look.median]], traces };
}

/** Of a trial that has not been looked at. */
const NO_TRACES = new Float32Array();

/**
 * @param {Pick<Trial, "number" | "round" | "place" | "changes">} trial
 * @returns {Trial}
 */
const proposed = ({ number, round, place, changes }) => ({
  number,
  round,
  place,
  changes,
  steps: 0,
  scores: [],
  median: Infinity,
  diverged: null,
  cut: false,
  curve: [],
  traces: NO_TRACES,
});

/**
 * @param {StudyPart["arrays"]} arrays
 * @returns {Pick<Trial, "number" | "steps" | "scores" | "median" | "diverged">[]}
 */
function looks({ trial, steps, scores, median, diverged }) {
  const seeds = scores?.shape[1] ?? 0;
  return Array.from(trial?.data ?? [], (number, i) => ({
    number,
    steps: steps?.data[i] ?? 0,
    scores: Array.from(scores?.data.slice(i * seeds, (i + 1) * seeds) ?? []),
    median: median?.data[i] ?? Infinity,
    diverged: (diverged?.data[i] ?? -1) < 0 ? null : (diverged?.data[i] ?? null),
  }));
}

/**
 * From the best to the worst, as `engine.search.ranked` has it: those that are cut after those that are not, those that
 * diverged last, the later the better.
 *
 * @param {readonly Trial[]} trials
 * @returns {Trial[]}
 */
export function ranked(trials) {
  const key = (/** @type {Trial} */ { diverged, cut, steps, median, number }) => [
    Number(diverged !== null),
    -(diverged ?? 0),
    Number(cut),
    cut ? -steps : 0,
    median,
    number,
  ];
  return trials.toSorted((one, other) => {
    const [a, b] = [key(one), key(other)];
    const at = a.findIndex((value, i) => value !== b[i]);
    return at < 0 ? 0 : (a[at] ?? 0) < (b[at] ?? 0) ? -1 : 1;
  });
}

/**
 * How many trials have been trained as long as they are to be.
 *
 * @param {Found} found
 */
export const ended = ({ trials, search }) =>
  trials.filter(({ steps, cut, diverged }) => cut || diverged !== null || steps >= search.updates).length;

/** The best trial, where there is one that did not diverge. @param {Found | null} found @returns {Trial | null} */
export const bestOf = (found) => {
  const first = found?.ranking[0];
  return first && first.diverged === null && Number.isFinite(first.median) ? first : null;
};

/**
 * Other trials whose score lies within the starts of this one, so that starts alone cannot tell them apart.
 *
 * @param {Found} found
 * @param {Trial} trial
 */
export const alike = ({ trials }, { number, scores, steps }) =>
  trials.filter(
    (other) => other.number !== number && other.steps === steps && !other.cut && other.median <= Math.max(...scores),
  ).length;

/**
 * The numbers of the trials that starts alone cannot tell from the best: trained to the end, and no worse than the band.
 *
 * @param {Found} found
 * @param {Pick<Band, "high">} band
 * @returns {number[]}
 */
export const inBand = ({ trials, search }, { high }) =>
  trials
    .filter((each) => !each.cut && each.steps === search.updates && each.median <= high)
    .map(({ number }) => number);
