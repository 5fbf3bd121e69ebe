/** Many numbers as a short text, exactly: "f4." or "f8.", then their little-endian bytes in base64url. */

const PACKED = /^f[48]\.[\w-]*$/;

/**
 * @param {readonly number[]} values
 * @param {boolean} double  whether they have twice the precision
 * @returns {string}
 */
export function pack(values, double) {
  const size = double ? 8 : 4;
  const bytes = new DataView(new ArrayBuffer(size * values.length));
  values.forEach((value, i) => (double ? bytes.setFloat64(8 * i, value, true) : bytes.setFloat32(4 * i, value, true)));
  let binary = "";
  for (const byte of new Uint8Array(bytes.buffer)) binary += String.fromCharCode(byte);
  return `f${size}.${btoa(binary).replaceAll("+", "-").replaceAll("/", "_").replace(/=+$/, "")}`;
}

/** @param {string} text */
export const isPacked = (text) => PACKED.test(text);
