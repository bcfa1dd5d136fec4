import { readdirSync, readFileSync } from 'node:fs';

/** How often it is looked at, in ms, … */
const INTERVAL = 100;
/** … but looking may take no more than such a share of the time: of a process of gigabytes the kernel counts every page. */
const SHARE = 0.02;

/**
 * The most memory that a process and its children have at a time. A page that several share counts once (PSS): children of
 * one program share its code. Linux alone tells that.
 *
 * Source: proc_pid_smaps(5), `smaps_rollup`.
 */
export class PeakMemory {
  #timer: NodeJS.Timeout | undefined;
  #kilobytes = 0;

  constructor(pid: number | undefined) {
    if (pid !== undefined) this.#lookAgain(pid, INTERVAL);
  }

  #lookAgain(pid: number, ms: number): void {
    this.#timer = setTimeout(() => {
      const start = performance.now();
      this.#kilobytes = Math.max(this.#kilobytes, memoryOf(pid));
      this.#lookAgain(pid, Math.max(INTERVAL, (performance.now() - start) / SHARE));
    }, ms);
  }

  /** The peak so far in MB, or null where it is not known; no more is looked. */
  stop(): number | null {
    clearTimeout(this.#timer);
    return this.#kilobytes === 0 ? null : this.#kilobytes / 1024;
  }
}

/** What a process and its children have now, in kB; 0 of one that has ended. */
function memoryOf(pid: number): number {
  try {
    const [, own = '0'] = /^Pss: +(\d+) kB$/m.exec(readFileSync(`/proc/${pid}/smaps_rollup`, 'utf8')) ?? [];
    return childrenOf(pid).reduce((sum, child) => sum + memoryOf(child), Number(own));
  } catch {
    return 0;
  }
}

/** Any of its threads may have started some. */
function childrenOf(pid: number): number[] {
  const tasks = `/proc/${pid}/task`;
  const children = readdirSync(tasks).map((thread) => readFileSync(`${tasks}/${thread}/children`, 'utf8'));
  return children.join(' ').split(' ').filter(Boolean).map(Number);
}
