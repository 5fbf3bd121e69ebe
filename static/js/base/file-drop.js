/** Files that are dropped on an element. */

/**
 * While a file hovers over the element, it has the class `is-over`.
 *
 * @param {HTMLElement} element
 * @param {(file: File) => void} listener
 */
export function acceptDrops(element, listener) {
  element.addEventListener("dragover", (event) => {
    event.preventDefault();
    element.classList.add("is-over");
  });
  element.addEventListener("dragleave", () => element.classList.remove("is-over"));
  element.addEventListener("drop", (event) => {
    event.preventDefault();
    element.classList.remove("is-over");
    const file = event.dataTransfer?.files[0];
    if (file) listener(file);
  });
}
