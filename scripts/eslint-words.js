/** A rule for ESLint: a text that a person reads is asked for through the door for words, never written beside it. */

/** Functions of static/js/base/words.js whose texts are sentences. */
const DOOR = new Set(["t", "tn", "tc"]);
/** Two words, or one that opens like a label. */
const SENTENCE = /[A-Za-z’']{2,}[,.:;]? [A-Za-z]{2,}|^[A-Z][a-z]{2,}\b/;
/** Markup, selectors and gradients. */
const CODE = /="|^\((pointer|max-width)|\bis-|\[[\w-]+[=\]]|^linear-gradient/;
/** Attributes and properties that hold names. */
const NAMES =
  /^(class|className|id|role|type|style|font|d|points|transform|viewBox|rel|sandbox|name|key|code|testid|data-testid|family|cursor|textposition|display|grid.*|aria-labelledby)$/;
/** Functions and methods that take names. */
const TAKE_NAMES =
  /^(querySelector(All)?|closest|matches|getElementById|addEventListener|removeEventListener|getPropertyValue|matchMedia|add|remove|toggle|contains|has|get|getContext|createElement(NS)?|startsWith|endsWith|includes|fillText_)$/;
/** Keys of keyboards, headers and languages, and names that are Latin in every language. */
const LATIN =
  /^(Escape|Enter|Tab|Space|Shift|Control|Meta|Alt|Home|End|Delete|Backspace|Insert|Dead|Unidentified|Process|Arrow\w+|Page(Up|Down)|Key[A-Z]|Digit\d|Latn|Beta|Content-Type|Accept|NaN|Infinity|Intl|AbortError|NotAllowedError|MLP Playground)$/;

const MADE_OF_NAMES = /Error$|^Worker$|^URL$|^RegExp$|^Set$|^CustomEvent$|^Event$/;

/** @type {import("eslint").Rule.RuleModule} */
const rule = {
  meta: {
    type: "problem",
    schema: [],
    messages: { beside: "“{{text}}” is read by people: ask t(), tn() or tc() for it." },
  },
  create: (context) => {
    /** @param {any} node @param {string} text */
    const check = (node, text) => {
      if (SENTENCE.test(text) && !LATIN.test(text.trim()) && !CODE.test(text) && !isName(node)) {
        context.report({ node, messageId: "beside", data: { text: text.trim().slice(0, 60) } });
      }
    };
    return {
      Literal: (node) => typeof node.value === "string" && check(node, node.value),
      TemplateElement: (node) => check(node, node.value.cooked ?? node.value.raw),
    };
  },
};

/**
 * What the place of a text says of it, by the kind of the node around it: whether it is no text for people; undefined
 * where that is still open.
 *
 * @type {Record<string, (around: any, inside: any) => boolean | undefined>}
 */
const JUDGES = {
  CallExpression: ({ callee }, inside) =>
    callee !== inside && (DOOR.has(callee.name) || TAKE_NAMES.test(callee.property?.name ?? callee.name ?? "")),
  NewExpression: ({ callee }) => MADE_OF_NAMES.test(callee.name ?? ""),
  Property: ({ key }, inside) => key === inside || NAMES.test(key.name ?? key.value ?? ""),
  AssignmentExpression: ({ left }) => NAMES.test(left.property?.name ?? ""),
  BinaryExpression: ({ operator }) => (/^[=!]==?$|^in$/.test(operator) ? true : undefined),
  SwitchCase: ({ test }, inside) => test === inside,
  ThrowStatement: () => true,
  ImportDeclaration: () => true,
  ImportExpression: () => true,
  ExportNamedDeclaration: () => true,
  ExportAllDeclaration: () => true,
  ArrowFunctionExpression: () => false,
  FunctionDeclaration: () => false,
};

/** Whether a text is inside the door, or is no text for people. @param {any} node @returns {boolean} */
function isName(node) {
  for (let inside = node, around = node.parent; around; inside = around, around = around.parent) {
    const found = JUDGES[around.type]?.(around, inside);
    if (found !== undefined) return found;
  }
  return false;
}

export default { rules: { door: rule } };
