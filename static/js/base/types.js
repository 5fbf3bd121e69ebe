/**
 * The shapes that pass between the modules of the page. Types only; this file has no code.
 *
 * @typedef {"connecting" | "open" | "lost" | "full" | "refused" | "outdated"} ConnectionState
 * Why there is no stream; `setting` is what to set where the server is started.
 * @typedef {{title: string, text: string, setting: string | null}} Trouble
 * @typedef {"paused" | "playing" | "stepping" | "seeking"} Phase
 * @typedef {"two_class" | "multi_class" | "regression"} Task
 * @typedef {"light" | "dark"} Theme
 *
 * @typedef {{path: string, value: unknown, allowed: string, at?: [number, number] | null}} Problem
 * @typedef {{step: number, cause: string, advice: string[]}} Failure
 * @typedef {{step: number, reason: string}} Stop
 * @typedef {{label: string, changes: Changes, restart: boolean}} Fix
 * @typedef {{kind: string, title: string, text: string, fixes: Fix[]}} Finding
 * @typedef {{point: [number, number], scores: (number | null)[], probabilities: (number | null)[] | null,
 *   entropy: number | null}} Probe
 * @typedef {{name: string, offset: number, shape: number[]}} LayoutEntry
 * @typedef {{[key: string]: any}} Spec
 * @typedef {{[path: string]: any}} Changes
 * @typedef {{step: number, changes: Changes}} Edit
 *
 * All that makes a run: how it begins, what each network of a comparison has different from that, and what is
 * changed while it trains.
 * @typedef {{spec: Spec, edits: Edit[], members?: Changes[]}} Recipe
 * @typedef {{grid: number, neurons: number}} ViewRequest
 *
 * A unit that is pointed at: `index` is its place in the scene's `feature_maps` or the frame's `neurons`.
 * @typedef {{source: "feature" | "neuron", index: number, title: string}} Inspected
 *
 * A point that is followed through the network; the label is its class, or in regression its value.
 * @typedef {{point: [number, number], label: number}} Followed
 *
 * What the diagram shows of it. A layer counts from 0, outputs last; −1 is that of the inputs.
 * @typedef {object} Tracing
 * @property {{layer: number, unit: number, text: string}[]} units  what is written beside them
 * @property {{layer: number, unit: number} | null} present  the unit that the step is about
 * @property {{layer: number, from: number, to: number, size: number, text: string, long: string}[]} links  those that it
 *   is about, and what is written on them: in short, or at length where there is room
 *
 * Which seeds a new start keeps.
 * @typedef {{weights: boolean, data: boolean, batches: boolean}} Locks
 *
 * How the landscape of a run is drawn: along which directions, of which loss, how finely and in which form.
 * `names` are the two parameters that are the axes where those are single weights. `networks` are the three that the
 * plane goes through, or those whose paths the axes follow: all where there are none.
 * @typedef {{axes: "pca" | "networks" | "random" | "line" | "weights", seed: number, names: string[],
 *   networks: number[], half: "train" | "test",
 *   penalty: boolean, size: number, shown: "map" | "surface" | "slice", follow: boolean}} LandscapeChoices
 *
 * What views ask for beside the usual picture, each flag by one of them.
 * @typedef {{layers?: boolean, masks?: boolean, evaluation?: boolean, scores?: boolean, augmented?: boolean, training?: boolean,
 *   trajectory?: boolean, member?: number, members?: number, point?: [number, number] | null, inspect?: Inspect | null}} Wants
 *
 * What the open panel of the strip reads.
 * @typedef {{kind: "gradients", sharpness?: boolean} | {kind: "activations"} | {kind: "weights", pair?: [string, string]} | {kind: "hidden-space", pairs?: [number, number][]}} Inspect
 *
 * Where a column of the network stands, in pixels from the left of its picture: the features, a layer, or several that
 * are folded; `layer` is 0 for the first hidden one.
 * @typedef {{role: "features" | "hidden" | "fold" | "outputs", layer: number, x: number}} ColumnPlace
 *
 * What a link for class says: its title, its instruction as Markdown, the names of the parts of the page that it hides
 * and locks, its speed as a link has it, whether a person may show everything, and whether one does.
 * @typedef {{title: string, text: string, hide: string[], lock: string[], speed: string, revealable: boolean,
 *   revealed: boolean}} Classroom
 *
 * How fast training is played: steps a second, slowly and then ever faster, or as fast as it goes.
 * @typedef {number | "rising" | null} Speed
 *
 * What the page knows about settings. Streamed numbers are in `Frames`.
 * @typedef {object} State
 * @property {ConnectionState} connection
 * @property {string | null} session the name by which the server knows the run
 * @property {boolean} light whether the server draws coarser pictures, since many play
 * @property {number} run counts up with every start; 0 before the first status
 * @property {Phase} phase
 * @property {Speed} speed
 * @property {Spec} spec the settings as they are now
 * @property {Spec} startSpec the settings at step 0
 * @property {Spec[]} specs of each network, whole, as they are now; there is always one
 * @property {Spec[]} startSpecs of each network, whole, at step 0
 * @property {Edit[]} edits
 * @property {LayoutEntry[]} layout where each array is in theta
 * @property {number[]} units of each layer: features first, outputs last
 * @property {number} parameters
 * @property {number} stepsPerEpoch
 * @property {Failure | null} failure
 * @property {Changes[]} members what each network has changed of the spec; empty where there is one, the spec itself
 * @property {(Failure | null)[]} failures of each member
 * @property {Stop | null} stop why training ended by itself
 * @property {(Stop | null)[]} stops of each member
 * @property {number} reached the furthest step of this run
 * @property {number} step where the server stood when it last said so: pictures of later ones may have come
 * @property {boolean} inPast whether the server stood before that when it last said so: a picture may only be late
 * @property {{step: number, playing: boolean} | null} goal the step that the run is on its way to, and whether it plays on there
 * @property {number} planned so many of the last edits are still to come
 * @property {Finding[]} findings what goes wrong, the worst first
 * @property {Problem[]} problems what is wrong with the last change
 * @property {string | null} notice
 * @property {Trouble | null} trouble why the stream does not open
 * @property {string | null} refusal why the server does not take this run
 * @property {Theme} theme
 * @property {boolean} showTest
 * @property {boolean} discretize
 * @property {boolean} training whether the network is shown as in training and not as in evaluation
 * @property {boolean} marking whether points that are told wrong are ringed
 * @property {Wants} wants
 * @property {Locks} locks
 * @property {Inspected | null} inspected shown large in the output panel
 * @property {Followed | null} followed the point that is followed; null where nobody follows one
 * @property {Tracing | null} tracing
 * @property {number | null} lit the point of the scene that is lit wherever it is drawn, −1 for none; null where nothing
 *   but the map shows single points
 * @property {[number, number] | null} pointed the place of the map that is pointed at, while points are lit
 * @property {[string, string] | null} pair the two weights that are looked at; null where pressing a link does not pick it
 * @property {boolean} sharpness whether the sharpness is read beside the gradients
 * @property {[number, number][] | null} picks of each hidden layer the two units that are looked at; null where pressing a
 *   unit does not pick it
 * @property {string | null} lesson the name of the preset that the strip above the network is about
 * @property {boolean} browsing whether the gallery of presets is open
 * @property {import("../saved/list.js").SavedRun[]} pinned the runs to compare with
 * @property {boolean} editingOwnData whether the editor of own points is open
 * @property {number} member which network is looked at
 * @property {LandscapeChoices} landscape
 * @property {string | null} insight the panel of the strip that is open
 * @property {ColumnPlace[]} columns where the columns of the network stand
 * @property {Classroom} classroom
 * @property {string | null} enlarged the part of the page that has the whole window
 * @property {boolean} projecting whether the page shows the run for a projector
 * @property {boolean} dragging whether a weight is in hand: all that it goes through is one change
 *
 * @typedef {Int8Array | Uint8Array | Int16Array | Int32Array | Uint32Array | Float32Array | Float64Array} NumberArray
 * @typedef {{data: NumberArray, shape: number[]}} Block one array of a binary frame
 *
 * A decoded picture. `boundary` is (K, G, G), `neurons` is (U, g, g); row 0 is the top.
 * @typedef {object} Frame
 * @property {"frame"} type
 * @property {number} run
 * @property {number} frame
 * @property {number} step
 * @property {number} epoch
 * @property {number} rate
 * @property {number | null} learning_rate of the next update
 * @property {number | null} clipped the share of the newest updates whose gradient was clipped
 * @property {Probe | null} probe the answer at the view's point
 * @property {number} [training] of how many points the batch is whose statistics and mask the maps are drawn with
 * @property {Reading} [reading] what the open panel reads, in some of the frames
 * @property {{metrics: Block, theta: Block, boundary: Block, boundary_scale: Block,
 *   neurons: Block, neuron_scale: Block, [name: string]: Block}} arrays
 *
 * How sharply the loss curves, and the edge up to which steps are stable; null where it is no number, or there is none.
 * @typedef {{value: number | null, points: number, products: number, formula: string | null, edge: number | null}} Sharpness
 *
 * Its arrays are among those of the frame.
 * @typedef {{kind: "gradients", batch: number, total: number | null, sharpness?: Sharpness, too_large?: boolean} | {kind: "activations", points: number, batch?: number}
 *   | {kind: "weights", pair?: [string, string], pair_reach?: number, too_large?: boolean} | {kind: "hidden-space", every: number, right: number | null}} Reading
 *
 * A part of a file that was asked for: so many bytes for each section, in one array.
 * @typedef {{type: "file", id: number, name: string, media: string, part: number, done: boolean, sections: number[],
 *   arrays: {bytes: Block}}} FileFrame
 * @typedef {{name: string, media: string, arrays: {bytes: Block}}} ReceivedFile
 *
 * A part of the answer to a study; what else its header holds depends on the kind.
 * @typedef {{type: "study", id: number, kind: string, part: number, done: boolean, arrays: {[name: string]: Block},
 *   [key: string]: any}} StudyPart
 *
 * @typedef {object} Scene
 * @property {"scene"} type
 * @property {number} run
 * @property {Task} task
 * @property {number} classes
 * @property {number} train how many of the points train: the first ones
 * @property {string[]} features
 * @property {string[]} class_names those that people gave, of the first classes
 * @property {string[]} column_names of x1, x2 and the label, or none
 * @property {[middle: number, half: number]} target_scale what is learned is (value − middle) / half
 * @property {{points: Block, labels: Block, feature_maps: Block, feature_scale: Block,
 *   [name: string]: Block}} arrays
 *
 * @typedef {object} History
 * @property {"history"} type
 * @property {number} run
 * @property {{steps: Block, epochs: Block, metrics: Block, learning_rates: Block, [name: string]: Block}} arrays
 *
 * The run so far of one member, thinned to stay bounded. Only the first `length` values count.
 * @typedef {object} Curves
 * @property {number} run
 * @property {number} length
 * @property {Float64Array} steps
 * @property {Float64Array} epochs
 * @property {Float64Array[]} metrics in the order of the catalogue's `metrics`
 * @property {Float64Array} learningRates
 *
 * @typedef {object} Frames
 * @property {Frame | null} latest
 * @property {Scene | null} scene
 * @property {Curves} curves of the first member
 * @property {Curves[]} members of every member
 * @property {(message: Frame | Scene | History) => void} receive
 * @property {(listener: () => void) => () => void} subscribe called when the scene changes
 *
 * @typedef {object} Knob
 * @property {string} name
 * @property {string} label
 * @property {string} help
 * @property {"number" | "integer" | "boolean" | "choice" | "rows" | "names" | "text"} type rows and names have no control
 * @property {any} default
 * @property {number | null} minimum
 * @property {number | null} maximum
 * @property {"linear" | "log"} scale
 * @property {number | null} step
 * @property {any[] | null} choices
 * @property {string[]} [choice_labels] what each choice is called, where that is not its name
 * @property {boolean} [live]
 * @property {string} [symbol] the letter for it in its record's formula
 *
 * @typedef {{kind: string, label: string, help: string, formula?: string, knobs: Knob[],
 *   legend?: [symbol: string, name: string][],
 *   task?: Task, classes?: number, ignores?: string[], start?: [number, number]}} CatalogRecord
 * @typedef {{path: string, family: string | null, label: string, help: string, live: boolean,
 *   default?: string | null, knobs: Knob[]}} Section
 * @typedef {{version: string, default_spec: Spec, families: {[family: string]: CatalogRecord[]},
 *   sections: Section[], metrics: string[], limits: {members: number, racers: number, starts: number,
 *   rows: number, farthest: number, classes: number, learned_classes: number}}} Catalog
 *
 * @typedef {object} Actions
 * @property {() => void} play
 * @property {() => void} pause
 * @property {() => void} toggle
 * @property {(count?: number, unit?: "step" | "epoch") => void} step
 * @property {() => void} reset
 * @property {() => void} newStart takes the next of every seed that is not locked
 * @property {(locks: Locks) => void} setLocks
 * @property {(step: number) => void} seek goes to a step of the run
 * @property {() => void} dropEdits forgets the edits that are still to come
 * @property {(what: "weights" | "metrics" | "numpy" | "pytorch") =>
 *   Promise<{name: string, media: string, bytes: Uint8Array<ArrayBuffer>}>} exportFile
 * @property {() => void} newData
 * @property {(speed: Speed) => void} setSpeed
 * @property {(changes: Changes, member?: number) => Promise<boolean>} change spec paths and their new values, of all
 *   networks or of one; whether they were taken
 * @property {(changes: Changes) => void} set the same, where nobody waits for the answer
 * @property {(fix: Fix) => void} fix makes the changes, and starts again where they help only from the start
 * @property {(recipe: Recipe, problems?: Problem[]) => Promise<void>} load
 * @property {(run: import("../address/run-link.js").Wanted) => Promise<boolean>} restore goes to a step of a run that was there;
 *   whether it did
 * @property {(at: number[]) => Promise<boolean>} place sets the network to a place of the last landscape; whether it did
 * @property {(open: boolean) => void} editOwnData opens or closes the editor of own points
 * @property {(data: Changes, allTrain: boolean) => Promise<string | null>} useOwnData trains on own points, all of
 *   them or a share; says why not
 * @property {() => void} addLayer
 * @property {(index: number) => void} duplicateLayer
 * @property {(index: number) => void} removeLayer
 * @property {(index: number, units: number) => void} setUnits
 * @property {(name: string) => void} toggleFeature
 * @property {(theme: Theme) => void} setTheme
 * @property {(on: boolean) => void} setShowTest
 * @property {(on: boolean) => void} setDiscretize
 * @property {(on: boolean) => void} setMarking
 * @property {(preset: Preset) => void} loadPreset
 * @property {() => void} closeLesson
 * @property {(open: boolean) => void} browsePresets
 * @property {() => void} tryAgain connects where it does not by itself
 * @property {() => void} startOver connects with a run that begins again: with the settings as they are, else the usual
 * @property {() => void} dismiss puts away what the banner says
 *
 * A run with a reason; `spec` is whole, `speed` how it is played.
 * @typedef {{name: string, title: string, lesson: string, story: string, look: string, try_next: string,
 *   spec: Spec, epochs: number, family: string, offer: string, speed: Speed}} Preset
 * @typedef {{name: string, title: string, text: string}} Lesson
 * @typedef {{lessons: Lesson[], presets: Preset[]}} Presets
 *
 * What every view is given.
 * `want(owner, wishes)` asks for more in every frame, `study` for something that is computed beside the run.
 * @typedef {{want: (owner: string, wishes: Wants) => void, study: import("../wire/connection.js").Connection["study"], store: Store, frames: Frames, actions: Actions, catalog: Catalog, presets: Presets}} Context
 * A view may draw pictures, and then has `draw`, called once for each new frame.
 * @typedef {{draw?: (frame: Frame) => void} | void} View
 */

/**
 * What holds the settings of a page, in one object that is replaced on every change.
 *
 * @template {object} [S=State]
 * @typedef {object} Store
 * @property {() => Readonly<S>} get
 * @property {(patch: Partial<S>) => void} set
 * @property {(listener: (state: Readonly<S>, previous: Readonly<S>) => void) => () => void} subscribe
 */

export {};
