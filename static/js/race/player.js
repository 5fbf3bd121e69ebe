/**
 * Plays a race that is known ahead, as far as it is known: forth and back, at any speed. It has no clock of its own,
 * `advance` is told how much time has passed.
 */

/** After a pause of the page, such as a hidden tab, it goes on from where it was. */
const LONGEST_GAP = 250;

/** Steps per second up to which one can follow the parts of a step. */
const SLOW = 3;

/** @param {{speed?: number}} [options]  steps per second */
export function createPlayer({ speed = 30 } = {}) {
  /** The step asked for; it is shown as soon as it is known. */
  let wanted = 0;
  let last = 0;
  let complete = false;
  let playing = false;
  /** Whether it plays as soon as the step asked for is known. */
  let goesOn = false;
  /** The share of a step, or of one of its parts, that time has passed for already. */
  let carry = 0;
  /** In how many parts a step is shown, 0 where it is shown as a whole; and how many of them are shown by now. */
  let [parts, part] = [0, 1];
  /** @type {Set<() => void>} */
  const listeners = new Set();

  const shown = () => Math.min(wanted, last);
  const isInParts = () => parts > 0 && (!playing || speed <= SLOW);
  const arrive = () => {
    if (!goesOn || wanted > last) return;
    [playing, goesOn, carry] = [true, false, 0];
  };
  const changed = () => listeners.forEach((listener) => listener());

  return {
    /** The step that is shown. */
    get step() {
      return shown();
    },
    /** How many parts of the step from here are shown, 0 where steps are shown as a whole. */
    get part() {
      return isInParts() ? Math.min(part, parts) : 0;
    },
    /** The last step that is known so far. */
    get last() {
      return last;
    },
    get playing() {
      return playing;
    },
    get speed() {
      return speed;
    },
    /** Whether the step asked for is still to come. */
    get waiting() {
      return !complete && wanted > last;
    },

    /** At the end it begins again. */
    play() {
      if (complete && shown() >= last) [wanted, part] = [0, 1];
      else wanted = shown();
      playing = true;
      goesOn = false;
      carry = 0;
      changed();
    },

    pause() {
      playing = goesOn = false;
      wanted = shown();
      changed();
    },

    toggle() {
      if (playing) this.pause();
      else this.play();
    },

    /**
     * Goes to a step of a race that may still be to come, and plays on from there if it is told to.
     *
     * @param {number} step
     * @param {boolean} plays
     */
    goOn(step, plays) {
      wanted = step;
      playing = false;
      goesOn = plays;
      arrive();
      changed();
    },

    /** @param {number} step  where it stays, paused */
    seek(step) {
      playing = goesOn = false;
      wanted = Math.max(0, complete ? Math.min(step, last) : step);
      part = 1;
      changed();
    },

    /** @param {number} count  how many steps on, or back where it is negative */
    move(count) {
      this.seek(shown() + count);
    },

    /** One step on or back, or one part of it. @param {1 | -1} direction */
    walk(direction) {
      if (parts === 0) return this.move(direction);
      const end = complete ? last * parts : Infinity;
      const place = Math.min(end, Math.max(0, shown() * parts + Math.min(part, parts) - 1 + direction));
      this.seek(Math.floor(place / parts));
      part = (place % parts) + 1;
      changed();
    },

    /** @param {number} count  the parts that a step is shown in, 0 to show it as a whole */
    showParts(count) {
      if (count === parts) return;
      [parts, part, carry] = [count, 1, 0];
    },

    reset() {
      this.seek(0);
    },

    /** @param {number} stepsPerSecond */
    setSpeed(stepsPerSecond) {
      speed = stepsPerSecond;
      carry = 0;
      changed();
    },

    /**
     * How much of the race is known. The step that is shown stays, as far as there is one.
     *
     * @param {number} lastStep
     * @param {boolean} isComplete
     */
    know(lastStep, isComplete) {
      last = lastStep;
      complete = isComplete;
      if (complete) wanted = Math.min(wanted, last);
      arrive();
      changed();
    },

    /**
     * Lets time pass.
     *
     * @param {number} milliseconds
     * @returns {boolean} whether it plays on
     */
    advance(milliseconds) {
      if (!playing) return false;
      const pieces = isInParts() ? parts : 1;
      carry += (Math.min(milliseconds, LONGEST_GAP) * speed * pieces) / 1000;
      const passed = Math.floor(carry) + (isInParts() ? this.part - 1 : 0);
      carry -= Math.floor(carry);
      part = (passed % pieces) + 1;
      wanted = Math.min(shown() + Math.floor(passed / pieces), last);
      if (complete && wanted === last) {
        playing = false;
        changed();
      }
      return playing;
    },

    /** @param {() => void} listener  called when it plays, stops, or is set to another place */
    subscribe(listener) {
      listeners.add(listener);
    },
  };
}

/** @typedef {ReturnType<typeof createPlayer>} Player */
