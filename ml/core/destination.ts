import type { Stats } from 'node:fs';
import { fstatSync } from 'node:fs';
import { lstat, readlink, realpath, stat } from 'node:fs/promises';
import { basename, dirname, join, resolve } from 'node:path';
import { hasCode } from './errors.ts';

/** What a path leads to, once its links are followed. */
export interface Destination {
  readonly path: string;
  /** Undefined where nothing is there yet. */
  readonly stats?: Stats;
  /** Of a path that names what this process has open, such as /dev/stdout. */
  readonly descriptor?: number;
}

const STANDARD: Readonly<Record<string, number>> = { '/dev/stdin': 0, '/dev/stdout': 1, '/dev/stderr': 2 };
const MAX_LINKS = 40;

/** Follows a path to a file, a device, a pipe, or the place where a file would be made. */
export async function destinationOf(given: string): Promise<Destination> {
  let path = resolve(given);
  for (let links = 0; links < MAX_LINKS; links++) {
    const number = STANDARD[path] ?? /^\/(?:dev|proc\/self)\/fd\/(\d+)$/.exec(path)?.[1];
    if (number !== undefined) {
      const descriptor = Number(number);
      return { path, descriptor, stats: fstatSync(descriptor) };
    }
    try {
      const stats = await lstat(path);
      if (!stats.isSymbolicLink()) return { path: join(await realpath(dirname(path)), basename(path)), stats };
      path = resolve(await realpath(dirname(path)), await readlink(path));
    } catch (error) {
      if (hasCode(error, 'ENOENT')) return { path };
      throw error;
    }
  }
  // The system's own words for links that lead in a circle.
  return { path, stats: await stat(given) };
}

/** Whether writing to one path would overwrite the other, or be mixed into it. */
export async function isSameFile(a: string, b: string): Promise<boolean> {
  const [one, other] = await Promise.all([destinationOf(a), destinationOf(b)]);
  if (!one.stats || !other.stats) return one.path === other.path;
  return one.stats.dev === other.stats.dev && one.stats.ino === other.stats.ino && !one.stats.isCharacterDevice();
}

/** Whether a path is what the process prints on. */
export async function isStandardOutput(path: string): Promise<boolean> {
  return (await destinationOf(path)).descriptor === 1;
}
