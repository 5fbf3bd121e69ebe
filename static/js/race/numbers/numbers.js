/** Places of a race as people read them. */

import { significant } from "../../base/format.js";

export { significant };

/**
 * A point of the plane, in three digits.
 *
 * @param {number} x
 * @param {number} y
 */
export const point = (x, y) => `(${significant(x, 3)}, ${significant(y, 3)})`;
