import type { Traveller } from '../api/types';

/** Who travels. Kept in memory; in this browser only if asked; sent in request bodies only. */

const key = 'tumen.traveller';
const empty = (): Required<Traveller> => ({ passports: [], visas: [], holds: [], purpose: '', avoidCountries: [] });

const texts = (value: unknown): string[] => (Array.isArray(value) ? value.filter((item) => typeof item === 'string') : []);

function kept(): Required<Traveller> | undefined {
  const text = localStorage.getItem(key);
  if (text === null) return undefined;
  try {
    const value = JSON.parse(text) as Partial<Record<keyof Traveller, unknown>>;
    return {
      passports: texts(value.passports),
      visas: texts(value.visas),
      holds: texts(value.holds),
      purpose: typeof value.purpose === 'string' ? value.purpose : '',
      avoidCountries: texts(value.avoidCountries),
    };
  } catch {
    return undefined;
  }
}

const before = kept();
const state = $state({ traveller: before ?? empty(), remembered: before !== undefined });

/** What the form shows and changes. */
export const traveller = state.traveller;

/** Whether it is kept in this browser. */
export const remembered = (): boolean => state.remembered;

/** Begins or ends keeping it in this browser. */
export function remember(yes: boolean): void {
  state.remembered = yes;
  keep();
}

/** Writes a change down where it was asked for, and takes the note away where it was not. */
export function keep(): void {
  if (state.remembered) localStorage.setItem(key, JSON.stringify(state.traveller));
  else localStorage.removeItem(key);
}

/** What is sent, or nothing where nothing was said. Without a passport only countries to keep out of mean anything. */
export function told(): Traveller | undefined {
  const { passports, visas, holds, purpose, avoidCountries } = $state.snapshot(traveller);
  if (passports.length === 0 && avoidCountries.length === 0) return undefined;
  if (passports.length === 0) return { passports: [], visas: [], holds: [], avoidCountries };
  return { passports, visas, holds, avoidCountries, ...(purpose ? { purpose } : {}) };
}
