/** Files of a run that the server makes: one button each. */

import { fileButton } from "../ui/file-button.js";
import { t } from "../base/words.js";

/** @import {Actions} from "../base/types.js" */

/** In the order of the list. */
const FILES = /** @type {const} */ ([
  {
    what: "weights",
    label: t("Weights"),
    type: "NPZ",
    text: t("Every weight and bias as NumPy arrays, with the settings."),
  },
  {
    what: "metrics",
    label: t("Metrics"),
    type: "CSV",
    text: t("Loss, accuracy, penalty and learning rate of every point of the curves."),
  },
  {
    what: "numpy",
    label: t("NumPy script"),
    type: "PY",
    text: t(
      "The whole run in one readable file that needs nothing but NumPy and gives the same numbers, up to rounding.",
    ),
  },
  { what: "pytorch", label: t("PyTorch script"), type: "PY", text: t("The same run written with PyTorch.") },
]);

/**
 * @param {Actions} actions
 * @param {(text: string) => void} say
 */
export const serverFiles = (actions, say) =>
  FILES.map(({ what, label, type, text }) =>
    fileButton(label, type, what, text, say, async () => {
      const { name, media, bytes } = await actions.exportFile(what);
      return { name, media, content: bytes };
    }),
  );
