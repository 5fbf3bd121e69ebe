/** A sheet of paper for the room: what to do, the code and the address. It is seen in print alone. */

import { h } from "../base/dom.js";
import { renderMarkdown } from "./markdown.js";
import { t } from "../base/words.js";

/** @import {Classroom} from "../base/types.js" */

const PRINTING = "is-sheet";

export function createRoomSheet() {
  const title = h("h1");
  const text = h("div", { class: "class-text" });
  const code = h("img", { class: "sheet-code", alt: t("QR code of the link") });
  const address = h("p", { class: "sheet-address" });
  const sheet = h("section", { class: "room-sheet", "data-testid": "room-sheet" }, title, text, code, address);
  document.body.append(sheet);
  addEventListener("afterprint", () => document.body.classList.remove(PRINTING));

  return {
    /**
     * @param {string} url
     * @param {Classroom} classroom
     */
    async print(url, classroom) {
      title.textContent = classroom.title || "MLP Playground";
      text.replaceChildren(...renderMarkdown(classroom.text));
      code.src = `api/qr?text=${encodeURIComponent(url)}`;
      // Without a code the sheet still has the address.
      await code.decode().catch(() => null);
      code.hidden = code.naturalWidth === 0;
      address.textContent = url;
      document.body.classList.add(PRINTING);
      print();
    },
  };
}
