import { execFileSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import type { Position } from 'geojson';
import { describe, expect, it } from 'vitest';
import { countryName, decode } from './basemap';

const text = readFileSync(new URL('world.json', import.meta.url), 'utf8');
const base = decode(JSON.parse(text));
const lines = (layer: { features: { geometry: { type: string; coordinates: unknown } }[] }) =>
  layer.features.flatMap(({ geometry }) =>
    geometry.type === 'LineString' ? [geometry.coordinates] : geometry.coordinates,
  ) as Position[][];

/** How often the way from one place straight to another crosses a layer's lines. */
function crossings(from: Position, to: Position, layer: Position[][]): number {
  const side = (a: Position, b: Position, c: Position) =>
    Math.sign(((b[0] ?? 0) - (a[0] ?? 0)) * ((c[1] ?? 0) - (a[1] ?? 0)) - ((b[1] ?? 0) - (a[1] ?? 0)) * ((c[0] ?? 0) - (a[0] ?? 0)));
  let count = 0;
  for (const line of layer) {
    for (const [index, b] of line.slice(1).entries()) {
      const a = line[index] as Position;
      if (side(from, to, a) !== side(from, to, b) && side(a, b, from) !== side(a, b, to)) count++;
    }
  }
  return count;
}

describe('the base map', () => {
  it('is what its script makes of Natural Earth', () => {
    const folder = mkdtempSync(join(tmpdir(), 'base-map-'));
    try {
      const made = join(folder, 'world.json');
      execFileSync(process.execPath, [fileURLToPath(new URL('build.mjs', import.meta.url)), made]);
      expect(readFileSync(made, 'utf8') === text).toBe(true);
    } finally {
      rmSync(folder, { recursive: true });
    }
  }, 30_000);
  const borders = lines(base.borders);
  it.each<[string, Position, Position]>([
    ['Khasan and Tumangang', [130.645, 42.43], [130.608, 42.421]],
    ['Grodekovo and Suifenhe', [131.379, 44.41], [131.148, 44.4]],
    ['Zabaikalsk and Manzhouli', [117.33, 49.65], [117.43, 49.59]],
  ])('has one border between %s', (_, from, to) => {
    expect(crossings(from, to, borders)).toBe(1);
  });
  it('has no border within a country', () => {
    expect(crossings([131.98, 43.8], [130.645, 42.43], borders) % 2).toBe(0);
    expect(crossings([125.74, 39.02], [127.44, 39.15], borders)).toBe(0);
  });
  it('goes on past the antimeridian, where Chukotka lies on both sides', () => {
    const rings = base.land.features
      .flatMap(({ geometry }) => (geometry.type === 'Polygon' ? [geometry.coordinates] : geometry.coordinates))
      .flat();
    const leaps = rings.flatMap((ring) => ring.slice(1).filter(([lon = 0], index) => Math.abs(lon - (ring[index]?.[0] ?? 0)) > 180));
    expect(leaps).toEqual([]);
    expect(rings.filter((ring) => ring[0]?.[0] !== ring.at(-1)?.[0])).toEqual([]);
    expect(Math.max(...rings.flat().map(([lon = 0]) => lon))).toBeCloseTo(190.3, 0);
  });
  it('has Baikal among its lakes', () => {
    const rings = base.lakes.features.flatMap(({ geometry }) =>
      geometry.type === 'Polygon' ? [geometry.coordinates[0]] : geometry.coordinates.map((p) => p[0]),
    );
    const baikal = rings.filter(
      (ring) => ring?.every(([lon = 0, lat = 0]) => lon > 103 && lon < 111 && lat > 51 && lat < 56) && (ring?.length ?? 0) > 20,
    );
    expect(baikal).toHaveLength(1);
  });
  it('names countries in the language of the reader', () => {
    expect(base.names.features.find((place) => place.properties.code === 'MN')?.properties.area).toBeCloseTo(1560, -2);
    expect(['en', 'ru', 'ko', 'zh'].map((language) => countryName('MN', language))).toEqual(['Mongolia', 'Монголия', '몽골', '蒙古']);
  });
  it('says which layer is missing', () => {
    expect(() => decode({ type: 'Topology', objects: {}, arcs: [] })).toThrow('base map: no layer land');
  });
});
