/** Points and lines on the earth, as GeoJSON orders them. A longitude may pass 180 so that a line over the antimeridian stays whole. */
export type Position = [lon: number, lat: number];

const radians = Math.PI / 180;
/** Mean radius of the earth (IUGG), kilometres. */
const earthRadius = 6371.0088;

/** The points of a line in Google's encoded polyline format; `precision` is the number of decimals. */
export function decodePolyline(points: string, precision: number): Position[] {
  const scale = 10 ** precision;
  const line: Position[] = [];
  let index = 0;
  let lat = 0;
  let lon = 0;
  const next = (): number => {
    let value = 0;
    let factor = 1;
    let byte = 32;
    while (byte >= 32 && index < points.length) {
      byte = points.charCodeAt(index++) - 63;
      // Multiplied, not shifted: at six decimals a difference of longitudes may pass 31 bits.
      value += (byte % 32) * factor;
      factor *= 32;
    }
    return value % 2 ? -(value + 1) / 2 : value / 2;
  };
  while (index < points.length) {
    lat += next();
    lon += next();
    line.push([lon / scale, lat / scale]);
  }
  return line;
}

/** The same place on the copy of the world that is nearest to the longitude `near`. */
export function toward(near: number, [lon, lat]: Position): Position {
  return [lon + 360 * Math.round((near - lon) / 360), lat];
}

/** The line without leaps over the antimeridian: every point lies within half a world of the one before, the first of `near`. */
export function unwrap(line: readonly Position[], near?: number): Position[] {
  const whole: Position[] = [];
  let last = near ?? line[0]?.[0] ?? 0;
  for (const point of line) {
    const moved = toward(last, point);
    whole.push(moved);
    last = moved[0];
  }
  return whole;
}

/** The angle between two places seen from the middle of the earth, radians (haversine). */
function angle(a: Position, b: Position): number {
  const dLat = (b[1] - a[1]) * radians;
  const dLon = (b[0] - a[0]) * radians;
  const h = Math.sin(dLat / 2) ** 2 + Math.cos(a[1] * radians) * Math.cos(b[1] * radians) * Math.sin(dLon / 2) ** 2;
  return 2 * Math.asin(Math.min(1, Math.sqrt(h)));
}

/** Kilometres along the great circle. */
export function kilometres(a: Position, b: Position): number {
  return angle(a, b) * earthRadius;
}

/** The shortest way over the earth, unwrapped, with a point at least every `step` degrees of arc. */
export function greatCircle(from: Position, to: Position, step = 1): Position[] {
  const whole = angle(from, to);
  const parts = Math.max(1, Math.ceil(whole / radians / step));
  const line: Position[] = [from];
  for (let part = 1; part < parts; part++) {
    const near = Math.sin(((parts - part) / parts) * whole) / Math.sin(whole);
    const far = Math.sin((part / parts) * whole) / Math.sin(whole);
    const [x, y, z] = [from, to].reduce<[number, number, number]>(
      ([x, y, z], [lon, lat], end) => {
        const weight = end === 0 ? near : far;
        const flat = weight * Math.cos(lat * radians);
        return [x + flat * Math.cos(lon * radians), y + flat * Math.sin(lon * radians), z + weight * Math.sin(lat * radians)];
      },
      [0, 0, 0],
    );
    line.push([Math.atan2(y, x) / radians, Math.atan2(z, Math.hypot(x, y)) / radians]);
  }
  line.push(to);
  return unwrap(line);
}

/** The point half-way along a line, by length. */
export function middle(line: readonly Position[]): Position | undefined {
  const lengths = line.slice(1).map((point, index) => kilometres(line[index] as Position, point));
  let left = lengths.reduce((sum, length) => sum + length, 0) / 2;
  for (const [index, length] of lengths.entries()) {
    const [a, b] = [line[index] as Position, line[index + 1] as Position];
    if (left <= length) {
      const share = length === 0 ? 0 : left / length;
      return [a[0] + (b[0] - a[0]) * share, a[1] + (b[1] - a[1]) * share];
    }
    left -= length;
  }
  return line[0];
}

/**
 * Cuts a line at the given places, which follow each other along it: one piece between each two of them. A place cuts at the
 * point of the line that is nearest to it, sought from the place before onward, and stands itself at the ends of its pieces.
 */
export function cut(line: readonly Position[], places: readonly Position[]): Position[][] {
  const pieces: Position[][] = [];
  let from = 0;
  for (const [index, start] of places.slice(0, -1).entries()) {
    const end = places[index + 1] as Position;
    const to = index === places.length - 2 ? line.length - 1 : nearest(line, end, from);
    pieces.push([start, ...line.slice(from + 1, to), end]);
    from = to;
  }
  return pieces;
}

function nearest(line: readonly Position[], place: Position, from: number): number {
  let best = from;
  let least = Number.POSITIVE_INFINITY;
  for (let index = from; index < line.length; index++) {
    const distance = kilometres(line[index] as Position, place);
    if (distance < least) [best, least] = [index, distance];
  }
  return best;
}
