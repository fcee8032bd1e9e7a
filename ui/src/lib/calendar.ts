import type { CalendarDay } from '../api/types';
import { addDays, addMonths, daysBetween, weekday } from './time';

/**
 * What a day of the calendar is: `sure` by published or derived days, `assumed` after the last evidence, `doubtful` where nobody
 * knows whether one may cross, `suspended` where the service would run, `none` where there is no journey.
 */
export type DayState = 'sure' | 'assumed' | 'doubtful' | 'suspended' | 'none';

export interface Day {
  date: string;
  number: number;
  /** 0 is Monday. */
  weekday: number;
  state: DayState;
  /** Before the first or after the last day that was asked for. */
  outside: boolean;
}

export interface Month {
  /** Its first day. */
  first: string;
  days: Day[];
}

function stateOf(day: CalendarDay | undefined): DayState {
  if (!day) return 'none';
  if (day.suspended) return 'suspended';
  if (day.doubtful) return 'doubtful';
  return day.days === 'published' || day.days === 'derived' ? 'sure' : 'assumed';
}

/** Whole months that cover so many days from a first one, each day with what the calendar says of it. */
export function months(calendar: CalendarDay[], start: string, days: number): Month[] {
  const known = new Map(calendar.map((day) => [day.date, day]));
  const last = addDays(start, days - 1);
  const result: Month[] = [];
  for (let first = `${start.slice(0, 7)}-01`; first <= last; first = addMonths(first, 1)) {
    const length = daysBetween(first, addMonths(first, 1));
    result.push({
      first,
      days: Array.from({ length }, (_, index) => {
        const date = addDays(first, index);
        return {
          date,
          number: index + 1,
          weekday: (weekday(date) + 6) % 7,
          state: stateOf(known.get(date)),
          outside: date < start || date > last,
        };
      }),
    });
  }
  return result;
}

/** The first day with a journey that is later (or earlier) than a date. */
export function neighbour(calendar: CalendarDay[], date: string, direction: 1 | -1): string | undefined {
  const possible = calendar.filter((day) => !day.suspended).map((day) => day.date);
  return direction === 1 ? possible.find((day) => day > date) : possible.findLast((day) => day < date);
}

/** Where a key leads from a day within a span of days, or nothing if the key is not one of the calendar's. */
export function moved(date: string, key: string, span: { first: string; last: string }): string | undefined {
  const to = target(date, key);
  if (to === undefined || (to >= span.first && to <= span.last)) return to;
  return to < span.first ? span.first : span.last;
}

function target(date: string, key: string): string | undefined {
  switch (key) {
    case 'ArrowLeft':
      return addDays(date, -1);
    case 'ArrowRight':
      return addDays(date, 1);
    case 'ArrowUp':
    case 'PageUp':
      return addMonths(date, -1);
    case 'ArrowDown':
    case 'PageDown':
      return addMonths(date, 1);
    case 'Home':
      return `${date.slice(0, 7)}-01`;
    case 'End':
      return addDays(addMonths(`${date.slice(0, 7)}-01`, 1), -1);
    default:
      return undefined;
  }
}
