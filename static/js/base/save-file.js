/** Hands a person a file. */

/**
 * @param {string} name
 * @param {BlobPart} content
 * @param {string} type
 */
export function saveFile(name, content, type) {
  const url = URL.createObjectURL(new Blob([content], { type }));
  const link = document.createElement("a");
  link.href = url;
  link.download = name;
  link.click();
  // The browser reads it after this; a minute is long enough for any disk.
  setTimeout(() => URL.revokeObjectURL(url), 60_000);
}
