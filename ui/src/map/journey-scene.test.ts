import { describe, expect, it } from 'vitest';
import type { Border, Itinerary, Leg, Stop } from '../api/types';
import { journeyScene } from './journey-scene';

const words = { gauge: (from: number, to: number) => `${from} → ${to}` };
const places: Record<string, [lat: number, lon: number]> = {
  Ussuriysk: [43.802, 131.981],
  Baranovsky: [43.74, 131.85],
  Khasan: [42.43, 130.645],
  Tumangang: [42.421, 130.608],
  Pyongyang: [39.005, 125.736],
  'Pyongyang airport': [39.224, 125.67],
  Vladivostok: [43.399, 132.148],
  Anchorage: [61.17, -149.99],
  Seattle: [47.45, -122.31],
};

function stop(name: string, minutes = 0): Stop {
  const [lat, lon] = places[name] ?? [0, 0];
  const [arrival, departure] = [
    '2026-12-03T10:00:00+10:00',
    new Date(Date.parse('2026-12-03T10:00:00+10:00') + minutes * 60_000).toISOString(),
  ];
  return { name, stopId: name, lat, lon, tz: 'Asia/Vladivostok', arrival, departure };
}

function ride(mode: string, names: string[], tumen: Leg['tumen'] = {}): Leg {
  const calls = names.map((name) => stop(name, name === 'Baranovsky' ? 2 : 60));
  return {
    mode,
    from: calls[0] as Stop,
    to: calls.at(-1) as Stop,
    intermediateStops: calls.slice(1, -1),
    duration: 0,
    startTime: '',
    endTime: '',
    legGeometry: { points: '', precision: 6, length: 0 },
    tumen,
  };
}

const journey = (...legs: Leg[]): Itinerary => ({
  duration: 0,
  startTime: '',
  endTime: '',
  transfers: 0,
  legs,
  tumen: { trips: 1, countries: [], certainty: { days: 'published', times: 'published' }, notes: [] },
});

const host = (from: string, to: string) => ({
  tripId: '',
  tripShortName: '',
  route: '',
  certaintyOfDay: 'published' as const,
  from: { name: from, stopId: from, departure: '' },
  to: { name: to, stopId: to, arrival: '' },
});
const border = (from: string, to: string) => ({ from, fromStopId: from, to, toStopId: to }) as Border;

describe('a through carriage over the Tumen', () => {
  const scene = journeyScene(
    journey(
      ride('LONG_DISTANCE', ['Ussuriysk', 'Baranovsky', 'Khasan', 'Tumangang', 'Pyongyang'], {
        hosts: [host('Ussuriysk', 'Khasan'), host('Khasan', 'Tumangang'), host('Tumangang', 'Pyongyang')],
        stands: ['Khasan', 'Tumangang'].map((name) => ({ name, stopId: name, duration: 10_000 })),
        borders: [border('Khasan', 'Tumangang')],
        gaugeChanges: [
          { fromMm: 1520, toMm: 1435, places: [{ name: 'Tumangang', stopId: 'Tumangang' }], stated: true, duration: 10_980, text: '' },
        ],
      }),
    ),
    words,
  );
  const mark = (id: string) => scene.marks.find((candidate) => candidate.id === id);

  it('is one stroke for each host, every other of another look, each from where the one before ended', () => {
    expect(scene.strokes.map((stroke) => stroke.style)).toEqual(['rail', 'railAlternate', 'rail']);
    expect(scene.strokes.map((stroke) => stroke.line.length)).toEqual([3, 2, 2]);
    expect(scene.strokes[1]?.line[0]).toEqual(scene.strokes[0]?.line.at(-1));
  });
  it('marks the border half-way between its stations, by their names', () => {
    expect(mark('border-Khasan-Tumangang')).toMatchObject({ kind: 'border', name: 'Khasan–Tumangang' });
    expect(mark('border-Khasan-Tumangang')?.at[0]).toBeCloseTo((130.645 + 130.608) / 2);
  });
  it('marks where the gauge changes and says how, and where the carriage changes trains', () => {
    expect(mark('Tumangang')).toMatchObject({ kind: 'gauge', note: '1520 → 1435' });
    expect(mark('Khasan')?.kind).toBe('stand');
  });
  it('labels its ends first, then the border, and short calls last', () => {
    const byRank = [...scene.marks].sort((a, b) => a.rank - b.rank).map((candidate) => candidate.name);
    expect(byRank).toEqual(['Ussuriysk', 'Pyongyang', 'Khasan–Tumangang', 'Tumangang', 'Khasan', 'Baranovsky']);
  });
});

describe('a journey by air', () => {
  it('over the antimeridian goes on eastward, leg after leg', () => {
    const scene = journeyScene(journey(ride('AIRPLANE', ['Vladivostok', 'Anchorage']), ride('AIRPLANE', ['Anchorage', 'Seattle'])), words);
    const [out, on] = scene.strokes.map((stroke) => stroke.line);
    expect(out?.at(-1)?.[0]).toBeCloseTo(210.01);
    expect(on?.[0]?.[0]).toBeCloseTo(210.01);
    expect(on?.at(-1)?.[0]).toBeCloseTo(237.69);
    expect(scene.marks.map((candidate) => Math.round(candidate.at[0]))).toEqual([132, 210, 238]);
    expect(out?.length).toBeGreaterThan(30);
  });
  it('marks the border where it lands', () => {
    const scene = journeyScene(
      journey(
        ride('AIRPLANE', ['Vladivostok', 'Pyongyang airport'], { borders: [border('Vladivostok', 'Pyongyang airport')] }),
        ride('WALK', ['Pyongyang airport', 'Pyongyang']),
      ),
      words,
    );
    expect(scene.marks.map(({ name, kind }) => [name, kind])).toEqual([
      ['Vladivostok', 'end'],
      ['Pyongyang airport', 'border'],
      ['Pyongyang', 'end'],
    ]);
  });
});

describe('what is not drawn', () => {
  it('is a walk within one station', () => {
    expect(journeyScene(journey(ride('WALK', ['Khasan', 'Khasan'])), words).strokes).toEqual([]);
  });
});
