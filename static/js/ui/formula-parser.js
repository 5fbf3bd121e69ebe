/**
 * Formulas as the catalogue writes them (plain text such as "w ← w − η g / (√r + ε)") as trees of MathML.
 *
 * What is read: numbers, letters and words; raised and lowered letters (x², β₁) and ^(…); roots (√r, √(…));
 * fractions (a / b, where each side is one thing, a group in parentheses, or a function with what it is taken of);
 * hats (v̂) and dashes (μ′); parentheses, bars and the usual signs. Words that name no function are text.
 */

/** @typedef {{tag: string, text?: string, children?: Node[]}} Node */

const RAISED = new Map(
  Object.entries({
    "⁰": "0",
    "¹": "1",
    "²": "2",
    "³": "3",
    "⁴": "4",
    "⁵": "5",
    "⁶": "6",
    "⁷": "7",
    "⁸": "8",
    "⁹": "9",
    "⁻": "−",
    "⁺": "+",
    ᵗ: "t",
    ˣ: "x",
    ᶠ: "f",
    ᵀ: "T",
    ⁿ: "n",
  }),
);
const LOWERED = new Map(
  Object.entries({
    "₀": "0",
    "₁": "1",
    "₂": "2",
    "₃": "3",
    "₄": "4",
    ⱼ: "j",
    ᵧ: "y",
    ᵢ: "i",
    ₙ: "n",
    ₒ: "o",
    ᵤ: "u",
    ₜ: "t",
  }),
);
const FRACTIONS = new Map(Object.entries({ "½": ["1", "2"], "¼": ["1", "4"] }));
const FUNCTIONS = ["sin", "cos", "tanh", "ln", "max", "min", "sign", "softmax", "sigmoid", "Beta", "ELU"];
const CLOSING = new Map(Object.entries({ "(": ")", "⌊": "⌋", "‖": "‖", "|": "|" }));
const HAT = "\u0302";
const DASH = "′";

/**
 * Two spaces after a comma part the equations of a formula; each stands on a line of its own.
 *
 * @param {string} formula
 */
export const equations = (formula) => formula.split(/,\s{2,}/);

/**
 * @param {string} formula  one equation
 * @returns {Node[]}
 */
export function parseMath(formula) {
  return createReader(formula).row(null);
}

/**
 * An equation in the parts between which a line may be broken: after = and ←, before + and − outside of
 * parentheses, and before words.
 *
 * @param {Node[]} nodes
 * @returns {Node[][]}
 */
export function breakable(nodes) {
  /** @type {Node[][]} */
  const parts = [[]];
  nodes.forEach(({ tag, text = "" }, index) => {
    const before = nodes[index - 1];
    const opens = tag === "mtext" || (tag === "mo" && ["+", "−"].includes(text));
    const isNew = opens || (before?.tag === "mo" && ["=", "←"].includes(before.text ?? ""));
    if (isNew && index > 0) parts.push([]);
    parts.at(-1)?.push(/** @type {Node} */ (nodes[index]));
  });
  return parts;
}

/** @param {string} formula */
function createReader(formula) {
  const letters = [...formula];
  let at = 0;

  /**
   * Everything up to the closing sign, or to the end.
   *
   * @param {string | null} closing
   * @returns {Node[]}
   */
  const row = (closing) => {
    /** @type {Node[]} */
    const nodes = [];
    while (at < letters.length && letters[at] !== closing) {
      const letter = letters[at] ?? "";
      if (letter === " ") at += 1;
      else if (letter === "/") {
        at += 1;
        const above = nodes.splice(numeratorFrom(nodes));
        nodes.push({ tag: "mfrac", children: [bare(rowOf(above)), bare(rowOf(factor()))] });
      } else nodes.push(thing());
    }
    return nodes;
  };

  /**
   * One thing with its sign, or a function with what it is taken of.
   *
   * @returns {Node[]}
   */
  const factor = () => {
    skipSpace();
    if (letters[at] === "−" || letters[at] === "-") return [atom(), ...factor()];
    const node = thing();
    return isFunction(node) ? [node, ...factor()] : [node];
  };

  /** One thing with all that is raised and lowered at it. */
  const thing = () => {
    let node = atom();
    while (at < letters.length) {
      const [up, down] = [script(RAISED), script(LOWERED)];
      if (up) node = { tag: "msup", children: [node, up] };
      else if (down) node = { tag: "msub", children: [node, down] };
      else if (letters[at] === "^" || letters[at] === "_") {
        const tag = letters[at] === "^" ? "msup" : "msub";
        at += 1;
        node = { tag, children: [node, tag === "msup" ? exponent() : bare(atom())] };
      } else break;
    }
    return node;
  };

  /**
   * What stands after ^, with its sign; of x^y^z the upper two belong together.
   *
   * @returns {Node}
   */
  const exponent = () => {
    if (letters[at] === "−" || letters[at] === "-") return rowOf([atom(), exponent()]);
    const node = bare(atom());
    if (letters[at] !== "^") return node;
    at += 1;
    return { tag: "msup", children: [node, exponent()] };
  };

  /** @returns {Node} */
  const atom = () => {
    const letter = letters[at] ?? "";
    const half = FRACTIONS.get(letter);
    const closing = CLOSING.get(letter);
    if (half) {
      at += 1;
      return { tag: "mfrac", children: half.map((text) => ({ tag: "mn", text })) };
    }
    if (closing) return group(letter, closing);
    if (letter === "√") {
      at += 1;
      // what is raised behind parentheses is raised outside of the root
      return { tag: "msqrt", children: [bare(letters[at] === "(" ? atom() : thing())] };
    }
    const number = /^\d+(\.\d+)?/.exec(rest())?.[0];
    if (number) return take({ tag: "mn", text: number }, number);
    const chinese = /^\p{Script=Han}+/u.exec(rest())?.[0];
    if (chinese) return take({ tag: "mtext", text: chinese }, chinese);
    const word = /^\p{L}+/u.exec([...rest()].filter((_, i, all) => isPlain(all, i)).join(""))?.[0];
    if (word && word.length > 1 && /^[A-Za-z]+$/.test(word) && !isProduct(word)) {
      return take({ tag: FUNCTIONS.includes(word) ? "mi" : "mtext", text: word }, word);
    }
    at += 1;
    if (letters[at] === HAT) {
      at += 1;
      return {
        tag: "mover",
        children: [
          { tag: "mi", text: letter },
          { tag: "mo", text: "ˆ" },
        ],
      };
    }
    if (!/\p{L}/u.test(letter)) return { tag: "mo", text: letter };
    if (letters[at] !== DASH) return { tag: "mi", text: letter };
    at += 1;
    return { tag: "mi", text: `${letter}${DASH}` };
  };

  /**
   * @param {string} opening
   * @param {string} closing
   * @returns {Node}
   */
  const group = (opening, closing) => {
    at += 1;
    const inside = row(closing);
    at += 1;
    return { tag: "mrow", children: [{ tag: "mo", text: opening }, ...inside, { tag: "mo", text: closing }] };
  };

  /**
   * @param {Map<string, string>} letters_
   * @returns {Node | null}
   */
  const script = (letters_) => {
    let text = "";
    for (let letter = letters_.get(letters[at] ?? ""); letter; letter = letters_.get(letters[at] ?? "")) {
      text += letter;
      at += 1;
    }
    return text === ""
      ? null
      : { tag: "mrow", children: parseMath(text.length > 1 ? text.replace(/([a-z])/g, "$1 ") : text) };
  };

  /**
   * @param {Node} node
   * @param {string} text
   */
  const take = (node, text) => {
    at += text.length;
    return node;
  };
  const rest = () => letters.slice(at).join("");
  const skipSpace = () => {
    while (letters[at] === " ") at += 1;
  };
  return { row };
}

/**
 * Whether a letter belongs to a word: raised and lowered ones end it.
 *
 * @param {string[]} letters
 * @param {number} index
 */
const isPlain = (letters, index) =>
  letters.slice(0, index + 1).every((letter) => !RAISED.has(letter) && !LOWERED.has(letter));

/** Letters side by side that are a product and no word. */
const isProduct = (/** @type {string} */ word) => /^[xy]+$/.test(word) || word === "yf" || word === "fj";

/**
 * Whether this is a function's name, raised or not: sin, sin².
 *
 * @param {Node | undefined} node
 * @returns {boolean}
 */
const isFunction = (node) =>
  node?.tag === "mi" ? FUNCTIONS.includes(node.text ?? "") : node?.tag === "msup" && isFunction(node.children?.[0]);

/**
 * Where the numerator begins of a fraction whose / comes after these nodes: at the last one, or at the function that is
 * taken of it: sin²(πx)/2 is half of sin²(πx), not sin² of a half. A letter before parentheses may be a function.
 *
 * @param {Node[]} nodes
 */
function numeratorFrom(nodes) {
  const last = nodes.length - 1;
  for (let i = last; i >= 0 && nodes[i]?.tag !== "mo" && nodes[i]?.tag !== "mtext"; i -= 1) {
    if (isFunction(nodes[i])) return i;
  }
  const before = nodes[last - 1];
  const isCalled = nodes[last]?.children?.[0]?.text === "(" && before?.tag === "mi" && before.text !== "π";
  return Math.max(0, isCalled ? last - 1 : last);
}

/**
 * @param {Node[]} nodes
 * @returns {Node}
 */
const rowOf = (nodes) => (nodes.length === 1 ? /** @type {Node} */ (nodes[0]) : { tag: "mrow", children: nodes });

/**
 * What a fraction or a root holds needs no parentheses.
 *
 * @param {Node} node
 * @returns {Node}
 */
function bare(node) {
  const [first, ...inside] = node.children ?? [];
  const isGroup = node.tag === "mrow" && first?.text === "(" && inside.at(-1)?.text === ")";
  return isGroup ? { tag: "mrow", children: inside.slice(0, -1) } : node;
}
