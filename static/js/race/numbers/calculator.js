/** What a line of arithmetic comes to, worked out from the numbers as they are written. */

/**
 * @param {string} template  such as "{w} − {rate}·{g} / (√{r} + {epsilon})"
 * @param {(name: string) => number} number  what each name stands for
 * @returns {number}  NaN where the line leaves something out (⋯)
 */
export function reckon(template, number) {
  const tokens = template.match(/\{\w+\}|\d+(\.\d+)?|[a-z]+|\S/gu) ?? [];
  let at = 0;
  const accept = (/** @type {string[]} */ ...signs) => (signs.includes(tokens[at] ?? "") ? tokens[at++] : undefined);

  /** @returns {number} */
  const sum = () => {
    let total = product();
    for (let sign = accept("+", "−"); sign; sign = accept("+", "−")) total += (sign === "+" ? 1 : -1) * product();
    return total;
  };
  /** @returns {number} */
  const product = () => {
    let found = signed();
    for (let sign = accept("·", "/"); sign; sign = accept("·", "/")) {
      const next = signed();
      found = sign === "·" ? found * next : found / next;
    }
    return found;
  };
  /** @returns {number} */
  const signed = () => (accept("−") ? -signed() : power());
  /** @returns {number} */
  const power = () => {
    const base = one();
    if (accept("²")) return base * base;
    return accept("^") ? base ** signed() : base;
  };
  /** @returns {number} */
  const one = () => {
    const token = tokens[at++] ?? "";
    if (token.startsWith("{")) return number(token.slice(1, -1));
    if (token === "½") return 0.5;
    if (token === "√") return Math.sqrt(one());
    if (token === "(") return inside()[0] ?? NaN;
    const known = FUNCTIONS[token];
    if (known && accept("(")) return known(...inside());
    return /^\d/.test(token) ? Number(token) : NaN;
  };
  /** @returns {number[]} */
  const inside = () => {
    const parts = [sum()];
    while (accept(",")) parts.push(sum());
    return accept(")") ? parts : [NaN];
  };

  const result = sum();
  return at === tokens.length ? result : NaN;
}

const FUNCTIONS = /** @type {{[name: string]: (...values: number[]) => number}} */ ({
  max: Math.max,
  min: Math.min,
  sign: Math.sign,
});
