/**
 * The pairs of a link's fragment, as a person, a mail program or a chat may have passed it on: with `&amp;` for `&`,
 * with the whole of it percent-encoded, or with the full stop or the bracket of the sentence around it.
 */

/** An ampersand as HTML writes it, once or more often. */
const AMPERSAND = /&(?:(?:amp|#38|#x26)(?:;|%3B))+/gi;
const BREAKS = /[\r\n]|%0[AD]/gi;

/** What may follow a link in a text and belongs to no value; closing brackets only where none was opened. */
const TAIL = /(?:[.,;:!?'"»”’>]|%(?:20|22|3E|C2%BB|E2%80%9D|E2%80%99))$/i;

/**
 * @param {string} hash  with or without the leading #
 * @returns {[key: string, text: string][]} in their order
 */
export function pairsIn(hash) {
  let text = hash.replace(/^(?:#|%23)+/i, "");
  if (!text.includes("=") && /%3D/i.test(text)) text = decode(text);
  text = text.replace(BREAKS, "").replace(AMPERSAND, "&");
  return withoutTail(text)
    .split("&")
    .filter(Boolean)
    .map((pair) => {
      const [key = "", ...rest] = pair.split("=");
      return [decode(key), decode(rest.join("="))];
    });
}

/** An address of parts, without those that say nothing. @param {(string | false)[]} parts */
export const joined = (...parts) => parts.filter(Boolean).join("&");

/** @param {string} text */
function withoutTail(text) {
  let rest = text;
  for (;;) {
    if (TAIL.test(rest)) rest = rest.replace(TAIL, "");
    else if (/[)\]]$/.test(rest) && isClosedTooOften(rest)) rest = rest.slice(0, -1);
    else return rest;
  }
}

/** @param {string} text */
function isClosedTooOften(text) {
  const whole = decode(text);
  const count = (/** @type {string} */ one) => whole.split(one).length;
  return whole.endsWith(")") ? count(")") > count("(") : count("]") > count("[");
}

/** @param {string} text */
export function decode(text) {
  try {
    return decodeURIComponent(text);
  } catch {
    return text;
  }
}
