/** Boxes on a drawing, kept in cells so that the few near a place are found among many thousands. */

export interface Box {
  left: number;
  top: number;
  right: number;
  bottom: number;
}

/** The box of a size about its middle. */
export function boxOf(x: number, y: number, width: number, height: number): Box {
  return { left: x - width / 2, top: y - height / 2, right: x + width / 2, bottom: y + height / 2 };
}

/** Side of a cell, pixels: about the width of a label. */
const cell = 64;

export class Boxes {
  readonly #cells = new Map<string, Box[]>();

  constructor(boxes: Iterable<Box> = []) {
    for (const box of boxes) this.add(box);
  }

  add(box: Box) {
    for (const key of keys(box)) {
      const there = this.#cells.get(key);
      if (there) there.push(box);
      else this.#cells.set(key, [box]);
    }
  }

  /** The boxes that come nearer to this one than the gap. */
  near({ left, top, right, bottom }: Box, gap: number): Set<Box> {
    const wide = { left: left - gap, top: top - gap, right: right + gap, bottom: bottom + gap };
    const found = new Set<Box>();
    for (const key of keys(wide)) {
      for (const box of this.#cells.get(key) ?? []) if (touch(wide, box)) found.add(box);
    }
    return found;
  }
}

function* keys({ left, top, right, bottom }: Box): Generator<string> {
  for (let x = Math.floor(left / cell); x <= Math.floor(right / cell); x++) {
    for (let y = Math.floor(top / cell); y <= Math.floor(bottom / cell); y++) yield `${x} ${y}`;
  }
}

function touch(a: Box, b: Box): boolean {
  return a.left < b.right && b.left < a.right && a.top < b.bottom && b.top < a.bottom;
}
