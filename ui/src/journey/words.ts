import type { Certainty, Itinerary, Leg } from '../api/types';
import { t } from '../i18n/language.svelte';
import { duration, shortDate } from '../i18n/words';
import { addDays, clockOf, dateOf } from '../lib/time';

/** Rail, air, on foot …: what carries one on a leg. */
export function modeOf(leg: Leg): 'rail' | 'air' | 'bus' | 'ferry' | 'walk' | 'other' {
  switch (leg.mode) {
    case 'AIRPLANE':
      return 'air';
    case 'BUS':
    case 'COACH':
      return 'bus';
    case 'FERRY':
      return 'ferry';
    case 'WALK':
      return 'walk';
    default:
      return /RAIL|TRAIN|LONG_DISTANCE|SUBWAY|TRAM|METRO/.test(leg.mode) ? 'rail' : 'other';
  }
}

/** What the rider calls it: the through carriage, the train 002Э, the flight JS272. */
export function rideName(leg: Leg): string {
  const name = leg.tripShortName || leg.displayName || leg.routeShortName || leg.routeLongName || '';
  if (leg.tumen.carriage) return t('ride.carriage');
  const mode = modeOf(leg);
  if (mode === 'walk') return t('ride.transfer');
  return mode === 'rail' || mode === 'air' ? t(`ride.${mode}`, { name }) : name;
}

/** `Transfer Vladivostok → airport, 3 h`, or what keeps one at one place. */
export function transferText(leg: Leg): string {
  const time = duration(leg.duration);
  if (leg.tumen.kind === 'checkIn') return t('leg.checkIn', { place: leg.from.name, duration: time });
  if (leg.tumen.kind === 'control') return t('leg.control', { place: leg.from.name, duration: time });
  return t('leg.transfer', { from: leg.from.name, to: leg.to.name, duration: time });
}

/** The trains and flights of a leg by number. */
export const numbers = (leg: Leg): string[] =>
  leg.tumen.carriage ? (leg.tumen.hosts ?? []).map((host) => host.tripShortName) : leg.tripShortName ? [leg.tripShortName] : [];

/** The rides of a journey, without the ways between them. */
export const rides = (itinerary: Itinerary): Leg[] => itinerary.legs.filter((leg) => leg.tripId !== undefined);

/** The modes of a journey in order, each once. */
export const modesOf = (itinerary: Itinerary): ReturnType<typeof modeOf>[] => [...new Set(rides(itinerary).map(modeOf))];

/** What is less than published, in a few words; nothing where all of it is. */
export function certaintyText(certainty: { days: Certainty; times: Certainty }): string {
  return [
    certainty.days === 'published' ? '' : t(`certainty.days.${certainty.days}`),
    certainty.times === 'published' ? '' : t(`certainty.times.${certainty.times}`),
  ]
    .filter(Boolean)
    .join(', ');
}

/** `in the night of Fri 11 to Sat 12 Dec`, for a departure after midnight; the server says when this is worth saying. */
export function nightText(leg: Leg): string | undefined {
  if (!leg.tumen.boardInTheNight) return undefined;
  const date = dateOf(leg.startTime);
  return clockOf(leg.startTime) < '12:00'
    ? t('night.board', { before: shortDate(addDays(date, -1)), after: shortDate(date) })
    : t('night.board', { before: shortDate(date), after: shortDate(addDays(date, 1)) });
}

/** How many changes, in words. */
export const changesText = (transfers: number): string => (transfers === 0 ? t('changes.none') : t('changes', { n: transfers }));
