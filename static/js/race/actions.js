/** Everything a person can do where optimizers race. What has to be computed follows from the settings. */

import { MOST_RACERS } from "../draw/markers.js";
import { choice, withChanges } from "./settings.js";
import { remember } from "../base/page.js";

/** @import {Connection} from "../wire/connection.js" */
/** @import {Player, Race, RaceActions, RaceCatalog, RaceStore} from "./types.js" */

/**
 * @param {object} context
 * @param {RaceStore} context.store
 * @param {Connection} context.connection
 * @param {Player} context.player
 * @param {RaceCatalog} context.catalog
 * @returns {RaceActions}
 */
export function createRaceActions({ store, connection, player, catalog }) {
  /** @param {Race} race @param {Partial<import("./types.js").RaceState>} [rest] */
  const use = (race, rest = {}) => store.set({ problems: [], notice: null, race, ...rest });

  /** @type {RaceActions} */
  const actions = {
    set: (changes) => use(withChanges(store.get().race, changes, catalog)),
    load(race, looks = race.racers.map((_, i) => i)) {
      const { chosen, start } = store.get();
      use(race, {
        looks,
        hidden: [],
        chosen: Math.min(chosen, race.racers.length - 1),
        start: Math.min(start, Math.max(0, race.starts.length - 1)),
      });
    },
    loadPreset({ name, race, speed }) {
      actions.load(race);
      store.set({ lesson: name, chosen: 0, start: 0 });
      player.setSpeed(speed);
      player.reset();
    },
    closeLesson: () => store.set({ lesson: null }),
    browsePresets: (browsing) => store.set({ browsing }),

    async useFormula(text) {
      const surface = { kind: "formula", text };
      const { ok, problems, code } = await connection.study({ kind: "surface", surface, grid: 16 });
      if (code === "superseded" || code === "lost") return null;
      if (!ok) return problems[0] ?? null;
      const { race } = store.get();
      const sameKind = race.surface.kind === "formula";
      use({ ...race, surface, ...(sameKind ? {} : { starts: [], view: null }) });
      return null;
    },
    randomRavine(condition) {
      const angle = Math.round(Math.random() * 179) - 89;
      const start = Math.round(Math.random() * 359) * (Math.PI / 180);
      const at = (/** @type {number} */ value) => Number(value.toFixed(2));
      const { race } = store.get();
      use({
        ...race,
        surface: { ...choice("surface", "ravine", catalog), condition, angle },
        starts: [[at(2.5 * Math.cos(start)), at(2.5 * Math.sin(start))]],
        view: null,
      }, { start: 0 });
    },

    addRacer() {
      const { race } = store.get();
      const kinds = (catalog.families.optimizers ?? []).map(({ kind }) => kind);
      const taken = race.racers.map(({ optimizer }) => optimizer.kind);
      const kind = kinds.find((each) => !taken.includes(each)) ?? kinds[0];
      const usual = structuredClone(catalog.race.default.racers[0] ?? {});
      insert({ ...usual, optimizer: choice("racers.0.optimizer", kind, catalog) }, race.racers.length);
    },
    duplicateRacer: (index) => insert(structuredClone(store.get().race.racers[index] ?? {}), index + 1),
    removeRacer(index) {
      const { race, looks, chosen, hidden } = store.get();
      if (race.racers.length === 1) return;
      use({ ...race, racers: race.racers.toSpliced(index, 1) }, {
        looks: looks.toSpliced(index, 1),
        chosen: Math.max(0, chosen > index || chosen === race.racers.length - 1 ? chosen - 1 : chosen),
        hidden: hidden.filter((each) => each !== index).map((each) => (each > index ? each - 1 : each)),
      });
    },
    chooseRacer: (chosen) => store.set({ chosen }),
    toggleRacer(index) {
      const { hidden } = store.get();
      store.set({ hidden: hidden.includes(index) ? hidden.filter((each) => each !== index) : [...hidden, index].sort() });
    },

    setStarts(starts) {
      const { race, start } = store.get();
      use({ ...race, starts }, { start: Math.min(start, Math.max(0, starts.length - 1)) });
    },
    chooseStart: (start) => store.set({ start }),
    setBasins: (basins) => store.set({ basins }),
    setArrows: (arrows) => store.set({ arrows }),
    setTab: (tab) => store.set({ tab }),
    raceRates(learningRate, momentum) {
      const { race, chosen } = store.get();
      const kind = race.racers[chosen]?.optimizer.kind === "nesterov" ? "nesterov" : "momentum";
      const optimizer = { ...choice("racers.0.optimizer", kind, catalog), learning_rate: learningRate, momentum };
      use({ ...race, racers: race.racers.map((racer, i) => (i === chosen ? { ...racer, optimizer } : racer)) });
    },

    async exportFile(file) {
      const reply = await connection.study({ kind: "race_file", race: store.get().race, file });
      if (!reply.file) throw new Error(reply.message || "there is no connection");
      const { name, media, arrays } = reply.file;
      // A copy: the frame's memory holds its header too.
      return { name, media, bytes: new Uint8Array(arrays.bytes.data) };
    },
    setTheme(theme) {
      remember("theme", theme);
      store.set({ theme });
    },
    tryAgain: connection.connect,
    dismiss: () => store.set({ problems: [], notice: null }),
  };

  /**
   * @param {import("../base/types.js").Spec} racer
   * @param {number} index
   */
  const insert = (racer, index) => {
    const { race, looks, hidden } = store.get();
    if (race.racers.length >= MOST_RACERS) return;
    const free = Array.from({ length: MOST_RACERS }, (_, i) => i).find((look) => !looks.includes(look)) ?? 0;
    use({ ...race, racers: race.racers.toSpliced(index, 0, racer) }, {
      looks: looks.toSpliced(index, 0, free),
      hidden: hidden.map((each) => (each >= index ? each + 1 : each)),
      chosen: index,
    });
  };
  return actions;
}
