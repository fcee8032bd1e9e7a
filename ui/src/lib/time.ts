/** Times as the server writes them, RFC 3339 with the stop's own offset, read as what a clock there shows. No zone data needed. */

const dayMs = 86_400_000;

/** `2026-12-12T00:35:00+03:00` → `2026-12-12`. */
export const dateOf = (time: string): string => time.slice(0, 10);

/** `2026-12-12T00:35:00+03:00` → `00:35`. */
export const clockOf = (time: string): string => time.slice(11, 16);

/** The offset of a time from UTC in minutes. */
export function offsetOf(time: string): number {
  const found = /([+-])(\d\d):(\d\d)$/.exec(time);
  if (!found) return 0;
  const minutes = Number(found[2]) * 60 + Number(found[3]);
  return found[1] === '-' ? -minutes : minutes;
}

/** The moment itself, in milliseconds since 1970. */
export const instantOf = (time: string): number => Date.parse(time);

/** `UTC+3`, `UTC+8:30`, `UTC−5`. */
export function offsetText(minutes: number): string {
  const size = Math.abs(minutes);
  const rest = size % 60;
  const text = `${Math.floor(size / 60)}${rest ? `:${String(rest).padStart(2, '0')}` : ''}`;
  return `UTC${minutes < 0 ? '−' : '+'}${text}`;
}

/** Days since 1970 of an ISO day. */
export const dayNumber = (date: string): number => Math.round(Date.parse(`${date}T00:00:00Z`) / dayMs);

/** The ISO day of a number of days since 1970. */
export const dayFromNumber = (day: number): string => new Date(day * dayMs).toISOString().slice(0, 10);

/** The day so many days later. */
export const addDays = (date: string, days: number): string => dayFromNumber(dayNumber(date) + days);

/** How many calendar days a later local date is after an earlier one. */
export const daysBetween = (from: string, to: string): number => dayNumber(to) - dayNumber(from);

/** The same day so many months later, or the last day of that month. */
export function addMonths(date: string, months: number): string {
  const [year = 0, month = 1, day = 1] = date.split('-').map(Number);
  const last = new Date(Date.UTC(year, month + months, 0)).getUTCDate();
  return new Date(Date.UTC(year, month - 1 + months, Math.min(day, last))).toISOString().slice(0, 10);
}

/** 0 is Sunday, as `Date` counts. */
export const weekday = (date: string): number => new Date(`${date}T00:00:00Z`).getUTCDay();

/** Whether a text is a day that exists. */
export function isDate(text: string): boolean {
  if (!/^\d{4}-\d{2}-\d{2}$/.test(text)) return false;
  const day = Date.parse(`${text}T00:00:00Z`);
  return !Number.isNaN(day) && new Date(day).toISOString().startsWith(text);
}

/** A local date in words of a language: `Sat 12 Dec 2026`. */
export function dateText(date: string, language: string, form: Intl.DateTimeFormatOptions): string {
  return new Intl.DateTimeFormat(language, { ...form, timeZone: 'UTC' }).format(new Date(`${date}T00:00:00Z`));
}

/** Whole days, hours and minutes of a duration in seconds; seconds are not rounded up. */
export function durationParts(seconds: number): { days: number; hours: number; minutes: number } {
  const minutes = Math.floor(seconds / 60);
  return { days: Math.floor(minutes / 1440), hours: Math.floor((minutes % 1440) / 60), minutes: minutes % 60 };
}
