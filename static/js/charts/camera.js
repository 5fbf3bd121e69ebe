/** Where a picture in three dimensions is seen from. */

/**
 * Notes where a person has turned the picture to, which has to be done before it is drawn anew.
 *
 * Plotly notes it only when the button is let go, and then as of the frame before: a picture that
 * is drawn anew while it is being turned, or on a slow computer just after, would jump back.
 * No public call says where a scene is seen from, so this asks the scene itself.
 *
 * @param {any} plot  an element that Plotly has drawn in, or will
 */
export function keepCamera(plot) {
  plot._fullLayout?.scene?._scene?.saveLayout(plot.layout);
}
