import { sourcesOf } from '../../data/fold-sources.ts';
import type { Fold } from '../../data/folds.ts';
import { columnOf, takeRows, weightsOf } from '../../data/table.ts';
import type { Candidate } from '../candidate.ts';
import type { Evaluation, EvaluationOptions } from '../evaluation.ts';
import { secondsPerRow } from '../leaderboard.ts';
import { scoreOf } from '../metric.ts';
import { averagedFolds, isBagged } from './assemble.ts';
import { complexityOfCandidate } from './complexity.ts';
import type { Evidence } from './evidence.ts';
import { repeatsIn } from './repeats-in.ts';

/** What there is to choose a model by: the evaluations of candidates that were scored in every fold. */
export function evidenceOf(
  evaluations: readonly Evaluation[],
  { context: { train, declaration, folds }, task: { objective } }: Pick<EvaluationOptions, 'context' | 'task'>,
): Evidence {
  const sources = sourcesOf(folds);
  const parts = (candidate: Candidate) => (isBagged(candidate, folds, train.rows) ? averagedFolds(folds, 1).length : 1);
  return {
    metric: objective,
    repeats: repeatsIn(folds).length,
    folds: folds.map(({ held }: Fold, fold) => {
      const rows = takeRows(train, held);
      const truth = columnOf(rows, declaration.target);
      return { truth, weights: weightsOf(rows, declaration), sources: sources[fold] as number[] };
    }),
    candidates: evaluations.map(({ entry, folds }) => ({
      name: entry.model,
      complexity: complexityOfCandidate(entry),
      predictSeconds: secondsPerRow(folds) * parts(entry),
      predictions: folds.map(({ predictions }) => predictions),
      scores: folds.map(({ scores }) => scoreOf(scores, objective)),
    })),
  };
}
