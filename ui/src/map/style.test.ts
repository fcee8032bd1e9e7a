import { validateStyleMin } from '@maplibre/maplibre-gl-style-spec';
import { describe, expect, it } from 'vitest';
import type { BaseMap } from './basemap/basemap';
import type { Palette } from './palette';
import { labelData, mapStyle } from './style';

const empty = { type: 'FeatureCollection' as const, features: [] };
const base: BaseMap = { land: empty, lakes: empty, coast: empty, borders: empty, rivers: empty, names: empty };
const palette = new Proxy({}, { get: () => 'rgb(1, 2, 3)' }) as Palette;
const style = mapStyle({ palette, base, scene: { strokes: [], marks: [] }, fonts: ['Noto Sans', 'sans-serif'] });

describe('the style', () => {
  it('is one that MapLibre takes', () => {
    expect(validateStyleMin(style).map((error) => error.message)).toEqual([]);
  });
  it('asks for nothing: no tiles, no glyphs, no sprite', () => {
    expect(Object.values(style.sources).every((source) => source.type === 'geojson' && typeof source.data === 'object')).toBe(true);
    expect([style.glyphs, style.sprite]).toEqual([undefined, undefined]);
    expect(JSON.stringify(style)).not.toMatch(/https?:/);
  });
  it('puts a label where it was placed, in ems from its mark', () => {
    const data = labelData([{ id: 'a', at: [131, 43], name: 'Khasan', kind: 'call', fontSize: 10, dx: -5, dy: 20, anchor: 'end' }]);
    expect(data.features[0]?.properties).toMatchObject({ anchor: 'right', justify: 'right', offset: [-0.5, 2] });
  });
});
