import { MeasurementError } from '../measurement-error.ts';
import { runTraining } from '../training.ts';
import type { Side } from './side.ts';

/**
 * `plumbline train` with these options.
 *
 * @throws MeasurementError where it fails, with what it said
 */
export async function runOurs(options: readonly string[], scratch: string): Promise<Side> {
  const { ended, result } = await runTraining(options, scratch);
  if (!result?.holdout) throw new MeasurementError(`plumbline train could not be measured:\n${ended.stderr.trim()}`);
  const { seconds, megabytes } = ended;
  const cv = new Map<string, number>();
  for (const entry of result.leaderboard)
    if (entry.status === 'scored')
      cv.set(entry.model, Math.max(entry.cv.r2 as number, cv.get(entry.model) ?? -Infinity));
  return { seconds, megabytes, cv, holdout: result.holdout.r2 as number };
}
