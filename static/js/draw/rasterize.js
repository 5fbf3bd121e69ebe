/** From a vector picture to one of pixels. */

import { t } from "../base/words.js";

/** Pixels for each unit of the picture: sharp on a slide and in print. */
const SCALE = 2;

/**
 * Rejects where the browser cannot draw the picture.
 *
 * @param {{text: string, width: number, height: number}} picture
 * @returns {Promise<Blob>} a PNG file
 */
export async function rasterize({ text, width, height }) {
  const url = URL.createObjectURL(new Blob([text], { type: "image/svg+xml" }));
  try {
    const image = new Image();
    image.src = url;
    await image.decode();
    const canvas = document.createElement("canvas");
    canvas.width = width * SCALE;
    canvas.height = height * SCALE;
    canvas.getContext("2d")?.drawImage(image, 0, 0, canvas.width, canvas.height);
    return await new Promise((resolve, reject) =>
      canvas.toBlob((blob) => (blob ? resolve(blob) : reject(new Error(t("the picture is too large")))), "image/png"),
    );
  } finally {
    URL.revokeObjectURL(url);
  }
}
