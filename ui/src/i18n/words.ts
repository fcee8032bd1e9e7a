import type { Certainty } from '../api/types';
import { clockOf, dateOf, dateText, daysBetween, durationParts } from '../lib/time';
import { language, t } from './language.svelte';

const locale = (): string => (language() === 'zh' ? 'zh-Hans' : language() === 'en' ? 'en-GB' : language());

/** `8 d 14 h 50 min`; parts that are nothing are left out. */
export function duration(seconds: number): string {
  const { days, hours, minutes } = durationParts(Math.abs(seconds));
  const parts = [
    days > 0 ? t('unit.days', { n: days }) : '',
    hours > 0 ? t('unit.hours', { n: hours }) : '',
    minutes > 0 || (days === 0 && hours === 0) ? t('unit.minutes', { n: minutes }) : '',
  ];
  return parts.filter(Boolean).join(' ');
}

/** `Sat 12 Dec 2026`. */
export const longDate = (date: string): string =>
  dateText(date, locale(), { weekday: 'short', day: 'numeric', month: 'short', year: 'numeric' });

/** `Sat 12 Dec`. */
export const shortDate = (date: string): string => dateText(date, locale(), { weekday: 'short', day: 'numeric', month: 'short' });

/** `Saturday, 12 December 2026`. */
export const fullDate = (date: string): string =>
  dateText(date, locale(), { weekday: 'long', day: 'numeric', month: 'long', year: 'numeric' });

/** `Dec 2026`. */
export const monthName = (date: string): string => dateText(date, locale(), { month: 'short', year: 'numeric' });

/** The day of the week in one or two letters; 0 is Monday. */
export const weekdayName = (day: number): string => dateText(`2024-01-0${day + 1}`, locale(), { weekday: 'narrow' });

/** `+8` where a journey arrives so many dates later. */
export function daysLater(departure: string, arrival: string): string {
  const days = daysBetween(dateOf(departure), dateOf(arrival));
  return days === 0 ? '' : `${days > 0 ? '+' : '−'}${Math.abs(days)}`;
}

/** The mark of a time that is less than published, as printed timetables have footnote signs. */
export const mark = (certainty: Certainty | undefined): string =>
  certainty === 'estimated' || certainty === 'assumed' ? '~' : certainty === 'derived' ? '=' : certainty === 'unknown' ? '?' : '';

/** `00:35~`. */
export const clock = (time: string | undefined, certainty?: Certainty): string => (time ? clockOf(time) + mark(certainty) : '');

/** The name of a country by its code. */
export function country(code: string): string {
  try {
    return new Intl.DisplayNames([locale()], { type: 'region' }).of(code) ?? code;
  } catch {
    return code;
  }
}

/** What the script of a text asks of fonts: `ko` for Hangul, `zh-Hans` for Hanzi, `ru` for Cyrillic, nothing for Latin. */
export function langOf(text: string): string | undefined {
  if (/\p{Script=Hangul}/u.test(text)) return 'ko';
  if (/\p{Script=Han}/u.test(text)) return 'zh-Hans';
  return /\p{Script=Cyrillic}/u.test(text) ? 'ru' : undefined;
}
