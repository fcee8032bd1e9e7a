/** The dates that the network page can show, month by month, and where its state changes between them. */
import type { Dated, Network, Status } from '../api/types';

/** The first and the last day that can be shown, ISO dates. */
export interface Span {
  first: string;
  last: string;
}

const monthsOf = (date: string): number => Number(date.slice(0, 4)) * 12 + Number(date.slice(5, 7)) - 1;

/** The number of the last month of a span; the first is 0. */
export function lastMonth({ first, last }: Span): number {
  return monthsOf(last) - monthsOf(first);
}

/** The month of a span in which a date lies; dates outside are put at its ends. */
export function monthOf(date: string, span: Span): number {
  return Math.max(0, Math.min(lastMonth(span), monthsOf(date) - monthsOf(span.first)));
}

/** The first day of a month that lies in the span. */
export function firstOf(month: number, { first }: Span): string {
  const months = monthsOf(first) + month;
  const day = `${Math.floor(months / 12)}-${String((months % 12) + 1).padStart(2, '0')}-01`;
  return day < first ? first : day;
}

/** The years of a span, each with the number of its months that lie in it. */
export function yearsOf({ first, last }: Span): { year: number; months: number }[] {
  const [from, to] = [monthsOf(first), monthsOf(last)];
  const years = [];
  for (let year = Math.floor(from / 12); year <= Math.floor(to / 12); year++) {
    years.push({ year, months: Math.min(to, year * 12 + 11) - Math.max(from, year * 12) + 1 });
  }
  return years;
}

/** The date so many days later. */
export function plusDays(date: string, days: number): string {
  const day = new Date(`${date}T00:00:00Z`);
  day.setUTCDate(day.getUTCDate() + days);
  return day.toISOString().slice(0, 10);
}

/** Days at either end of a timetable on which services begin or end because the timetable does. */
const edge = 14;
/** Changes of one kind within so many days are shown as one, on the last of them. */
const together = 7;

/**
 * The days on which one sees that services begin, are suspended or end, as far as the timetable covers them. An end is seen
 * when the last run is more than `daysAround` past.
 */
export function changeDays({ routes }: Status, daysAround: number, span: Span): string[] {
  const periods = routes.flatMap((route) => route.coverage);
  const runs = periods.filter((period) => period.state === 'runs');
  const ends = runs.flatMap(({ until }) => (until ? [plusDays(until, 1 + daysAround)] : []));
  const suspended = periods.filter((period) => period.state === 'suspended').map(({ from }) => plusDays(from, daysAround));
  const begins = runs.map(({ from }) => from);
  return merge(joined(within(begins, span)), joined(within([...ends, ...suspended], span)));
}

/** The days on which one sees that something in a network came to be suspended, or no longer is. */
export function suspensionDays({ links, daysAround }: Network, span: Span): string[] {
  const suspensions = links.flatMap((link) => link.suspensions ?? []);
  const days = suspensions.flatMap(({ since, until }) => [plusDays(since.first, daysAround), ...(until ? [plusDays(until.last, 1)] : [])]);
  return within(days, span);
}

function within(days: string[], { first, last }: Span): string[] {
  const [earliest, latest] = [plusDays(first, edge), plusDays(last, -edge)];
  return merge(days.filter((day) => day >= earliest && day <= latest));
}

function joined(days: string[]): string[] {
  return days.filter((day, index) => {
    const next = days[index + 1];
    return next === undefined || next > plusDays(day, together);
  });
}

/** Days in order, each once. */
export function merge(...days: string[][]): string[] {
  return [...new Set(days.flat())].sort();
}

/** Where a day lies in a span, from 0 to 1, by months as the slider counts them. */
export function placeOf(date: string, span: Span): number {
  const day = (Number(date.slice(8, 10)) - 1) / 31;
  return (monthOf(date, span) + day) / Math.max(1, lastMonth(span));
}

/** A date as people write it in a language. */
export function dateText(date: string, language: string, precision: 'day' | 'month' = 'day'): string {
  const options: Intl.DateTimeFormatOptions = { year: 'numeric', month: 'long', timeZone: 'UTC' };
  if (precision === 'day') options.day = 'numeric';
  return new Intl.DateTimeFormat(language, options).format(new Date(`${date}T00:00:00Z`));
}

/** A date no more precise than its source has it: a day, a month, or in the words of the source. */
export function datedText({ text, first, last }: Dated, language: string): string {
  if (first === last) return dateText(first, language);
  const wholeMonth = first.endsWith('-01') && first.slice(0, 7) === last.slice(0, 7) && plusDays(last, 1).endsWith('-01');
  return wholeMonth ? dateText(first, language, 'month') : text;
}
