import { api } from '../api/client';
import type { Info } from '../api/types';
import { addDays } from './time';

let known = $state.raw<Info>();

/** What timetable the server answers from, once it has said so. */
export const info = (): Info | undefined => known;

/** Asks for it; a page that gets no answer works without. */
export async function learn(): Promise<void> {
  known = await api.info().catch(() => undefined);
}

/** Today by the server's clock, or by the browser's until the server has answered. */
export const today = (): string => known?.today ?? new Date().toISOString().slice(0, 10);

/**
 * The first day of the calendar of a year: today, where the timetable covers it. A timetable that is over shows its last year, one that
 * has not begun its first.
 */
export function yearStart({ firstDate, lastDate }: Info, days: number): string {
  if (today() < firstDate) return firstDate;
  if (today() <= lastDate) return today();
  const start = addDays(lastDate, 1 - days);
  return start < firstDate ? firstDate : start;
}
