/** What is read off the map of a race: the height at a place, and who has left it. */

import { point, significant } from "../numbers/numbers.js";
import { heightAt } from "../../draw/height-map.js";
import { OUTSIDE, standingAt } from "../record.js";

/** @import {Scale} from "../../draw/scale.js" */
/** @import {Ground} from "../../draw/height-map.js" */
/** @import {Track} from "../record.js" */

/**
 * @param {{scale: Scale, ground: Ground}} scene
 * @param {{x: number, y: number}} at  in pixels
 */
export function readingAt({ scale, ground }, { x, y }) {
  const [px, py] = scale.point(x, y);
  const height = heightAt(ground, x / scale.size, y / scale.size);
  return `x ${significant(px, 3)}   y ${significant(py, 3)}   f ${Number.isFinite(height) ? `≈ ${significant(height, 3)}` : "is no number here"}`;
}

/**
 * Who is off the map or has failed, one sentence each.
 *
 * @param {Scale} scale
 * @param {Track} track
 * @param {number} step
 * @param {{names: string[], hidden: number[], start: number}} state
 */
export function wordsAbout(scale, track, step, { names, hidden, start }) {
  return names.flatMap((name, racer) => {
    if (hidden.includes(racer) || racer >= track.race.racers.length) return [];
    const member = track.member(racer, start);
    const [x, y] = [track.at("path", step, member), track.at("path", step, member, 1)];
    const event = track.events[member];
    const away = scale.holds(x, y) ? "" : `off the map, at ${point(x, y)}`;
    if (event?.failed && event.failed.step <= step) {
      if (event.failed.cause === OUTSIDE) {
        return [`${name} left the domain of f in step ${event.failed.step}: at ${point(x, y)} f has no value.`];
      }
      return [
        `${name} diverged in step ${event.failed.step}: it became ${event.failed.cause}${away && `; its last place is ${away}`}.`,
      ];
    }
    if (!away) return [];
    return [standingAt(event, step) === "diverged" ? `${name} diverged: it is far ${away}.` : `${name} is ${away}.`];
  });
}
