import { expect, test } from 'vitest';
import { carriageParts } from '../src/journey/carriage';
import { type Row, rowsOf } from '../src/journey/rows';
import { coach, leg } from './journeys';

function told(row: Row): string {
  switch (row.kind) {
    case 'call':
      return row.stop.name;
    case 'day':
      return `${row.date}, day ${row.day}`;
    case 'zone':
      return `clock ${row.from} → ${row.to}`;
    case 'border':
      return `border ${row.border.from}`;
    case 'hop':
      return `${row.hidden} hidden, ${row.nightCount} nights`;
  }
}

test('folded, a coach shows where something happens, and between them what was passed over', () => {
  expect(rowsOf(coach(), { everyCall: false, firstDate: '2026-12-12' }).map(told)).toEqual([
    '2026-12-12, day 1',
    'Moscow',
    '1 hidden, 8 nights',
    'clock 180 → 600',
    '2026-12-19, day 8',
    'Ussuriysk',
    '0 hidden, 0 nights',
    'Khasan',
    'border Khasan',
    'clock 600 → 540',
    'Tumangang',
    '0 hidden, 1 nights',
    '2026-12-20, day 9',
    'Pyongyang',
  ]);
});

test('with every call, days and clocks turn where they do', () => {
  const rows = rowsOf(coach(), { everyCall: true, firstDate: '2026-12-12' }).map(told);
  expect(rows.slice(0, 5)).toEqual(['2026-12-12, day 1', 'Moscow', 'clock 180 → 360', '2026-12-14, day 3', 'Omsk']);
});

test('a stand over midnight turns the day after the call', () => {
  const night = leg([
    { name: 'A', departure: '2026-12-12T20:00:00+03:00' },
    { name: 'B', arrival: '2026-12-12T23:50:00+03:00', departure: '2026-12-13T00:20:00+03:00' },
    { name: 'C', arrival: '2026-12-13T01:00:00+03:00' },
  ]);
  const rows = rowsOf(night, { everyCall: true, firstDate: '2026-12-12' }).map(told);
  expect(rows).toEqual(['2026-12-12, day 1', 'A', 'B', '2026-12-13, day 2', 'C']);
});

test('a second leg does not say the date again', () => {
  const second = leg([
    { name: 'A', departure: '2026-12-12T20:00:00+03:00' },
    { name: 'B', arrival: '2026-12-12T21:00:00+03:00' },
  ]);
  const options = { everyCall: true, firstDate: '2026-12-12', dateBefore: '2026-12-12', offsetBefore: 180 };
  expect(rowsOf(second, options).map(told)).toEqual(['A', 'B']);
});

test('the night of a hop is divided among the rows it is drawn in', () => {
  const evening = leg([
    { name: 'A', departure: '2026-12-12T20:00:00+03:00' },
    { name: 'B', arrival: '2026-12-13T00:00:00+03:00' },
  ]);
  const rows = rowsOf(evening, { everyCall: true, firstDate: '2026-12-12' });
  expect(rows.map((row) => [row.kind, row.nights])).toEqual([
    ['day', []],
    ['call', []],
    ['day', [{ from: 0, to: 1 }]],
    ['call', []],
  ]);
});

test('a carriage is carried, stands and is carried on', () => {
  expect(carriageParts(coach()).map(({ kind, name, seconds }) => [kind, name, seconds / 60])).toEqual([
    ['host', '002Э', 9860],
    ['stand', 'Ussuriysk', 170],
    ['host', '652', 340],
    ['stand', 'Khasan', 185],
    ['host', '646', 17],
    ['stand', 'Tumangang', 183],
    ['host', '8', 1655],
  ]);
  expect(
    carriageParts(
      leg([
        { name: 'A', departure: '2026-12-12T20:00:00+03:00' },
        { name: 'B', arrival: '2026-12-12T21:00:00+03:00' },
      ]),
    ),
  ).toEqual([]);
});
