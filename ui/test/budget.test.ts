import { readdirSync, readFileSync } from 'node:fs';
import { gzipSync } from 'node:zlib';
import { expect, test } from 'vitest';

const dist = new URL('../dist/', import.meta.url);
const read = (path: string) => readFileSync(new URL(path.replace(/^\//, ''), dist));
const index = read('index.html').toString();

/** A script and all that it imports before it can run; not what it loads later. */
function withImports(path: string, seen = new Set<string>()): Set<string> {
  if (seen.has(path)) return seen;
  seen.add(path);
  for (const [, name] of read(path)
    .toString()
    .matchAll(/(?:from|import)\s*["']\.\/([^"']+\.js)["']/g))
    withImports(`assets/${name}`, seen);
  return seen;
}

const kilobytes = (paths: Iterable<string>) => [...paths].reduce((sum, path) => sum + gzipSync(read(path)).length, 0) / 1024;

test('what the page loads before it shows anything is at most 120 KB of JavaScript, and no map', () => {
  const entry = /<script type="module"[^>]* src="\/([^"]+)"/.exec(index)?.[1] ?? '';
  const preloaded = [...index.matchAll(/<link rel="modulepreload"[^>]* href="\/([^"]+)"/g)].map((match) => match[1] ?? '');
  const initial = new Set([entry, ...preloaded].flatMap((path) => [...withImports(path)]));
  expect(kilobytes(initial)).toBeLessThan(120);
  expect([...initial].filter((path) => /maplibre|JourneyMap|Network/.test(path))).toEqual([]);
});

test('whatever is loaded later is at most 480 KB', () => {
  for (const name of readdirSync(new URL('assets/', dist))) expect([name, kilobytes([`assets/${name}`]) < 480]).toEqual([name, true]);
});

test('the page names no other host than its own', () => {
  expect(index).not.toMatch(/https?:\/\//);
});
