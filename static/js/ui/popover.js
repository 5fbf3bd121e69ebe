/**
 * A small panel above everything else, beside the button that opens it. Escape and a press elsewhere
 * close it; it stays on the screen, whatever is scrolled.
 */

const GAP = 6;
const MARGIN = 8;

/**
 * @param {HTMLElement} panel
 * @param {HTMLElement} anchor  where it stands
 * @param {HTMLButtonElement[]} buttons  which open and close it
 */
export function makePopover(panel, anchor, buttons) {
  panel.popover = "auto";
  for (const button of buttons) button.popoverTargetElement = panel;
  const keep = () => place(panel, anchor);

  panel.addEventListener("beforetoggle", (event) => {
    if (event instanceof ToggleEvent && event.newState === "open") keep();
  });
  panel.addEventListener("toggle", () => {
    const open = panel.matches(":popover-open");
    const change = open ? "addEventListener" : "removeEventListener";
    document[change]("scroll", keep, { capture: true, passive: true });
    window[change]("resize", keep);
    if (open) keep();
  });
}

/**
 * Below the anchor, and as far up and to the left as the screen asks for. Before it is shown it has no
 * size, so that a long one is moved up once more when it has.
 *
 * @param {HTMLElement} panel
 * @param {HTMLElement} anchor
 */
function place(panel, anchor) {
  const around = anchor.getBoundingClientRect();
  const { clientWidth, clientHeight } = document.documentElement;
  const width = panel.offsetWidth || parseFloat(getComputedStyle(panel).width);
  const left = Math.min(around.left, clientWidth - width - MARGIN);
  const top = Math.min(around.bottom + GAP, clientHeight - panel.offsetHeight - MARGIN);
  panel.style.left = `${Math.max(MARGIN, left)}px`;
  panel.style.top = `${Math.max(MARGIN, top)}px`;
}
