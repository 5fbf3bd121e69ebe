/**
 * What is hidden or locked in a link for class stays as it is, whoever would change it: a control, a remedy, undo, a
 * story or a run of before. Only an address that somebody opens may.
 */

import { isFree } from "../base/classroom.js";
import { partsBetween, partsChanged } from "./parts.js";
import { wholeSpec } from "../settings/minimal-spec.js";
import { listed, t } from "../base/words.js";

/** @import {Catalog, State} from "../base/types.js" */

/**
 * @param {() => Readonly<State>} state
 * @param {Catalog} catalog
 */
export function createPermits(state, catalog) {
  let lifted = 0;

  return {
    /**
     * Why a message to the server is not sent; null where it is.
     *
     * @param {string} type
     * @param {{[key: string]: any}} keys
     */
    permits(type, keys) {
      const { spec, classroom, run } = state();
      if (lifted > 0 || run === 0) return null;
      const parts =
        type === "set"
          ? partsChanged(spec, keys.changes)
          : type === "load"
            ? partsBetween(spec, wholeSpec(keys.spec, catalog))
            : [];
      const held = parts.filter(({ name }) => !isFree(classroom, name));
      if (held.length === 0) return null;
      return t("The link for this class allows no changes to: {parts}.", {
        parts: listed(held.map(({ label }) => label)),
      });
    },

    /**
     * Does what an address asks for, which may change everything.
     *
     * @template T
     * @param {() => Promise<T>} act
     */
    async lift(act) {
      lifted += 1;
      try {
        return await act();
      } finally {
        lifted -= 1;
      }
    },
  };
}
