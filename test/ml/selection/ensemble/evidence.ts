import { createRandom } from '../../../../ml/core/random.ts';
import type { Complexity } from '../../../../ml/selection/ensemble/complexity.ts';
import type { CandidateEvidence, Evidence } from '../../../../ml/selection/ensemble/evidence.ts';
import type { Metric } from '../../../../ml/selection/metric.ts';
import { r2 } from '../../../../ml/selection/regression-metrics.ts';

interface Predicted extends Partial<Pick<CandidateEvidence, 'name' | 'predictSeconds'>> {
  readonly complexity?: Partial<Complexity>;
  /** One for each row. */
  readonly predictions: readonly number[];
}

interface Options {
  readonly folds?: number;
  readonly metric?: Metric;
  readonly weights?: readonly number[];
  /** @default - all other folds of each */
  readonly sources?: readonly (readonly number[])[];
}

/** What candidates predict of rows with these targets, row i in fold i mod `folds`. */
export function evidenceOf(
  truth: readonly number[],
  candidates: readonly Predicted[],
  { folds = 5, metric = r2, weights, sources }: Options = {},
): Evidence {
  const inFold = (values: readonly number[], fold: number) =>
    Float64Array.from(values.filter((_, i) => i % folds === fold));
  const numbers = Array.from({ length: folds }, (_, fold) => fold);
  const held = numbers.map((fold) => ({
    truth: inFold(truth, fold),
    ...(weights && { weights: inFold(weights, fold) }),
    sources: sources?.[fold] ?? numbers.filter((other) => other !== fold),
  }));
  return {
    metric,
    folds: held,
    candidates: candidates.map(({ name, complexity, predictSeconds = 1, predictions }, j) => {
      const own = numbers.map((fold) => {
        const values = inFold(predictions, fold);
        return { rows: values.length, outputs: 1, values };
      });
      return {
        name: name ?? `c${j}`,
        complexity: { members: 1, kind: 1, recipes: 0, ...complexity },
        predictSeconds,
        predictions: own,
        scores: held.map(({ truth, weights }, fold) =>
          metric.compute(truth, own[fold] as (typeof own)[number], weights),
        ),
      };
    }),
  };
}

/** Random numbers about 0 with a deviation near 1. */
export function noise(seed: number): () => number {
  const { uniform } = createRandom(seed);
  return () => Array.from({ length: 12 }, uniform).reduce((sum, value) => sum + value, -6);
}

/** Targets of so many rows, and predictions that are off by errors of their own and by one that they share. */
export function noisyEvidence(rows: number, errors: readonly number[], shared = 0, options: Options = {}): Evidence {
  const draw = noise(rows);
  const truth = Array.from({ length: rows }, () => 100 + 10 * draw());
  const common = truth.map(() => shared * draw());
  const candidates = errors.map((error) => ({
    predictions: truth.map((y, i) => y + (common[i] as number) + error * draw()),
  }));
  return evidenceOf(truth, candidates, options);
}
