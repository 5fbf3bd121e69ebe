/** A sentence with a part that is no plain text, such as a link: whole for its translation, with marks around the part. */

/**
 * The sentence in pieces, with an element for each part between marks: `marked(t("Press *Play*."), (part) => h("b", {}, part))`.
 *
 * @template Part
 * @param {string} text  parts of it stand between asterisks
 * @param {(part: string) => Part} make
 * @returns {(string | Part)[]}
 */
export const marked = (text, make) => text.split("*").map((piece, index) => (index % 2 === 1 ? make(piece) : piece));

/** Without the marks, as it is read out and written into files. @param {string} text */
export const unmarked = (text) => text.replaceAll("*", "");
