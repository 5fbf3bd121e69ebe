/** What a person can do on the landscape's page beside what every page with a run offers. */

import { memberNames } from "./members/members.js";

/** @import {Actions, Catalog, Changes, Frames, LandscapeChoices, Store} from "../base/types.js" */
/** @import {Comparison} from "./types.js" */

/**
 * @param {object} context
 * @param {Store} context.store
 * @param {Frames} context.frames
 * @param {Actions} context.actions
 * @param {Catalog} context.catalog
 */
export function createLandscapeActions({ store, frames, actions, catalog }) {
  /** @param {Partial<LandscapeChoices>} patch */
  const draw = (patch) => store.set({ landscape: { ...store.get().landscape, ...patch } });

  /**
   * Trains these networks from the start, and goes on playing if it was.
   *
   * @param {Changes[]} members
   */
  const race = async (members) => {
    const { spec, phase, member } = store.get();
    store.set({ member: Math.min(member, Math.max(0, members.length - 1)) });
    await actions.load({ spec, edits: [], members });
    if (phase === "playing") actions.play();
  };

  return {
    draw,
    race,
    /** @param {number} member */
    choose: (member) => store.set({ member }),

    /** @param {number} index */
    remove: (index) => race(shownMembers(store).toSpliced(index, 1)),

    /** One more, with the first optimizer that none has yet. */
    add() {
      const members = shownMembers(store);
      const { spec } = store.get();
      const used = members.map((changes) => changes["optimizer.kind"] ?? spec.optimizer.kind);
      const record = catalog.families.optimizers?.find(({ kind }) => !used.includes(kind));
      const knobs = (record?.knobs ?? []).map(({ name, default: usual }) => [`optimizer.${name}`, usual]);
      const added = record ? { "optimizer.kind": record.kind, ...Object.fromEntries(knobs) } : { ...members.at(-1) };
      store.set({ member: members.length });
      race([...members, added]);
    },

    /** @param {Comparison} preset */
    async load({ name, spec, members, speed, landscape }) {
      store.set({ member: 0, lesson: name });
      draw({ axes: "pca", names: [], half: "train", penalty: false, ...landscape });
      await actions.load({ spec, edits: [], members });
      actions.setSpeed(speed);
    },

    /**
     * Takes back the edit that put the networks somewhere.
     *
     * @param {number} step  at which they were put
     */
    async takeBack(step) {
      const { startSpec, edits, members } = store.get();
      const kept = edits
        .map((edit) => (edit.step === step ? { step, changes: settingsOf(edit.changes) } : edit))
        .filter(({ changes }) => Object.keys(changes).length > 0);
      await actions.load({ spec: startSpec, edits: kept, members });
      if (step > 0) actions.seek(step);
    },

    /** The step at which an edit was made last: while it plays, a later one than a press has seen. */
    editedAt() {
      const { edits, planned } = store.get();
      return edits[edits.length - planned - 1]?.step ?? 0;
    },
    names: () => memberNames(store.get().members, store.get().specs, catalog),
    step: () => frames.latest?.step ?? 0,
  };
}

/** @typedef {ReturnType<typeof createLandscapeActions>} LandscapeActions */

/**
 * One network is the spec itself, which changes nothing.
 *
 * @param {Store} store
 * @returns {Changes[]}
 */
function shownMembers(store) {
  const { members } = store.get();
  return members.length > 0 ? [...members] : [{}];
}

/** @param {Changes} changes @returns {Changes} without single parameters */
const settingsOf = (changes) =>
  Object.fromEntries(Object.entries(changes).filter(([path]) => !path.startsWith("theta")));
