import type { Itinerary, Leg } from '../api/types';
import { t } from '../i18n/language.svelte';
import { clock, duration, longDate } from '../i18n/words';
import { dateOf, offsetOf, offsetText } from '../lib/time';
import { callsOf, keyStops } from './rows';
import { certaintyText, changesText, modeOf, rideName, transferText } from './words';

const moment = (time: string): string => `${longDate(dateOf(time))} ${clock(time)} (${offsetText(offsetOf(time))})`;

function legLines(leg: Leg): string[] {
  if (modeOf(leg) === 'walk') {
    return [`  ${transferText(leg)}`];
  }
  const key = keyStops(leg);
  const calls = callsOf(leg).filter((stop) => key.has(stop.stopId));
  return [
    rideName(leg),
    ...calls.map((stop) => {
      const time = stop.stopId === leg.from.stopId ? leg.startTime : (stop.arrival ?? stop.departure ?? leg.endTime);
      const departs = stop.arrival && stop.departure ? ` – ${clock(stop.departure)}` : '';
      return `  ${moment(time)}${departs}  ${stop.name}`;
    }),
    ...(leg.tumen.borders ?? []).map((border) => `  ${t('border.label')}: ${border.text}`),
  ];
}

/** A journey as plain text, for a letter. */
export function textOf(itinerary: Itinerary): string {
  const certainty = certaintyText(itinerary.tumen.certainty);
  const first = itinerary.legs[0]?.from.name ?? '';
  const last = itinerary.legs.at(-1)?.to.name ?? '';
  return [
    `${first} → ${last}, ${duration(itinerary.duration)}, ${changesText(itinerary.transfers)}`,
    ...(certainty ? [t('assumed.less', { what: certainty })] : []),
    '',
    ...itinerary.legs.flatMap(legLines),
    '',
  ].join('\n');
}
