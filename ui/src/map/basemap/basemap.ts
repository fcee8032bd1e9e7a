/** The base map: Natural Earth's land, borders, lakes and rivers, bundled with the page and decoded in the browser. */
import type { FeatureCollection, Geometry, LineString, MultiLineString, MultiPolygon, Point, Polygon, Position } from 'geojson';
import { feature } from 'topojson-client';
import type { Topology } from 'topojson-specification';
import { type Position as LonLat, unwrap } from '../geo';
import address from './world.json?url';

type Areas = FeatureCollection<Polygon | MultiPolygon>;
type Lines = FeatureCollection<LineString | MultiLineString>;

export interface BaseMap {
  land: Areas;
  lakes: Areas;
  coast: Lines;
  borders: Lines;
  rivers: Lines;
  /** Where the names of countries stand, with their ISO 3166 code and their land in 1000 km². */
  names: FeatureCollection<Point, { code: string; area: number }>;
}

let loaded: Promise<BaseMap> | undefined;

/** Loads the base map, once for all maps of the page; after a failure it may be tried again. */
export function loadBaseMap(): Promise<BaseMap> {
  loaded ??= fetch(address)
    .then((answer) => {
      if (!answer.ok) throw new Error(`base map: ${answer.status} ${answer.statusText}`);
      return answer.json();
    })
    .then(decode)
    .catch((error: unknown) => {
      loaded = undefined;
      throw error;
    });
  return loaded;
}

/** The layers of the bundled topology as GeoJSON. */
export function decode(topology: Topology): BaseMap {
  const layer = <G extends Geometry, P = object>(name: string): FeatureCollection<G, P> => {
    const object = topology.objects[name];
    if (!object) throw new Error(`base map: no layer ${name}`);
    const decoded = feature(topology, object);
    const features = decoded.type === 'FeatureCollection' ? decoded.features : [decoded];
    return { type: 'FeatureCollection', features: features.map((one) => ({ ...one, geometry: flat(one.geometry) })) } as FeatureCollection<
      G,
      P
    >;
  };
  return {
    land: layer('land'),
    lakes: layer('lakes'),
    coast: layer('coast'),
    borders: layer('borders'),
    rivers: layer('rivers'),
    names: layer('names'),
  };
}

/** The data is stitched at the antimeridian as on a globe; on a flat map its lines must go on past it. */
function flat(geometry: Geometry): Geometry {
  const line = (positions: Position[]) => unwrap(positions as LonLat[]);
  switch (geometry.type) {
    case 'LineString':
      return { ...geometry, coordinates: line(geometry.coordinates) };
    case 'MultiLineString':
    case 'Polygon':
      return { ...geometry, coordinates: geometry.coordinates.map(line) };
    case 'MultiPolygon':
      return { ...geometry, coordinates: geometry.coordinates.map((rings) => rings.map(line)) };
    default:
      return geometry;
  }
}

/** The name of a country in a language, as the browser knows it. */
export function countryName(code: string, language: string): string {
  return new Intl.DisplayNames(language, { type: 'region', fallback: 'none' }).of(code) ?? '';
}
