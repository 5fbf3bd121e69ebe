/** The network: features, hidden layers and outputs, live, with the controls that shape it. */

import { isFree, isHidden } from "../base/classroom.js";
import { onResize } from "../base/canvas.js";
import { remember, remembered } from "../base/page.js";
import { createEveryLayer } from "./every-layer.js";
import { followEdgeDrag } from "./edge-drag.js";
import { createFeatureMaps } from "./feature-maps.js";
import { createIdleUnits } from "./idle-units.js";
import { createColumnControls } from "./layer-controls.js";
import { layoutEdges, layoutNetwork, MOST_LAYERS } from "./layout.js";
import { createParameterEditor } from "./parameter-editor.js";
import { frozenPlaces, parametersOf } from "./parameters.js";
import { buildNetwork, READING, sayCounts } from "./parts.js";
import { createNetworkPicture } from "./picture.js";
import { FADED, valuesOf } from "./tiles.js";
import { createPointing, followKey, trackEdges } from "./pointing.js";
import { createNetworkReading } from "./reading.js";
import { createTracedEdges, createTraceMarks } from "./trace-marks.js";
import { createNetworkUnits, IDLE } from "./units.js";
import { createWeightGrip } from "./weight-grip.js";
import { watchPalette } from "../draw/palette.js";
import { atMostEvery, oncePerFrame, whenQuiet } from "../base/scheduling.js";
import { watch } from "../base/store.js";
import { t } from "../base/words.js";

/** @import {Context, Frame, Inspected, Spec, State, View} from "../base/types.js" */
/** @import {Palette} from "../draw/colour.js" */
/** @import {Gap, Layout} from "./layout.js" */
/** @import {Pointed} from "./reading.js" */
/** @import {UnitPlace} from "./units.js" */

/** Numbers that change faster than this cannot be read, in milliseconds. */
const READING_GAP = 90;

/** When no frame came for so long, the last one's edges are drawn to the end, in milliseconds. */
const FINISH_GAP = 120;

/** Pixels that what is pressed is wide and high, at least, as `--target` of the style has it. */
const TARGETS = { pointer: 24, finger: 40 };
/** Whether somebody has dragged an edge in this browser, and needs no hint any more. */
const DRAGS = "edge-drags";

const FINGERS = "(pointer: coarse), (max-width: 720px)";

/** Room above the columns, at least. */
const HEADER = 36;

/**
 * @param {HTMLElement} root
 * @param {Context} context
 * @returns {View}
 */
export function networkView(root, context) {
  const { store, frames, actions, catalog, want } = context;
  const features = catalog.families.features ?? [];
  const names = features.map(({ kind }) => kind);
  const every = createEveryLayer({ actions, catalog });
  const parts = buildNetwork(root, actions, every.element);
  const picture = createNetworkPicture(parts.canvas);
  const reading = createNetworkReading(parts.reading);
  const traceMarks = createTraceMarks(parts.trace);
  const maps = createFeatureMaps(names);
  const unfold = () => {
    whole = !whole;
    arrange();
  };
  const controls = createColumnControls(parts.controls, context, unfold);
  parts.refold.addEventListener("click", unfold);
  /** @type {HTMLElement | null} */
  const panel = root.closest(".panel");
  let whole = false;
  let room = { width: 0, height: 0 };
  const fingers = matchMedia(FINGERS);
  /** @type {{layout: Layout, gaps: Gap[]}} */
  let shape = { layout: { width: 0, height: 0, least: 0, columns: [] }, gaps: [] };

  const labels = {
    feature: (/** @type {number} */ row) => features[row]?.label ?? "",
    chosen: () => rowsOf(store.get(), names),
  };

  const pointing = createPointing(() => {
    const { current } = pointing;
    picture.setLit(current && litEdges(current, shape.gaps));
    store.set({ inspected: current && inspectedOf(current, reading.nameOf(current, shape.layout, labels)) });
    read();
    drawSoon();
  });

  let tapped = "";
  /** A finger hides what it taps: the first tap shows the unit large, the next one sets its bias. */
  const isTappedAgain = (/** @type {UnitPlace} */ { column, unit }) => {
    const place = `${column}.${unit}`;
    const again = tapped === place;
    tapped = place;
    return again;
  };

  const units = createNetworkUnits(parts.units, {
    features,
    description: READING,
    toggle: actions.toggleFeature,
    hover: (place) => pointing.hover(place && { ...place, edge: null }),
    focus: (place) => pointing.focus(place && { ...place, edge: null }),
    press: (place) => pick(place) || (fingers.matches && !isTappedAgain(place)) || edit({ ...place, edge: null }),
    key: (event, place) => {
      const here = pointing.focused ?? { ...place, edge: null };
      if ((event.key === "Enter" || event.key === " ") && place.column > 0) {
        event.preventDefault();
        if (here.edge !== null || !pick(here)) edit(here);
        return;
      }
      const target = followKey(event, here, shape.layout, shape.gaps);
      if (!target) return;
      event.preventDefault();
      units.focus(target);
      pointing.focus(target);
    },
  });
  document.addEventListener("keydown", ({ key, defaultPrevented }) => {
    // the innermost first: the editor, the edge, then the card with the map of the unit
    if (key === "Escape" && !defaultPrevented && !editor.isOpen) pointing.clear();
  });
  const editor = createParameterEditor(parts.stage, {
    actions,
    frozen: () => store.get().spec.frozen ?? [],
    closed: () => read(),
  });

  /**
   * Takes a unit into the pair that is looked at, for the one that is longer in it.
   *
   * @param {UnitPlace} place
   * @returns {boolean} whether units are picked at all
   */
  const pick = ({ column, unit }) => {
    const { picks } = store.get();
    const { role, layer } = shape.layout.columns[column] ?? {};
    const pair = role === "hidden" && picks?.[layer ?? -1];
    if (!picks || !pair || layer === undefined) return false;
    if (!pair.includes(unit)) store.set({ picks: picks.with(layer, [pair[1], unit]) });
    return true;
  };

  /** @param {Pointed} pointed */
  const edit = (pointed) => {
    const { classroom, layout: arrays, pair } = store.get();
    const parameters = parametersOf(pointed, { ...shape, arrays });
    const [weight] = parameters;
    if (pair && pointed.edge !== null && weight) {
      if (!pair.includes(weight.name)) store.set({ pair: [pair[1], weight.name] });
      return;
    }
    if (!isFree(classroom, "weights") || parameters.length === 0) return;
    const from = document.activeElement;
    editor.open(
      reading.titleOf(pointed, { ...shape, labels }),
      parameters,
      reading.anchorOf(pointed, shape),
      from instanceof HTMLElement && from.matches(".unit") ? from : null,
    );
    reading.hide();
  };
  const dragHint = () =>
    fingers.matches
      ? t("Hold the edge and drag up or down to change its weight; tap it to type one.")
      : t("Drag the edge up or down to change its weight; click it to type one.");
  const hintAt = (/** @type {Pointed} */ { edge }) => {
    if (edge !== null) return knowsDrag ? "" : dragHint();
    return fingers.matches ? t("Tap again to set its bias.") : "";
  };
  const edgeOf = trackEdges(parts.canvas, () => shape.gaps, pointing.hover, edit);

  const grips = { store, actions, frame: () => fitting(frames.latest, store.get()) };
  const drag = followEdgeDrag(parts.canvas, (event) => {
    const edge = isFree(store.get().classroom, "weights") ? edgeOf(event) : null;
    const [weight] = edge ? parametersOf(edge, { ...shape, arrays: store.get().layout }) : [];
    return weight ? createWeightGrip(grips, weight) : null;
  });
  watch(store, ["classroom"], ({ classroom }) => {
    parts.canvas.classList.toggle("is-loose", isFree(classroom, "weights"));
  });
  let knowsDrag = "known" in remembered(DRAGS);
  watch(store, ["dragging"], ({ dragging }) => {
    if (!dragging || knowsDrag) return;
    knowsDrag = true;
    remember(DRAGS, JSON.stringify({ known: true }));
  });

  /**
   * @param {Pointed} pointed
   * @param {string} title
   * @returns {Inspected | null}
   */
  const inspectedOf = ({ column, unit, edge }, title) => {
    if (edge !== null) return null;
    const index =
      column === 0
        ? (frames.scene?.features.indexOf(names[unit] ?? "") ?? -1)
        : (shape.layout.columns[column]?.first ?? -1) + unit;
    return index < 0 ? null : { source: column === 0 ? "feature" : "neuron", index, title };
  };

  const read = atMostEvery(READING_GAP, () => {
    const { current } = pointing;
    const frame = fitting(frames.latest, store.get());
    // What a feature is, its tip says; it has no numbers. Under the editor nothing else is read.
    if (!current || current.column === 0 || !frame || editor.isOpen) return reading.hide();
    const { layout: arrays, spec } = store.get();
    const index = (shape.layout.columns[current.column]?.first ?? 0) + current.unit;
    const state = idle.stateOf(index);
    reading.show(current, {
      ...shape,
      labels,
      arrays,
      theta: frame.arrays.theta.data,
      frozen: frozenPlaces(spec, arrays),
      idle: state && IDLE[state],
      hint: isFree(store.get().classroom, "weights") ? hintAt(current) : "",
      large: fingers.matches && current.edge === null ? (canvas) => picture.drawUnit(canvas, index) : null,
    });
    reading.place(current, shape.layout, shape.gaps, parts.scroller);
  });

  const draw = () => {
    const frame = fitting(frames.latest, store.get());
    if (picture.draw(frame && valuesOf(frame))) finishSoon();
    if (pointing.current) read();
    drag.follow();
    if (frame) idle.take(frame);
    if (frame && editor.isOpen) showParameters();
  };
  const idle = createIdleUnits({
    want: (layers) => want("idle-units", { layers }),
    mark: (stateOf) => units.mark(shape.layout, stateOf),
  });
  watch(store, ["phase"], ({ phase }) => idle.setPlaying(phase === "playing"));
  watch(store, ["spec"], ({ spec }) => {
    want("masks", { masks: (spec.layers ?? []).some((/** @type {Spec} */ layer) => layer.dropout > 0) });
  });

  const showParameters = atMostEvery(READING_GAP, () => {
    const frame = fitting(frames.latest, store.get());
    if (frame) editor.update(frame.arrays.theta.data);
  });
  const drawSoon = oncePerFrame(draw);
  // While frames keep coming, the next one draws what this one left.
  const finishSoon = whenQuiet(FINISH_GAP, () => {
    picture.refresh();
    draw();
  });

  const tracedEdges = createTracedEdges(() => shape.gaps);
  const showTracing = () => {
    const { tracing } = store.get();
    picture.setTraced(tracedEdges(tracing));
    traceMarks.update(tracing, shape, labels.chosen());
  };

  /** Where there is more of the network to scroll to, its edge fades; others line up with its columns. */
  const markRest = () => {
    const { scrollLeft, clientWidth } = parts.scroller;
    parts.rest.hidden = scrollLeft + clientWidth >= shape.layout.width - 1;
    store.set({ columns: shape.layout.columns.map(({ role, layer, x }) => ({ role, layer, x: x - scrollLeft })) });
  };

  const arrange = () => {
    const state = store.get();
    const { spec, units: counts, layout: arrays, problems } = state;
    if (counts.length < 2 || room.width === 0) return;
    parts.stage.style.visibility = "";
    every.update(spec);
    const header = Math.max(HEADER, controls.update(spec, problems));
    const network = { features: names.length, hidden: counts.slice(1, -1), outputs: counts.at(-1) ?? 1 };
    const target = fingers.matches ? TARGETS.finger : TARGETS.pointer;
    // what is projected is seen whole, whatever points at it
    const layout = layoutNetwork(network, room, header, whole, state.projecting ? 0 : target);
    const chosen = names.map((name) => spec.features.includes(name));
    shape = { layout, gaps: layoutEdges(layout, labels.chosen(), arrays) };
    const faded = state.projecting || isHidden(state.classroom, "inputs") ? 0 : FADED;
    picture.setPlan({ ...shape, arrays, chosen, faded, frozen: frozenPlaces(spec, arrays) });
    units.update(layout, chosen, (place) => reading.nameOf(place, layout, labels));
    units.markPicked(layout, state.picks);
    showTracing();
    pointing.keep(layout);
    controls.place(layout);
    parts.refold.hidden = !whole || counts.length - 2 <= MOST_LAYERS;
    parts.stage.style.width = `${layout.width}px`;
    parts.stage.style.height = `${layout.height}px`;
    panel?.style.setProperty("--least", `${layout.least}px`);
    markRest();
    sayCounts(parts.summary, state);
    draw();
  };

  /** @type {Palette | null} */
  let palette = null;
  const setLook = () => {
    if (palette) picture.setLook({ palette, discretize: store.get().discretize });
    drawSoon();
  };
  watchPalette((next) => {
    palette = next;
    setLook();
  });
  watch(store, ["discretize"], setLook);
  watch(store, ["picks"], ({ picks }) => units.markPicked(shape.layout, picks));
  watch(store, ["spec", "units", "layout", "problems", "classroom", "projecting"], arrange);
  watch(store, ["tracing"], () => {
    showTracing();
    drawSoon();
  });
  watch(store, ["run", "units", "layout"], () => {
    editor.close();
    drag.drop();
  });
  const takeScene = () => {
    picture.setFeatures(maps.add(frames.scene));
    drawSoon();
  };
  takeScene();
  frames.subscribe(takeScene);
  onResize(parts.scroller, (size) => {
    room = size;
    arrange();
  });
  parts.scroller.addEventListener("scroll", markRest, { passive: true });

  return { draw };
}

/**
 * For each input of the network its row among all features.
 *
 * @param {Readonly<State>} state
 * @param {string[]} names
 * @returns {number[]}
 */
function rowsOf({ spec }, names) {
  return (spec.features ?? []).map((/** @type {string} */ name) => names.indexOf(name));
}

/**
 * The edges into a unit, or the one edge.
 *
 * @param {Pointed} pointed
 * @param {Gap[]} gaps
 */
function litEdges({ column, unit, edge }, gaps) {
  const gap = gaps[column - 1];
  if (!gap) return null;
  const has = (/** @type {number} */ index) => (edge === null ? gap.to[index] === unit : index === edge);
  return { gap: column - 1, has };
}

/**
 * The frame, where it is one of this network; right after a restart it may still be the last one's.
 *
 * @param {Frame | null} frame
 * @param {Readonly<State>} state
 */
function fitting(frame, { parameters, units }) {
  if (!frame) return null;
  const { theta, neurons } = frame.arrays;
  return theta.data.length === parameters && neurons.shape[0] === sum(units.slice(1)) ? frame : null;
}

/** @param {number[]} values */
const sum = (values) => values.reduce((total, value) => total + value, 0);
