/** The signs of marks, as paths in a square of their size: drawn on a canvas for WebGL and as paths in SVG. */
import type { Palette, Tone } from './palette';
import type { MarkKind } from './scene';

export interface Shape {
  path: string;
  fill?: Tone;
  stroke?: Tone;
  width?: number;
}

export interface Icon {
  /** Side of the square, CSS pixels. */
  size: number;
  shapes: Shape[];
}

const disc = (centre: number, radius: number) =>
  `M${centre - radius} ${centre}a${radius} ${radius} 0 1 0 ${2 * radius} 0a${radius} ${radius} 0 1 0 ${-2 * radius} 0z`;

const ring: Icon = {
  size: 14,
  shapes: [
    { path: disc(7, 6.2), fill: 'halo' },
    { path: disc(7, 4), fill: 'core', stroke: 'line', width: 2 },
  ],
};

/** Ends are a heavy ring, changes and stands a light one, calls a dot, borders a lozenge, and a change of gauge two rails that draw together. */
export const icons: Record<MarkKind, Icon> = {
  end: {
    size: 18,
    shapes: [
      { path: disc(9, 8), fill: 'halo' },
      { path: disc(9, 5), fill: 'core', stroke: 'line', width: 3.5 },
    ],
  },
  change: ring,
  stand: ring,
  terminus: ring,
  call: { size: 7, shapes: [{ path: disc(3.5, 2.2), fill: 'line', stroke: 'halo', width: 1 }] },
  border: { size: 18, shapes: [{ path: 'M9 1.5L16.5 9L9 16.5L1.5 9z', fill: 'signal', stroke: 'halo', width: 2 }] },
  gauge: {
    size: 18,
    shapes: [
      { path: disc(9, 8.5), fill: 'halo' },
      { path: disc(9, 7), fill: 'core', stroke: 'line', width: 1.6 },
      { path: 'M4.4 5.6L8 5.6L10.4 7.2L13.6 7.2M4.4 12.4L8 12.4L10.4 10.8L13.6 10.8', stroke: 'line', width: 1.5 },
    ],
  },
};

/** The icon as an image of `ratio` device pixels to the CSS pixel. */
export function rasterize({ size, shapes }: Icon, palette: Palette, ratio: number): ImageData {
  const side = Math.ceil(size * ratio);
  const context = new OffscreenCanvas(side, side).getContext('2d');
  if (!context) throw new Error('no 2D canvas');
  context.scale(ratio, ratio);
  for (const { path, fill, stroke, width } of shapes) {
    const outline = new Path2D(path);
    if (fill) {
      context.fillStyle = palette[fill];
      context.fill(outline);
    }
    if (stroke) {
      context.strokeStyle = palette[stroke];
      context.lineWidth = width ?? 1;
      context.stroke(outline);
    }
  }
  return context.getImageData(0, 0, side, side);
}
