/** What two states of the network have apart, and what is suspended in one, as a text says it: by service, not link by link. */
import type { Network, NetworkLink, Suspension } from '../api/types';

export type LinkState = NetworkLink['state'];

/** Links that share a story: the same services, the same state before and now, the same cause. */
export interface LinkGroup {
  id: string;
  /** The services, or where there is none the ends of the links. */
  title: string;
  was: LinkState;
  now: LinkState;
  suspensions: Suspension[];
  /** Ids of the links. */
  links: string[];
}

/** The same for both directions. */
export function linkId(link: NetworkLink): string {
  return `${[link.from, link.to].sort().join('~')}~${link.mode}`;
}

/** What is otherwise in `now` than it was in `before`; a link that one of them does not have has no service there. */
export function changes(before: Network, now: Network): LinkGroup[] {
  const earlier = new Map(before.links.map((link) => [linkId(link), link]));
  const later = new Map(now.links.map((link) => [linkId(link), link]));
  const changed: [NetworkLink, LinkState][] = [];
  for (const [id, link] of later) {
    const { state: was = 'none', services = [] } = earlier.get(id) ?? {};
    // What no longer runs is named as it was when it ran.
    if (was !== link.state) changed.push([link.services.length > 0 ? link : { ...link, services }, was]);
  }
  for (const [id, link] of earlier) {
    if (!later.has(id) && link.state !== 'none') {
      const { from, to, mode, services } = link;
      changed.push([{ from, to, mode, services, state: 'none' }, link.state]);
    }
  }
  return grouped(changed, { ...now, stations: [...before.stations, ...now.stations] });
}

/** What is suspended. */
export function suspended(network: Network): LinkGroup[] {
  const links = network.links.filter((link) => link.state === 'suspended');
  return grouped(
    links.map((link) => [link, 'suspended']),
    network,
  );
}

/** The names of the services that run, each once. */
export function running(network: Network): string[] {
  const names = network.links.filter((link) => link.state === 'running').flatMap((link) => link.services);
  return [...new Set(names)].sort();
}

function grouped(links: [NetworkLink, LinkState][], network: Network): LinkGroup[] {
  const nameOf = new Map(network.stations.map((station) => [station.stopId, station.name]));
  const groups = new Map<string, LinkGroup>();
  for (const [link, was] of links) {
    const title = link.services.join(', ') || `${nameOf.get(link.from) ?? link.from}–${nameOf.get(link.to) ?? link.to}`;
    const { state: now, suspensions = [] } = link;
    const id = [title, was, now, ...suspensions.map((suspension) => suspension.id)].join('|');
    const group = groups.get(id) ?? { id, title, was, now, suspensions, links: [] };
    group.links.push(linkId(link));
    groups.set(id, group);
  }
  return [...groups.values()];
}
