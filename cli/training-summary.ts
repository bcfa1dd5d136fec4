import type { TrainResult } from '../ml/pipeline/train.ts';
import type { Evaluated } from '../ml/release/manifest.ts';
import { lowerThreshold } from '../ml/selection/gate.ts';
import { textTable } from './output.ts';

/**
 * The leaderboard, what failed, and the verdict.
 *
 * @param commandFor the command that would train the same at another threshold
 */
export function trainingSummary(result: TrainResult, commandFor: (threshold: number) => string): string {
  const { release, path, verdict, chosen, holdout, leaderboard } = result;
  const header = ['model', 'R² (5 folds)', 'RMSE', 'MAE'];
  const failures = leaderboard.flatMap((entry) =>
    entry.status === 'failed' ? [`  ${entry.model}: ${entry.reason}`] : [],
  );
  const scores = holdout
    ? [
        `Chosen: ${chosen}. On the held-out rows: R² ${holdout.r2.toFixed(4)}, RMSE ${holdout.rmse.toFixed(3)}, MAE ${holdout.mae.toFixed(3)}`,
      ]
    : [];
  const lower = lowerThreshold(result);
  return [
    '',
    textTable(header, leaderboard.map(row), header.slice(1)),
    '',
    ...(failures.length > 0 ? ['Failed:', ...failures, ''] : []),
    ...scores,
    release === null ? `Nothing is released: ${verdict.reason}` : `Released ${release} in ${path}`,
    ...(lower === null
      ? []
      : [
          `It is kept until the next training. To release it all the same: ${commandFor(lower)}`,
          `To ask no more of later trainings either, nor in the workflows: npm pkg set plumbline.threshold=${lower} --json`,
        ]),
  ].join('\n');
}

function row(entry: Evaluated): string[] {
  if (entry.status === 'failed') return [entry.model, 'failed', '', ''];
  const { r2, r2_sd, rmse, mae } = entry.cv;
  return [entry.model, `${r2.toFixed(4)} ± ${r2_sd.toFixed(4)}`, rmse.toFixed(3), mae.toFixed(3)];
}
