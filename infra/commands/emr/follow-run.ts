// Follows a job to its end: its state, what its driver prints, how long it takes and what it costs. Cancels it where it is to end.

import { setTimeout as sleep } from 'node:timers/promises';
import type { JobLog } from '../spark/job-log.ts';
import { ToolError } from '../tool-error.ts';
import { DriverLog } from './driver-log.ts';
import { hasEnded, type JobRun, type RunState } from './job-run.ts';
import { costText } from './run-cost.ts';
import type { TrainingPlace } from './training-place.ts';

export interface FollowOptions {
  readonly log: JobLog;
  readonly onProgress: (line: string) => void;
  readonly signal: AbortSignal | undefined;
  /** Milliseconds between two looks. */
  readonly every: number;
}

/** Looks without an answer, one after the other, until it is given up: the network may be away for a while. */
const PATIENCE = 30;
/** Looks at the log after the end: CloudWatch has the last lines some seconds later. */
const LAST_LOOKS = 3;

/**
 * Gives how the job ended.
 *
 * @throws ToolError where AWS does not answer for long; the job goes on
 * @throws the signal's reason once it is aborted and the job is cancelled
 */
export async function follow(place: TrainingPlace, run: JobRun, options: FollowOptions): Promise<RunState> {
  const { log, onProgress, signal, every } = options;
  const driver = new DriverLog(place, run.id);
  const started = Date.now();
  let told = '';
  let cancelled = false;
  let unanswered = 0;
  for (;;) {
    if (signal?.aborted && !cancelled) {
      onProgress(`cancelling job run ${run.id}`);
      cancelled = await run.cancel().then(() => true, tellUnanswered);
    }
    const state = await run.look().catch(tellUnanswered);
    if (state) {
      unanswered = 0;
      // What it printed is a help, and no reason to end; there is no log before the driver starts.
      await driver.read((line) => log.add(line)).catch(() => {});
      const text = describe(state, place.region, started);
      if (text !== told) onProgress(text);
      told = text;
      if (hasEnded(state)) {
        signal?.throwIfAborted();
        if (state.state !== 'SUCCESS') await readRest(driver, log, every);
        return state;
      }
    }
    await nap(every, cancelled ? undefined : signal);
  }

  function tellUnanswered(error: unknown): false {
    if (!(error instanceof ToolError)) throw error;
    unanswered += 1;
    if (unanswered >= PATIENCE || /ResourceNotFound|AccessDenied|ExpiredToken/.test(error.message))
      throw new ToolError(
        `${error.message}\nJob run ${run.id} goes on without this command; take it up again with --run ${run.id}`,
        {
          cause: error,
        },
      );
    onProgress(`AWS does not answer (${unanswered} of ${PATIENCE} times): ${error.message.split('\n').at(-1)}`);
    return false;
  }
}

async function readRest(driver: DriverLog, log: JobLog, every: number): Promise<void> {
  for (let look = 0; look < LAST_LOOKS; look += 1) {
    await sleep(every);
    await driver.read((line) => log.add(line)).catch(() => {});
  }
}

/** Waits, or until it is to end. */
const nap = (ms: number, signal: AbortSignal | undefined) =>
  sleep(ms, undefined, signal ? { signal } : {}).catch(() => {});

/** "running for 12 min; 8.2 vCPU-hours, about 0.61 USD so far". */
function describe(run: RunState, region: string, started: number): string {
  const seconds = run.totalExecutionDurationSeconds || (Date.now() - started) / 1000;
  const minutes = Math.floor(seconds / 60);
  const time = minutes > 0 ? ` for ${minutes} min` : '';
  const cost = costText(run, region, hasEnded(run));
  return `${run.state.toLowerCase()}${hasEnded(run) ? time.replace(' for', ' after') : time}${cost === '' ? '' : `; ${cost}`}`;
}
