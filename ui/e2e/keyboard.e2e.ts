import type { Page } from 'playwright-core';
import { expect, test } from 'vitest';
import { useBrowser, visit } from './browser';

useBrowser();

/** Presses Tab until what has the focus answers a selector. */
async function tabTo(page: Page, selector: string): Promise<void> {
  for (let presses = 0; presses < 60; presses++) {
    await page.keyboard.press('Tab');
    if (await page.evaluate((wanted) => document.activeElement?.matches(wanted), selector)) return;
  }
  throw new Error(`Tab does not reach ${selector}`);
}

const focused = (page: Page) => page.evaluate(() => document.activeElement?.getAttribute('data-date'));

test('from the first key to the journey without a mouse', async () => {
  const { page, open, end } = await visit();
  await open('/');
  await page.keyboard.press('Tab');
  expect(await page.evaluate(() => document.activeElement?.textContent)).toBe('Skip to the content');
  await page.keyboard.press('Enter');
  await tabTo(page, '#from');
  await page.keyboard.type('хабаровск');
  await page.locator('[role="listbox"]:not([hidden]) [role="option"]').first().waitFor();
  await page.keyboard.press('ArrowDown');
  await page.keyboard.press('Enter');
  await tabTo(page, '#to');
  await page.keyboard.type('пхеньян');
  await page.locator('[role="listbox"]:not([hidden]) [role="option"]').first().waitFor();
  await page.keyboard.press('ArrowDown');
  await page.keyboard.press('Enter');
  await page.keyboard.press('Enter');
  await page.waitForURL(/from=.+&to=.+/);

  await page.locator('[data-date].assumed').first().waitFor();
  await tabTo(page, '[data-date]');
  const first = await focused(page);
  await page.keyboard.press('ArrowRight');
  expect(await focused(page)).not.toBe(first);
  await page.keyboard.press('ArrowLeft');
  expect(await focused(page)).toBe(first);
  await page.keyboard.press('Enter');
  await page.waitForURL(/date=/);
  expect(await focused(page)).toBe(first);
  expect(await page.evaluate(() => document.querySelectorAll('[data-date][tabindex="0"]').length)).toBe(1);

  await page.locator('.results a').first().waitFor();
  await tabTo(page, '.results a');
  await page.keyboard.press('Enter');
  await page.waitForURL(/\/journey/);
  await end();
});

test('what has the focus is seen', async () => {
  const { page, open, end } = await visit();
  await open('/?from=Moscow&to=Pyongyang');
  for (const selector of ['#from', '.primary', '[data-date][tabindex="0"]', '.results a']) {
    await tabTo(page, selector);
    const outline = await page.evaluate(() => {
      const style = getComputedStyle(document.activeElement as Element);
      return { width: Number.parseFloat(style.outlineWidth), kind: style.outlineStyle };
    });
    expect([selector, outline.width >= 2, outline.kind]).toEqual([selector, true, 'solid']);
  }
  await end();
});
