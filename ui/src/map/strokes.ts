/** How each kind of stroke looks: lines laid one over the other, the lowest first. */
import type { Tone } from './palette';
import type { StrokeStyle } from './scene';

export interface Pass {
  tone: Tone;
  /** CSS pixels. */
  width: number;
  /** Lengths of dash and gap, CSS pixels. */
  dash?: [number, number];
  opacity?: number;
}

/** Trains are a solid line with a halo, the next train of a carriage the black and white line that maps draw railways with. */
export const passes: Record<StrokeStyle, Pass[]> = {
  none: [{ tone: 'faint', width: 1, dash: [1, 3], opacity: 0.9 }],
  foot: [{ tone: 'line', width: 1.8, dash: [1.8, 3.6] }],
  air: [
    { tone: 'halo', width: 4, opacity: 0.7 },
    { tone: 'air', width: 1.6 },
  ],
  other: [
    { tone: 'halo', width: 5, opacity: 0.8 },
    { tone: 'other', width: 2.2 },
  ],
  suspended: [
    { tone: 'halo', width: 5.5 },
    { tone: 'signal', width: 2.4, dash: [6, 4] },
  ],
  railAlternate: [
    { tone: 'halo', width: 7, opacity: 0.9 },
    { tone: 'line', width: 4.4 },
    { tone: 'core', width: 2.2, dash: [7, 6] },
  ],
  rail: [
    { tone: 'halo', width: 6.5, opacity: 0.9 },
    { tone: 'line', width: 3 },
  ],
};

/** The kinds from the lowest to the highest on the map. */
export const order = Object.keys(passes) as StrokeStyle[];
