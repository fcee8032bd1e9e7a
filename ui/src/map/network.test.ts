import { describe, expect, it } from 'vitest';
import type { Covered, Network, NetworkLink, Status, Suspension } from '../api/types';
import { changes, running, suspended } from './network-changes';
import { networkScene } from './network-scene';
import { changeDays, datedText, dateText, firstOf, lastMonth, monthOf, placeOf, plusDays, suspensionDays, yearsOf } from './timeline';

const station = (stopId: string, country: string, lat: number, lon: number, border = false) => ({
  stopId,
  name: stopId,
  country,
  lat,
  lon,
  border,
});
const stations = [
  station('Vladivostok', 'RU', 43.1, 131.9),
  station('Khasan', 'RU', 42.43, 130.645, true),
  station('Tumangang', 'KP', 42.421, 130.608, true),
  station('Pyongyang', 'KP', 39, 125.7),
];
const network = (date: string, ...links: Partial<NetworkLink>[]): Network => ({
  date,
  daysAround: 3,
  stations,
  links: links.map((link) => ({ from: 'Khasan', to: 'Tumangang', mode: 'rail', state: 'none', services: [], ...link })),
});
const covid: Suspension = {
  id: 'SUSP_B1',
  affects: 'post:B1',
  since: { text: 'February 2020, day not known', first: '2020-02-01', last: '2020-02-29' },
  until: { text: '5 June 2024', first: '2024-06-05', last: '2024-06-05' },
  reason: 'no passenger service (COVID-19 suspension)',
  text: '',
  sources: ['RIA0625'],
};
const closed = network('2022-06-01', { state: 'suspended', services: ['645/646 Tumangang–Khasan'], suspensions: [covid] });
const open = network('2025-01-01', {
  from: 'Tumangang',
  to: 'Khasan',
  state: 'running',
  services: ['645/646 Tumangang–Khasan'],
  since: '2024-12-16',
});

describe('the slider', () => {
  const span = { first: '2019-01-01', last: '2027-12-11' };
  it('goes by months from the first day of the timetable to its last month', () => {
    expect([firstOf(0, span), firstOf(lastMonth(span), span)]).toEqual(['2019-01-01', '2027-12-01']);
    expect(lastMonth(span)).toBe(107);
    expect(firstOf(monthOf('2024-06-05', span), span)).toBe('2024-06-01');
  });
  it('does not go before a first day within a month', () => {
    expect(firstOf(0, { first: '2026-03-15', last: '2026-09-01' })).toBe('2026-03-15');
    expect(firstOf(1, { first: '2026-03-15', last: '2026-09-01' })).toBe('2026-04-01');
  });
  it('stands at its ends for dates before and after', () => {
    expect([monthOf('1959-08-09', span), monthOf('2031-01-01', span)]).toEqual([0, 107]);
  });
  it('has years as long as their share of the months', () => {
    expect(yearsOf({ first: '2025-11-09', last: '2027-02-01' })).toEqual([
      { year: 2025, months: 2 },
      { year: 2026, months: 12 },
      { year: 2027, months: 2 },
    ]);
  });
  it('counts days over the end of a leap year February', () => {
    expect(plusDays('2024-02-28', 2)).toBe('2024-03-01');
    expect(plusDays('2024-01-01', -1)).toBe('2023-12-31');
  });
  it('finds the days on which one sees a suspension begin and end', () => {
    expect(suspensionDays(closed, span)).toEqual(['2020-02-04', '2024-06-06']);
    expect(suspensionDays(open, span)).toEqual([]);
  });
  const status = (...periods: Covered[]) => ({ routes: periods.map((period) => ({ coverage: [period] })) }) as Status;
  it('finds the days on which services begin and end, but not those on which the timetable does', () => {
    const vostok = status(
      { state: 'runs', from: '2019-01-05', until: '2020-01-31' },
      { state: 'suspended', from: '2020-02-05', until: null },
    );
    expect(changeDays(vostok, 3, span)).toEqual(['2020-02-08']);
    expect(changeDays(status({ state: 'runs', from: '2024-12-16', until: '2027-12-10' }), 3, span)).toEqual(['2024-12-16']);
  });
  it('takes beginnings within a week together, but not a beginning and its end', () => {
    const [one, other]: Covered[] = ['2026-03-06', '2026-03-12'].map((from) => ({ state: 'runs', from, until: '2027-12-11' }));
    expect(changeDays(status(one as Covered, other as Covered), 3, span)).toEqual(['2026-03-12']);
    expect(changeDays(status({ state: 'runs', from: '2025-07-27', until: '2025-07-27' }), 3, span)).toEqual(['2025-07-27', '2025-07-31']);
  });
  it('shows a day between the months it lies in', () => {
    expect(placeOf('2019-01-01', span)).toBe(0);
    expect(placeOf('2027-12-01', span)).toBe(1);
    expect(placeOf('2019-02-16', span) * 107).toBeCloseTo(1.48, 2);
  });
  it('says dates in the language of the reader', () => {
    expect(dateText('2024-12-16', 'en')).toBe('December 16, 2024');
    expect(dateText('2024-12-16', 'ru')).toBe('16 декабря 2024 г.');
    expect(dateText('2024-12-16', 'ko', 'month')).toBe('2024년 12월');
  });
});

describe('the dates of a suspension', () => {
  it('are no more precise than their source', () => {
    expect(datedText(covid.since, 'en')).toBe('February 2020');
    expect(datedText(covid.since, 'ru')).toBe('февраль 2020 г.');
    expect(datedText({ text: '5 June 2024', first: '2024-06-05', last: '2024-06-05' }, 'zh')).toBe('2024年6月5日');
    expect(datedText({ text: 'spring 2020', first: '2020-03-01', last: '2020-05-31' }, 'en')).toBe('spring 2020');
  });
});

describe('what changed', () => {
  it('is told by service, whichever way round a link is given', () => {
    expect(changes(closed, open)).toMatchObject([
      { service: '645/646 Tumangang–Khasan', was: 'suspended', state: 'running', suspensions: [] },
    ]);
    expect(changes(open, closed)).toMatchObject([{ was: 'running', state: 'suspended', suspensions: [covid] }]);
  });
  it('is nothing between a network and itself', () => {
    expect(changes(open, open)).toEqual([]);
  });
  it('includes a service that begins where another runs already', () => {
    const link = { from: 'Vladivostok', to: 'Khasan', state: 'running' as const };
    const [one, two] = [
      network('2020-07-31', { ...link, services: ['Rossiya'] }),
      network('2022-07-31', { ...link, services: ['Okean', 'Rossiya'] }),
    ];
    expect(changes(one, two)).toMatchObject([{ service: 'Okean', was: 'none', state: 'running' }]);
    expect(changes(two, one)).toMatchObject([{ service: 'Okean', was: 'running', state: 'none', links: ['Khasan~Vladivostok~rail'] }]);
  });
  it('takes a service for suspended if any of its links is, and tells each cause once', () => {
    const suspendedLink = closed.links[0] as NetworkLink;
    const both = network(
      '2022-06-01',
      suspendedLink,
      { ...suspendedLink, from: 'Vladivostok', to: 'Khasan' },
      { ...suspendedLink, from: 'Tumangang', to: 'Pyongyang', state: 'running', suspensions: [] },
    );
    expect(suspended(both)).toMatchObject([{ service: '645/646 Tumangang–Khasan', suspensions: [covid] }]);
    expect(suspended(both)[0]?.links).toHaveLength(3);
    expect(running(both)).toEqual([]);
  });
  it('names links without services by their ends', () => {
    expect(suspended(network('2022-06-01', { state: 'suspended' }))[0]?.service).toBe('Khasan–Tumangang');
  });
});

describe('the network on a date', () => {
  it('draws links by their state, and of its stations only those with a link', () => {
    const scene = networkScene(closed);
    expect(scene.strokes.map((stroke) => stroke.style)).toEqual(['suspended']);
    expect(scene.marks.map((mark) => mark.name).sort()).toEqual(['Khasan', 'Khasan–Tumangang', 'Tumangang']);
  });
  it('marks where services end, and there first stand labels', () => {
    const service = { state: 'running' as const, services: ['7/8 Pyongyang–Vladivostok'] };
    const scene = networkScene(
      network('2025-01-01', { ...service, from: 'Pyongyang', to: 'Tumangang' }, service, { ...service, from: 'Khasan', to: 'Vladivostok' }),
    );
    const ends = scene.marks.filter((mark) => mark.kind === 'terminus').map((mark) => mark.name);
    expect(ends).toEqual(['Vladivostok', 'Pyongyang']);
    expect(Math.min(...scene.marks.map((mark) => mark.rank))).toBe(scene.marks.find((mark) => mark.name === 'Pyongyang')?.rank);
  });
  it('marks no border that nothing crosses', () => {
    expect(networkScene(network('2019-01-01', {})).marks.map((mark) => mark.kind)).toEqual(['call', 'call']);
  });
  it('draws flights as great circles and marks no border in the air', () => {
    const scene = networkScene(
      network('2025-01-01', { from: 'Vladivostok', to: 'Pyongyang', mode: 'air', state: 'running', services: ['JS271/272'] }),
    );
    expect(scene.strokes[0]?.style).toBe('air');
    expect(scene.strokes[0]?.line.length).toBeGreaterThan(5);
    expect(scene.marks.some((mark) => mark.kind === 'border')).toBe(false);
  });
  it('lists each running service once', () => {
    expect(running(open)).toEqual(['645/646 Tumangang–Khasan']);
    expect(running(closed)).toEqual([]);
  });
});
