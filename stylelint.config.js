/** What `make check` asks of the style sheets, beside the standard rules; where lines break is the formatter's. */
export default {
  extends: "stylelint-config-standard",
  rules: {
    // tests and the pictures that are exported read colours digit by digit
    "color-hex-length": "long",
    // (min-width: …) is what older phones know too
    "media-feature-range-notation": "prefix",
    // it compares rules that never meet at one element
    "no-descending-specificity": null,
    // names of fonts are names
    "value-keyword-case": ["lower", { ignoreProperties: ["/^--font/", "font-family"] }],
    // Safari on iPhones knows it only so
    "property-no-vendor-prefix": [true, { ignoreProperties: ["-webkit-text-size-adjust"] }],
    // blank lines group what belongs together
    "comment-empty-line-before": null,
    "custom-property-empty-line-before": null,
    "declaration-empty-line-before": null,
  },
};
