import type { Leg } from '../api/types';
import { nights, type Span } from '../lib/night';
import { instantOf } from '../lib/time';

/** A train that carries the carriage, or the carriage standing alone between two trains. */
export interface Part {
  kind: 'host' | 'stand';
  /** The number of the train; of a stand, where the carriage stands. */
  name: string;
  route: string;
  tripId: string;
  from: { name: string; time: string };
  to: { name: string; time: string };
  seconds: number;
  nights: Span[];
  /** How wide it is drawn, growing with the root of its duration: a stand of three hours is seen beside a ride of seven days. */
  weight: number;
}

/** The parts of the way of a through carriage in order, or nothing where the leg is a plain train. */
export function carriageParts(leg: Leg): Part[] {
  if (!leg.tumen.carriage) return [];
  const parts: Part[] = [];
  for (const host of leg.tumen.hosts ?? []) {
    const before = parts.at(-1);
    if (before && instantOf(host.from.departure) > instantOf(before.to.time)) {
      parts.push(part('stand', host.from.name, '', '', before.to, { name: host.from.name, time: host.from.departure }));
    }
    const from = { name: host.from.name, time: host.from.departure };
    const to = { name: host.to.name, time: host.to.arrival };
    parts.push(part('host', host.tripShortName, host.route, host.tripId, from, to));
  }
  return parts;
}

type End = Part['from'];

function part(kind: Part['kind'], name: string, route: string, tripId: string, from: End, to: End): Part {
  const seconds = Math.round((instantOf(to.time) - instantOf(from.time)) / 1000);
  return { kind, name, route, tripId, from, to, seconds, nights: nights(from.time, to.time), weight: Math.sqrt(seconds / 3600) };
}
