/** Dragging an edge up or down: its weight follows, and with it the map. */

/** So many pixels upwards add 1 to a small weight, and to a larger one as much as it is. */
const PIXELS = 60;

/** A press that moves less than this is a click, in pixels. */
const SLOP = 4;

/** A finger that moves sooner than this scrolls the page, in milliseconds. */
const HOLD_DELAY = 300;

/**
 * The weight that a drag leads to, with two decimals.
 *
 * @param {number} start  what it was
 * @param {number} pixels  how far up the pointer went
 */
export function draggedWeight(start, pixels) {
  if (pixels === 0) return start;
  return Math.round(100 * (start + (pixels * Math.max(1, Math.abs(start))) / PIXELS)) / 100;
}

/**
 * @typedef {object} Grip  a weight that can be dragged
 * @property {() => number | null} read  what it is, null until the network has come to rest
 * @property {() => void} begin  the drag has begun
 * @property {(value: number) => Promise<unknown>} change
 * @property {(old: number) => Promise<unknown>} putBack  what it was before the drag
 * @property {() => void} end
 *
 * @typedef {object} Held
 * @property {Grip} grip
 * @property {number} pointer
 * @property {number} from  the height at which the drag begins
 * @property {number} y  where the pointer is
 * @property {boolean} drags  whether it is a drag by now
 * @property {number | null} start
 * @property {number | null} wanted  null where that is as it was
 * @property {Promise<unknown> | null} sending
 *
 * One value is on its way at a time, and the newest follows it: the map is never behind a queue of old ones.
 *
 * @param {HTMLElement} canvas
 * @param {(event: PointerEvent) => Grip | null} gripAt  what is under the pointer
 */
export function followEdgeDrag(canvas, gripAt) {
  /** @type {Held | null} */
  let held = null;
  /** Whether the press under way was a drag, so that its click means nothing. */
  let dragged = false;
  /** @type {ReturnType<typeof setTimeout> | undefined} */
  let timer;

  /** @param {Held} mine */
  const start = (mine) => {
    if (held !== mine) return;
    dragged = mine.drags = true;
    mine.from = mine.y;
    canvas.setPointerCapture(mine.pointer);
    mine.grip.begin();
    follow();
  };

  const follow = () => {
    const mine = held;
    if (!mine?.drags) return;
    mine.start ??= mine.grip.read();
    if (mine.start === null) return;
    mine.wanted = draggedWeight(mine.start, mine.from - mine.y);
    mine.sending ??= send(mine).then(() => {
      mine.sending = null;
    });
  };

  /** @param {Held} mine */
  const send = async (mine) => {
    let sent = mine.start;
    while (mine.wanted !== null && mine.wanted !== sent) {
      sent = mine.wanted;
      await mine.grip.change(sent);
    }
  };

  const letGo = async (back = false) => {
    clearTimeout(timer);
    const mine = held;
    held = null;
    if (!mine?.drags) return;
    if (back) mine.wanted = null;
    await mine.sending;
    if (back && mine.start !== null) await mine.grip.putBack(mine.start);
    mine.grip.end();
  };

  canvas.addEventListener("pointerdown", (event) => {
    dragged = false;
    if (held || event.button !== 0) return;
    const grip = gripAt(event);
    if (!grip) return;
    const { pointerId: pointer, clientY: y } = event;
    const mine = { grip, pointer, from: y, y, drags: false, start: null, wanted: null, sending: null };
    held = mine;
    if (event.pointerType === "touch") timer = setTimeout(() => start(mine), HOLD_DELAY);
  });
  // Before those who say what is pointed at: that stays the edge, wherever the pointer goes.
  canvas.addEventListener(
    "pointermove",
    (event) => {
      if (held?.pointer !== event.pointerId) return;
      held.y = event.clientY;
      if (!held.drags && Math.abs(held.y - held.from) > SLOP) {
        if (event.pointerType === "touch") letGo();
        else start(held);
      }
      if (!held?.drags) return;
      event.stopImmediatePropagation();
      follow();
    },
    { capture: true },
  );
  canvas.addEventListener(
    "click",
    (event) => {
      if (dragged) event.stopImmediatePropagation();
    },
    { capture: true },
  );
  // The page scrolls under a finger unless the first move is taken from it.
  canvas.addEventListener("touchmove", (event) => held?.drags && event.cancelable && event.preventDefault(), {
    passive: false,
  });
  for (const type of /** @type {const} */ (["pointerup", "pointercancel"])) {
    canvas.addEventListener(type, ({ pointerId }) => {
      if (held?.pointer === pointerId) letGo();
    });
  }
  addEventListener(
    "keydown",
    (event) => {
      if (event.key !== "Escape" || !held?.drags) return;
      event.preventDefault();
      event.stopImmediatePropagation();
      letGo(true);
    },
    { capture: true },
  );

  return {
    /** A new picture has come: the network may be at rest by now. */
    follow,
    /** It is another network. */
    drop: () => void letGo(),
  };
}
