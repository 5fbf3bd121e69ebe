/** A file that comes in parts: each adds something to each of its sections, which follow each other in the end. */

/** @import {FileFrame} from "../base/types.js" */

/**
 * @param {FileFrame} part  the first
 */
export function createFile({ name, media }) {
  /** @type {Uint8Array[][]} */
  const sections = [];
  return {
    /** @param {FileFrame} part */
    add({ sections: lengths, arrays: { bytes } }) {
      const all = new Uint8Array(bytes.data);
      let at = 0;
      lengths.forEach((length, index) => {
        (sections[index] ??= []).push(all.subarray(at, at + length));
        at += length;
      });
    },

    /** All of it, as one array of bytes. @returns {import("../base/types.js").ReceivedFile} */
    whole() {
      const parts = sections.flat();
      const data = new Uint8Array(parts.reduce((sum, part) => sum + part.length, 0));
      let at = 0;
      for (const part of parts) {
        data.set(part, at);
        at += part.length;
      }
      return { name, media, arrays: { bytes: { data, shape: [data.length] } } };
    },
  };
}
