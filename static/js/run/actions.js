/** Everything a person can do. Each action tells the server; its status then changes the store. */

import { remember } from "../base/page.js";
import { isBlank, without } from "../address/drop-refused.js";
import { t } from "../base/words.js";

/** @import {Connection} from "../wire/connection.js" */
/** @import {Actions, Catalog, Problem, Recipe, Store} from "../base/types.js" */

/** Says why a message is not sent; null where it is. @typedef {(type: string, keys: {[key: string]: any}) => string | null} Permits */

/** Once one of these has been taken, what was wrong with the last one no longer matters. */
const CHANGES = ["set", "load"];

/**
 * @param {object} context
 * @param {Store} context.store
 * @param {Connection} context.connection
 * @param {Catalog} context.catalog
 * @param {Pick<Actions, "tryAgain" | "startOver">} context.line  what to do where the server does not take the run
 * @param {Permits} context.permits
 * @returns {Actions}
 */
export function createActions({ store, connection, catalog, line, permits }) {
  const spec = () => store.get().spec;

  /**
   * @param {string} type
   * @param {{[key: string]: unknown}} [keys]
   * @param {Problem[]} [known] problems to show whatever the answer is
   */
  const ask = async (type, keys, known = []) => {
    const refusal = permits(type, keys ?? {});
    if (refusal) {
      store.set({ notice: refusal });
      return { ok: false, message: refusal, problems: [] };
    }
    const { ok, code, message, problems } = await connection.request(type, keys);
    if (ok && CHANGES.includes(type)) store.set({ problems: known, notice: null });
    else if (ok) store.set({ notice: null });
    else if (problems.length > 0) store.set({ problems: [...known, ...problems], notice: null });
    else if (code !== "lost") store.set({ notice: message });
    return { ok, message, problems };
  };

  /** @type {Actions} */
  const actions = {
    ...line,
    play: () => void ask("play"),
    pause: () => void ask("pause"),
    toggle: () => (store.get().phase === "paused" ? actions.play() : actions.pause()),
    step: (count = 1, unit = "step") => void ask("step", { count, unit }),
    reset: () => void ask("reset"),
    newStart() {
      const seeds = Object.entries(store.get().locks)
        .filter(([, isLocked]) => !isLocked)
        .map(([name]) => name);
      if (seeds.length > 0) void ask("new_start", { seeds });
      else store.set({ notice: t("All three seeds are locked. Unlock one to draw a new start.") });
    },
    async seek(step) {
      if ((await ask("seek", { step })).ok) store.set({ goal: { step, playing: false } });
    },
    place: async (at) => (await ask("place", { at })).ok,
    dropEdits: () => void ask("drop_edits"),
    newData: () => actions.set({ "data.seed": spec().data.seed + 1 }),
    setSpeed: (speed) => void ask("speed", { steps_per_second: speed }),
    change: async (changes, member) => (await ask("set", { changes, ...(member !== undefined && { member }) })).ok,
    set: (changes) => void actions.change(changes),
    async fix({ changes, restart }) {
      const { run, phase } = store.get();
      const { ok } = await ask("set", { changes });
      if (!ok || !restart || store.get().run !== run) return;
      await ask("reset");
      if (phase === "playing") actions.play();
    },

    async load({ spec, edits, members = [] }, known = []) {
      /** @type {Recipe} */
      let run = { spec, edits, ...(members.length > 0 && { members }) };
      let problems = known;
      for (;;) {
        const reply = await ask("load", run, problems);
        if (reply.ok || reply.problems.length === 0 || isBlank(run)) return;
        problems = [...problems, ...reply.problems];
        run = without(run, reply.problems, catalog);
      }
    },

    async restore({ spec, edits, members = [], step = 0, playing = false }) {
      const { goal } = store.get();
      // The server's word of it comes before its answer.
      store.set({ goal: { step, playing } });
      const { ok } = await ask("load", { spec, edits, members, step, playing });
      if (!ok) store.set({ goal });
      return ok;
    },

    loadPreset({ name, spec, speed }) {
      store.set({ lesson: name });
      actions.load({ spec, edits: [] });
      actions.setSpeed(speed);
    },
    closeLesson: () => store.set({ lesson: null }),
    browsePresets: (browsing) => store.set({ browsing }),

    editOwnData: (open) => store.set({ editingOwnData: open }),
    async useOwnData(data, allTrain) {
      const changes = Object.fromEntries(Object.entries(data).map(([name, value]) => [`data.${name}`, value]));
      const split = allTrain ? 1 : spec().data.train_share;
      // A person who wants to test, and has no points for it, gets the usual share.
      changes["data.train_share"] = !allTrain && split === 1 ? catalog.default_spec.data.train_share : split;
      const { ok, message } = await ask("set", { changes });
      return ok ? null : message || t("There is no connection now; your points stay here.");
    },

    addLayer() {
      const { layers } = spec();
      const [first] = catalog.default_spec.layers;
      actions.set({ layers: [...layers, structuredClone(layers.at(-1) ?? first)] });
    },
    duplicateLayer(index) {
      const { layers } = spec();
      actions.set({ layers: layers.toSpliced(index, 0, structuredClone(layers[index])) });
    },
    removeLayer: (index) => actions.set({ layers: spec().layers.toSpliced(index, 1) }),
    setUnits: (index, units) => actions.set({ [`layers.${index}.units`]: units }),

    toggleFeature(name) {
      /** @type {string[]} */
      const chosen = spec().features;
      const features = chosen.includes(name) ? chosen.filter((other) => other !== name) : [...chosen, name];
      if (features.length === 0) store.set({ notice: t("The network needs at least one input.") });
      else actions.set({ features });
    },

    async exportFile(what) {
      const { file, message } = await connection.request("export", { what });
      if (!file) throw new Error(message || t("there is no connection"));
      const { name, media, arrays } = file;
      // A copy: the frame's memory holds its header too.
      return { name, media, bytes: new Uint8Array(arrays.bytes.data) };
    },

    setTheme(theme) {
      remember("theme", theme);
      store.set({ theme });
    },
    setLocks(locks) {
      remember("locks", JSON.stringify(locks));
      store.set({ locks });
    },
    setShowTest: (showTest) => store.set({ showTest }),
    setDiscretize: (discretize) => store.set({ discretize }),
    setMarking: (marking) => store.set({ marking }),
    dismiss: () => store.set({ problems: [], notice: null }),
  };
  return actions;
}
