/** From which zoom on the label of a mark is shown, so that the labels of a long line are few when seen from afar. */
import { project, worldWidth } from './camera';
import type { Mark } from './scene';

/** From this zoom on every label is tried. */
export const everyLabel = 10;

export interface Spacing {
  /** Pixels that keep two labels apart side by side, and one above the other. */
  across: number;
  down: number;
}

/**
 * For each mark, in the order given, the least zoom at which no more important label stands within the spacing. The most
 * important mark is labelled at every zoom.
 */
export function labelZooms(marks: readonly Mark[], spacing: Spacing): number[] {
  const order = marks.map((_, index) => index).sort((a, b) => (marks[a]?.rank ?? 0) - (marks[b]?.rank ?? 0));
  const points = marks.map((mark) => project(mark.at));
  const zooms = new Array<number>(marks.length).fill(0);
  const shown: number[] = [];
  for (const index of order) {
    const [x, y] = points[index] as [number, number];
    let zoom = 0;
    for (const other of shown) {
      const [ox, oy] = points[other] as [number, number];
      const scale = Math.min(spacing.across / Math.abs(x - ox), spacing.down / Math.abs(y - oy));
      const apart = Math.min(Math.log2(scale / worldWidth(0)), everyLabel);
      // Farther out the other label is not shown and needs no room.
      if (apart > (zooms[other] ?? 0)) zoom = Math.max(zoom, apart);
    }
    zooms[index] = zoom;
    shown.push(index);
  }
  return zooms;
}
