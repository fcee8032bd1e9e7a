import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import type { AxeResults } from 'axe-core';
import type { Page } from 'playwright-core';
import { expect, test } from 'vitest';
import { useBrowser, visit } from './browser';

useBrowser();

const axe = readFileSync(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8');

const journey = '/journey?from=Moscow&to=Pyongyang&date=2026-12-12&j=20261212_00%3A35_corridor_MOW_PYG';
const pages = {
  home: '/',
  results: '/?from=Moscow&to=Pyongyang',
  journey,
  flight: '/?from=Vladivostok&to=Pyongyang&modes=air',
  board: '/board?stop=RU_KHASAN',
  train: '/train?id=20261212_00%3A35_corridor_R2',
  status: '/status?date=2021-06-01',
  history: '/history?of=Khasan',
  borders: '/borders',
  network: '/network?date=2021-06-01',
  compare: '/compare?first=2026-12-01&without=post:khasan',
  claims: '/claims',
  counts: '/counts?of=Khasan',
  line: '/line?line=moscow-pyongyang&from=2026-12-12',
  nothing: '/nothing-here',
};

/** The findings of axe that are serious or worse, each with the first element it names. */
async function findings(page: Page): Promise<string[]> {
  await page.evaluate(axe);
  const results = await page.evaluate(() => (window as unknown as { axe: { run: () => Promise<AxeResults> } }).axe.run());
  return results.violations
    .filter(({ impact }) => impact === 'serious' || impact === 'critical')
    .map(({ id, nodes }) => `${id}: ${nodes[0]?.html} ${nodes[0]?.failureSummary}`);
}

test.each(Object.entries(pages))('%s fits a telephone and has no serious finding of axe, light or dark', async (_, path) => {
  const { page, open, end } = await visit({ colorScheme: 'light' });
  await open(path);
  expect(await findings(page)).toEqual([]);
  await page.emulateMedia({ colorScheme: 'dark' });
  expect(await findings(page)).toEqual([]);
  await page.setViewportSize({ width: 360, height: 740 });
  expect(await page.evaluate(() => document.documentElement.scrollWidth)).toBeLessThanOrEqual(360);
  expect(await findings(page)).toEqual([]);
  await end();
});

test('the first paint is there within a second', async () => {
  const { page, open, end } = await visit();
  await open(pages.results);
  await page.waitForFunction(() => performance.getEntriesByName('first-contentful-paint').length > 0);
  const paint = await page.evaluate(() => performance.getEntriesByName('first-contentful-paint')[0]?.startTime);
  expect(paint).toBeLessThan(1000);
  await end();
});

test('the four languages: from the browser, by choice, and in the address', async () => {
  const { page, open, end } = await visit({ locale: 'ru-RU' });
  await open(journey);
  expect(await page.locator('html').getAttribute('lang')).toBe('ru');
  expect(await page.getByRole('heading', { name: 'Путь вагона' }).isVisible()).toBe(true);
  await page.getByLabel('Язык').selectOption('ko');
  await page.getByRole('heading', { name: '객차의 경로' }).waitFor();
  expect(page.url()).toContain('lang=ko');
  await page.getByText('평양').first().waitFor();
  await page.getByLabel('언어').selectOption('zh');
  await page.getByRole('heading', { name: '车厢的行程' }).waitFor();
  await page.getByRole('link', { name: '车站', exact: true }).click();
  await page.getByRole('heading', { name: '车站' }).waitFor();
  expect(page.url()).toContain('lang=zh');
  await page.getByLabel('语言').selectOption('en');
  await page.getByRole('heading', { name: 'Stations' }).waitFor();
  await end();
});

test('a board: departures, arrivals, another day, the train', async () => {
  const { page, open, end } = await visit();
  await open(pages.board);
  expect(await page.getByRole('row', { name: /23 Nov 2026.*15:30.*646.*Tumangang/ }).count()).toBe(1);
  await page.getByLabel('Show', { exact: true }).selectOption('1');
  await page.waitForURL(/arrivals=1/);
  await page.getByRole('row', { name: /645/ }).first().waitFor();
  await page.getByRole('row', { name: /645/ }).first().getByRole('link').first().click();
  await page.waitForURL(/\/train\?/);
  await page
    .getByRole('row', { name: /Tumangang/ })
    .first()
    .waitFor();
  await end();
});

test('from the state of the network to the history of a post', async () => {
  const { page, open, end } = await visit();
  await open(pages.status);
  await page.getByRole('link', { name: 'Khasan–Tumangang (rail)' }).click();
  await page.waitForURL(/\/history/);
  await page.getByText('freight trains run again').waitFor();
  await end();
});

test('the date slider shows the link over the Tumen closed, and open again', async () => {
  const { page, open, end } = await visit();
  await open('/network?date=2019-06-01');
  const slider = page.getByRole('slider');
  const closed = page.locator('h2:text-matches("^Suspended on") + ul').getByText('645/646 Tumangang–Khasan');
  expect(await closed.count()).toBe(0);
  const months = (year: number, month: number) => String((year - 2019) * 12 + month - 1);
  await slider.fill(months(2021, 6));
  await page.waitForURL(/date=2021-06/);
  await closed.first().waitFor();
  await slider.fill(months(2026, 6));
  await page.waitForURL(/date=2026-06/);
  await closed.first().waitFor({ state: 'detached' });
  await page.getByRole('button', { name: /Previous change/ }).click();
  await page.waitForURL((url) => !url.search.includes('date=2026-06'));
  await end();
});
