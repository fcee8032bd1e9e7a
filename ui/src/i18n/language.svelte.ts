import { en } from './en';
import { format, type Message, type Values } from './format';

export const languages = ['en', 'ru', 'ko', 'zh'] as const;
export type Language = (typeof languages)[number];
/** What each language calls itself. */
export const languageNames: Record<Language, string> = { en: 'English', ru: 'Русский', ko: '한국어', zh: '中文' };

export type Key = keyof typeof en;
export type Messages = { readonly [K in Key]: (typeof en)[K] extends string ? string : Exclude<Message, string> };

const others: Record<Exclude<Language, 'en'>, () => Promise<{ messages: Messages }>> = {
  ru: () => import('./ru'),
  ko: () => import('./ko'),
  zh: () => import('./zh'),
};

const chosen = $state<{ language: Language; messages: Messages }>({ language: 'en', messages: en });

/** The language of the interface. */
export function language(): Language {
  return chosen.language;
}

/** The text of a key in the language of the interface. */
export function t(key: Key, values: Values = {}): string {
  return format(chosen.messages[key], chosen.language, values);
}

/** Loads the messages of a language and switches to it. */
export async function switchTo(next: Language): Promise<void> {
  const messages = next === 'en' ? en : (await others[next]()).messages;
  chosen.messages = messages;
  chosen.language = next;
  document.documentElement.lang = next === 'zh' ? 'zh-Hans' : next;
}

/** The language that an address names, or else the first of the browser's that is one of ours. */
export function preferred(named: string | null, browser: readonly string[]): Language {
  for (const tag of named === null ? browser : [named, ...browser]) {
    const primary = tag.toLowerCase().split('-')[0];
    const found = languages.find((known) => known === primary);
    if (found) return found;
  }
  return 'en';
}
