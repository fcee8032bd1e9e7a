import type { NextQuery, PlanQuery, Traveller } from '../api/types';
import { isDate } from './time';

/** A question as the address has it. Who travels is no part of it: that is only ever in the body of a request. */
export interface Search {
  from: string;
  to: string;
  /** A local day, or nothing for as soon as possible. */
  date?: string;
  /** `18:00`, with a date. */
  time?: string;
  /** Whether date and time are those of the arrival. */
  arrive: boolean;
  /** No modes means all of them. */
  modes: string[];
  /** Whether journeys with more changes count for the calendar. */
  any: boolean;
}

/** Every mode the server tells apart. */
export const modes = ['rail', 'air', 'bus', 'ferry', 'tram', 'subway', 'cable', 'other'] as const;

/** Reads a question from the parameters of an address; what it cannot read it leaves out. */
export function readSearch(params: URLSearchParams): Search {
  const date = params.get('date') ?? '';
  const time = params.get('time') ?? '';
  return {
    from: params.get('from') ?? '',
    to: params.get('to') ?? '',
    ...(isDate(date) ? { date } : {}),
    ...(isDate(date) && /^([01]\d|2[0-3]):[0-5]\d$/.test(time) ? { time } : {}),
    arrive: params.get('arrive') === '1',
    modes: (params.get('modes') ?? '').split(',').filter((mode) => modes.some((known) => known === mode)),
    any: params.get('any') === '1',
  };
}

/** The parameters of a question's address. */
export function writeSearch(search: Search): Record<string, string | undefined> {
  return {
    from: search.from,
    to: search.to,
    date: search.date,
    time: search.date ? search.time : undefined,
    arrive: search.arrive ? '1' : undefined,
    modes: search.modes.length > 0 ? search.modes.join(',') : undefined,
    any: search.any ? '1' : undefined,
  };
}

interface Asker {
  language: string;
  traveller: Traveller | undefined;
}

function common(search: Search, asker: Asker) {
  return {
    from: search.from,
    to: search.to,
    language: asker.language,
    ...(search.modes.length > 0 ? { modes: search.modes } : {}),
    ...(asker.traveller ? { traveller: asker.traveller } : {}),
  };
}

/** So many journeys are asked for of each mode. */
const journeys = 5;

/** What `plan` is asked: the next journeys by rail and by air side by side, unless one of them was chosen. */
export function planQuery(search: Search, asker: Asker): PlanQuery {
  const moment = search.date && search.time ? `${search.date}T${search.time}` : search.date;
  return {
    ...common(search, asker),
    perMode: search.modes.length !== 1,
    ...(moment && search.arrive ? { arrive: moment } : { connections: journeys, ...(moment ? { depart: moment } : {}) }),
  };
}

/** How many days the calendar shows. */
export const calendarDays = 366;

/** What `next` is asked for the calendar of a year. */
export function nextQuery(search: Search, asker: Asker, start: string): NextQuery {
  return { ...common(search, asker), start, days: calendarDays, count: 1, any: search.any };
}
