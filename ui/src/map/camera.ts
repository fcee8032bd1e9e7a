/** The one projection of both drawings (WebGL and SVG): spherical Mercator at MapLibre's scale, where the world is 512 px wide at zoom 0. */
import type { Position } from './geo';

/** Where the map is looked at. */
export interface Camera {
  centre: Position;
  zoom: number;
}

/** The size of a drawing, CSS pixels. */
export interface Size {
  width: number;
  height: number;
}

export interface FrameOptions {
  /** Pixels kept free left and right, and above and below. */
  padding: { across: number; down: number };
  /** A journey within one town is not shown closer than this. */
  maxZoom: number;
}

const tile = 512;
/** The latitude at which the Mercator world is square. */
const limit = 85.051129;

/** Where a place lies on the Mercator world, of which each side is 1; x passes that where a longitude passes 180. */
export function project([lon, lat]: Position): [x: number, y: number] {
  const sine = Math.sin((Math.max(-limit, Math.min(limit, lat)) * Math.PI) / 180);
  return [lon / 360 + 0.5, 0.5 - Math.log((1 + sine) / (1 - sine)) / (4 * Math.PI)];
}

/** The place of a point of the Mercator world. */
export function unproject([x, y]: [x: number, y: number]): Position {
  return [(x - 0.5) * 360, (Math.atan(Math.sinh((0.5 - y) * 2 * Math.PI)) * 180) / Math.PI];
}

/** How many pixels the world is wide. */
export function worldWidth(zoom: number): number {
  return tile * 2 ** zoom;
}

/** The function that puts places on a drawing of this size seen by this camera. */
export function placer(camera: Camera, size: Size): (position: Position) => [x: number, y: number] {
  const scale = worldWidth(camera.zoom);
  const [cx, cy] = project(camera.centre);
  return (position) => {
    const [x, y] = project(position);
    return [(x - cx) * scale + size.width / 2, (y - cy) * scale + size.height / 2];
  };
}

/** The camera that shows all these places as large as they fit. */
export function cameraFor(positions: readonly Position[], size: Size, options: FrameOptions): Camera {
  const points = positions.map(project);
  if (points.length === 0) return { centre: [0, 30], zoom: 0 };
  const xs = points.map(([x]) => x);
  const ys = points.map(([, y]) => y);
  const [west, east, north, south] = [Math.min(...xs), Math.max(...xs), Math.min(...ys), Math.max(...ys)];
  const { across, down } = options.padding;
  const scale = Math.min(
    Math.max(1, size.width - 2 * across) / (east - west || 1e-9),
    Math.max(1, size.height - 2 * down) / (south - north || 1e-9),
  );
  const zoom = Math.max(0, Math.min(options.maxZoom, Math.log2(scale / tile)));
  return { centre: unproject([(west + east) / 2, (north + south) / 2]), zoom };
}
