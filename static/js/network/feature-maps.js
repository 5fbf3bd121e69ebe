/** The maps of all features, as far as a scene has brought them. */

/** @import {Scene} from "../base/types.js" */
/** @import {FeatureMaps} from "./picture.js" */

/** @param {string[]} names  of all features there are */
export function createFeatureMaps(names) {
  /** @type {Map<string, {map: ArrayLike<number>, scale: number}>} */
  const known = new Map();
  let grid = 0;

  /** @param {Scene} scene */
  const learn = ({ features, arrays }) => {
    grid = arrays.feature_maps.shape[1] ?? 0;
    const area = grid * grid;
    features.forEach((name, index) => {
      const map = arrays.feature_maps.data.slice(index * area, (index + 1) * area);
      known.set(name, { map, scale: arrays.feature_scale.data[index] ?? 0 });
    });
  };

  return {
    /**
     * @param {Scene | null} scene
     * @returns {FeatureMaps | null}  one map for each name; neutral where none is known
     */
    add(scene) {
      if (scene) learn(scene);
      if (grid === 0) return null;
      const maps = new Int8Array(names.length * grid * grid);
      names.forEach((name, index) => maps.set(known.get(name)?.map ?? [], index * grid * grid));
      return { maps, scales: names.map((name) => known.get(name)?.scale ?? 0), grid };
    },
  };
}
