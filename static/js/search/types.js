/**
 * The shapes that pass between the modules of the page on which settings are searched. Types only; this file has no code.
 *
 * A setting that is searched: over a range on a scale, or a list of values.
 * @typedef {{path: string, low: number, high: number, scale?: "linear" | "log"}} RangeKnob
 * @typedef {{path: string, values: (number | string)[]}} ListKnob
 * @typedef {RangeKnob | ListKnob} SearchKnob
 *
 * A search as a person asks for it: `base` says only what is not as usual.
 * @typedef {{base: import("../base/types.js").Spec, knobs: SearchKnob[], strategy: import("../base/types.js").Spec,
 *   budget: number, updates: number, seeds: number, score: "loss" | "error", validation_share: number,
 *   search_seed: number}} Search
 *
 * @typedef {import("../base/types.js").Catalog & {search: {sections: import("../base/types.js").Section[]}}} SearchCatalog
 * @typedef {import("../base/types.js").Problem} Problem
 * @typedef {import("../base/types.js").Changes} Changes
 * @typedef {import("../base/types.js").StudyPart} StudyPart
 *
 * One setting that was tried, as in `engine.search.Trial`; `diverged` is null where it did not. `curve`: its
 * score at each look. `traces`: that of each of its starts, look by look: there are thousands, so they are kept small.
 * @typedef {{number: number, round: number, place: number[], changes: Changes, steps: number, scores: number[],
 *   median: number, diverged: number | null, cut: boolean, curve: [steps: number, score: number][],
 *   traces: Float32Array}} Trial
 * @typedef {{path: string, share: number, low: number, high: number}} Importance
 *
 * What a search has found so far; `search` is whole, as the server filled it in, `asked` as a person asked for it.
 * `seconds` is what the server said that all of it would take at most.
 * @typedef {{asked: Search, search: Search, planned: number, spent: number, trials: Trial[], ranking: Trial[],
 *   importance: Importance[], progress: {spent: number[], score: number[]} | null, done: boolean, seconds: number}} Found
 *
 * How far scores of the best trial lie apart from so many other starts: 90 % of them from low to high.
 * @typedef {{low: number, middle: number, high: number, starts: number}} Band
 *
 * The best trial on the points that chose it and on those that were sealed, each start's score.
 * @typedef {{validation: number[], test: number[], optimism: number | null}} Verdict
 *
 * What a strategy had found after so many updates. `question`: what was asked of it, as of others to compare with.
 * @typedef {{question: string, kind: string, progress: {spent: number[], score: number[]}, spent: number}} Tried
 *
 * The truth behind a map, as far as it has come: how bad every cell of a grid of two knobs is, by rows from the lowest
 * one, NaN where that is not known yet. `others` are the values of knobs beside the two, where these are not the base's.
 * @typedef {{axes: [number, number], others: Changes, columns: number, rows: number, updates: number, spent: number,
 *   scores: number[], done: boolean}} Truth
 *
 * The stretches that are brushed, by the paths of knobs and "score": places along a knob, or scores; an end may be infinite.
 * @typedef {{[key: string]: [low: number, high: number]}} Brush
 *
 * How axes stand: in which order, and which are inverted, by the same names.
 * @typedef {{order: readonly string[], inverted: readonly string[]}} Arrangement
 *
 * Which picture of all settings is shown.
 * @typedef {"parallel" | "slices"} Together
 *
 * What the best trials learned: the maps of each as in a frame, one after the other.
 * @typedef {{numbers: number[], grid: number, maps: ArrayLike<number>, scales: ArrayLike<number>}} Gallery
 *
 * What each start of a trial learned: the number of that trial, their maps as in a frame, one after the other, and where one diverged.
 * @typedef {{number: number, grid: number, maps: ArrayLike<number>, scales: ArrayLike<number>,
 *   diverged: (number | null)[]}} Starts
 *
 * The trials of one side of a duel: where each lies, how good it was, and whether it was cut.
 * @typedef {{places: number[][], scores: number[], cut: boolean[]}} DuelSide
 *
 * A duel as a person asks for it, beside the search: whom its strategy meets, and how often.
 * @typedef {{against: import("../base/types.js").Spec, duels: number}} DuelSettings
 *
 * What came of duels so far; `duel` is whole, as the server filled it in, `asked` as a person asked for it. `interval` is
 * the share that the second side would win for ever, `tells` whether that is no coin.
 * @typedef {{asked: DuelSettings & {search: Search}, duel: DuelSettings & {search: Search},
 *   tally: {first: number, second: number, equal: number}, interval: [number, number], tells: boolean,
 *   duels: {number: number, scores: [number, number], sides: DuelSide[]}[]}} Fought
 *
 * A search with a reason; `against` makes it a duel. Its base says only what is not as usual.
 * @typedef {{name: string, title: string, story: string, look: string, try_next: string, search: Search,
 *   against: import("../base/types.js").Spec | null, duels: number}} SearchPreset
 *
 * @typedef {object} SearchState
 * @property {import("../base/types.js").ConnectionState} connection
 * @property {number} run 1 once there is a line: the page itself needs no run
 * @property {import("../base/types.js").Theme} theme
 * @property {Problem[]} problems what is wrong with the address or with the base run
 * @property {Problem[]} faults what is wrong with the fields, by their paths
 * @property {string | null} notice
 * @property {import("../base/types.js").Trouble | null} trouble why the stream does not open
 * @property {string | null} refusal why the server does not take this page's hello
 * @property {Search} search the settings
 * @property {"ready" | "running" | "done" | "stopped"} phase
 * @property {Found | null} found
 * @property {number | null} pointed the trial under the pointer
 * @property {number | null} chosen the trial that a press has chosen
 * @property {[number, number]} axes the knobs along which the map is drawn
 * @property {Brush} brush which trials are kept in sight
 * @property {Arrangement} arrangement of parallel coordinates
 * @property {Together} together
 * @property {Band | null} band of the best trial, once a search is done
 * @property {Gallery | null} gallery
 * @property {readonly Starts[]} starts of the trials that were looked at last
 * @property {boolean} opened whether the sealed points of this search have been looked at
 * @property {Verdict | null} verdict what they said
 * @property {number | null} guess where a person thinks that the best lies
 * @property {readonly Tried[]} tried the strategies that were tried on the question at hand
 * @property {boolean} ground whether the truth behind the map is asked for
 * @property {"best" | "base"} others where it has the settings that are not on the map
 * @property {Truth | null} truth
 * @property {"ready" | "running" | "done" | "stopped"} truthPhase
 * @property {"search" | "duel"} mode what the page does: one search, or two strategies again and again
 * @property {import("../base/types.js").Spec} against the strategy that the search's own one meets
 * @property {number} duels how often
 * @property {"ready" | "running" | "done" | "stopped"} duelPhase
 * @property {Fought | null} fought
 * @property {string | null} lesson the name of the preset whose story is told
 * @property {boolean} browsing whether the gallery is open
 * @property {number} shownDuel which of the duels is shown, counted from 0
 *
 * What can be taken back.
 * @typedef {Pick<SearchState, "search" | "against" | "duels" | "lesson">} SearchMoment
 *
 * @typedef {object} SearchActions
 * @property {(moment: SearchMoment) => void} restore
 * @property {(patch: Partial<Search>) => void} set
 * @property {(search: Search) => void} load
 * @property {() => void} run
 * @property {() => void} stop
 * @property {(number: number | null) => void} point
 * @property {(number: number | null) => void} choose
 * @property {(axes: [number, number]) => void} setAxes
 * @property {(guess: number | null) => void} setGuess
 * @property {() => void} toggleTruth
 * @property {(others: "best" | "base") => void} setOthers
 * @property {(brush: Brush) => void} setBrush
 * @property {(arrangement: Arrangement) => void} arrange
 * @property {(together: Together) => void} showTogether
 * @property {() => void} openSeal
 * @property {(file: "numpy" | "optuna" | "sklearn") => Promise<{name: string, media: string,
 *   bytes: Uint8Array<ArrayBuffer>}>} exportFile
 * @property {(preset: SearchPreset) => void} loadPreset
 * @property {(browsing: boolean) => void} browsePresets
 * @property {() => void} closeLesson
 * @property {(mode: "search" | "duel") => void} setMode
 * @property {(patch: Partial<DuelSettings>) => void} setDuel
 * @property {(isMoved: boolean) => void} moveGrid
 * @property {(number: number) => void} showDuel
 * @property {(theme: import("../base/types.js").Theme) => void} setTheme
 * @property {() => void} tryAgain connects where it does not by itself
 * @property {() => void} dismiss
 *
 * @typedef {import("../base/types.js").Store<SearchState>} SearchStore
 *
 * What every view is given.
 * @typedef {{store: SearchStore, actions: SearchActions, catalog: SearchCatalog, searches: SearchPreset[]}} SearchContext
 */

export {};
