/** Everything a person can do where optimizers race. What has to be computed follows from the settings. */

import { createChanges } from "./changes.js";
import { remember } from "../base/page.js";
import { t } from "../base/words.js";

/** @import {Connection} from "../wire/connection.js" */
/** @import {Player, Race, RaceActions, RaceCatalog, RaceState, RaceStore} from "./types.js" */

/**
 * @param {object} context
 * @param {RaceStore} context.store
 * @param {Connection} context.connection
 * @param {Player} context.player
 * @param {RaceCatalog} context.catalog
 * @returns {RaceActions}
 */
export function createRaceActions({ store, connection, player, catalog }) {
  const { limits } = catalog;
  /** Another race may have fewer starts. @param {Race} race @param {Partial<RaceState>} [rest] */
  const use = (race, rest = {}) => {
    const { start } = { ...store.get(), ...rest };
    const shown = Math.min(start, Math.max(0, race.starts.length - 1));
    store.set({ problems: [], notice: null, race, ...rest, start: shown });
  };

  const change = createChanges({ store, connection, use });

  /** @type {RaceActions} */
  const actions = {
    set: (changes) => void change(() => ({ changes }), Object.keys(changes).join()),
    load(race, looks = race.racers.map((_, i) => i)) {
      const { chosen } = store.get();
      use(race, { looks, hidden: [], chosen: Math.min(chosen, race.racers.length - 1) });
    },
    loadPreset({ name, race, speed }) {
      actions.load(race);
      store.set({ lesson: name, chosen: 0, start: 0 });
      player.setSpeed(speed);
      player.reset();
    },
    closeLesson: () => store.set({ lesson: null }),
    browsePresets: (browsing) => store.set({ browsing }),

    useFormula: (text) => change(() => ({ changes: { surface: { kind: "formula", text } } })),
    randomRavine(condition) {
      const angle = Math.round(Math.random() * 179) - 89;
      const start = Math.round(Math.random() * 359) * (Math.PI / 180);
      const at = (/** @type {number} */ value) => Number(value.toFixed(2));
      const changes = {
        surface: { kind: "ravine", condition, angle },
        starts: [[at(2.5 * Math.cos(start)), at(2.5 * Math.sin(start))]],
        view: null,
      };
      void change(() => ({ changes, rest: { start: 0 } }));
    },

    addRacer: () =>
      void change((state) => {
        const { racers } = state.race;
        if (racers.length >= limits.racers) return null;
        const kinds = (catalog.families.optimizers ?? []).map(({ kind }) => kind);
        const taken = racers.map(({ optimizer }) => optimizer.kind);
        const kind = kinds.find((each) => !taken.includes(each)) ?? kinds[0];
        return { changes: { racers: [...racers, { optimizer: { kind } }] }, rest: withOneMore(state, racers.length) };
      }),
    duplicateRacer(index) {
      const state = store.get();
      const { race } = state;
      if (race.racers.length >= limits.racers) return;
      const racer = structuredClone(race.racers[index] ?? {});
      use({ ...race, racers: race.racers.toSpliced(index + 1, 0, racer) }, withOneMore(state, index + 1));
    },
    removeRacer(index) {
      const { race, looks, chosen, hidden } = store.get();
      if (race.racers.length === 1) return;
      use(
        { ...race, racers: race.racers.toSpliced(index, 1) },
        {
          looks: looks.toSpliced(index, 1),
          chosen: Math.max(0, chosen > index || chosen === race.racers.length - 1 ? chosen - 1 : chosen),
          hidden: hidden.filter((each) => each !== index).map((each) => (each > index ? each - 1 : each)),
        },
      );
    },
    chooseRacer: (chosen) => store.set({ chosen }),
    toggleRacer(index) {
      const { hidden } = store.get();
      store.set({
        hidden: hidden.includes(index) ? hidden.filter((each) => each !== index) : [...hidden, index].sort(),
      });
    },

    setStarts(starts) {
      use({ ...store.get().race, starts });
    },
    chooseStart: (start) => store.set({ start }),
    setBasins: (basins) => store.set({ basins }),
    setArrows: (arrows) => store.set({ arrows }),
    setMeasure: (measure) => store.set({ measure }),
    setPicture: (picture) => store.set({ picture }),
    setTab: (tab) => store.set({ tab }),
    raceRates(learningRate, momentum) {
      void change(({ race, chosen }) => {
        const kind = race.racers[chosen]?.optimizer.kind === "nesterov" ? "nesterov" : "momentum";
        return { changes: { [`racers.${chosen}.optimizer`]: { kind, learning_rate: learningRate, momentum } } };
      });
    },

    async exportFile(file) {
      const reply = await connection.study({ kind: "race_file", race: store.get().race, file });
      if (!reply.file) throw new Error(reply.message || t("there is no connection"));
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
   * What goes with one more racer at a place: a mark that is free, and that it is the one to look at.
   *
   * @param {Readonly<RaceState>} state
   * @param {number} index
   * @returns {Partial<RaceState>}
   */
  const withOneMore = ({ looks, hidden }, index) => {
    const free = Array.from({ length: limits.racers }, (_, i) => i).find((look) => !looks.includes(look)) ?? 0;
    return {
      looks: looks.toSpliced(index, 0, free),
      hidden: hidden.map((each) => (each >= index ? each + 1 : each)),
      chosen: index,
    };
  };
  return actions;
}
