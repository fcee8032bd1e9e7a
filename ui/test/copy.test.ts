import { expect, test } from 'vitest';
import { textOf } from '../src/journey/copy';
import { coach, journey } from './journeys';

test('a journey as text says first what is not published, then where the coach is when', () => {
  expect(textOf(journey([coach()]))).toBe(`Moscow → Pyongyang, 8 d 14 h 50 min, no change
Not everything here is published: days assumed, times estimated.

Through coach
  Sat, 12 Dec 2026 00:35 (UTC+3)  Moscow
  Sat, 19 Dec 2026 03:55 (UTC+10) – 06:45  Ussuriysk
  Sat, 19 Dec 2026 12:25 (UTC+10) – 15:30  Khasan
  Sat, 19 Dec 2026 14:47 (UTC+9) – 17:50  Tumangang
  Sun, 20 Dec 2026 21:25 (UTC+9)  Pyongyang
  Border: Russia → North Korea at Khasan–Tumangang (rail)
`);
});
