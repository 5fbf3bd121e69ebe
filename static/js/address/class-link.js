/**
 * What a link says to a class beside its run, in a form a person can read and edit:
 *
 *   #data=spiral&title=Smallest+spiral&text=Find+the+**smallest+network**&hide=optimizer,loss&lock=data
 *   &speed=3-epochs&everything=no
 *
 * `hide` and `lock` name parts of the page or groups of them; what is both is hidden. `speed` is slow-then-fast, max,
 * or so many steps or epochs a second. With `everything=no` the page does not offer to show what is withheld.
 * Links of TensorFlow Playground hide controls in their own words, which are read, too.
 */

import { OPEN } from "../base/classroom.js";
import { decode, joined, pairsIn } from "./link-text.js";
import { hiddenByTensorFlow } from "./tensorflow-link.js";
import { either, t } from "../base/words.js";

/** @import {Classroom, Problem, Speed} from "../base/types.js" */

/** @typedef {{name: string, group: string}} Part  what can be withheld */

/** The keys of an address that are of the class and not of the run. */
export const CLASS_KEYS = ["title", "text", "hide", "lock", "speed", "everything"];

const SPEEDS = /** @type {{[text: string]: Speed}} */ ({ "slow-then-fast": "rising", max: null });
/** Steps a second that the server takes. */
const [SLOWEST, FASTEST] = [0.1, 1e6];
const RATE = /^(\d+(?:\.\d+)?)-(step|epoch)s$/;

/**
 * @param {string} hash  with or without the leading #
 * @param {readonly Part[]} parts
 * @returns {{classroom: Classroom, problems: Problem[]}} what is wrong is left out
 */
export function readClass(hash, parts) {
  const pairs = pairsIn(hash);
  const said = new Map(pairs);
  /** @type {Problem[]} */
  const problems = [];
  const names = (/** @type {string} */ key) =>
    (said.get(key) ?? "")
      .split(",")
      .map((name) => name.trim())
      .filter(Boolean)
      .flatMap((name) => partsOf(name, parts) ?? missing(key, name));
  const missing = (/** @type {string} */ key, /** @type {string} */ name) => {
    const close = nearest(name, [...parts.map((part) => part.name), ...parts.map(({ group }) => group)]);
    const allowed = close
      ? t("the name of a part of the page, perhaps {name}; Share lists them all", { name: close })
      : t("the name of a part of the page; Share lists them all");
    problems.push({ path: key, value: name, allowed });
    return [];
  };

  const hide = new Set([...names("hide"), ...hiddenByTensorFlow(pairs)]);
  const lock = names("lock").filter((name) => !hide.has(name));
  const speed = said.get("speed") ?? "";
  if (speed && speedOf(speed, 1) === undefined) {
    const allowed = t("slow-then-fast, max, or a number with -steps or -epochs, each second, such as 3-epochs");
    problems.push({ path: "speed", value: speed, allowed });
  }
  const everything = said.get("everything") ?? "yes";
  if (!["yes", "no"].includes(everything)) {
    problems.push({ path: "everything", value: everything, allowed: either(["yes", "no"]) });
  }
  return {
    classroom: {
      ...OPEN,
      title: readText(said.get("title")),
      text: readText(said.get("text")),
      hide: inOrder(hide, parts),
      lock: inOrder(new Set(lock), parts),
      speed: speedOf(speed, 1) === undefined ? "" : speed,
      revealable: everything !== "no",
    },
    problems,
  };
}

/**
 * @param {Classroom} classroom
 * @param {readonly Part[]} parts
 * @returns {string} without the leading #; empty where there is nothing to say
 */
export function formatClass({ title, text, hide, lock, speed, revealable }, parts) {
  return joined(
    title && `title=${writeText(title)}`,
    text && `text=${writeText(text)}`,
    hide.length > 0 && `hide=${shortNames(hide, parts).join(",")}`,
    lock.length > 0 && `lock=${shortNames(lock, parts).join(",")}`,
    speed && `speed=${speed}`,
    !revealable && "everything=no",
  );
}

/**
 * A run and what is said to the class about it, in one address.
 *
 * @param {string} run  as `format` writes it
 * @param {Classroom} classroom
 * @param {readonly Part[]} parts
 */
export const withClass = (run, classroom, parts) => joined(run, formatClass(classroom, parts));

/**
 * @param {string} text
 * @param {number} stepsPerEpoch
 * @returns {Speed | undefined} undefined where nothing of the kind is said, or no server would train so fast or slowly
 */
export function speedOf(text, stepsPerEpoch) {
  if (Object.hasOwn(SPEEDS, text)) return SPEEDS[text];
  const [, count, unit] = RATE.exec(text) ?? [];
  const number = Number(count ?? 0);
  if (unit === "step") return number >= SLOWEST && number <= FASTEST ? number : undefined;
  // How long an epoch is depends on the data, which can be changed.
  return number > 0 ? Math.min(Math.max(number * stepsPerEpoch, SLOWEST), FASTEST) : undefined;
}

/**
 * @param {string} name  of a part or of a group
 * @param {readonly Part[]} parts
 * @returns {string[] | undefined}
 */
function partsOf(name, parts) {
  const found = parts.filter((part) => part.name === name || part.group === name);
  return found.length > 0 ? found.map((part) => part.name) : undefined;
}

/**
 * A group whose parts are all among the names stands for them.
 *
 * @param {readonly string[]} names
 * @param {readonly Part[]} parts
 */
function shortNames(names, parts) {
  const isWhole = (/** @type {string} */ group) =>
    parts.every((part) => part.group !== group || names.includes(part.name));
  const mine = parts.filter(({ name }) => names.includes(name));
  return [...new Set(mine.map(({ name, group }) => (isWhole(group) ? group : name)))];
}

/**
 * @param {Set<string>} names
 * @param {readonly Part[]} parts
 */
const inOrder = (names, parts) => parts.map(({ name }) => name).filter((name) => names.has(name));

/**
 * Spaces are written as +, and what mail programs break or cut off is encoded twice: new lines, and a sign at the end.
 *
 * @param {string} text
 */
function writeText(text) {
  const once = text.trim().replace(/[%+\r\n]|[^\p{L}\p{N}\p{M}]$/gu, encoded);
  return encodeURIComponent(once)
    .replaceAll("%20", "+")
    .replace(/%(2C|3A|3B|3F|40|24|2F)/g, decodeURIComponent);
}

/** Of each sign its bytes, also of those that an address may have as they are. @param {string} sign */
const encoded = (sign) =>
  [...new TextEncoder().encode(sign)].map((byte) => `%${byte.toString(16).toUpperCase().padStart(2, "0")}`).join("");

/** @param {string | undefined} text */
const readText = (text = "") => decode(text.replaceAll("+", " "));

/**
 * The name that one most likely meant, where at most two letters are others.
 *
 * @param {string} name
 * @param {string[]} names
 */
function nearest(name, names) {
  const [first] = names
    .map((each) => ({ each, away: distance(name.toLowerCase(), each) }))
    .sort((a, b) => a.away - b.away);
  return first && first.away <= 2 && first.away < name.length ? first.each : null;
}

/**
 * How many letters must be changed, added or taken away to make one word of the other (Levenshtein).
 *
 * @param {string} one
 * @param {string} other
 */
function distance(one, other) {
  let row = Array.from({ length: other.length + 1 }, (_, index) => index);
  for (let i = 1; i <= one.length; i++) {
    const next = [i];
    for (let j = 1; j <= other.length; j++) {
      const same = one[i - 1] === other[j - 1] ? 0 : 1;
      next[j] = Math.min((row[j] ?? 0) + 1, (next[j - 1] ?? 0) + 1, (row[j - 1] ?? 0) + same);
    }
    row = next;
  }
  return row[other.length] ?? 0;
}
