// What every rehearsal has: a report, a folder, and an end, however it comes to it, at which nothing is left behind.

import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { endPrograms } from './process.ts';
import { CannotRehearse, type Report } from './report.ts';

export interface Rehearsal<R extends Report = Report> {
  readonly report: R;
  /** For whatever has to be written. */
  readonly folder: string;
  /** Aborts where somebody asks the rehearsal to end. */
  readonly interrupted: AbortSignal;
  /** Has something ended or removed at the end; what came last goes first. */
  readonly atEnd: (end: () => unknown) => void;
  /** Says how it went so far, and leaves everything as it is, for a look, until Ctrl+C. */
  readonly stay: (message: string) => Promise<void>;
}

const INTERRUPTED = 130;

/** Rehearses; sets the exit code: 0, 1 where a check fails, 2 where this machine lacks something, 130 after Ctrl+C. */
export async function hold<R extends Report>(
  report: R,
  rehearse: (rehearsal: Rehearsal<R>) => Promise<void>,
): Promise<void> {
  const controller = new AbortController();
  const { signal: interrupted } = controller;
  let exitCode = INTERRUPTED;
  const endings: (() => unknown)[] = [];
  const end = async () => {
    for (let next = endings.pop(); next; next = endings.pop()) await next();
  };
  const folder = mkdtempSync(join(tmpdir(), 'plumbline-rehearsal-'));
  // What it and its programs put among temporary files goes with it.
  process.env.TMPDIR = folder;
  endings.push(() => rmSync(folder, { recursive: true, force: true, maxRetries: 5 }));
  for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) {
    process.once(signal, () => {
      process.once(signal, () => process.exit(INTERRUPTED));
      console.log('\nTidying up …');
      controller.abort();
      // What they write to is about to be removed.
      endPrograms();
      void end().then(() => process.exit(exitCode));
    });
  }
  // Nothing waits any more then: of each is done what it does at once.
  process.once('exit', () => {
    for (let next = endings.pop(); next; next = endings.pop()) void next();
  });
  const stay = async (message: string) => {
    exitCode = report.finish();
    console.log(`\n${message}\nThis goes on until Ctrl+C.`);
    // Signals alone keep no process alive.
    const alive = setInterval(() => {}, 60_000);
    await new Promise((resolve) => interrupted.addEventListener('abort', resolve));
    clearInterval(alive);
    // What the signal has begun goes on, and ends the process.
    await new Promise(() => {});
  };
  try {
    await rehearse({ report, folder, interrupted, atEnd: (ending) => void endings.push(ending), stay });
    process.exitCode = report.finish();
  } catch (error) {
    if (interrupted.aborted) return;
    if (!(error instanceof CannotRehearse)) throw error;
    console.error(error.message);
    process.exitCode = 2;
  } finally {
    if (!interrupted.aborted) await end();
  }
}
