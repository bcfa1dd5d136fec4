// What is being written has a name of its own, which tells who writes it, so that what a killed training left can be
// told from what another one is writing at this moment: in this container, in another, or on another host.

import { readFileSync, readlinkSync } from 'node:fs';
import { lstat, readdir, rm } from 'node:fs/promises';
import { hostname } from 'node:os';
import { join } from 'node:path';
import { hasCode } from '../core/errors.ts';
import { sha256 } from '../core/files.ts';

/** Far longer than any release takes to write; what nobody touched for so long is abandoned, whoever wrote it. */
const ABANDONED_MS = 24 * 60 * 60 * 1000;

/** What may be abandoned: the names below, and those of earlier versions, which tell no owner. */
const TEMPORARY = /^\.(writing|current)-|^current\..*\.tmp$/;

/** The start of a temporary's name; a random end makes it unique. */
export function temporaryName(what: 'writing' | 'current'): string {
  return `.${what}-${here()}-${process.pid}-${startOf(process.pid)}-`;
}

/** Removes what trainings that were killed left behind, and only what surely is. */
export async function removeAbandoned(artifacts: string): Promise<void> {
  for (const name of await readdir(artifacts)) {
    if (!TEMPORARY.test(name)) continue;
    const path = join(artifacts, name);
    if (await isAbandoned(path, name)) await rm(path, { recursive: true, force: true });
  }
}

async function isAbandoned(path: string, name: string): Promise<boolean> {
  const [, where, pid, start] = /^\.\w+-([0-9a-f]{8})-(\d+)-(\d+)-/.exec(name) ?? [];
  if (where === here()) {
    if (!isRunning(Number(pid))) return true;
    // By its start a process is told from a later one with its number.
    const now = startOf(Number(pid));
    if (now !== UNKNOWN) return now !== start;
  }
  return Date.now() - (await lastTouched(path)) > ABANDONED_MS;
}

/** When something in it was last written, in ms; what has gone meanwhile was written now. */
async function lastTouched(path: string): Promise<number> {
  try {
    const paths = [path, ...(await namesIn(path)).map((name) => join(path, name))];
    const times = await Promise.all(paths.map(async (each) => (await lstat(each)).mtimeMs));
    return Math.max(...times);
  } catch (error) {
    if (hasCode(error, 'ENOENT')) return Date.now();
    throw error;
  }
}

async function namesIn(path: string): Promise<string[]> {
  return (await lstat(path)).isDirectory() ? readdir(path) : [];
}

let known: string | undefined;

/**
 * Where process numbers mean what they mean to this process: host, boot, and the namespace of a container.
 * Without /proc there are no such namespaces.
 */
function here(): string {
  known ??= sha256(
    [
      hostname(),
      attempt(() => readFileSync('/proc/sys/kernel/random/boot_id', 'utf8')),
      attempt(() => readlinkSync('/proc/self/ns/pid')),
    ].join('\n'),
  ).slice(0, 8);
  return known;
}

const UNKNOWN = '0';

/** When a process started, in ticks since the boot (proc(5), stat, field 22). */
function startOf(pid: number): string {
  const stat = attempt(() => readFileSync(`/proc/${pid}/stat`, 'utf8'));
  // The second field is the command's name, which may hold spaces.
  return stat.slice(stat.lastIndexOf(')') + 2).split(' ')[19] ?? UNKNOWN;
}

function isRunning(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    return hasCode(error, 'EPERM');
  }
}

function attempt(read: () => string): string {
  try {
    return read();
  } catch {
    return '';
  }
}
