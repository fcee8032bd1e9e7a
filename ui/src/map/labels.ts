/** Where labels go on a drawing: beside their mark, none over another, over a mark or over the edge, and rarely over a line. */
import { type Box, Boxes, boxOf } from './boxes';
import type { Size } from './camera';

export interface LabelWish {
  id: string;
  /** Where the mark is, and how far the label keeps from it; without a gap the label stands on the spot. */
  x: number;
  y: number;
  gap: number;
  /** Size of the text. */
  width: number;
  height: number;
  /** Pixels it keeps from the labels placed before it. */
  apart: number;
  /** How many points of lines it may cover rather than be left out. */
  over: number;
}

export interface PlacedLabel {
  id: string;
  /** From the mark to where the text is anchored: its edge or middle, and its vertical middle. */
  dx: number;
  dy: number;
  anchor: 'start' | 'middle' | 'end';
}

/** What labels keep clear of: always of marks, of lines where they can. */
export interface Obstacles {
  marks: readonly Box[];
  lines: readonly Box[];
}

/** Pixels that labels keep from the edge. */
const margin = 3;

/** Places the labels in the order of the wishes, each where it covers least of the lines; the first position wins a draw. */
export function placeLabels(wishes: readonly LabelWish[], obstacles: Obstacles, size: Size): PlacedLabel[] {
  const [marks, lines, labels] = [new Boxes(obstacles.marks), new Boxes(obstacles.lines), new Boxes()];
  const placed: PlacedLabel[] = [];
  for (const wish of wishes) {
    let best: { label: PlacedLabel; box: Box; covered: number } | undefined;
    for (const { label, box } of positions(wish)) {
      if (!within(box, size) || marks.near(box, margin).size > 0 || labels.near(box, wish.apart).size > 0) continue;
      const covered = lines.near(box, 0).size;
      if (covered > wish.over) continue;
      if (!best || covered < best.covered) best = { label, box, covered };
    }
    if (!best) continue;
    labels.add(best.box);
    placed.push(best.label);
  }
  return placed;
}

function positions({ id, x, y, gap, width, height }: LabelWish): { label: PlacedLabel; box: Box }[] {
  if (gap === 0) return [{ label: { id, dx: 0, dy: 0, anchor: 'middle' }, box: boxOf(x, y, width, height) }];
  const rings = [gap, gap + height * 0.4];
  return rings.flatMap((reach) => {
    const [slant, up] = [reach * 0.7, reach + height / 2];
    const places: [number, number, PlacedLabel['anchor']][] = [
      [reach, 0, 'start'],
      [-reach, 0, 'end'],
      [0, -up, 'middle'],
      [0, up, 'middle'],
      [slant, -slant - height / 2, 'start'],
      [-slant, -slant - height / 2, 'end'],
      [slant, slant + height / 2, 'start'],
      [-slant, slant + height / 2, 'end'],
    ];
    return places.map(([dx, dy, anchor]) => {
      const middle = x + dx + width * { start: 0.5, middle: 0, end: -0.5 }[anchor];
      return { label: { id, dx, dy, anchor }, box: boxOf(middle, y + dy, width, height) };
    });
  });
}

function within(box: Box, { width, height }: Size): boolean {
  return box.left >= margin && box.top >= margin && box.right <= width - margin && box.bottom <= height - margin;
}

/** About how wide a text is drawn, pixels: ideographs and Hangul fill their square, other letters about half of it. */
export function textWidth(text: string, fontSize: number): number {
  let ems = 0;
  for (const letter of text) ems += /[\p{Script=Han}\p{Script=Hangul}\p{Script=Hiragana}\p{Script=Katakana}]/u.test(letter) ? 1 : 0.56;
  return ems * fontSize;
}
