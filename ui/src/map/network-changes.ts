/** What two states of the network have apart, and what is suspended in one, told by service and not link by link. */
import type { Network, NetworkLink, Suspension } from '../api/types';

export type LinkState = NetworkLink['state'];

/** A service on a date: suspended if any of its links is, otherwise running if any of them is. */
interface ServiceState {
  state: LinkState;
  suspensions: Suspension[];
  /** Ids of the links it has, but for those where others run and it does not. */
  links: string[];
}

/** A service, and how it was and is. */
export interface Story extends ServiceState {
  service: string;
  was: LinkState;
}

const strength: Record<LinkState, number> = { none: 0, running: 1, suspended: 2 };

/** The same for both directions. */
export function linkId(link: NetworkLink): string {
  return `${[link.from, link.to].sort().join('~')}~${link.mode}`;
}

/** The services that are otherwise in `now` than they were in `before`. */
export function changes(before: Network, now: Network): Story[] {
  const [earlier, later] = [services(before), services(now)];
  return [...new Set([...later.keys(), ...earlier.keys()])].sort().flatMap((service) => {
    const was = earlier.get(service);
    const is = later.get(service) ?? { state: 'none' as const, suspensions: [], links: was?.links ?? [] };
    return (was?.state ?? 'none') === is.state ? [] : [{ ...is, service, was: was?.state ?? 'none' }];
  });
}

/** What is suspended. */
export function suspended(network: Network): Story[] {
  return [...services(network)].flatMap(([service, state]) =>
    state.state === 'suspended' ? [{ ...state, service, was: state.state }] : [],
  );
}

/** The names of the services that run, in order. */
export function running(network: Network): string[] {
  return [...services(network)].flatMap(([service, { state }]) => (state === 'running' ? [service] : [])).sort();
}

function services(network: Network): Map<string, ServiceState> {
  const nameOf = new Map(network.stations.map((station) => [station.stopId, station.name]));
  const states = new Map<string, ServiceState>();
  for (const link of network.links) {
    const unnamed = `${nameOf.get(link.from) ?? link.from}–${nameOf.get(link.to) ?? link.to}`;
    for (const service of link.services.length > 0 ? link.services : [unnamed]) {
      const known = states.get(service) ?? { state: link.state, suspensions: [], links: [] };
      if (strength[link.state] > strength[known.state]) known.state = link.state;
      const more = (link.suspensions ?? []).filter((suspension) => known.suspensions.every((other) => other.id !== suspension.id));
      known.suspensions.push(...more);
      known.links.push(linkId(link));
      states.set(service, known);
    }
  }
  return states;
}
