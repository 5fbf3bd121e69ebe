/** What is read off the map of a race: the height at a place, and who has left it. */

import { point, significant } from "../numbers/numbers.js";
import { heightAt } from "../../draw/height-map.js";
import { standingAt } from "../record.js";
import { t } from "../../base/words.js";

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
  const place = { x: significant(px, 3), y: significant(py, 3) };
  return Number.isFinite(height)
    ? t("x {x}   y {y}   f ≈ {height}", { ...place, height: significant(height, 3) })
    : t("x {x}   y {y}   f has no value here", place);
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
    const said = { name, place: point(x, y) };
    if (event?.failed && event.failed.step <= step) return [failureWords(event.failed, said, scale.holds(x, y))];
    if (scale.holds(x, y)) return [];
    return [
      standingAt(event, step) === "diverged"
        ? t("{name} diverged: it is far off the map, at {place}.", said)
        : t("{name} is off the map, at {place}.", said),
    ];
  });
}

/**
 * @param {NonNullable<import("../record.js").Event["failed"]>} failed
 * @param {{name: string, place: string}} said  the racer, and where it is last
 * @param {boolean} onMap
 */
function failureWords({ step, cause, outside }, said, onMap) {
  if (outside) return t("{name} left the domain of f in step {step}: at {place} f has no value.", { ...said, step });
  return onMap
    ? t("{name} diverged in step {step}: it became {cause}.", { ...said, step, cause })
    : t("{name} diverged in step {step}: it became {cause}; its last place is off the map, at {place}.", {
        ...said,
        step,
        cause,
      });
}
