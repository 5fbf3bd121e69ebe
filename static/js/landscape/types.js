/**
 * The shapes that pass between the modules of the landscape's page. Types only; this file has no code.
 *
 * Networks to compare, with a reason: `spec` is what they have in common, `members` what each has different.
 * @typedef {{name: string, title: string, story: string, look: string, spec: import("../base/types.js").Spec,
 *   members: import("../base/types.js").Changes[], speed: number,
 *   landscape: Partial<import("../base/types.js").LandscapeChoices>}} Comparison
 *
 * What every view of this page is given.
 * @typedef {import("../base/types.js").Context & {
 *   comparisons: Comparison[], keeper: import("./keeper.js").LandscapeKeeper, race: import("./actions.js").LandscapeActions}} LandscapeContext
 *
 * Colours as text: of the members, of what surrounds paths and marks so that they stand out on any ground, and of the
 * ring where they begin.
 * @typedef {{colours: string[], rim: string, line: string, ink: string, font: string}} PathLook
 */
export {};
