/** Loads plotly.js, which is large, when the page has nothing better to do. */

/**
 * The library brings the style sheet of its geographic maps and adds it inline, which the page's policy
 * forbids and reports as an error. It does not where an element has this id already.
 */
const MAP_STYLE = "9f215cf04c5486422605d13261cb87401f4e7763b6296af81e98efbc0130da53";

/** @type {Promise<any> | null} */
let loading = null;

/** @returns {Promise<any>} the library */
export function loadPlotly() {
  loading ??= afterFirstPaint().then(() => insert(document.body.dataset.plotlyUrl ?? ""));
  return loading;
}

/** @param {() => void} work */
export function whenIdle(work) {
  if ("requestIdleCallback" in window) requestIdleCallback(work, { timeout: 400 });
  else setTimeout(work, 30);
}

/** @returns {Promise<void>} */
function afterFirstPaint() {
  return new Promise((resolve) => requestAnimationFrame(() => whenIdle(resolve)));
}

/**
 * @param {string} url
 * @returns {Promise<any>}
 */
function insert(url) {
  return new Promise((resolve, reject) => {
    const mapStyle = document.createElement("meta");
    mapStyle.id = MAP_STYLE;
    const script = document.createElement("script");
    script.src = url;
    script.onload = () => resolve(/** @type {any} */ (window).Plotly);
    script.onerror = () => reject(new Error(`could not load ${url}`));
    document.head.append(mapStyle, script);
  });
}
