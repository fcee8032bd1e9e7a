/** Where labels go on a drawing: beside their mark, none over another, over a mark or over the edge, and rarely over a line. */
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
  /** Rather over a line than not at all. */
  needed: boolean;
}

export interface PlacedLabel {
  id: string;
  /** From the mark to where the text is anchored: its edge or middle, and its vertical middle. */
  dx: number;
  dy: number;
  anchor: 'start' | 'middle' | 'end';
}

export interface Box {
  left: number;
  top: number;
  right: number;
  bottom: number;
}

/** What labels keep clear of: always of marks, of lines where they can. */
export interface Obstacles {
  marks: readonly Box[];
  lines: readonly Box[];
}

/** Pixels that two labels keep apart. */
const apart = 3;

/** Places the labels in the order of the wishes, each where it covers least of the lines; the first position wins a draw. */
export function placeLabels(wishes: readonly LabelWish[], obstacles: Obstacles, size: Size): PlacedLabel[] {
  const taken = [...obstacles.marks];
  const placed: PlacedLabel[] = [];
  for (const wish of wishes) {
    let best: { label: PlacedLabel; box: Box; covered: number } | undefined;
    for (const { label, box } of positions(wish)) {
      if (!within(box, size) || taken.some((other) => touch(box, other, apart))) continue;
      const covered = obstacles.lines.filter((other) => touch(box, other, 0)).length;
      if (covered > 0 && !wish.needed) continue;
      if (!best || covered < best.covered) best = { label, box, covered };
    }
    if (!best) continue;
    taken.push(best.box);
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

/** The box of a size about its middle. */
export function boxOf(x: number, y: number, width: number, height: number): Box {
  return { left: x - width / 2, top: y - height / 2, right: x + width / 2, bottom: y + height / 2 };
}

function within(box: Box, { width, height }: Size): boolean {
  return box.left >= apart && box.top >= apart && box.right <= width - apart && box.bottom <= height - apart;
}

function touch(a: Box, b: Box, gap: number): boolean {
  return a.left < b.right + gap && b.left < a.right + gap && a.top < b.bottom + gap && b.top < a.bottom + gap;
}

/** About how wide a text is drawn, pixels: ideographs and Hangul fill their square, other letters about half of it. */
export function textWidth(text: string, fontSize: number): number {
  let ems = 0;
  for (const letter of text) ems += /[\p{Script=Han}\p{Script=Hangul}\p{Script=Hiragana}\p{Script=Katakana}]/u.test(letter) ? 1 : 0.56;
  return ems * fontSize;
}
