/**
 * Notices a line that is dead though it looks open, as after a sleep, in a phone's gap between two radios or behind a
 * proxy that has forgotten it: nothing comes while something is due, and whoever is asked does not answer.
 */

/** Milliseconds between two looks. */
const TICK = 1000;

/** Looks without a word from the other end after which it is asked whether it is there. */
const SILENCE = 7;

/** Looks that it then has to answer. */
const ANSWER = 3;

/** As many it gets on a line on which an answer has been given up too early. */
const MOST = 24;

/**
 * Silence is counted in looks, not in time: where timers were held up, by a sleep, a hidden tab or a busy page, all
 * that came meanwhile is taken in between the first look and the next.
 *
 * @param {object} options
 * @param {() => boolean} options.due  whether anything should come
 * @param {() => void} options.ask  has the other end say something
 * @param {() => void} options.dead  it did not
 */
export function createWatchdog({ due, ask, dead }) {
  /** @type {ReturnType<typeof setTimeout> | undefined} */
  let timer;
  let quiet = 0;
  let patience = ANSWER;

  const stop = () => {
    clearTimeout(timer);
    timer = undefined;
    quiet = 0;
  };
  const wait = () => {
    clearTimeout(timer);
    timer = setTimeout(look, TICK);
  };
  const look = () => {
    wait();
    quiet = due() ? quiet + 1 : 0;
    if (quiet === SILENCE) ask();
    if (quiet < SILENCE + patience) return;
    stop();
    // A line that is only slow must not be given up again and again.
    patience = Math.min(MOST, 2 * patience);
    dead();
  };

  return {
    /** Begins with a new line. */
    watch: wait,
    stop,

    /** Something came. */
    heard() {
      if (quiet >= SILENCE && quiet <= SILENCE + ANSWER) patience = ANSWER;
      quiet = 0;
    },

    /** There is reason to doubt the line: asks at once. */
    doubt() {
      if (timer === undefined || quiet >= SILENCE) return;
      quiet = SILENCE;
      ask();
      wait();
    },
  };
}
