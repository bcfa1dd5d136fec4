import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { readJsonFile } from '../ml/data/json-file.ts';
import type { TrainResult } from '../ml/pipeline/train-result.ts';
import { type Ended, runCommand } from './command.ts';

const plumbline = fileURLToPath(new URL('../cli/plumbline.ts', import.meta.url));

/** Below what any model reaches: what is measured is released, however bad it is. */
const NO_THRESHOLD = '-1e9';

export interface Trained {
  readonly ended: Ended;
  /** Undefined where it ended without. */
  readonly result: TrainResult | undefined;
}

/**
 * Trains as somebody would who has a CSV: a process of its own, whose releases lie in `scratch`.
 *
 * @param options Of the command `plumbline train`.
 * @param run Runs a command.
 */
export async function runTraining(
  options: readonly string[],
  scratch: string,
  run: (command: string, args: readonly string[]) => Promise<Ended> = (command, args) => runCommand(command, args),
): Promise<Trained> {
  const json = join(scratch, 'training.json');
  const own = ['--artifacts', join(scratch, 'artifacts'), '--threshold', NO_THRESHOLD, '--json', json];
  const ended = await run(process.execPath, [plumbline, 'train', ...options, ...own]);
  // What the gate holds back was measured all the same, so that the exit code does not tell.
  const result = (await readJsonFile(json).catch(() => undefined)) as TrainResult | undefined;
  return { ended, result };
}
