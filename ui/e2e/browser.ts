import { type Browser, type BrowserContext, type BrowserContextOptions, chromium, type Page } from 'playwright-core';
import { afterAll, beforeAll, expect, inject } from 'vitest';

const flags = [
  '--no-sandbox',
  '--disable-gpu',
  '--disable-quic',
  '--no-first-run',
  '--disable-background-networking',
  '--disable-component-update',
  '--disable-sync',
];

/** Debian's Chromium unless CHROMIUM names another. */
const executablePath = process.env.CHROMIUM ?? '/usr/bin/chromium';

let browser: Browser;

/** Opens one browser for the tests of a file. */
export function useBrowser(): void {
  beforeAll(async () => {
    browser = await chromium.launch({ executablePath, args: flags });
  });
  afterAll(async () => {
    await browser.close();
  });
}

/** A page that is watched: whatever it asks of another host than the server's, and every error it reports, fails the test. */
export interface Visit {
  page: Page;
  context: BrowserContext;
  /** Every request so far: method, address, body. */
  requests: { method: string; url: string; body: string }[];
  /** Opens a path of the site and waits until it has what it asked for. */
  open: (path: string) => Promise<void>;
  /** Checks what was watched and closes the page. */
  end: () => Promise<void>;
}

/** Begins a visit with a fresh profile. */
export async function visit(options: BrowserContextOptions = {}): Promise<Visit> {
  const base = inject('base');
  const context = await browser.newContext({ locale: 'en-GB', viewport: { width: 1280, height: 900 }, ...options });
  const page = await context.newPage();
  const requests: Visit['requests'] = [];
  const faults: string[] = [];
  page.on('request', (request) => {
    const url = request.url();
    requests.push({ method: request.method(), url, body: request.postData() ?? '' });
    if (!/^(data|blob):/.test(url) && new URL(url).origin !== new URL(base).origin) faults.push(`asked another host: ${url}`);
  });
  page.on('pageerror', (error) => faults.push(String(error)));
  page.on('console', (message) => {
    if (message.type() === 'error' && !message.text().includes('status of 4')) faults.push(message.text());
  });
  return {
    page,
    context,
    requests,
    open: async (path) => {
      await page.goto(base + path, { waitUntil: 'networkidle' });
    },
    end: async () => {
      await context.close();
      expect(faults).toEqual([]);
    },
  };
}
