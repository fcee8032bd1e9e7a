import type { Itinerary, Leg } from '../api/types';
import { clockOf, dateOf, offsetOf, offsetText } from '../lib/time';

/** The words of a calendar entry in the language of the page. */
export interface CalendarWords {
  /** `Train 002Э Moscow → Pyongyang`. */
  summary: (leg: Leg) => string;
  /** What is less than published, said in the entry. */
  caution: string;
}

/** `2026-12-12T00:35:00+03:00` → `20261211T213500Z`. */
export function utcStamp(time: string): string {
  return new Date(time).toISOString().replace(/[-:]|\.\d{3}/g, '');
}

const escapeText = (text: string): string => text.replace(/[\\;,]/g, (special) => `\\${special}`).replace(/\r?\n/g, '\\n');

/** A content line in pieces of at most 75 octets, no character divided (RFC 5545, 3.1). */
export function fold(line: string): string {
  const encoder = new TextEncoder();
  const pieces: string[] = [];
  let piece = '';
  let octets = 0;
  for (const character of line) {
    const size = encoder.encode(character).length;
    if (octets + size > 75) {
      pieces.push(piece);
      piece = ' ';
      octets = 1;
    }
    piece += character;
    octets += size;
  }
  return [...pieces, piece].join('\r\n');
}

const local = (time: string): string => `${dateOf(time)} ${clockOf(time)} (${offsetText(offsetOf(time))})`;

/** A journey as a calendar: one entry for each ride, its times in UTC, the local ones in its description. */
export function icsOf(itinerary: Itinerary, words: CalendarWords, now: Date): string {
  const events = itinerary.legs
    .filter((leg) => leg.tripId !== undefined)
    .flatMap((leg) => [
      'BEGIN:VEVENT',
      `UID:${encodeURIComponent(leg.tripId ?? '')}-${utcStamp(leg.startTime)}@tumen`,
      `DTSTAMP:${utcStamp(now.toISOString())}`,
      `DTSTART:${utcStamp(leg.startTime)}`,
      `DTEND:${utcStamp(leg.endTime)}`,
      `SUMMARY:${escapeText(words.summary(leg))}`,
      `LOCATION:${escapeText(leg.from.name)}`,
      `GEO:${leg.from.lat};${leg.from.lon}`,
      `DESCRIPTION:${escapeText(
        `${leg.from.name} ${local(leg.startTime)}\n${leg.to.name} ${local(leg.endTime)}${words.caution ? `\n${words.caution}` : ''}`,
      )}`,
      'TRANSP:TRANSPARENT',
      'END:VEVENT',
    ]);
  const lines = ['BEGIN:VCALENDAR', 'VERSION:2.0', 'PRODID:-//Tumen//Journeys//EN', 'CALSCALE:GREGORIAN', ...events, 'END:VCALENDAR'];
  return `${lines.map(fold).join('\r\n')}\r\n`;
}
