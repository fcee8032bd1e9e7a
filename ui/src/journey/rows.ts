import type { Border, GaugeChange, Host, Leg, Stand, Stop } from '../api/types';
import { nights, type Span } from '../lib/night';
import { dateOf, daysBetween, instantOf, offsetOf } from '../lib/time';

/** Every row draws its piece of the line, and beside it which parts of that piece are ridden by night. */
interface Drawn {
  nights: Span[];
}

/** A call, with all that happens while the train stands there. The piece of the line below its mark is the way onwards. */
export interface CallRow extends Drawn {
  kind: 'call';
  stop: Stop;
  first: boolean;
  last: boolean;
  /** The train that takes over here from the one before, in a carriage that changes trains. */
  host?: Host;
  stand?: Stand;
  gauge?: GaugeChange;
}

/** The way between two calls that are shown, where others are folded away: how long, how many nights, past how many calls. */
export interface HopRow extends Drawn {
  kind: 'hop';
  seconds: number;
  nightCount: number;
  hidden: number;
}

/** The local date turns, or the first row of a leg names it. `day` counts from 1, the day of departure. */
export interface DayRow extends Drawn {
  kind: 'day';
  date: string;
  day: number;
}

/** The clock is set from one offset to another, both in minutes from UTC. */
export interface ZoneRow extends Drawn {
  kind: 'zone';
  from: number;
  to: number;
}

export interface BorderRow extends Drawn {
  kind: 'border';
  border: Border;
}

export type Row = CallRow | HopRow | DayRow | ZoneRow | BorderRow;

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
    if (offset !== undefined && next !== offset) rows.push({ kind: 'zone', from: offset, to: next, nights: [] });
    offset = next;
    if (dateOf(time) !== date) {
      date = dateOf(time);
      rows.push({ kind: 'day', date, day: daysBetween(options.firstDate, date) + 1, nights: [] });
    }
  };

  shown.forEach(({ stop, index }, position) => {
    clock(arrivalOf(stop));
    rows.push({ kind: 'call', stop, first: index === 0, last: index === all.length - 1, nights: [], ...happenings(leg, stop, index) });
    clock(departureOf(stop));
    const border = borders.get(stop.stopId);
    const following = shown[position + 1];
    if (border) rows.push({ kind: 'border', border, nights: [] });
    else if (following && !options.everyCall) rows.push(hop(stop, following.stop, following.index - index - 1));
  });
  shade(rows);
  return rows;
}

function happenings(leg: Leg, stop: Stop, index: number): Pick<CallRow, 'host' | 'stand' | 'gauge'> {
  const host = index > 0 ? leg.tumen.hosts?.find((known) => known.from.stopId === stop.stopId) : undefined;
  const stand = leg.tumen.stands?.find((known) => known.stopId === stop.stopId);
  const gauge = leg.tumen.gaugeChanges?.find((known) => known.places.some((place) => place.stopId === stop.stopId));
  return { ...(host ? { host } : {}), ...(stand ? { stand } : {}), ...(gauge ? { gauge } : {}) };
}

function hop(from: Stop, to: Stop, hidden: number): HopRow {
  const [departure, arrival] = [departureOf(from), arrivalOf(to)];
  const seconds = Math.round((instantOf(arrival) - instantOf(departure)) / 1000);
  return { kind: 'hop', seconds, nightCount: nights(departure, arrival).length, hidden, nights: [] };
}

/** About how high a row is drawn, in lines of text. */
function height(row: Row): number {
  switch (row.kind) {
    case 'hop':
      return 2 + 0.6 * row.nightCount;
    case 'border':
      return 7;
    default:
      return 1;
  }
}

/** Divides the nights between two calls among the rows that the way between them is drawn in. */
function shade(rows: Row[]): void {
  const calls = rows.flatMap((row, index) => (row.kind === 'call' ? [{ row, index }] : []));
  calls.forEach(({ row, index }, position) => {
    const next = calls[position + 1];
    if (!next) return;
    const spans = nights(departureOf(row.stop), arrivalOf(next.row.stop));
    const way = rows.slice(index, next.index);
    const whole = way.reduce((sum, piece) => sum + height(piece), 0);
    let from = 0;
    for (const piece of way) {
      const to = from + height(piece) / whole;
      piece.nights = part(spans, from, to);
      from = to;
    }
  });
}

/** The part of some spans between two fractions, as fractions of that part. */
function part(spans: Span[], from: number, to: number): Span[] {
  return spans
    .map((span) => ({ from: Math.max(0, (span.from - from) / (to - from)), to: Math.min(1, (span.to - from) / (to - from)) }))
    .filter((span) => span.to > span.from);
}
