/** Icons that many parts of the page show, as paths on a grid of 24 units. */

export const CLOSE = "M6.5 6.5l11 11M17.5 6.5l-11 11";
export const PIN = "M9 4h6l-1 6 3.5 3.5h-11L10 10zM12 13.5V20";
export const CHEVRON = "M7 10l5 5 5-5";
export const SHARE = "M12 15V4M8 7.5L12 3.5l4 4M6 11.5H5v8.5h14v-8.5h-1";
