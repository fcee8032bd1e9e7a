import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { createInterface } from 'node:readline';
import type { TestProject } from 'vitest/node';

declare module 'vitest' {
  export interface ProvidedContext {
    /** Where the server under test listens, such as `http://127.0.0.1:40123`. */
    base: string;
  }
}

/** The day that is today for the server under test: what the corridor's timetable says of the year that follows is known. */
const now = '2026-11-22T12:00';

/**
 * Starts the server that TUMEN_BIN names (built with the feature `page`) on a free port, or takes one that runs at TUMEN_URL.
 */
export default async function setup(project: TestProject): Promise<() => Promise<void>> {
  const running = process.env.TUMEN_URL;
  if (running) {
    project.provide('base', running);
    return async () => {};
  }
  const binary = process.env.TUMEN_BIN;
  if (!binary) throw new Error('TUMEN_BIN is to name the program `tumen`, built with --features page');
  const server = spawn(binary, ['serve', '--listen', '127.0.0.1:0', '--log-level', 'warn'], {
    env: { ...process.env, TUMEN_NOW: now },
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  project.provide('base', await addressOf(server));
  return async () => {
    server.kill('SIGTERM');
    if (server.exitCode === null) await once(server, 'exit');
  };
}

/** The address in the first line that the server prints. */
async function addressOf(server: ChildProcess): Promise<string> {
  if (!server.stdout) throw new Error('the server has no standard output');
  for await (const line of createInterface({ input: server.stdout })) {
    const address = /http:\/\/\S+/.exec(line)?.[0];
    if (address) return address;
  }
  throw new Error('the server ended before it said where it listens');
}
