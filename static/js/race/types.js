/**
 * The shapes that pass between the modules of the page on which optimizers race. Types only; this file has no code.
 *
 * @typedef {import("../base/types.js").ConnectionState} ConnectionState
 * @typedef {import("../base/types.js").Problem & {at?: [number, number] | null}} Problem  `at` are the letters at fault
 * @typedef {import("./settings.js").Race} Race
 * @typedef {import("./settings.js").RaceCatalog} RaceCatalog
 * @typedef {import("./record.js").Track} Track
 * @typedef {import("./player.js").Player} Player
 * @typedef {import("../base/types.js").StudyPart} StudyPart
 *
 * A race with a reason; `race` is whole.
 * @typedef {{name: string, title: string, story: string, look: string, try_next: string, race: Race, speed: number,
 *   lesson?: string}} RacePreset
 *
 * @typedef {object} RaceState
 * @property {ConnectionState} connection
 * @property {number} run 0 before there is anything to race
 * @property {import("../base/types.js").Theme} theme
 * @property {Problem[]} problems what is wrong with the last change
 * @property {string | null} notice
 * @property {import("../base/types.js").Trouble | null} trouble why the stream does not open
 * @property {string | null} refusal why the server does not take this page's hello
 * @property {Race} race the settings
 * @property {boolean} changing whether a change of them is on its way
 * @property {number[]} looks for each racer, which colour and mark it has
 * @property {number} chosen the racer whose numbers are shown
 * @property {number} start the start whose numbers are shown
 * @property {number[]} hidden which racers are not drawn
 * @property {boolean} basins whether the map shows which minimum is reached from where
 * @property {"all" | "chosen" | "none" | "parts"} arrows whose arrows are drawn, or the parts of the chosen racer's step
 * @property {string | null} lesson the preset that the strip is about
 * @property {boolean} browsing whether the gallery of presets is open
 * @property {import("./record.js").Series | "error" | "curvature"} measure what the curves are of
 * @property {"map" | "surface"} picture which of the two is the large one
 * @property {"arithmetic" | "theory"} tab
 * @property {string | null} enlarged the part of the page that has the whole window
 *
 * What the server has computed.
 * @typedef {object} Results
 * @property {Track | null} track the race that is shown
 * @property {StudyPart | null} surface its ground
 * @property {StudyPart | null} basins
 * @property {StudyPart | null} rates
 * @property {StudyPart | null} arithmetic
 * @property {StudyPart | null} curvature
 *
 * @typedef {object} RaceActions
 * @property {(changes: import("../base/types.js").Changes) => void} set paths and their new values
 * @property {(race: Race, looks?: number[]) => void} load
 * @property {(preset: RacePreset) => void} loadPreset
 * @property {() => void} closeLesson
 * @property {(open: boolean) => void} browsePresets
 * @property {(text: string) => Promise<Problem | null>} useFormula says what is wrong with it
 * @property {(condition: number) => void} randomRavine
 * @property {() => void} addRacer
 * @property {(index: number) => void} duplicateRacer
 * @property {(index: number) => void} removeRacer
 * @property {(index: number) => void} chooseRacer
 * @property {(index: number) => void} toggleRacer shows or hides it
 * @property {(index: number) => void} chooseStart
 * @property {(starts: [number, number][]) => void} setStarts
 * @property {(on: boolean) => void} setBasins
 * @property {(whose: RaceState["arrows"]) => void} setArrows
 * @property {(measure: RaceState["measure"]) => void} setMeasure
 * @property {(picture: RaceState["picture"]) => void} setPicture
 * @property {(tab: RaceState["tab"]) => void} setTab
 * @property {(learningRate: number, momentum: number) => void} raceRates gives the chosen racer these numbers
 * @property {(file: "csv" | "numpy") => Promise<{name: string, media: string, bytes: Uint8Array<ArrayBuffer>}>} exportFile
 * @property {(theme: import("../base/types.js").Theme) => void} setTheme
 * @property {() => void} tryAgain connects where it does not by itself
 * @property {() => void} dismiss
 *
 * @typedef {import("../base/types.js").Store<RaceState>} RaceStore
 *
 * What every view is given.
 * @typedef {{store: RaceStore, results: Results, player: Player, actions: RaceActions, catalog: RaceCatalog,
 *   presets: RacePreset[]}} RaceContext
 *
 * A view may draw what moves, and then has `draw`, called whenever something may look different.
 * @typedef {{draw?: () => void} | void} RaceView
 */

export {};
