/**
 * Members in the address bar: the number of each, what it changes, and to what. One that changes nothing has its
 * number alone.
 *
 *   members=0~optimizer~sgd,1~optimizer~adam,1~optimizer.learning_rate~0.01,2
 */

import { findSetting, readSetting } from "./run-link.js";
import { t } from "../base/words.js";

/** @import {Catalog, Changes, Problem} from "../base/types.js" */

const KIND = /\.kind$/;

/**
 * @param {readonly Changes[]} members
 * @returns {string}
 */
export function formatMembers(members) {
  return members
    .flatMap((changes, index) => {
      const entries = Object.entries(changes);
      if (entries.length === 0) return [String(index)];
      return entries.map(([path, value]) => `${index}~${path.replace(KIND, "")}~${encodeURIComponent(String(value))}`);
    })
    .join(",");
}

/**
 * @param {string} text
 * @param {Catalog} catalog
 * @returns {{members: Changes[], problems: Problem[]}}
 */
export function parseMembers(text, catalog) {
  /** @type {Map<number, Changes>} */
  const members = new Map();
  /** @type {Problem[]} */
  const problems = [];
  for (const entry of text.split(",").filter(Boolean)) {
    const [number = "", key, value = ""] = entry.split("~");
    const setting = key === undefined ? undefined : findSetting(catalog, key);
    if (!/^\d+$/.test(number) || (key !== undefined && !setting)) {
      problems.push({ path: "members", value: entry, allowed: t("the number of a network, or number~setting~value") });
      continue;
    }
    const changes = members.get(Number(number)) ?? {};
    members.set(Number(number), setting ? { ...changes, [setting.path]: readSetting(value, setting.type) } : changes);
  }
  const inOrder = [...members].sort(([a], [b]) => a - b).map(([, changes]) => changes);
  return { members: inOrder, problems };
}
