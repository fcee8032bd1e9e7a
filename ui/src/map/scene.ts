/** What a map shows above its base map: strokes and marks. Both drawings, WebGL and SVG, are made from a scene. */
import type { Position } from './geo';

/**
 * How a stroke is drawn: `rail` a solid line, `railAlternate` the same with a light core (every other host of a through
 * carriage), `air` thin, `foot` dotted, `other` for roads and ships; links that do not run are `suspended` or `none`.
 */
export type StrokeStyle = 'rail' | 'railAlternate' | 'air' | 'foot' | 'other' | 'suspended' | 'none';

/** How a ride by this mode is drawn where it runs; modes are named as the API names them, or MOTIS. */
export function styleOfMode(mode: string): StrokeStyle {
  if (isAir(mode)) return 'air';
  if (/^walk$/i.test(mode)) return 'foot';
  return /rail|long_distance|subway|tram|metro/i.test(mode) ? 'rail' : 'other';
}

/** Whether a mode flies, along the great circle. */
export function isAir(mode: string): boolean {
  return /^air/i.test(mode);
}

export interface Stroke {
  id: string;
  line: Position[];
  style: StrokeStyle;
}

/** What stands at a mark, the most important first. */
export const markKinds = ['end', 'border', 'gauge', 'change', 'stand', 'terminus', 'call'] as const;
export type MarkKind = (typeof markKinds)[number];

export interface Mark {
  id: string;
  at: Position;
  kind: MarkKind;
  name: string;
  /** A second, smaller line under the name. */
  note?: string;
  /** Less is more important: who keeps the label where two would touch. */
  rank: number;
}

export interface Scene {
  strokes: Stroke[];
  marks: Mark[];
}

/** All places of a scene, to be fitted into a view. */
export function extent(scene: Scene): Position[] {
  return [...scene.strokes.flatMap((stroke) => stroke.line), ...scene.marks.map((mark) => mark.at)];
}
