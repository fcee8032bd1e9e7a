import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { decode } from './basemap/basemap';
import { cameraFor } from './camera';
import { labelsOf, type View } from './placement';
import { extent, type Mark, type Scene } from './scene';
import { ground, linePath } from './svg';

const base = decode(JSON.parse(readFileSync(new URL('basemap/world.json', import.meta.url), 'utf8')));
const mark = (name: string, kind: Mark['kind'], lon: number, lat: number, rank: number): Mark => ({
  id: name,
  name,
  kind,
  at: [lon, lat],
  rank,
});
const scene: Scene = {
  strokes: [
    {
      id: 'way',
      style: 'rail',
      line: [
        [37.66, 55.78],
        [82.9, 55.04],
        [104.3, 52.28],
        [131.98, 43.8],
        [125.74, 39],
      ],
    },
  ],
  marks: [
    mark('Moscow', 'end', 37.66, 55.78, 1),
    mark('Novosibirsk', 'call', 82.9, 55.04, 6),
    mark('Irkutsk', 'call', 104.3, 52.28, 6),
    mark('Khasan–Tumangang', 'border', 130.63, 42.43, 2),
    mark('Pyongyang', 'end', 125.74, 39, 1),
  ],
};

function view(width: number, height: number): View {
  const size = { width, height };
  return { ...size, camera: cameraFor(extent(scene), size, { padding: { across: width / 12, down: 40 }, maxZoom: 8 }) };
}

describe('the labels of the corridor', () => {
  it('name all its places and the great countries on a wide map', () => {
    const names = labelsOf(scene, base, view(1000, 450), 'en').map((label) => label.name);
    expect(names.slice(0, 5).sort()).toEqual(['Irkutsk', 'Khasan–Tumangang', 'Moscow', 'Novosibirsk', 'Pyongyang']);
    expect(names).toEqual(expect.arrayContaining(['RUSSIA', 'CHINA', 'KAZAKHSTAN']));
  });
  it('name the ends and the border on a phone', () => {
    const names = labelsOf(scene, base, view(320, 288), 'en').map((label) => label.name);
    expect(names).toEqual(expect.arrayContaining(['Moscow', 'Khasan–Tumangang', 'Pyongyang']));
  });
  it('keep out of what is reserved for the buttons', () => {
    const whole = { left: 0, top: 0, right: 1000, bottom: 450 };
    expect(labelsOf(scene, base, { ...view(1000, 450), reserved: [whole] }, 'en')).toEqual([]);
  });
});

describe('the ground in SVG', () => {
  const size = { width: 400, height: 200 };
  it('is drawn on both sides of the antimeridian', () => {
    const pacific = { ...size, camera: { centre: [180, 60] as [number, number], zoom: 2 } };
    const { land } = ground(base, pacific);
    const xs = [...land.matchAll(/[ML](-?[\d.]+) /g)].map((match) => Number(match[1]));
    expect(xs.filter((x) => x > 0 && x < 200).length).toBeGreaterThan(50);
    expect(xs.filter((x) => x > 200 && x < 400).length).toBeGreaterThan(50);
  });
  it('leaves out lines out of sight, and points too near to be told apart', () => {
    const here = { ...size, camera: { centre: [130, 43] as [number, number], zoom: 4 } };
    expect(
      linePath(
        [
          [0, 0],
          [1, 1],
        ],
        here,
      ),
    ).toBe('');
    expect(
      linePath(
        [
          [130, 43],
          [130.0001, 43],
          [131, 43],
        ],
        here,
      ).match(/[ML]/g),
    ).toHaveLength(2);
  });
});
