/** The drawing of one itinerary: its legs as strokes, its stops, borders and gauge changes as marks. */
import type { Border, Itinerary, Leg, Stop } from '../api/types';
import { cut, decodePolyline, greatCircle, kilometres, middle, type Position, toward, unwrap } from './geo';
import { isAir, type Mark, type MarkKind, markKinds, type Scene, type Stroke, styleOfMode } from './scene';

/** A walk shorter than this is not drawn, kilometres: it lies within one station. */
const shortestWalk = 0.2;

/** What the sentences of a mark say, in the language of the reader. */
export interface MarkWords {
  gauge(fromMm: number, toMm: number): string;
}

/** Every call of a leg in order. */
export function calls(leg: Leg): Stop[] {
  return [leg.from, ...(leg.intermediateStops ?? []), leg.to];
}

/** The scene of an itinerary. */
export function journeyScene(itinerary: Itinerary, words: MarkWords): Scene {
  const strokes: Stroke[] = [];
  const marks = new Map<string, Mark>();
  let longitude = itinerary.legs[0]?.from.lon ?? 0;
  for (const [index, leg] of itinerary.legs.entries()) {
    const stops = calls(leg);
    const places = unwrap(
      stops.map((stop): Position => [stop.lon, stop.lat]),
      longitude,
    );
    const at = new Map(stops.map((stop, call) => [stop.stopId, places[call] as Position]));
    const line = lineOf(leg, places);
    for (const stroke of strokesOf(leg, line, at)) strokes.push({ ...stroke, id: `${index}-${stroke.id}` });
    for (const mark of marksOf(leg, line, at, words)) addMark(marks, mark);
    longitude = places.at(-1)?.[0] ?? longitude;
  }
  for (const end of [itinerary.legs[0]?.from, itinerary.legs.at(-1)?.to]) {
    const mark = end && marks.get(end.stopId);
    if (mark) marks.set(mark.id, { ...mark, kind: 'end', rank: rankOf('end', 0) });
  }
  return { strokes, marks: [...marks.values()] };
}

/** The way of a leg over the ground. */
function lineOf(leg: Leg, places: Position[]): Position[] {
  const [first, last] = [places[0] as Position, places.at(-1) as Position];
  if (isAir(leg.mode)) return greatCircle(first, last);
  const shape = decodePolyline(leg.legGeometry.points, leg.legGeometry.precision);
  return shape.length > 1 ? unwrap(shape, first[0]) : places;
}

/** One stroke, or for a carriage that changes trains one for each of its hosts. */
function strokesOf(leg: Leg, line: Position[], at: Map<string, Position>): Stroke[] {
  const style = styleOfMode(leg.mode);
  if (style === 'foot' && kilometres(line[0] as Position, line.at(-1) as Position) < shortestWalk) return [];
  const hosts = leg.tumen.hosts ?? [];
  const ends = hosts.map((host) => at.get(host.to.stopId));
  const start = at.get(leg.from.stopId);
  if (hosts.length < 2 || !start || ends.includes(undefined)) return [{ id: 'leg', line, style }];
  return cut(line, [start, ...(ends as Position[])]).map((piece, host) => ({
    id: `host${host}`,
    line: piece,
    style: style === 'rail' && host % 2 === 1 ? 'railAlternate' : style,
  }));
}

function marksOf(leg: Leg, line: Position[], at: Map<string, Position>, words: MarkWords): Mark[] {
  const stops = calls(leg);
  const gauges = (leg.tumen.gaugeChanges ?? []).flatMap((change) =>
    change.places.map((place): [string, string] => [place.stopId, words.gauge(change.fromMm, change.toMm)]),
  );
  const noteOf = new Map(gauges);
  const stands = new Set((leg.tumen.stands ?? []).map((stand) => stand.stopId));
  const posts = (leg.tumen.borders ?? []).map((border) => ({ after: border.fromStopId, mark: postOf(border, leg, line, at) }));
  return stops.flatMap((stop, index): Mark[] => {
    const isEnd = index === 0 || index === stops.length - 1;
    const note = noteOf.get(stop.stopId);
    const kind: MarkKind = note ? 'gauge' : isEnd ? 'change' : stands.has(stop.stopId) ? 'stand' : 'call';
    const mark: Mark = { id: stop.stopId, at: at.get(stop.stopId) as Position, kind, name: stop.name, rank: rankOf(kind, dwell(stop)) };
    if (note) mark.note = note;
    return [mark, ...posts.flatMap((post) => (post.after === stop.stopId ? (post.mark ?? []) : []))];
  });
}

/** A border post stands half-way between its stations; one in the air, where the flight lands. */
function postOf(border: Border, leg: Leg, line: Position[], at: Map<string, Position>): Mark | undefined {
  const [from, to] = [at.get(border.fromStopId), at.get(border.toStopId)];
  if (!from || !to) return undefined;
  const rank = rankOf('border', 0);
  if (isAir(leg.mode)) return { id: border.toStopId, at: to, kind: 'border', name: border.to, rank };
  const between = middle(betweenStops(line, from, to));
  const name = `${border.from}–${border.to}`;
  return between && { id: `border-${border.fromStopId}-${border.toStopId}`, at: between, kind: 'border', name, rank };
}

function betweenStops(line: Position[], from: Position, to: Position): Position[] {
  const start = line[0] as Position;
  return cut(line, [start, from, to, line.at(-1) as Position])[1] ?? [from, to];
}

/** The more important kind keeps the mark of a stop that has two. */
function addMark(marks: Map<string, Mark>, mark: Mark) {
  const known = marks.get(mark.id);
  const placed = known ? { ...mark, at: toward(known.at[0], mark.at) } : mark;
  if (!known || placed.rank < known.rank) marks.set(mark.id, { ...known, ...placed });
  else if (placed.note && !known.note) marks.set(mark.id, { ...known, note: placed.note });
}

/** Seconds a train stands at a stop. */
function dwell(stop: Stop): number {
  return stop.arrival && stop.departure ? (Date.parse(stop.departure) - Date.parse(stop.arrival)) / 1000 : 0;
}

/** By kind, and among calls the longer stand first: where trains stand long there is a town, an engine change or a border. */
function rankOf(kind: MarkKind, seconds: number): number {
  return markKinds.indexOf(kind) + 1 / (1 + seconds / 60);
}
