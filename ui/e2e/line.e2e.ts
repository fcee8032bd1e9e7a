import { expect, test } from 'vitest';
import { useBrowser, visit } from './browser';

useBrowser();

test('a line: sums that say what is not in them, its diagram, another line', async () => {
  const { page, open, end } = await visit();
  await open('/line?line=moscow-pyongyang&from=2026-12-12');
  await page.getByText('The length of 5 more is unknown and not in this sum.').waitFor();
  await page.getByText(/Check sum S33, Tumangang – Pyongyang: 845 km are stated/).waitFor();
  await page.getByRole('row', { name: /Primorsky Krai/ }).waitFor();
  const diagram = page.getByRole('region', { name: 'Time–distance diagram: Moscow–Pyongyang through sleeping car (eastbound)' });
  await diagram.getByText('border RU–KP').waitFor();
  expect(await diagram.getByText('arr. Sun 20 Dec 21:25').count()).toBe(1);
  await page.getByText('Every section', { exact: true }).click();
  await page.getByRole('row', { name: /S24.*Makhalino.*41.*none/ }).waitFor();
  await page.getByLabel('Line', { exact: true }).selectOption('KHASAN');
  await page.getByLabel('Days', { exact: true }).fill('3');
  await page.getByRole('button', { name: 'Show' }).click();
  await page.waitForURL(/line=KHASAN.*days=3/);
  await page.getByRole('heading', { name: 'Baranovsky–Khasan–Tumangang' }).waitFor();
  await page.getByRole('link', { name: 'A3' }).waitFor();
  await end();
});

test('the page of a line in Korean names stations in Korean, in the diagram too', async () => {
  const { page, open, end } = await visit({ locale: 'ko-KR' });
  await open('/line?line=PYONGRA&from=2026-12-18&days=4');
  await page.getByRole('heading', { name: '열차 운행 도표' }).waitFor();
  expect(await page.locator('svg').getByText('평양', { exact: true }).count()).toBeGreaterThan(0);
  await end();
});

test('a name that nothing has is answered with what there is', async () => {
  const { page, open, end } = await visit();
  await open('/line?line=Atlantis');
  await page
    .getByRole('alert')
    .getByText(/TRANSSIB/)
    .waitFor();
  expect(await page.getByRole('heading', { name: 'Time–distance diagram' }).count()).toBe(0);
  await end();
});
