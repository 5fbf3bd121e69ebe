import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { test } from "node:test";

import { decode, encode } from "../../../static/js/wire/protocol.js";

const GOLDEN = new URL("../../golden/", import.meta.url);

/** @param {string} name */
function readBytes(name) {
  const file = readFileSync(new URL(name, GOLDEN));
  return file.buffer.slice(file.byteOffset, file.byteOffset + file.byteLength);
}

/**
 * @param {string} name
 * @returns {{header: object, arrays: {[name: string]: {dtype: string, shape: number[], data: (number | string | null)[]}}}}
 */
function readExpected(name) {
  return JSON.parse(readFileSync(new URL(`${name}.json`, GOLDEN), "utf8"));
}

/** @type {{[dtype: string]: Function}} */
const TYPES = {
  i1: Int8Array,
  u1: Uint8Array,
  i2: Int16Array,
  i4: Int32Array,
  u4: Uint32Array,
  f4: Float32Array,
  f8: Float64Array,
};

for (const golden of ["frame", "study"]) {
  test(`the golden ${golden} is read as what it is`, () => {
    const expected = readExpected(golden);
    const { arrays, ...header } = /** @type {any} */ (decode(readBytes(`${golden}.bin`)));
    assert.deepEqual(header, expected.header);
    assert.deepEqual(Object.keys(arrays), Object.keys(expected.arrays));
    for (const [name, { dtype, shape, data }] of Object.entries(expected.arrays)) {
      assert.equal(arrays[name].data.constructor, TYPES[dtype], name);
      assert.deepEqual(arrays[name].shape, shape, name);
      assert.deepEqual(
        [...arrays[name].data],
        data.map((value) => Number(value ?? NaN)),
        name,
      );
    }
  });
}

test("arrays are views of the message: nothing is copied", () => {
  const buffer = readBytes("frame.bin");
  const { metrics, boundary } = /** @type {any} */ (decode(buffer)).arrays;
  assert.equal(metrics.data.buffer, buffer);
  assert.equal(boundary.data.buffer, buffer);
});

test("what is no frame is refused with a reason", () => {
  assert.throws(() => decode(new ArrayBuffer(4)), /MLPF/);
  assert.throws(() => decode(new TextEncoder().encode("PNG_____").buffer), /MLPF/);
  assert.throws(() => decode(readBytes("frame.bin").slice(0, 40)), /176 bytes, the frame has 40/);
  const cut = readBytes("frame.bin");
  assert.throws(() => decode(cut.slice(0, cut.byteLength - 40)), RangeError);
});

test("controls are JSON with a type", () => {
  assert.equal(encode("play"), '{"type":"play"}');
  assert.equal(encode("step", { count: 3, unit: "epoch" }), '{"type":"step","count":3,"unit":"epoch"}');
});
