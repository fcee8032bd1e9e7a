import type { Border, GaugeChange, Host, Leg, Stand, Stop } from '../api/types';
import { nights, type Span } from '../lib/night';
import { dateOf, daysBetween, instantOf, offsetOf } from '../lib/time';

/** What the way to the next row is like: how long, through which nights, past how many calls that are not shown. */
export interface Hop {
  seconds: number;
  nights: Span[];
  hidden: number;
}

/** A call, with all that happens while the train stands there and the hop to the next row. */
export interface CallRow {
  kind: 'call';
  stop: Stop;
  first: boolean;
  last: boolean;
  /** The train that takes over here from the one before, in a carriage that changes trains. */
  host?: Host;
  stand?: Stand;
  gauge?: GaugeChange;
  hop?: Hop;
}

/** The local date turns, or the first row of a leg names it. `day` counts from 1, the day of departure. */
export interface DayRow {
  kind: 'day';
  date: string;
  day: number;
}

/** The clock is set from one offset to another, both in minutes from UTC. */
export interface ZoneRow {
  kind: 'zone';
  from: number;
  to: number;
}

export interface BorderRow {
  kind: 'border';
  border: Border;
}

export type Row = CallRow | DayRow | ZoneRow | BorderRow;

/** All calls of a leg in order. */
export const callsOf = (leg: Leg): Stop[] => [leg.from, ...(leg.intermediateStops ?? []), leg.to];

const arrivalOf = (stop: Stop): string => stop.arrival ?? stop.departure ?? '';
const departureOf = (stop: Stop): string => stop.departure ?? stop.arrival ?? '';

/** The stops of a leg at which something happens to the traveller, whatever else is folded away. */
export function keyStops(leg: Leg): Set<string> {
  const { hosts = [], stands = [], borders = [], gaugeChanges = [] } = leg.tumen;
  return new Set([
    leg.from.stopId,
    leg.to.stopId,
    ...hosts.flatMap((host) => [host.from.stopId, host.to.stopId]),
    ...stands.map((stand) => stand.stopId),
    ...borders.flatMap((border) => [border.fromStopId, border.toStopId]),
    ...gaugeChanges.flatMap((change) => change.places.map((place) => place.stopId)),
  ]);
}

export interface RowOptions {
  /** Whether calls at which nothing happens to the traveller are shown. */
  everyCall: boolean;
  /** The local date of departure of the whole journey: its day 1. */
  firstDate: string;
  /** The date of the row before this leg, which is not said again. */
  dateBefore?: string;
  /** The offset on the clock before this leg. */
  offsetBefore?: number;
}

/** A ride as the rows of its timetable. */
export function rowsOf(leg: Leg, options: RowOptions): Row[] {
  const all = callsOf(leg);
  const key = keyStops(leg);
  const shown = all.map((stop, index) => ({ stop, index })).filter(({ stop }) => options.everyCall || key.has(stop.stopId));
  const borders = new Map((leg.tumen.borders ?? []).map((border) => [border.fromStopId, border]));
  const rows: Row[] = [];
  let date = options.dateBefore;
  let offset = options.offsetBefore;

  const clock = (time: string) => {
    if (time === '') return;
    const next = offsetOf(time);
    if (offset !== undefined && next !== offset) rows.push({ kind: 'zone', from: offset, to: next });
    offset = next;
    if (dateOf(time) !== date) {
      date = dateOf(time);
      rows.push({ kind: 'day', date, day: daysBetween(options.firstDate, date) + 1 });
    }
  };

  shown.forEach(({ stop, index }, position) => {
    clock(arrivalOf(stop));
    const following = shown[position + 1];
    rows.push({
      kind: 'call',
      stop,
      first: index === 0,
      last: index === all.length - 1,
      ...happenings(leg, stop, index),
      ...(following ? { hop: hop(stop, following.stop, following.index - index - 1) } : {}),
    });
    clock(departureOf(stop));
    const border = borders.get(stop.stopId);
    if (border) rows.push({ kind: 'border', border });
  });
  return rows;
}

function happenings(leg: Leg, stop: Stop, index: number): Pick<CallRow, 'host' | 'stand' | 'gauge'> {
  const host = index > 0 ? leg.tumen.hosts?.find((known) => known.from.stopId === stop.stopId) : undefined;
  const stand = leg.tumen.stands?.find((known) => known.stopId === stop.stopId);
  const gauge = leg.tumen.gaugeChanges?.find((known) => known.places.some((place) => place.stopId === stop.stopId));
  return { ...(host ? { host } : {}), ...(stand ? { stand } : {}), ...(gauge ? { gauge } : {}) };
}

function hop(from: Stop, to: Stop, hidden: number): Hop {
  const departure = departureOf(from);
  const arrival = arrivalOf(to);
  return { seconds: Math.round((instantOf(arrival) - instantOf(departure)) / 1000), nights: nights(departure, arrival), hidden };
}

/** How many local midnights lie between two times, by the dates on the clocks of their stops. */
export const midnights = (departure: string, arrival: string): number => daysBetween(dateOf(departure), dateOf(arrival));
