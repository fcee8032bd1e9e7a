import { expect, test } from 'vitest';
import { nextQuery, planQuery, readSearch, writeSearch } from '../src/lib/search';

const traveller = { passports: ['RU'], visas: ['KP'], holds: [], avoidCountries: [] };

const read = (text: string) => readSearch(new URLSearchParams(text));

test('a question survives its address', () => {
  const address = 'from=MOSCOW&to=PYONGYANG&date=2026-12-12&time=18%3A00&arrive=1&modes=rail%2Cair&any=1';
  const written = Object.entries(writeSearch(read(address))).flatMap(([key, value]) => (value ? [[key, value]] : []));
  expect(new URLSearchParams(written).toString()).toBe(address);
});

test('what makes no sense in an address is left out', () => {
  const search = read('from=A&to=B&date=2026-02-30&time=25:00&modes=rail,teleport');
  expect(search).toEqual({ from: 'A', to: 'B', arrive: false, modes: ['rail'], any: false });
});

test('who travels is in the body of the question and never in its address', () => {
  const search = read('from=A&to=B&passports=RU');
  expect(planQuery(search, { language: 'en', traveller }).traveller).toEqual(traveller);
  expect(JSON.stringify(writeSearch(search))).not.toContain('RU');
});

test('the next journeys by rail and air are asked for side by side unless one of them is chosen, or a time of arrival', () => {
  const asker = { language: 'ru', traveller: undefined };
  expect(planQuery(read('from=A&to=B&date=2026-12-12'), asker)).toEqual({
    from: 'A',
    to: 'B',
    language: 'ru',
    perMode: true,
    connections: 5,
    depart: '2026-12-12',
  });
  expect(planQuery(read('from=A&to=B&date=2026-12-12&time=18:00&arrive=1&modes=air'), asker)).toEqual({
    from: 'A',
    to: 'B',
    language: 'ru',
    modes: ['air'],
    perMode: false,
    arrive: '2026-12-12T18:00',
  });
});

test('the calendar asks for a year from its first day, whatever day was chosen', () => {
  expect(nextQuery(read('from=A&to=B&date=2026-12-12'), { language: 'en', traveller: undefined }, '2026-11-22')).toMatchObject({
    start: '2026-11-22',
    days: 366,
    any: false,
  });
});
