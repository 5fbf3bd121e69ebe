/**
 * The one door for words: every sentence that a person reads is asked for here, whole, with named holes.
 *
 * English is what stands in the code. Another language is a file with a translation for each sentence; the page names
 * it in `data-words-url`, and it is here before any other module runs. `make words` collects the sentences.
 */

/** @typedef {Record<string, string | number>} Values */

const page = globalThis.document?.documentElement;

/** The page's language, as browsers name it. */
export const language = page?.lang || "en";

/** @type {Record<string, string | string[]>} each sentence, and its translation or one for each form of a number */
const catalogue = await read(page?.dataset.wordsUrl);

const numbers = new Intl.PluralRules(language);
const forms = numbers.resolvedOptions().pluralCategories;
const lists = new Intl.ListFormat(language, { type: "conjunction" });
const choices = new Intl.ListFormat(language, { type: "disjunction" });

/** Whether sentences follow each other without a space. */
const isClose = /^(zh|ja)/.test(language);

/** What gettext puts between a context and its sentence. */
const AFTER_CONTEXT = "\u0004";

/**
 * A sentence in the page's language: `t("Layer {layer} of {layers}", { layer: 1, layers: 3 })`.
 *
 * @param {string} sentence
 * @param {Values} [values]
 */
export const t = (sentence, values) => filled(one(catalogue[sentence]) ?? sentence, values);

/**
 * A word whose English has two meanings, with what tells them apart: `tc("learning rate schedule", "Step")`.
 *
 * @param {string} context
 * @param {string} sentence
 * @param {Values} [values]
 */
export const tc = (context, sentence, values) =>
  filled(one(catalogue[context + AFTER_CONTEXT + sentence]) ?? sentence, values);

/**
 * A sentence about a number of things: `tn("{count} unit", "{count} units", 8)`.
 *
 * @param {string} singular
 * @param {string} plural
 * @param {number} count
 * @param {Values} [values]  `count` may be given as it is to be written
 */
export function tn(singular, plural, count, values) {
  const known = catalogue[singular];
  const english = count === 1 ? singular : plural;
  const form = Array.isArray(known)
    ? (known[Math.max(0, forms.indexOf(numbers.select(count)))] ?? known.at(-1))
    : known;
  return filled(form ?? english, { count, ...values });
}

/** "a, b, c". @param {readonly string[]} parts  beside each other, of which the whole is no sentence */
export const listed = (parts) => parts.join(isClose ? "、" : ", ");

/** "a, b and c". @param {Iterable<string>} parts */
export const all = (parts) => lists.format(parts);

/** "a, b or c". @param {Iterable<string>} parts */
export const either = (parts) => choices.format(parts);

/** Whole sentences, one after the other. @param {(string | undefined | false)[]} parts  without those that are not said */
export const sentences = (...parts) => parts.filter(Boolean).join(isClose ? "" : " ");

/**
 * A label as it stands within a sentence, where English writes a small letter: "clipped by norm".
 *
 * @param {string} label
 */
export const within = (label) =>
  language.startsWith("en") && /^[A-Z][a-z]/.test(label) ? label.charAt(0).toLowerCase() + label.slice(1) : label;

/** @param {string | string[] | undefined} text */
const one = (text) => (Array.isArray(text) ? text[0] : text);

/** @param {string} template @param {Values} [values] */
const filled = (template, values) =>
  values ? template.replace(/\{(\w+)\}/g, (hole, name) => String(values[name] ?? hole)) : template;

/** @param {string | undefined} url  none for English; where it can't be fetched, the English words stay */
async function read(url) {
  if (!url) return {};
  const reply = await fetch(url).catch(() => undefined);
  return reply?.ok ? reply.json() : {};
}
