import { instantOf, offsetOf } from './time';

/** Night is from ten in the evening to six in the morning by the local clock. */
export const nightFrom = 22;
export const nightUntil = 6;

/** A part of a hop, as fractions of its time. */
export interface Span {
  from: number;
  to: number;
}

const hourMs = 3_600_000;

/**
 * Which parts of the time between two calls are night by the local clock. The clock is thought to run evenly from that of the
 * first call to that of the second, so a night on the way is as long or short as the traveller sees it.
 */
export function nights(departure: string, arrival: string): Span[] {
  const start = instantOf(departure);
  const end = instantOf(arrival);
  if (!(end > start)) return [];
  const localStart = start + offsetOf(departure) * 60_000;
  const localEnd = end + offsetOf(arrival) * 60_000;
  if (localEnd <= localStart) return isNight(localStart) ? [{ from: 0, to: 1 }] : [];
  const at = (local: number) => Math.min(1, Math.max(0, (local - localStart) / (localEnd - localStart)));
  const spans: Span[] = [];
  const firstEvening = (Math.floor(localStart / (24 * hourMs)) - 1) * 24 * hourMs + nightFrom * hourMs;
  for (let evening = firstEvening; evening < localEnd; evening += 24 * hourMs) {
    const span = { from: at(evening), to: at(evening + (24 - nightFrom + nightUntil) * hourMs) };
    if (span.to > span.from) spans.push(span);
  }
  return spans;
}

function isNight(local: number): boolean {
  const hour = (local / hourMs) % 24;
  return hour >= nightFrom || hour < nightUntil;
}

/** The nights as a CSS image that runs along the way: bands of one colour on nothing. */
export function nightBands(spans: Span[], direction: 'to bottom' | 'to right', colour: string): string {
  if (spans.length === 0) return 'none';
  const percent = (part: number) => `${Math.round(part * 1000) / 10}%`;
  const stops = spans.flatMap(({ from, to }) => [
    `transparent ${percent(from)}`,
    `${colour} ${percent(from)}`,
    `${colour} ${percent(to)}`,
    `transparent ${percent(to)}`,
  ]);
  return `linear-gradient(${direction}, ${stops.join(', ')})`;
}
