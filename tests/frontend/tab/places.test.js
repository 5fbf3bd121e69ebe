import assert from "node:assert/strict";
import { test } from "node:test";

import { createPlaces } from "../../../static/js/tab/places.js";

/** A browser's storage, with room for so many letters. */
class FakeStorage {
  /** @type {Map<string, string>} */
  items = new Map();

  constructor(room = Infinity) {
    this.room = room;
  }

  /** @param {string} key */
  getItem(key) {
    return this.items.get(key) ?? null;
  }

  /** @param {string} key @param {string} value */
  setItem(key, value) {
    if (value.length > this.room) throw new DOMException("full", "QuotaExceededError");
    this.items.set(key, value);
  }

  /** @param {string} key */
  removeItem(key) {
    this.items.delete(key);
  }
}

/** @param {string} entry @param {string} hash @param {any} state */
const place = (entry, hash, state = { step: 1 }, path = "/") => ({ path, entry, hash, left: true, state });

test("a place is found by its entry of the history, its address, or as the last of its page", () => {
  const places = createPlaces(new FakeStorage());
  const [a, b, other] = [place("a", "#x=1"), place("b", "#x=1", { step: 2 }), place("c", "#x=1", {}, "/landscape")];
  for (const each of [a, b, other]) places.keep(each);
  assert.deepEqual(places.find({ path: "/", entry: "a", hash: "#x=1" }), a, "Back leads to it");
  assert.deepEqual(places.find({ path: "/", entry: null, hash: "#x=1" }), b, "the same address, the newest");
  assert.deepEqual(places.find({ path: "/", entry: null, hash: "" }), b, "from another page");
  assert.deepEqual(places.find({ path: "/landscape", entry: null, hash: "#" }), other);
});

test("another address is another place", () => {
  const places = createPlaces(new FakeStorage());
  places.keep(place("a", "#x=1"));
  assert.equal(places.find({ path: "/", entry: null, hash: "#x=2" }), null, "typed or followed");
  assert.equal(places.find({ path: "/", entry: "a", hash: "#x=2" }), null, "changed by hand");
  assert.equal(places.find({ path: "/optimizers", entry: "a", hash: "#x=1" }), null);
});

test("what is known of a place is replaced, and only the last ones are kept", () => {
  const storage = new FakeStorage();
  const places = createPlaces(storage);
  for (let step = 0; step < 20; step++) places.keep(place("a", "#a", { step }));
  assert.deepEqual(places.find({ path: "/", entry: "a", hash: "#a" })?.state, { step: 19 });
  for (let i = 0; i < 20; i++) places.keep(place(`p${i}`, `#p${i}`));
  assert.equal(JSON.parse(storage.getItem("places") ?? "").length, 6);
  assert.equal(places.find({ path: "/", entry: "a", hash: "#a" }), null);
});

test("where there is little room the newest stays", () => {
  const storage = new FakeStorage(300);
  const places = createPlaces(storage);
  for (const entry of ["a", "b", "c"]) places.keep(place(entry, `#${entry}`, { rows: "1".repeat(100) }));
  assert.equal(places.find({ path: "/", entry: "a", hash: "#a" }), null);
  assert.ok(places.find({ path: "/", entry: "c", hash: "#c" }));
  places.keep(place("d", "#d", { rows: "1".repeat(1000) }));
  assert.equal(storage.items.size, 0, "an older place would be a wrong one");
});

test("where the browser has no storage, or forbids it, or holds something else, nothing is known", () => {
  const forbidden = {
    getItem() {
      throw new DOMException("no", "SecurityError");
    },
    setItem() {
      throw new DOMException("no", "SecurityError");
    },
    removeItem() {
      throw new DOMException("no", "SecurityError");
    },
  };
  const strange = new FakeStorage();
  for (const text of ["{", "7", '[1, {"path": "/"}, {"path": "/", "entry": "a", "hash": "", "state": null}]']) {
    strange.items.set("places", text);
    assert.equal(createPlaces(strange).find({ path: "/", entry: "a", hash: "" }), null);
  }
  for (const storage of [null, forbidden]) {
    const places = createPlaces(storage);
    places.keep(place("a", "#a"));
    assert.equal(places.find({ path: "/", entry: "a", hash: "#a" }), null);
  }
});
