import { readFileSync, readlinkSync } from 'node:fs';
import { hostname } from 'node:os';
import { hasCode } from './errors.ts';
import { sha256 } from './files.ts';

/** The name of this process, by which others tell whether it still runs: where it runs, its number, and when it began. */
export const processName = (): string => `${here()}-${process.pid}-${startOf(process.pid)}`;

/** What a process name looks like, as the source of a regular expression. */
export const PROCESS_NAME = '[0-9a-f]{8}-\\d+-\\d+';

/** What has become of the process of a name; it cannot be told of one that runs, or ran, where this one cannot look. */
export function stateOf(name: string): 'running' | 'ended' | 'unknown' {
  const [where, pid, start] = name.split('-');
  if (where !== here()) return 'unknown';
  if (!isRunning(Number(pid))) return 'ended';
  // By its start a process is told from a later one with its number.
  const now = startOf(Number(pid));
  if (now === UNKNOWN) return 'unknown';
  return now === start ? 'running' : 'ended';
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
