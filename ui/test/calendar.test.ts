import { expect, test } from 'vitest';
import type { CalendarDay } from '../src/api/types';
import { months, moved, neighbour } from '../src/lib/calendar';

const day = (date: string, more: Partial<CalendarDay> = {}): CalendarDay => ({
  date,
  days: 'published',
  doubtful: false,
  suspended: false,
  ...more,
});

test('a year that begins within a month has thirteen rows, the first and the last of them in part', () => {
  const rows = months([], '2026-11-22', 366);
  expect(rows).toHaveLength(13);
  expect(rows[0]?.days.filter((one) => !one.outside).map((one) => one.number)).toEqual([22, 23, 24, 25, 26, 27, 28, 29, 30]);
  expect(rows[12]?.days.filter((one) => !one.outside)).toHaveLength(22);
});

test('a month has its own days, under their days of the week', () => {
  const february = months([], '2028-02-01', 29)[0];
  expect(february?.days).toHaveLength(29);
  expect(february?.days[0]?.weekday).toBe(1);
});

test('each day says what the calendar says of it', () => {
  const calendar = [
    day('2026-12-12'),
    day('2026-12-13', { days: 'assumed' }),
    day('2026-12-14', { doubtful: true }),
    day('2026-12-15', { suspended: true, doubtful: true }),
  ];
  const states = months(calendar, '2026-12-01', 31)[0]?.days.slice(10, 15);
  expect(states?.map((one) => one.state)).toEqual(['none', 'sure', 'assumed', 'doubtful', 'suspended']);
});

test('the day before and the day after pass over suspended ones', () => {
  const calendar = [day('2026-12-12'), day('2026-12-19', { suspended: true }), day('2026-12-26')];
  expect(neighbour(calendar, '2026-12-12', 1)).toBe('2026-12-26');
  expect(neighbour(calendar, '2026-12-26', -1)).toBe('2026-12-12');
  expect(neighbour(calendar, '2026-12-26', 1)).toBeUndefined();
});

test('keys move by a day, a month, to the ends of a month, and stay within the year', () => {
  const span = { first: '2026-11-22', last: '2027-11-22' };
  expect(moved('2026-12-31', 'ArrowRight', span)).toBe('2027-01-01');
  expect(moved('2026-12-12', 'ArrowDown', span)).toBe('2027-01-12');
  expect(moved('2027-01-31', 'ArrowDown', span)).toBe('2027-02-28');
  expect(moved('2027-02-10', 'End', span)).toBe('2027-02-28');
  expect(moved('2026-12-12', 'ArrowUp', span)).toBe('2026-11-22');
  expect(moved('2026-12-12', 'Enter', span)).toBeUndefined();
});
