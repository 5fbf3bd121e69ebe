/** A button that makes a file and hands it over, and says how that went. */

import { h } from "../base/dom.js";
import { saveFile } from "../base/save-file.js";
import { describe } from "./tooltip.js";
import { t } from "../base/words.js";

/**
 * @param {string} label
 * @param {string} type
 * @param {string} testid
 * @param {string} text
 * @param {(text: string) => void} say
 * @param {() => Promise<{name: string, media: string, content: BlobPart}>} make
 */
export function fileButton(label, type, testid, text, say, make) {
  const button = h(
    "button",
    {
      type: "button",
      class: "share-file",
      "data-testid": `download-${testid}`,
      onclick: async () => {
        button.disabled = true;
        say(t("Making the file …"));
        try {
          const { name, content, media } = await make();
          saveFile(name, content, media);
          say(t("{name} is saved.", { name }));
        } catch (error) {
          say(
            t("The file could not be made: {reason}", {
              reason: error instanceof Error ? error.message : String(error),
            }),
          );
        } finally {
          button.disabled = false;
        }
      },
    },
    h("span", {}, label),
    h("span", { class: "share-type" }, type),
  );
  describe(button, { title: t("{label} ({type})", { label, type }), text });
  return button;
}
