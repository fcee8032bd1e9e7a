import { expect, test } from 'vitest';
import { fold, icsOf, utcStamp } from '../src/journey/ics';
import { coach, journey, leg } from './journeys';

const words = { summary: () => 'Through coach: Moscow → Pyongyang', caution: 'days assumed, times estimated' };
const now = new Date('2026-11-22T18:03:00Z');

test('local times with their offsets become UTC', () => {
  expect(utcStamp('2026-12-12T00:35:00+03:00')).toBe('20261211T213500Z');
  expect(utcStamp('2017-06-01T08:30:00+08:30')).toBe('20170601T000000Z');
});

test('a journey becomes one entry for each ride, in lines that end as the standard says', () => {
  const walk = leg([
    { name: 'A', departure: '2026-12-20T22:00:00+09:00' },
    { name: 'B', arrival: '2026-12-20T23:00:00+09:00' },
  ]);
  delete walk.tripId;
  const text = icsOf(journey([coach(), walk]), words, now);
  expect(text.split('\r\n').filter((line) => !line.startsWith('DESCRIPTION') && !line.startsWith(' '))).toEqual([
    'BEGIN:VCALENDAR',
    'VERSION:2.0',
    'PRODID:-//Tumen//Journeys//EN',
    'CALSCALE:GREGORIAN',
    'BEGIN:VEVENT',
    'UID:20261212_00%3A35_corridor_X-20261211T213500Z@tumen',
    'DTSTAMP:20261122T180300Z',
    'DTSTART:20261211T213500Z',
    'DTEND:20261220T122500Z',
    'SUMMARY:Through coach: Moscow → Pyongyang',
    'LOCATION:Moscow',
    'GEO:0;0',
    'TRANSP:TRANSPARENT',
    'END:VEVENT',
    'END:VCALENDAR',
    '',
  ]);
});

test('the description has the local times and what is not published, with commas escaped', () => {
  const unfolded = icsOf(journey([coach()]), words, now).replaceAll('\r\n ', '');
  expect(unfolded).toContain(
    'DESCRIPTION:Moscow 2026-12-12 00:35 (UTC+3)\\nPyongyang 2026-12-20 21:25 (UTC+9)\\ndays assumed\\, times estimated\r\n',
  );
});

test('lines are folded at 75 octets and characters stay whole', () => {
  const line = `SUMMARY:${'平壌'.repeat(40)}`;
  const folded = fold(line).split('\r\n');
  expect(folded.every((piece) => new TextEncoder().encode(piece).length <= 75)).toBe(true);
  expect(folded.map((piece, index) => (index === 0 ? piece : piece.slice(1))).join('')).toBe(line);
});
