// Asks a server that has the corridor, given by its address, every path that it serves, with the client of MOTIS, and checks every answer.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import * as motis from '@motis-project/motis-client';
import { answers, complaints } from './schemas.mjs';

const address = process.env.TUMEN_SERVER;
assert.ok(address, 'TUMEN_SERVER=http://127.0.0.1:PORT is expected');
motis.client.setConfig({ baseUrl: address });

const MOSCOW = 'RU_MOW_YAR';
const PYONGYANG = 'KP_PYONGYANG';
const VLADIVOSTOK = 'RU_VLADIVOSTOK';
const TIME = '2026-12-10T00:00:00Z';

/** Asks, and answers what came back once it is what the package says. */
async function ask(call, query, schema) {
  const { data, error, response } = await call({ query });
  assert.equal(response.status, 200, `${response.url}: ${JSON.stringify(error)}`);
  const wrong = complaints(data, schema);
  assert.deepEqual(wrong.slice(0, 10), [], `${response.url}: ${wrong.length} complaints`);
  return data;
}

/** Asks for what cannot be had, and answers the problem. */
async function refused(call, query, status = 400) {
  const { error, response } = await call({ query });
  assert.equal(response.status, status, response.url);
  assert.match(response.headers.get('content-type'), /^application\/problem\+json/);
  const problem = typeof error === 'string' ? JSON.parse(error) : error;
  assert.equal(problem.status, status);
  assert.ok(problem.code && problem.detail, JSON.stringify(problem));
  return problem;
}

const plan = (query) => ask(motis.plan, { fromPlace: MOSCOW, toPlace: PYONGYANG, time: TIME, ...query }, answers.plan);
const key = (itinerary) => `${itinerary.startTime} ${itinerary.endTime} ${itinerary.transfers}`;
const seconds = (from, to) => (Date.parse(to) - Date.parse(from)) / 1000;

test('a through carriage is one leg, or one for each train', async () => {
  const joined = await plan({ numItineraries: 3 });
  const ride = joined.itineraries.flatMap((itinerary) => itinerary.legs).find((leg) => leg.tumen.carriage);
  assert.ok(ride, 'the sleeping car to Pyongyang');
  assert.match(ride.tripId, /^202612\d\d_\d\d:\d\d_corridor_/);
  assert.equal(ride.duration, seconds(ride.startTime, ride.endTime));
  assert.match(ride.startTime, /\+03:00$/);
  assert.match(ride.endTime, /\+09:00$/);
  const apart = await plan({ numItineraries: 3, joinInterlinedLegs: false });
  const trains = apart.itineraries.flatMap((itinerary) => itinerary.legs).filter((leg) => leg.tumen.carriage);
  const first = trains.findIndex((leg) => !leg.interlineWithPreviousLeg);
  const second = trains[first + 1];
  assert.ok(second.interlineWithPreviousLeg);
  assert.equal(trains[first].to.stopId, second.from.stopId, 'where the carriage changes trains');
  assert.equal(apart.itineraries.length, joined.itineraries.length);
  assert.deepEqual(apart.itineraries.map(key), joined.itineraries.map(key));
});

test('the search window is widened until there is enough, and told', async () => {
  const { itineraries, tumen } = await plan({});
  assert.ok(itineraries.length >= 5);
  assert.ok(tumen.searchWindow.seconds > 900);
  assert.equal(seconds(tumen.searchWindow.from, tumen.searchWindow.until), tumen.searchWindow.seconds);
  const day = await plan({ searchWindow: 86_400 });
  assert.equal(day.tumen.searchWindow.seconds, 86_400);
  for (const itinerary of day.itineraries) assert.ok(seconds(TIME, itinerary.startTime) < 86_400);
});

for (const query of [{}, { searchWindow: 200_000 }, { arriveBy: true }, { numItineraries: 2, maxItineraries: 3 }]) {
  test(`pages there and back have each journey once: ${JSON.stringify(query)}`, async () => {
    const pages = [await plan(query)];
    for (let page = 0; page < 3; page += 1) {
      const pageCursor = pages.at(-1).nextPageCursor;
      if (!pageCursor) break;
      pages.push(await plan({ ...query, pageCursor }));
    }
    const there = pages.flatMap((page) => page.itineraries.map(key));
    assert.equal(new Set(there).size, there.length, 'each once on the way there');
    const back = [];
    let page = pages.at(-1);
    for (let count = 0; count < 6 && page.previousPageCursor; count += 1) {
      page = await plan({ ...query, pageCursor: page.previousPageCursor });
      back.unshift(...page.itineraries.map(key));
    }
    assert.equal(new Set(back).size, back.length, 'each once on the way back');
    const last = new Set(pages.at(-1).itineraries.map(key));
    const missing = there.filter((journey) => !last.has(journey) && !back.includes(journey));
    assert.deepEqual(missing, [], 'the way back passes all');
  });
}

test('a saved journey is looked up again', async () => {
  const { itineraries } = await plan({ numItineraries: 4 });
  for (const saved of itineraries) {
    const found = await ask(motis.refreshItinerary, { itineraryId: saved.id }, answers.itinerary);
    assert.equal(key(found), key(saved));
    assert.equal(found.id, saved.id);
    assert.equal(found.legs.length, saved.legs.length);
  }
  const [{ legs }] = itineraries;
  const body = {
    id: {
      legs: legs.map((leg) => ({
        displayName: leg.displayName ?? '',
        tripId: leg.tripId ?? '',
        fromId: leg.from.stopId ?? '',
        fromLat: leg.from.lat,
        fromLon: leg.from.lon,
        toId: leg.to.stopId ?? '',
        toLat: leg.to.lat,
        toLon: leg.to.lon,
        schedStart: Date.parse(leg.startTime) / 1000,
        schedEnd: Date.parse(leg.endTime) / 1000,
        mode: leg.mode,
        scheduled: true,
      })),
    },
  };
  const { data } = await motis.refreshItineraryPost({ body });
  assert.deepEqual(complaints(data, answers.itinerary), []);
  assert.equal(key(data), key(itineraries[0]));
  const gone = itineraries[0].id.replaceAll(/_corridor_[^~]+/g, '_corridor_GONE');
  const problem = await refused(motis.refreshItinerary, { itineraryId: gone }, 404);
  assert.equal(problem.code, 'no_longer_possible');
  assert.match(problem.detail, /GONE/);
});

test('questions of many kinds are answered in their types', async () => {
  await plan({ timetableView: false });
  await plan({ timetableView: false, arriveBy: true });
  await plan({ transitModes: ['RAIL'], maxTransfers: 3, maxTravelTime: 43_200, minTransferTime: 30 });
  const patient = await plan({ additionalTransferTime: 600, numItineraries: 1 });
  for (const itinerary of patient.itineraries) assert.ok(itinerary.transfers === 0 || itinerary.duration > 0);
  const none = await plan({ transitModes: [] });
  assert.equal(none.requestParameters.fromPlace, MOSCOW);
  const korean = await plan({ language: ['ko'], numItineraries: 1 });
  assert.notEqual(korean.itineraries[0].legs.at(-1).to.name, 'Pyongyang');
  const planes = await plan({ fromPlace: '55.776,37.655', transitModes: ['AIRPLANE', 'RAIL'], numItineraries: 1 });
  assert.equal(planes.from.vertexType, 'NORMAL');
  const warned = await plan({ numItineraries: 1, unheardOf: 1 });
  assert.deepEqual(warned.tumen.warnings, ['unknown parameter `unheardOf` is ignored']);
  const { data } = await motis.planPost({ body: {}, query: { fromPlace: MOSCOW, toPlace: VLADIVOSTOK, time: TIME } });
  assert.deepEqual(complaints(data, answers.plan), []);
});

test('what is not honoured is refused with a reason', async () => {
  for (const query of [{ via: [VLADIVOSTOK] }, { withFares: true }, { pedestrianProfile: 'WHEELCHAIR' }, { slowDirect: true }]) {
    const problem = await refused(motis.plan, { fromPlace: MOSCOW, toPlace: PYONGYANG, time: TIME, ...query });
    assert.equal(problem.code, 'not_honoured');
    assert.equal(problem.field, Object.keys(query)[0]);
  }
});

test('places are found by name and by point', async () => {
  for (const text of ['Pyongyang', 'Пхеньян', '평양', '平壤']) {
    const matches = await ask(motis.geocode, { text }, answers.matches);
    assert.ok(matches.length > 0, text);
    assert.ok(Math.abs(matches[0].lat - 39) < 1 && Math.abs(matches[0].lon - 125.7) < 1, `${text}: ${matches[0].name}`);
    await plan({ toPlace: matches[0].id, numItineraries: 1 });
  }
  assert.deepEqual(await ask(motis.geocode, { text: 'Moscow', type: ['ADDRESS'] }, answers.matches), []);
  const near = await ask(motis.reverseGeocode, { place: '55.776,37.655', numResults: 3 }, answers.matches);
  assert.ok(near.length > 0 && near.length <= 3);
});

test('boards go on in both directions', async () => {
  const board = (query) => ask(motis.stoptimes, { stopId: 'RU_IRKUTSK', time: TIME, n: 7, ...query }, answers.stoptimes);
  const keyOf = (event) => `${event.place.departure ?? event.place.arrival} ${event.tripId}`;
  for (const query of [{}, { arriveBy: true, direction: 'LATER' }, { both: true }, { mode: ['RAIL'], fetchStops: true }]) {
    const pages = [await board(query)];
    for (let page = 0; page < 3; page += 1) pages.push(await board({ ...query, pageCursor: pages.at(-1).nextPageCursor }));
    const there = pages.flatMap((page) => page.stopTimes.map(keyOf));
    assert.equal(there.length, 28);
    assert.deepEqual(there, [...there].sort((one, other) => Date.parse(one.split(' ')[0]) - Date.parse(other.split(' ')[0])));
    let page = pages.at(-1);
    const back = [];
    for (let count = 0; count < 3; count += 1) {
      page = await board({ ...query, pageCursor: page.previousPageCursor });
      back.unshift(...page.stopTimes.map(keyOf));
    }
    assert.deepEqual(back, there.slice(0, 21));
  }
  const earlier = await board({ direction: 'EARLIER' });
  for (const event of earlier.stopTimes) assert.ok(Date.parse(event.place.departure) <= Date.parse(TIME));
  const buses = await board({ mode: ['BUS'] });
  assert.deepEqual(buses.stopTimes, []);
  await refused(motis.stoptimes, { stopId: 'NOWHERE' }, 404);
});

test('trips, stops and maps', async () => {
  const { itineraries } = await plan({ numItineraries: 1 });
  const { tripId } = itineraries[0].legs.find((leg) => leg.tripId);
  const trip = await ask(motis.trip, { tripId }, answers.itinerary);
  assert.equal(trip.legs[0].tripId, tripId);
  await ask(motis.trip, { tripId, joinInterlinedLegs: false, detailedLegs: false }, answers.itinerary);
  await refused(motis.trip, { tripId: '20261210_00:35_corridor_NOTHING' }, 404);
  const stop = await ask(motis.stopInfo, { stopId: VLADIVOSTOK }, answers.stopInfo);
  assert.ok(stop.routes.length > 0);
  const { serverConfig } = await ask(motis.initial, {}, answers.initial);
  assert.equal(serverConfig.hasStreetRouting, false);
  const stops = await ask(motis.stops, { min: '38,120', max: '60,140' }, answers.places);
  assert.ok(stops.some((place) => place.stopId === PYONGYANG));
  const box = { min: '40,30', max: '65,140', zoom: 5 };
  const span = { startTime: '2026-12-10T10:00:00Z', endTime: '2026-12-10T11:00:00Z' };
  const moving = await ask(motis.trips, { ...box, ...span }, answers.segments);
  assert.ok(moving.length > 0);
  for (const hop of moving) {
    assert.ok(Date.parse(hop.departure) < Date.parse(span.endTime) && Date.parse(hop.arrival) >= Date.parse(span.startTime));
  }
});

test('one to all and one to many', async () => {
  const all = await ask(motis.oneToAll, { one: MOSCOW, time: TIME, maxTravelTime: 60 * 24 * 60 }, answers.reachable);
  const there = all.all.find(({ place }) => place.stopId === PYONGYANG);
  assert.ok(there.duration > 6 * 24 * 60 && there.k >= 1, 'minutes, and trips boarded');
  await refused(motis.oneToAll, { one: MOSCOW, maxTravelTime: 60 * 24 * 60 + 1 });
  await refused(motis.oneToAll, { one: MOSCOW, maxTravelTime: 60, arriveBy: true });
  const street = { mode: 'WALK', max: 7200, maxMatchingDistance: 250, arriveBy: false, withDistance: true };
  const walks = await ask(
    motis.oneToMany,
    { one: '55.776;37.655', many: ['55.786;37.655', '56.776;37.655'], ...street },
    answers.durations,
  );
  assert.ok(walks[0].duration > 600 && walks[0].distance > 1000);
  assert.deepEqual(walks[1], {});
  const posted = await motis.oneToManyPost({ body: { one: '55.776;37.655', many: ['55.786;37.655'], ...street } });
  assert.deepEqual(posted.data, walks.slice(0, 1));
  await refused(motis.oneToMany, { one: '55.776;37.655', many: ['55.786;37.655'], ...street, mode: 'CAR' });
  const many = [VLADIVOSTOK, PYONGYANG];
  const rides = await ask(motis.oneToManyIntermodal, { one: MOSCOW, many, time: TIME }, answers.intermodal);
  for (const entries of rides.transit_durations) assert.ok(entries.length > 0 && entries[0].duration > 6 * 86_400);
});
