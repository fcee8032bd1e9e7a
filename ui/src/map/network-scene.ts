/** The drawing of the network on a date: its links as strokes by their state, its stations and border crossings as marks. */
import type { Network, NetworkLink } from '../api/types';
import { greatCircle, middle, type Position, unwrap } from './geo';
import { linkId } from './network-changes';
import { isAir, type Mark, type Scene, styleOfMode } from './scene';

/** The scene of a network. A border is marked where something runs, or is suspended, between its stations. */
export function networkScene(network: Network): Scene {
  const stations = new Map(network.stations.map((station) => [station.stopId, station]));
  const joined = new Set<string>();
  const strokes: Scene['strokes'] = [];
  const crossings = new Map<string, Mark>();
  for (const link of network.links) {
    const [from, to] = [stations.get(link.from), stations.get(link.to)];
    if (!from || !to) continue;
    joined.add(link.from).add(link.to);
    const line = lineOf(link, [from.lon, from.lat], [to.lon, to.lat]);
    strokes.push({ id: linkId(link), line, style: link.state === 'running' ? styleOfMode(link.mode) : link.state });
    const at = middle(line);
    if (link.state !== 'none' && from.border && to.border && from.country !== to.country && !isAir(link.mode) && at) {
      const id = `border-${linkId(link)}`;
      crossings.set(id, { id, at, kind: 'border', name: `${from.name}–${to.name}`, rank: link.state === 'suspended' ? 0 : 2 });
    }
  }
  const ends = endsOf(network);
  const marks = network.stations.flatMap((station): Mark[] => {
    if (!joined.has(station.stopId)) return [];
    const ending = station.border ? 0 : (ends.get(station.stopId) ?? 0);
    const at: Position = [station.lon, station.lat];
    return [
      { id: station.stopId, at, kind: ending > 0 ? 'terminus' : 'call', name: station.name, rank: ending > 0 ? 1 - ending / 100 : 3 },
    ];
  });
  return { strokes, marks: [...marks, ...crossings.values()] };
}

function lineOf(link: NetworkLink, from: Position, to: Position): Position[] {
  return isAir(link.mode) ? greatCircle(from, to) : unwrap([from, to]);
}

/** At how many links of each station a service ends: one that goes on is on two of them. */
function endsOf(network: Network): Map<string, number> {
  const links = new Map<string, Map<string, number>>();
  for (const { from, to, services } of network.links) {
    for (const stop of [from, to]) {
      const counts = links.get(stop) ?? new Map<string, number>();
      for (const service of services) counts.set(service, (counts.get(service) ?? 0) + 1);
      links.set(stop, counts);
    }
  }
  return new Map([...links].map(([stop, counts]) => [stop, [...counts.values()].filter((count) => count === 1).length]));
}
