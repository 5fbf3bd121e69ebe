/** How the style says that it is for a phone. */

export const PHONE = "(max-width: 720px)";
