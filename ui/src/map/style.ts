/** MapLibre's style of a map: the base map, the strokes and marks of a scene, and its labels, all from data in the page. */
import type { Feature, FeatureCollection, LineString, Point } from 'geojson';
import type { ExpressionSpecification, FilterSpecification, LayerSpecification, StyleSpecification } from 'maplibre-gl';
import type { BaseMap } from './basemap/basemap';
import type { Palette } from './palette';
import { countrySpacing, type DrawnLabel, noteScale } from './placement';
import type { Mark, Scene } from './scene';
import { order, passes } from './strokes';

export interface StyleOptions {
  palette: Palette;
  base: BaseMap;
  scene: Scene;
  /** Font families in order of preference; MapLibre draws the letters from them, no glyph is fetched. */
  fonts: string[];
}

/** The strokes of a scene as MapLibre's data. */
export function strokeData(scene: Scene): FeatureCollection<LineString> {
  const features = scene.strokes.map(
    ({ id, line, style }): Feature<LineString> => ({
      type: 'Feature',
      properties: { id, style },
      geometry: { type: 'LineString', coordinates: line },
    }),
  );
  return { type: 'FeatureCollection', features };
}

/** The marks of a scene as MapLibre's data. */
export function markData(scene: Scene): FeatureCollection<Point> {
  const features = scene.marks.map(
    ({ id, at, kind, rank }: Mark): Feature<Point> => ({
      type: 'Feature',
      properties: { id, kind, rank },
      geometry: { type: 'Point', coordinates: at },
    }),
  );
  return { type: 'FeatureCollection', features };
}

const sides = { start: 'left', middle: 'center', end: 'right' } as const;

/** Labels as MapLibre's data, each at its mark with the way to its text in ems. */
export function labelData(labels: readonly DrawnLabel[]): FeatureCollection<Point> {
  const features = labels.map(
    ({ at, dx, dy, anchor, fontSize, ...properties }): Feature<Point> => ({
      type: 'Feature',
      properties: { ...properties, fontSize, anchor: sides[anchor], justify: sides[anchor], offset: [dx / fontSize, dy / fontSize] },
      geometry: { type: 'Point', coordinates: at },
    }),
  );
  return { type: 'FeatureCollection', features };
}

/** The whole style. */
export function mapStyle({ palette, base, scene, fonts }: StyleOptions): StyleSpecification {
  const geojson = (data: GeoJSON.GeoJSON) => ({ type: 'geojson' as const, data });
  return {
    version: 8,
    sources: {
      land: geojson(base.land),
      lakes: geojson(base.lakes),
      rivers: geojson(base.rivers),
      coast: geojson(base.coast),
      borders: geojson(base.borders),
      strokes: { ...geojson(strokeData(scene)), tolerance: 0 },
      marks: geojson(markData(scene)),
      labels: geojson(labelData([])),
    },
    layers: [...ground(palette), ...strokeLayers(palette), ...markLayers(palette, fonts)],
  };
}

const byZoom = (...stops: number[]): ExpressionSpecification => ['interpolate', ['linear'], ['zoom'], ...stops];

function ground(palette: Palette): LayerSpecification[] {
  return [
    { id: 'sea', type: 'background', paint: { 'background-color': palette.sea } },
    { id: 'land', type: 'fill', source: 'land', paint: { 'fill-color': palette.land, 'fill-antialias': false } },
    {
      id: 'rivers',
      type: 'line',
      source: 'rivers',
      minzoom: 1.5,
      paint: { 'line-color': palette.river, 'line-width': byZoom(3, 0.5, 8, 1.8) },
    },
    { id: 'lakes', type: 'fill', source: 'lakes', paint: { 'fill-color': palette.sea, 'fill-outline-color': palette.coast } },
    { id: 'coast', type: 'line', source: 'coast', paint: { 'line-color': palette.coast, 'line-width': byZoom(2, 0.5, 8, 1.1) } },
    {
      id: 'borders',
      type: 'line',
      source: 'borders',
      paint: { 'line-color': palette.border, 'line-width': byZoom(2, 0.6, 8, 1.4) },
    },
  ];
}

function strokeLayers(palette: Palette): LayerSpecification[] {
  return order.flatMap((style) =>
    passes[style].map(
      ({ tone, width, dash, opacity }, index): LayerSpecification => ({
        id: `stroke-${style}-${index}`,
        type: 'line',
        source: 'strokes',
        filter: ['==', ['get', 'style'], style],
        layout: { 'line-cap': dash ? 'butt' : 'round', 'line-join': 'round' },
        paint: {
          'line-color': palette[tone],
          'line-width': width,
          'line-opacity': opacity ?? 1,
          ...(dash ? { 'line-dasharray': dash.map((length) => length / width) } : {}),
        },
      }),
    ),
  );
}

const isCall: ExpressionSpecification = ['==', ['get', 'kind'], 'call'];

function markLayers(palette: Palette, fonts: string[]): LayerSpecification[] {
  return [iconLayer('dots', isCall), iconLayer('icons', ['!', isCall]), labelLayer(palette, fonts)];
}

function iconLayer(id: string, filter: ExpressionSpecification): LayerSpecification {
  return {
    id,
    type: 'symbol',
    source: 'marks',
    filter: filter as FilterSpecification,
    layout: {
      'icon-image': ['get', 'kind'],
      'icon-allow-overlap': true,
      'icon-ignore-placement': true,
      'symbol-sort-key': ['-', 0, ['get', 'rank']],
    },
  };
}

/** Labels stand where they were placed; MapLibre has no say in it. */
function labelLayer(palette: Palette, fonts: string[]): LayerSpecification {
  const heavy: ExpressionSpecification = ['in', ['get', 'kind'], ['literal', ['end', 'border']]];
  return {
    id: 'labels',
    type: 'symbol',
    source: 'labels',
    layout: {
      'text-field': [
        'case',
        ['has', 'note'],
        ['format', ['get', 'name'], {}, '\n', {}, ['get', 'note'], { 'font-scale': noteScale }],
        ['get', 'name'],
      ],
      // The first family names the weight: MapLibre reads it from the name, the letters come from the families after it.
      'text-font': ['case', heavy, ['literal', ['SemiBold', ...fonts]], ['literal', fonts]],
      'text-size': ['get', 'fontSize'],
      'text-anchor': ['get', 'anchor'],
      'text-justify': ['get', 'justify'],
      'text-offset': ['get', 'offset'],
      'text-letter-spacing': ['match', ['get', 'kind'], 'country', countrySpacing, 0],
      'text-max-width': 99,
      'text-allow-overlap': true,
      'text-ignore-placement': true,
    },
    paint: {
      'text-color': ['match', ['get', 'kind'], 'border', palette.signal, 'call', palette.quiet, 'country', palette.country, palette.label],
      'text-halo-color': palette.halo,
      'text-halo-width': 1.6,
    },
  };
}
