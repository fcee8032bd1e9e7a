import { readFile } from 'node:fs/promises';
import type { Page } from 'playwright-core';
import { expect, test } from 'vitest';
import { useBrowser, visit } from './browser';

useBrowser();

async function choosePlace(page: Page, label: string, typed: string): Promise<void> {
  const field = page.getByRole('combobox', { name: label });
  await field.fill(typed);
  await page.locator('[role="listbox"]:not([hidden]) [role="option"]').first().waitFor();
  await field.press('ArrowDown');
  await field.press('Enter');
}

test('Москва → 평양, typed in two scripts: a day of the year, the journey opened, shared, printed, saved', async () => {
  const { page, open, end, context, requests } = await visit({ permissions: ['clipboard-read', 'clipboard-write'] });
  await open('/');
  await choosePlace(page, 'From', 'Москва');
  await choosePlace(page, 'To', '평양');
  expect(await page.getByRole('combobox', { name: 'From' }).inputValue()).toBe('Moscow');
  await page.getByRole('button', { name: 'Find journeys' }).click();

  await page.locator('[data-date="2026-12-12"].assumed').click();
  await page.waitForURL(/date=2026-12-12/);
  const rows = page.locator('.results tbody tr');
  await rows.first().waitFor();
  expect(await rows.first().textContent()).toMatch(/12 Dec 2026.*00:35.*8 d 14 h 50 min.*no change.*Khasan–Tumangang/s);
  expect(await page.locator('div.assumed').first().textContent()).toMatch(
    /Not everything here is published: days assumed, times estimated\.\s+As of/,
  );

  await rows.first().getByRole('link').click();
  await page.waitForURL(/\/journey\?/);
  await page.getByRole('heading', { name: 'The way of the coach' }).waitFor();
  expect(await page.locator('.strip .host').count()).toBe(4);
  expect(await page.locator('.strip .stand').count()).toBe(3);
  const border = page.getByRole('region', { name: 'Border' });
  expect(await border.textContent()).toMatch(/Russia → North Korea.*Opening hours not published/s);
  expect(await page.getByRole('row', { name: /Omsk/ }).count()).toBe(0);
  await page.getByLabel('every call').check();
  expect(await page.getByRole('row', { name: /Omsk/ }).count()).toBe(1);

  await page.getByRole('button', { name: 'Copy link' }).click();
  const link = await page.evaluate(() => navigator.clipboard.readText());
  await page.getByRole('button', { name: 'Copy as text' }).click();
  expect(await page.evaluate(() => navigator.clipboard.readText())).toMatch(/Moscow Yaroslavskaya → Pyongyang, 8 d 14 h 50 min, no change/);

  const saved = page.waitForEvent('download');
  await page.getByRole('button', { name: /\.ics/ }).click();
  const calendar = await readFile(await (await saved).path(), 'utf8');
  expect(calendar).toMatch(/DTSTART:20261211T213500Z\r\nDTEND:20261220T122500Z/);

  await page.emulateMedia({ media: 'print' });
  expect(await page.getByRole('button', { name: 'Print' }).isVisible()).toBe(false);
  expect(await page.getByRole('heading', { name: 'Moscow → Pyongyang' }).isVisible()).toBe(true);
  expect((await page.pdf()).length).toBeGreaterThan(10_000);

  const shared = await context.newPage();
  await shared.goto(link);
  await shared.getByRole('heading', { name: 'The way of the coach' }).waitFor();
  expect(requests.filter(({ url }) => url.endsWith('/next')).length).toBeLessThan(3);
  await end();
});

test('who travels goes in the body of the question, and nowhere else', async () => {
  const { page, open, end, requests } = await visit();
  await open('/?from=Moscow&to=Pyongyang&date=2026-12-12');
  await page.getByText('Who travels').click();
  await page.getByLabel('Passports held').selectOption({ label: 'Germany' });
  await page.getByLabel('Purpose').selectOption('tourism');
  await page.getByRole('heading', { name: 'Left out, and why' }).waitFor();
  expect(await page.getByText('only Russian tourists').first().isVisible()).toBe(true);
  expect(requests.some(({ url, body }) => url.endsWith('/plan') && body.includes('"passports":["DE"]'))).toBe(true);
  expect(requests.filter(({ url }) => url.includes('DE') || url.includes('tourism'))).toEqual([]);
  expect(page.url()).not.toMatch(/DE|passport|tourism/);
  expect(await page.evaluate(() => JSON.stringify(localStorage))).toBe('{}');
  await page.getByLabel('Remember in this browser').check();
  expect(await page.evaluate(() => JSON.stringify(localStorage))).toContain('DE');
  await page.getByLabel('Remember in this browser').uncheck();
  expect(await page.evaluate(() => JSON.stringify(localStorage))).toBe('{}');
  await end();
});

test('a name that nothing has, and one that several have, say what to do', async () => {
  const { page, open, end } = await visit();
  await open('/?from=Nowhere&to=Pyongyang');
  expect(await page.getByRole('alert').textContent()).toContain('No such place in this timetable');
  await open('/?from=Man&to=Pyongyang');
  await page.getByRole('alert').getByRole('button', { name: 'Manzhouli' }).click();
  await page.waitForURL(/from=CN_MANZHOULI/);
  await end();
});

test('in years without trains the next journey is found, and what is suspended is told', async () => {
  const { page, open, end } = await visit();
  await open('/?from=Moscow&to=Pyongyang&date=2022-12-12');
  expect(await page.locator('.results tbody tr').first().textContent()).toMatch(/Aug 2023.*rail \+ air/s);
  expect(await page.getByRole('heading', { name: 'Suspended' }).isVisible()).toBe(true);
  await open('/?from=Khasan&to=Pyongyang&modes=rail&date=2022-12-12&arrive=1');
  await page.getByText('No journey was found.').waitFor();
  await end();
});
