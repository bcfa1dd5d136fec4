import { ToolError } from '../tool-error.ts';
import { JobRefused } from './spark-cluster.ts';
import { PROGRESS_PREFIX, REFUSED_PREFIX } from './spark-job.ts';

/** Lines before the end that tell why a job failed; Spark says much. */
const KEPT = 400;
const SHOWN = 15;

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
      this.#last.push(line);
      if (this.#last.length > 2 * KEPT) this.#last = this.#last.slice(-KEPT);
    }
  }

  /** Why the job failed: what it refused, else its last lines without the places in the code of Spark. */
  failure(job: string): JobRefused | ToolError {
    if (this.#refused.length > 0) return new JobRefused(this.#refused.join('\n'));
    const lines = this.#last.filter((line) => line.trim() !== '' && !/^\s+at |^\s*\.{3} \d+ more/.test(line));
    // Where the job's own code fails, Spark goes on to tell how it ends.
    const python = lines.findLastIndex((line) => /^[\w.]*(Error|Exception)\b.*:/.test(line));
    const told = python === -1 ? lines.slice(-SHOWN) : lines.slice(Math.max(0, python - 4), python + SHOWN - 4);
    return new ToolError(`${job} failed; its last lines:\n${told.map((line) => `  ${line}`).join('\n')}`);
  }
}
