import type { Itinerary, Leg, Stop } from '../src/api/types';

/** `Ussuriysk 03:55 06:45` on a day: a call; `-` stands for no arrival or no departure. */
export interface Call {
  name: string;
  arrival?: string;
  departure?: string;
}

function stop({ name, arrival, departure }: Call): Stop {
  return {
    name,
    stopId: name.toUpperCase(),
    lat: 0,
    lon: 0,
    tz: 'UTC',
    ...(arrival ? { arrival } : {}),
    ...(departure ? { departure } : {}),
    tumen: { certainty: 'estimated' },
  };
}

/** A ride of a train with these calls. */
export function leg(calls: Call[], more: Partial<Leg> = {}): Leg {
  const stops = calls.map(stop);
  const [from, to] = [stops[0], stops.at(-1)];
  if (!from?.departure || !to?.arrival) throw new Error('a leg begins with a departure and ends with an arrival');
  return {
    mode: 'LONG_DISTANCE',
    from,
    to,
    startTime: from.departure,
    endTime: to.arrival,
    duration: (Date.parse(to.arrival) - Date.parse(from.departure)) / 1000,
    intermediateStops: stops.slice(1, -1),
    legGeometry: { points: '', precision: 6, length: 0 },
    tripId: '20261212_00:35_corridor_X',
    tripShortName: '002Э',
    tumen: {},
    ...more,
  };
}

/** The coach from Moscow to Pyongyang, with the calls at which something happens and one at which nothing does. */
export function coach(): Leg {
  const calls: Call[] = [
    { name: 'Moscow', departure: '2026-12-12T00:35:00+03:00' },
    { name: 'Omsk', arrival: '2026-12-14T00:35:00+06:00', departure: '2026-12-14T00:51:00+06:00' },
    { name: 'Ussuriysk', arrival: '2026-12-19T03:55:00+10:00', departure: '2026-12-19T06:45:00+10:00' },
    { name: 'Khasan', arrival: '2026-12-19T12:25:00+10:00', departure: '2026-12-19T15:30:00+10:00' },
    { name: 'Tumangang', arrival: '2026-12-19T14:47:00+09:00', departure: '2026-12-19T17:50:00+09:00' },
    { name: 'Pyongyang', arrival: '2026-12-20T21:25:00+09:00' },
  ];
  const host = (name: string, from: number, to: number) => ({
    tripId: `trip-${name}`,
    tripShortName: name,
    route: `route of ${name}`,
    from: { name: calls[from]?.name ?? '', stopId: calls[from]?.name.toUpperCase() ?? '', departure: calls[from]?.departure ?? '' },
    to: { name: calls[to]?.name ?? '', stopId: calls[to]?.name.toUpperCase() ?? '', arrival: calls[to]?.arrival ?? '' },
    certaintyOfDay: 'assumed' as const,
  });
  return leg(calls, {
    tumen: {
      carriage: { id: 'MOW_PYG', name: 'Moscow–Pyongyang', number: '17' },
      hosts: [host('002Э', 0, 2), host('652', 2, 3), host('646', 3, 4), host('8', 4, 5)],
      stands: [{ name: 'Ussuriysk', stopId: 'USSURIYSK', duration: 10_200 }],
      borders: [
        {
          fromCountry: { codes: ['RU'], name: 'Russia' },
          toCountry: { codes: ['KP'], name: 'North Korea' },
          post: 'Khasan–Tumangang (rail)',
          borderPostId: 'B1',
          from: 'Khasan',
          fromStopId: 'KHASAN',
          departure: '2026-12-19T15:30:00+10:00',
          departureCertainty: 'estimated',
          departureInterpolated: false,
          to: 'Tumangang',
          toStopId: 'TUMANGANG',
          arrival: '2026-12-19T14:47:00+09:00',
          arrivalCertainty: 'estimated',
          arrivalInterpolated: false,
          duration: 1020,
          clock: 'clock back 1 h',
          control: null,
          sources: [],
          text: 'Russia → North Korea at Khasan–Tumangang (rail)',
          mayCross: null,
        },
      ],
    },
  });
}

/** A journey of these legs. */
export function journey(legs: Leg[]): Itinerary {
  const [first, last] = [legs[0], legs.at(-1)];
  if (!first || !last) throw new Error('a journey has legs');
  return {
    duration: (Date.parse(last.endTime) - Date.parse(first.startTime)) / 1000,
    startTime: first.startTime,
    endTime: last.endTime,
    transfers: legs.length - 1,
    legs,
    tumen: { trips: legs.length, countries: [], certainty: { days: 'assumed', times: 'estimated' }, notes: [] },
  };
}
