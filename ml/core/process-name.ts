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

/** When a process started, in ticks since the boot (field 22). */
const startOf = (pid: number): string => statOf(pid)[19] ?? UNKNOWN;

/** The fields of a process from the third on (proc(5), stat): the second is the command's name, which may hold spaces. */
function statOf(pid: number): string[] {
  const stat = attempt(() => readFileSync(`/proc/${pid}/stat`, 'utf8'));
  return stat.slice(stat.lastIndexOf(')') + 2).split(' ');
}

/** Whether there is a process of this number that has not ended. */
export function isRunning(pid: number): boolean {
  // One that has ended keeps its number until its parent asks for its exit code, which some parents never do.
  if (['Z', 'X'].includes(statOf(pid)[0] ?? '')) return false;
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
