import { spawnSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { availableParallelism } from 'node:os';

/** Where a command may run. */
export const CORES = 2;

/** A command with its arguments, kept to two cores where the machine has more; null where it cannot be. */
export function onTwoCores(command: string, args: readonly string[]): [string, readonly string[]] | null {
  if (availableParallelism() <= CORES) return [command, args];
  if (process.platform !== 'linux' || spawnSync('taskset', ['--version']).status !== 0) return null;
  const allowed = /^Cpus_allowed_list:\s*(.*)$/m.exec(readFileSync('/proc/self/status', 'utf8'))?.[1] ?? '';
  return ['taskset', ['--cpu-list', firstCores(allowed).join(), command, ...args]];
}

/** The first two of a list of cores, as Linux writes it: "0-3,8". */
export function firstCores(list: string): number[] {
  const cores = list.split(',').flatMap((range) => {
    const [first = 0, last = first] = range.split('-').map(Number);
    return Array.from({ length: Math.min(last - first + 1, CORES) }, (_, i) => first + i);
  });
  return cores.slice(0, CORES);
}
