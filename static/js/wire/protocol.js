/** The wire, as docs/protocol.md has it: the mirror of app/protocol/. Nothing else knows bytes. */

/** @import {Block, FileFrame, Frame, History, NumberArray, Scene, StudyPart} from "../base/types.js" */

export const PROTOCOL = 1;

const MAGIC = 0x46504c4d; // "MLPF", little-endian
const PREFIX = 8;

/** @type {{[dtype: string]: new (buffer: ArrayBuffer, offset: number, length: number) => NumberArray}} */
const DTYPES = {
  i1: Int8Array,
  u1: Uint8Array,
  i2: Int16Array,
  i4: Int32Array,
  u4: Uint32Array,
  f4: Float32Array,
  f8: Float64Array,
};

/**
 * Reads a binary message. The arrays are views into `buffer`: nothing is copied.
 * @param {ArrayBuffer} buffer
 * @returns {Frame | Scene | History | FileFrame | StudyPart}
 */
export function decode(buffer) {
  const bytes = new DataView(buffer);
  if (buffer.byteLength < PREFIX || bytes.getUint32(0, true) !== MAGIC) {
    throw new Error("not a frame: it does not start with MLPF");
  }
  const headerLength = bytes.getUint32(4, true);
  if (PREFIX + headerLength > buffer.byteLength) {
    throw new Error(`the header should have ${headerLength} bytes, the frame has ${buffer.byteLength}`);
  }
  const text = new TextDecoder().decode(new Uint8Array(buffer, PREFIX, headerLength));
  const header = JSON.parse(text);
  return { ...header, arrays: readArrays(buffer, PREFIX + headerLength, header.arrays) };
}

/**
 * @param {ArrayBuffer} buffer
 * @param {number} offset
 * @param {[string, string, number[]][]} list
 */
function readArrays(buffer, offset, list) {
  /** @type {{[name: string]: Block}} */
  const arrays = {};
  for (const [name, dtype, shape] of list) {
    const TypedArray = DTYPES[dtype];
    if (!TypedArray) throw new Error(`array ${name} has the unknown type ${dtype}`);
    const length = shape.reduce((product, side) => product * side, 1);
    const data = new TypedArray(buffer, offset, length);
    arrays[name] = { data, shape };
    offset = align(offset + data.byteLength);
  }
  return arrays;
}

/** @param {number} offset */
function align(offset) {
  return (offset + 7) & ~7;
}

/**
 * @param {string} type
 * @param {{[key: string]: unknown}} [keys]
 * @returns {string}
 */
export function encode(type, keys = {}) {
  return JSON.stringify({ type, ...keys });
}
