/** The drawing in SVG, of the same scene by the same projection: until WebGL has drawn, without WebGL, and on paper. */
import type { BaseMap } from './basemap/basemap';
import { placer, worldWidth } from './camera';
import type { Position } from './geo';
import type { View } from './placement';

/** Pixels within which a point of a coast says nothing that the one before it did not. */
const tolerance = 0.8;

export interface Ground {
  land: string;
  lakes: string;
  rivers: string;
  coast: string;
  borders: string;
}

/** The paths of the base map as a view shows it, on every copy of the world in sight. */
export function ground(base: BaseMap, view: View): Ground {
  const path = (layer: { features: { geometry: GeoJSON.Geometry }[] }) =>
    copies(view)
      .map((turn) => layer.features.map(({ geometry }) => geometryPath(geometry, view, turn * 360)).join(''))
      .join('');
  return {
    land: path(base.land),
    lakes: path(base.lakes),
    rivers: path(base.rivers),
    coast: path(base.coast),
    borders: path(base.borders),
  };
}

/** How many times round the world each copy in sight is. */
function copies({ camera, width }: View): number[] {
  const half = (width / worldWidth(camera.zoom)) * 180;
  const first = Math.floor((camera.centre[0] - half + 180) / 360);
  const last = Math.floor((camera.centre[0] + half + 180) / 360);
  return Array.from({ length: last - first + 1 }, (_, index) => first + index);
}

function geometryPath(geometry: GeoJSON.Geometry, view: View, turn: number): string {
  switch (geometry.type) {
    case 'LineString':
      return linePath(geometry.coordinates as Position[], view, turn);
    case 'MultiLineString':
      return geometry.coordinates.map((line) => linePath(line as Position[], view, turn)).join('');
    case 'Polygon':
      return geometry.coordinates.map((ring) => linePath(ring as Position[], view, turn, 'Z')).join('');
    case 'MultiPolygon':
      return geometry.coordinates.map((rings) => rings.map((ring) => linePath(ring as Position[], view, turn, 'Z')).join('')).join('');
    default:
      return '';
  }
}

/** One line, or ring with `close`, without points too near each other to be told apart; nothing where it is out of sight. */
export function linePath(line: readonly Position[], view: View, turn = 0, close = ''): string {
  const place = placer(view.camera, view);
  let [left, top, right, bottom] = [Infinity, Infinity, -Infinity, -Infinity];
  let path = '';
  let last: [number, number] = [Infinity, Infinity];
  for (const [index, [lon, lat]] of line.entries()) {
    const [x, y] = place([lon + turn, lat]);
    [left, top, right, bottom] = [Math.min(left, x), Math.min(top, y), Math.max(right, x), Math.max(bottom, y)];
    const near = Math.abs(x - last[0]) < tolerance && Math.abs(y - last[1]) < tolerance;
    if (near && index < line.length - 1) continue;
    path += `${path ? 'L' : 'M'}${x.toFixed(1)} ${y.toFixed(1)}`;
    last = [x, y];
  }
  const seen = right > 0 && bottom > 0 && left < view.width && top < view.height;
  return seen ? path + close : '';
}
