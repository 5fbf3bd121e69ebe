/**
 * The socket: says hello, answers requests, comes back by itself when the line is lost or has gone silent.
 * What is said in the hello and what is done with messages is up to the caller.
 */

import { createFile } from "./file-parts.js";
import { PROTOCOL, decode, encode } from "./protocol.js";
import { createWatchdog } from "./watchdog.js";

/** @import {ConnectionState, FileFrame, Frame, History, Problem, ReceivedFile, Scene, Spec, StudyPart} from "../base/types.js" */

const FIRST_DELAY = 250;
const LONGEST_DELAY = 8000;
const FULL_DELAY = 5000;
const WELCOME_TIMEOUT = 10_000;
/** An attempt that is older than that may be one from before a sleep, or into a network that was not there yet. */
const FRESH = 3000;

const ABNORMAL = 1006;
/** WebSocket.CLOSING: this state and the one after it take no more messages. */
const CLOSING = 2;
const CLOSED = { full: 1013, takenOver: 4000, otherProtocol: 4002 };

/**
 * @typedef {{type: string, [key: string]: any}} Message
 * @typedef {{ok: boolean, problems: Problem[], message: string, code: string, file: ReceivedFile | null,
 *   race?: Spec}} Reply  `race` where a changed one was asked for
 *
 * @typedef {object} Options
 * @property {() => WebSocket} open makes a socket
 * @property {string | null} [session] the name of one to go on with
 * @property {(session: string | null) => {[key: string]: unknown}} hello what to say first, beside the session
 * @property {(reply: Reply) => "again" | "later" | "never"} refused the server does not take the hello; says whether to
 *   say it again with what hello gives then, to try again after a while, or to wait until `connect` is called
 * @property {() => boolean} [due] whether frames should come, beside the answers that are waited for
 * @property {(message: Message) => void} message a status or another JSON message that answers no request
 * @property {(picture: Frame | Scene | History) => void} picture
 * @property {(state: ConnectionState, tries: number) => void} changed with how often it was tried since it was open
 */

/** @type {Reply} the answer where there is nobody to answer */
const LOST = { ok: false, problems: [], message: "", code: "lost", file: null };

/** @param {Options} options */
export function createConnection({
  open,
  session = null,
  hello,
  refused,
  due = () => false,
  message,
  picture,
  changed,
}) {
  /** @type {WebSocket | null} */
  let socket = null;
  /** @type {Map<number, (reply: Reply) => void>} */
  const waiting = new Map();
  /** @type {ReturnType<typeof setTimeout> | undefined} */
  let timer;
  let delay = FIRST_DELAY;
  let tries = 0;
  let began = 0;
  let welcome = false;
  /** Whether it does not come back by itself. */
  let over = false;
  let lastId = 0;
  /** @type {Map<number, ReturnType<typeof createFile>>} what came for a request whose `ok` is still to come */
  const files = new Map();
  /** @type {Map<number, (part: StudyPart) => void>} who takes the parts of a study until its `ok` */
  const studies = new Map();

  const watchdog = createWatchdog({
    due: () => waiting.size > 0 || due(),
    ask: () => void request("ping"),
    dead: () => drop(),
  });

  /** Hears nothing more of a line, and ends it. */
  const leave = () => {
    if (!socket) return;
    socket.onopen = socket.onmessage = socket.onclose = null;
    socket.close();
    socket = null;
  };

  const connect = () => {
    clearTimeout(timer);
    leave(); // or what still comes from there would be answered here
    over = false;
    began = Date.now();
    const mine = open();
    socket = mine;
    welcome = false;
    mine.binaryType = "arraybuffer";
    mine.onopen = greet;
    mine.onmessage = ({ data }) => {
      watchdog.heard();
      tries = 0;
      if (typeof data === "string") receive(JSON.parse(data));
      else take(decode(data));
    };
    mine.onclose = ({ code }) => closed(code);
    timer = setTimeout(drop, WELCOME_TIMEOUT);
  };

  /** Gives the line up: a dead one may take minutes to say that it is closed, and may wake up again. */
  const drop = () => {
    if (!socket) return;
    leave();
    closed(ABNORMAL);
  };

  const greet = () => {
    socket?.send(encode("hello", { protocol: PROTOCOL, ...(session && { session }), ...hello(session) }));
  };

  /** @param {Frame | Scene | History | FileFrame | StudyPart} decoded */
  const take = (decoded) => {
    if (decoded.type === "file") {
      const file = files.get(decoded.id) ?? createFile(decoded);
      file.add(decoded);
      files.set(decoded.id, file);
    } else if (decoded.type === "study") studies.get(decoded.id)?.(decoded);
    else picture(decoded);
  };

  /** @param {Message} received */
  const receive = (received) => {
    if (received.type === "welcome") {
      clearTimeout(timer);
      watchdog.watch();
      session = received.session;
      welcome = true;
      delay = FIRST_DELAY;
      changed("open", tries);
    } else if (received.type === "ok" || received.type === "error") {
      answer(received);
    } else {
      message(received);
    }
  };

  /** @param {Message} received */
  const answer = (received) => {
    const reply = {
      ok: received.type === "ok",
      problems: received.problems ?? [],
      message: received.message ?? "",
      code: received.code ?? "",
      file: files.get(received.id)?.whole() ?? null,
      ...(received.race && { race: received.race }),
    };
    files.delete(received.id);
    studies.delete(received.id);
    const resolve = waiting.get(received.id);
    waiting.delete(received.id);
    if (resolve) resolve(reply);
    else if (welcome) message(received);
    else notTaken(refused(reply));
  };

  /** @param {"again" | "later" | "never"} then */
  const notTaken = (then) => {
    if (then === "again") return greet();
    drop();
    if (then === "later") return;
    clearTimeout(timer);
    over = true;
    changed("refused", tries);
  };

  /** @param {number} code */
  const closed = (code) => {
    clearTimeout(timer);
    watchdog.stop();
    socket = null;
    welcome = false;
    for (const resolve of waiting.values()) resolve(LOST);
    waiting.clear();
    files.clear();
    studies.clear();
    if (code === CLOSED.otherProtocol) {
      over = true;
      changed("outdated", tries);
      return;
    }
    // Another socket has the session: go on with one of our own, from the same point.
    if (code === CLOSED.takenOver) session = null;
    // A full server can be reached.
    tries = code === CLOSED.full ? 0 : tries + 1;
    changed(code === CLOSED.full ? "full" : "lost", tries);
    timer = setTimeout(connect, code === CLOSED.full ? FULL_DELAY : delay * (0.75 + Math.random() / 2));
    delay = Math.min(LONGEST_DELAY, 2 * delay);
  };

  /**
   * @param {string} type
   * @param {{[key: string]: unknown}} [keys]
   */
  const send = (type, keys) => {
    // between a line's end and word of it there is nobody to send to either
    if (!socket || !welcome || socket.readyState >= CLOSING) return false;
    socket.send(encode(type, keys));
    return true;
  };

  /**
   * @param {string} type
   * @param {{[key: string]: unknown}} [keys]
   * @returns {Promise<Reply>}
   */
  const request = (type, keys = {}) => {
    const id = ++lastId;
    return new Promise((resolve) => {
      if (send(type, { ...keys, id })) waiting.set(id, resolve);
      else resolve(LOST);
    });
  };

  return {
    connect,

    /** The name to resume by; null where there is none yet. */
    get session() {
      return session;
    },

    /** The page came back into sight, or the network did: tries again at once, and asks where there is a line. */
    retry() {
      if (welcome) return watchdog.doubt();
      if (over || (socket && Date.now() - began < FRESH)) return;
      drop();
      delay = FIRST_DELAY;
      connect();
    },

    /** Sends without waiting for an answer. Says whether there was anyone to send to. */
    send,

    /** Sends, and gives the answer. */
    request,

    /**
     * Has something computed beside the run. Each part is handed on as it comes; the answer follows the last.
     *
     * @param {{kind: string, [key: string]: unknown}} what
     * @param {(part: StudyPart) => void} [onPart]
     * @returns {Promise<Reply>}
     */
    study(what, onPart = () => {}) {
      const reply = request("study", { what });
      // not where there was nobody to ask
      if (waiting.has(lastId)) studies.set(lastId, onPart);
      return reply;
    },
  };
}

/** @typedef {ReturnType<typeof createConnection>} Connection */
