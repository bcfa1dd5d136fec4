import { ToolError } from '../tool-error.ts';
import { remedyOf } from './job-remedies.ts';
import { JobRefused } from './spark-cluster.ts';
import { PROGRESS_PREFIX, REFUSED_PREFIX } from './spark-job.ts';

/** Lines before the end that tell why a job failed; Spark says much. */
const KEPT = 400;
const SHOWN = 15;
/** Spark says so every few seconds, and waits for ever. */
const WAITS = /Initial job has not accepted any resources|Barrier stage in job \d+ requires \d+ slots/;

/** How a job came to its end, as whoever ran it knows. */
interface End {
  /** What killed the driver: a signal by its name. */
  readonly killedBy?: string | undefined;
  /** What is said of it elsewhere. */
  readonly details?: string | undefined;
}

/** What a job printed, line by line: its progress is told on, its last lines are kept. */
export class JobLog {
  readonly #onProgress: ((line: string) => void) | undefined;
  readonly #refused: string[] = [];
  #last: string[] = [];

  constructor(onProgress?: (line: string) => void) {
    this.#onProgress = onProgress;
  }

  add(line: string): void {
    if (line.startsWith(PROGRESS_PREFIX)) this.#onProgress?.(line.slice(PROGRESS_PREFIX.length));
    else if (line.startsWith(REFUSED_PREFIX)) this.#refused.push(line.slice(REFUSED_PREFIX.length));
    else {
      if (WAITS.test(line)) this.#onProgress?.('waiting for workers with free cores and memory');
      this.#last.push(line);
      if (this.#last.length > 2 * KEPT) this.#last = this.#last.slice(-KEPT);
    }
  }

  /** Why the job failed, and the remedy where there is one: what it refused, else its last lines without the places in the code of Spark. */
  failure(job: string, { killedBy, details }: End = {}): JobRefused | ToolError {
    if (this.#refused.length > 0) return new JobRefused(this.#refused.join('\n'));
    if (killedBy !== undefined)
      return new ToolError(
        `The driver of ${job} was killed (${killedBy}), as a system does that runs out of memory. Nothing was released; free memory on the driver's machine, and start it again.`,
      );
    const lines = this.#last.filter((line) => line.trim() !== '' && !/^\s+at |^\s*\.{3} \d+ more/.test(line));
    // Where the job's own code fails, Spark goes on to tell how it ends.
    const python = lines.findLastIndex((line) => /^[\w.]*(Error|Exception)\b.*:/.test(line));
    const told = python === -1 ? lines.slice(-SHOWN) : lines.slice(Math.max(0, python - 4), python + SHOWN - 4);
    const remedy = remedyOf([...this.#last, details ?? ''].join('\n'));
    const parts = [
      `${job} failed; its last lines:`,
      ...told.map((line) => `  ${line}`),
      ...(details ? [details] : []),
      ...(remedy === undefined ? [] : [`${remedy}.`]),
    ];
    return new ToolError(parts.join('\n'));
  }
}
