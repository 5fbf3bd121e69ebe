/**
 * A small part of Markdown, for an instruction of a few lines: paragraphs, whose lines stay lines, lists, **strong**,
 * *emphasis*, `code` and [links](https://example.org). All else, HTML too, is text and looks as it was typed.
 */

import { h } from "../base/dom.js";

/**
 * @typedef {string | {kind: "strong" | "em" | "code", parts: Inline[]} | {kind: "link", address: string, parts: Inline[]}
 *   } Inline
 * @typedef {{kind: "p" | "ul" | "ol", items: Inline[][]}} Block  a paragraph has lines, a list has points
 */

const BULLET = /^\s*[-*+]\s+(.*)$/;
const NUMBER = /^\s*\d{1,3}[.)]\s+(.*)$/;
const INLINE =
  /`(?<code>[^`]+)`|\*\*(?<strong>\S(?:.*?\S)?)\*\*|\*(?<em>[^\s*](?:[^*]*[^\s*])?)\*|\[(?<text>[^\]]+)\]\((?<address>[^\s()]+)\)/;

/**
 * @param {string} text
 * @returns {Block[]}
 */
export function parseMarkdown(text) {
  /** @type {Block[]} */
  const blocks = [];
  let open = false;
  for (const line of text.split(/\r?\n/)) {
    const [, bullet] = BULLET.exec(line) ?? [];
    const [, numbered] = NUMBER.exec(line) ?? [];
    const kind = bullet !== undefined ? "ul" : numbered !== undefined ? "ol" : "p";
    const last = blocks.at(-1);
    if (line.trim() === "") open = false;
    else if (open && last?.kind === kind) last.items.push(inlines(bullet ?? numbered ?? line.trim()));
    else {
      blocks.push({ kind, items: [inlines(bullet ?? numbered ?? line.trim())] });
      open = true;
    }
  }
  return blocks;
}

/**
 * @param {string} text
 * @returns {Inline[]}
 */
function inlines(text) {
  const found = INLINE.exec(text);
  if (!found) return text === "" ? [] : [text];
  const { code, strong, em, text: name = "", address = "" } = found.groups ?? {};
  const before = text.slice(0, found.index);
  return [
    ...(before === "" ? [] : [before]),
    code !== undefined
      ? { kind: "code", parts: [code] }
      : strong !== undefined
        ? { kind: "strong", parts: inlines(strong) }
        : em !== undefined
          ? { kind: "em", parts: inlines(em) }
          : link(address, name, found[0]),
    ...inlines(text.slice(found.index + found[0].length)),
  ];
}

/**
 * @param {string} address
 * @param {string} name
 * @param {string} typed
 * @returns {Inline}
 */
function link(address, name, typed) {
  const isWeb = /^https?:\/\//i.test(address) && URL.canParse(address);
  return isWeb ? { kind: "link", address, parts: inlines(name) } : typed;
}

/** @param {string} text */
export const renderMarkdown = (text) => parseMarkdown(text).map(blockElement);

/** @param {Block} block */
function blockElement({ kind, items }) {
  if (kind !== "p") return h(kind, {}, ...items.map((item) => h("li", {}, ...item.map(inlineNode))));
  return h("p", {}, ...items.flatMap((line, index) => [index > 0 && h("br"), ...line.map(inlineNode)]));
}

/**
 * @param {Inline} part
 * @returns {Node | string}
 */
function inlineNode(part) {
  if (typeof part === "string") return part;
  const children = part.parts.map(inlineNode);
  if (part.kind !== "link") return h(part.kind, {}, ...children);
  return h("a", { href: part.address, target: "_blank", rel: "noopener noreferrer" }, ...children);
}
