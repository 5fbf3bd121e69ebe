/**
 * Plays a race that is known ahead, as far as it is known: forth and back, at any speed. It has no clock of its own,
 * `advance` is told how much time has passed.
 */

/** After a pause of the page, such as a hidden tab, it goes on from where it was. */
const LONGEST_GAP = 250;

/** @param {{speed?: number}} [options]  steps per second */
export function createPlayer({ speed = 30 } = {}) {
  /** The step asked for; it is shown as soon as it is known. */
  let wanted = 0;
  let last = 0;
  let complete = false;
  let playing = false;
  /** Whether it plays as soon as the step asked for is known. */
  let goesOn = false;
  /** The part of a step that time has passed for already. */
  let carry = 0;
  /** @type {Set<() => void>} */
  const listeners = new Set();

  const shown = () => Math.min(wanted, last);
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
      if (complete && shown() >= last) wanted = 0;
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
      changed();
    },

    /** @param {number} count  how many steps on, or back where it is negative */
    move(count) {
      this.seek(shown() + count);
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
      carry += (Math.min(milliseconds, LONGEST_GAP) * speed) / 1000;
      const steps = Math.floor(carry);
      carry -= steps;
      wanted = Math.min(shown() + steps, last);
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
