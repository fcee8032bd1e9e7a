/** The labels of a view: the names of marks and countries that fit, the same for both drawings. */
import type { BaseMap } from './basemap/basemap';
import { countryName } from './basemap/basemap';
import { type Box, boxOf } from './boxes';
import { type Camera, placer, type Size } from './camera';
import { type Position, toward } from './geo';
import { icons } from './icons';
import { type LabelWish, type PlacedLabel, placeLabels, textWidth } from './labels';
import type { Mark, MarkKind, Scene } from './scene';

export interface View extends Size {
  camera: Camera;
  /** Where no label may stand. */
  reserved?: Box[];
}

export interface DrawnLabel extends PlacedLabel {
  at: Position;
  name: string;
  note?: string;
  kind: MarkKind | 'country';
  fontSize: number;
}

/** Pixels between the labels of calls, and between others. */
const [sparse, close] = [20, 3];
/** The points of lines that the name of a terminus may cover: of lines that meet there, not of one it lies along. */
const few = 5;
/** The labels that are tried in one view; of more marks the most important. */
const most = 1500;
const fontSizes: Record<DrawnLabel['kind'], number> = {
  end: 14,
  border: 13,
  gauge: 12.5,
  change: 12.5,
  stand: 12.5,
  terminus: 12.5,
  call: 11.5,
  country: 10.5,
};
/** The size of a note, and the height of one line and of two, as shares of the size of the name. */
export const noteScale = 0.85;
const [oneLine, twoLines] = [1.2, 2.3];
/** Pixels between the points of a line that labels keep clear of, and how far they do. */
const [step, clearance] = [6, 5];
/** How much wider letter spacing makes the name of a country. */
export const countrySpacing = 0.14;

/** The least land, in 1000 km², of a country that is named from a zoom on. */
const namedCountries: readonly [zoom: number, area: number][] = [
  [0, 2500],
  [2, 900],
  [3, 90],
  [4, 30],
  [5, 0],
];

/** All labels that fit into a view, the most important first. */
export function labelsOf(scene: Scene, base: BaseMap | undefined, view: View, language: string): DrawnLabel[] {
  const place = placer(view.camera, view);
  const marks = scene.marks
    .map((mark) => ({ mark, spot: place(mark.at) }))
    .filter(({ spot: [x, y] }) => x >= 0 && y >= 0 && x <= view.width && y <= view.height)
    .sort((a, b) => a.mark.rank - b.mark.rank);
  const texts = [...marks.slice(0, most).map(({ mark }) => textOf(mark)), ...(base ? countryTexts(base, view.camera, language) : [])];
  const signs = marks
    .filter(({ mark }) => mark.kind !== 'call')
    .map(({ mark, spot: [x, y] }) => boxOf(x, y, icons[mark.kind].size, icons[mark.kind].size));
  const lines = scene.strokes.flatMap((stroke) => alongside(stroke.line.map(place), view));
  const byId = new Map(texts.map((text) => [text.id, text]));
  const wishes = texts.map((text) => wishFor(text, place(text.at)));
  return placeLabels(wishes, { marks: [...signs, ...(view.reserved ?? [])], lines }, view).flatMap((label) => {
    const text = byId.get(label.id);
    return text ? [{ ...text, ...label }] : [];
  });
}

type Text = Omit<DrawnLabel, 'dx' | 'dy' | 'anchor'>;

function textOf({ id, at, name, note, kind }: Mark): Text {
  return { id, at, name, kind, fontSize: fontSizes[kind], ...(note ? { note } : {}) };
}

function countryTexts(base: BaseMap, camera: Camera, language: string): Text[] {
  const least = namedCountries.filter(([zoom]) => zoom <= camera.zoom).at(-1)?.[1] ?? 0;
  return base.names.features
    .filter((place) => place.properties.area >= least)
    .sort((a, b) => b.properties.area - a.properties.area)
    .map(({ geometry, properties: { code } }) => ({
      id: `country-${code}`,
      at: toward(camera.centre[0], geometry.coordinates as Position),
      name: countryName(code, language).toLocaleUpperCase(language),
      kind: 'country',
      fontSize: fontSizes.country,
    }));
}

function wishFor({ id, name, note, kind, fontSize }: Text, [x, y]: [number, number]): LabelWish {
  const spread = kind === 'country' ? 1 + countrySpacing * 2 : 1;
  return {
    id,
    x,
    y,
    gap: kind === 'country' ? 0 : icons[kind].size / 2 + 3,
    width: spread * Math.max(textWidth(name, fontSize), textWidth(note ?? '', fontSize * noteScale)),
    height: fontSize * (note ? twoLines : oneLine),
    apart: kind === 'call' ? sparse : close,
    over: kind === 'call' || kind === 'country' ? 0 : kind === 'terminus' ? few : Infinity,
  };
}

/** Small boxes along the part of a line that is in sight, for labels to keep clear of. */
function alongside(points: [number, number][], size: Size): Box[] {
  return points.slice(1).flatMap((to, index) => {
    const from = points[index] as [number, number];
    const [start, end] = inSight(from, to, size);
    const count = Math.ceil(((end - start) * Math.hypot(to[0] - from[0], to[1] - from[1])) / step);
    return Array.from({ length: Math.max(0, count + 1) }, (_, part) => {
      const share = start + ((end - start) * part) / Math.max(1, count);
      return boxOf(from[0] + (to[0] - from[0]) * share, from[1] + (to[1] - from[1]) * share, clearance, clearance);
    });
  });
}

/** From which share of a segment to which it lies in the drawing; the end lies before the start where it does not. */
function inSight(from: [number, number], to: [number, number], { width, height }: Size): [start: number, end: number] {
  let [start, end] = [0, 1];
  for (const [a, b, limit] of [
    [from[0], to[0], width],
    [from[1], to[1], height],
  ] as const) {
    const [near, far] = a === b ? [a < 0 || a > limit ? 2 : 0, 1] : [(0 - a) / (b - a), (limit - a) / (b - a)].sort((p, q) => p - q);
    start = Math.max(start, near ?? 0);
    end = Math.min(end, far ?? 1);
  }
  return [start, end];
}
