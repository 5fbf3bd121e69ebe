/** What `make check` asks of the page's JavaScript: likely mistakes, and one way where there are several. */

import js from "@eslint/js";
import globals from "globals";

import words from "./scripts/eslint-words.js";

/** Beside ESLint's recommended rules; those of layout are the formatter's. */
const RULES = {
  "array-callback-return": "error",
  "arrow-body-style": "error",
  complexity: ["error", 20],
  curly: ["error", "multi-line"],
  "default-case-last": "error",
  eqeqeq: "error",
  "func-style": ["error", "declaration", { allowArrowFunctions: true }],
  "logical-assignment-operators": "error",
  "max-depth": ["error", 4],
  "max-params": ["error", 7],
  "no-console": "error",
  "no-else-return": "error",
  "no-eval": "error",
  "no-implicit-coercion": "error",
  "no-implied-eval": "error",
  "no-lonely-if": "error",
  "no-new-func": "error",
  "no-self-compare": "error",
  "no-template-curly-in-string": "error",
  "no-throw-literal": "error",
  "no-undef-init": "error",
  "no-unneeded-ternary": "error",
  "no-unreachable-loop": "error",
  "no-unused-expressions": "error",
  // a name that opens with _ says that it is left out on purpose
  "no-unused-vars": ["error", { varsIgnorePattern: "^_", argsIgnorePattern: "^_", caughtErrorsIgnorePattern: "^_" }],
  "no-useless-computed-key": "error",
  "no-useless-concat": "error",
  "no-useless-rename": "error",
  "no-useless-return": "error",
  "no-var": "error",
  "object-shorthand": "error",
  "prefer-arrow-callback": "error",
  "prefer-const": "error",
  "prefer-exponentiation-operator": "error",
  "prefer-object-has-own": "error",
  "prefer-object-spread": "error",
  "prefer-promise-reject-errors": "error",
  "prefer-rest-params": "error",
  "prefer-spread": "error",
  "prefer-template": "error",
  radix: "error",
  "symbol-description": "error",
  yoda: "error",
};

/** Text from people must never become markup. */
const MARKUP = ["innerHTML", "outerHTML", "insertAdjacentHTML", "setHTMLUnsafe"];

export default [
  { linterOptions: { reportUnusedDisableDirectives: "error" } },
  js.configs.recommended,
  { rules: RULES },
  {
    files: ["static/js/**/*.js"],
    languageOptions: { globals: globals.browser },
    plugins: { words },
    rules: {
      "words/door": "error",
      "no-restricted-properties": ["error", ...MARKUP.map((property) => ({ property, message: "Use textContent." }))],
    },
  },
  { files: ["static/js/pages/first-paint.js"], languageOptions: { sourceType: "script" } },
  { files: ["tests/frontend/**/*.js", "scripts/*.js", "*.config.js"], languageOptions: { globals: globals.node } },
];
