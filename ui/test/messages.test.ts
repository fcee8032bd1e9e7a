import { expect, test } from 'vitest';
import { en } from '../src/i18n/en';
import { format, type Message, placeholders } from '../src/i18n/format';
import { messages as ko } from '../src/i18n/ko';
import { preferred } from '../src/i18n/language.svelte';
import { messages as ru } from '../src/i18n/ru';
import { messages as zh } from '../src/i18n/zh';

const english: Record<string, Message> = en;
const others: [string, Record<string, Message>][] = [
  ['ru', ru],
  ['ko', ko],
  ['zh', zh],
];

test.each(others)('%s has every message and no other', (_, messages) => {
  expect(Object.keys(messages).sort()).toEqual(Object.keys(english).sort());
});

test.each(others)('%s has the same placeholders, and the plurals its language needs', (language, messages) => {
  const needed = new Intl.PluralRules(language).resolvedOptions().pluralCategories.toSorted();
  for (const [key, message] of Object.entries(messages)) {
    expect([key, placeholders(message)]).toEqual([key, placeholders(english[key] ?? '')]);
    if (typeof message !== 'string') expect([key, Object.keys(message).toSorted()]).toEqual([key, needed]);
  }
});

test.each(others)('%s leaves nothing in English', (_, messages) => {
  const same = Object.keys(english).filter((key) => /[a-z]{3}/.test(String(english[key])) && messages[key] === english[key]);
  expect(same).toEqual([]);
});

test('a number takes the form of its language', () => {
  expect(format(ru.changes, 'ru', { n: 1 })).toBe('1 пересадка');
  expect(format(ru.changes, 'ru', { n: 3 })).toBe('3 пересадки');
  expect(format(ru.changes, 'ru', { n: 11 })).toBe('11 пересадок');
  expect(format(en.changes, 'en', { n: 1 })).toBe('1 change');
});

test('the address chooses the language, then the browser, then English', () => {
  expect(preferred('ko', ['ru-RU'])).toBe('ko');
  expect(preferred(null, ['fr', 'zh-Hant-TW', 'ru'])).toBe('zh');
  expect(preferred('xx', ['fr'])).toBe('en');
});
